"""A service that has a question of every kind of field: the examples of the reference (docs/examples/fields)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import yaml
from project import ASSETS, ROOT

from forms import Catalogue, Service
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Screen
from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from kiosk.walk import errands
from kiosk.walk.walked_terminal import WalkedTerminal

ID = "every-kind"


def steps() -> list[dict[str, Any]]:
    paths = sorted((ROOT / "docs" / "examples" / "fields").glob("*.yaml"))
    return [step for path in paths for step in yaml.safe_load(path.read_text("utf-8"))["steps"]]


def as_data(of: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The file of a service that asks these questions."""
    template = yaml.safe_load((ASSETS / "service-template.yaml").read_text("utf-8"))
    made = {key: value for key, value in template.items() if key not in ("checks", "outcomes", "papers")}
    return {**made, "id": ID, "steps": [*of]}


def every_kind(catalogue: Catalogue, **more: Any) -> Catalogue:
    """The catalogue with that service in place of all others."""
    service = Service.model_validate({**as_data(steps()), **more})
    return replace(catalogue, services={ID: service})


def step(name: str, **more: Any) -> dict[str, Any]:
    """The example question of that id, with what is said otherwise."""
    return {**next(one for one in steps() if one["id"] == name), **more}


def asked(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, *of: dict[str, Any], **look: Any) -> Rehearsal:
    """A terminal before the first of these questions of one service."""
    rehearsal = Rehearsal(every_kind(catalogue, steps=of), texts, pinyin, Look(**look))
    for action, value in (("start", None), ("choose", ID), ("next", None)):
        rehearsal.session.do(action, value)
    return rehearsal


def walk(t: WalkedTerminal) -> Iterator[tuple[str, Screen]]:
    """Its screens, each with its label."""
    for label in errands.service(t, t.catalogue.services[ID]):
        yield label, t.session.screen()
