"""A service that has a question of every kind of field: the examples of the reference (docs/examples/fields)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml
from project import ASSETS, ROOT

from forms import Catalogue, Service
from kiosk.screens.model import Screen
from kiosk.walk import errands
from kiosk.walk.walked_terminal import WalkedTerminal

ID = "every-kind"


def steps() -> list[dict[str, Any]]:
    paths = sorted((ROOT / "docs" / "examples" / "fields").glob("*.yaml"))
    return [step for path in paths for step in yaml.safe_load(path.read_text("utf-8"))["steps"]]


def every_kind(catalogue: Catalogue, **more: Any) -> Catalogue:
    """The catalogue with that service in place of all others."""
    template = yaml.safe_load((ASSETS / "service-template.yaml").read_text("utf-8"))
    made = {key: value for key, value in template.items() if key not in ("checks", "outcomes", "papers")}
    service = Service.model_validate({**made, "id": ID, "steps": steps(), **more})
    return replace(catalogue, services={ID: service})


def walk(t: WalkedTerminal) -> Iterator[tuple[str, Screen]]:
    """Its screens, each with its label."""
    for label in errands.service(t, t.catalogue.services[ID]):
        yield label, t.session.screen()
