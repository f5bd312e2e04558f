"""Each module of web/views says truly what it needs of the hall: a wrong word there would hide a view in silence."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from project import ROOT

from backend.accounts.permissions import Permission

VIEWS = sorted((ROOT / "backend" / "web" / "views").glob("*.js"), key=lambda path: path.stem)
KINDS = {"call", "submission", "reading", "export", "kiosk", "guess", "queue"}  # of events that the hall announces


def said(view: str, name: str) -> str:
    found = re.search(rf"^export const {name} = (.+);$", view, re.MULTILINE)
    assert found, f"no {name}"
    return found[1]


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_a_view_asks_for_what_there_is(path: Path, client: TestClient) -> None:
    view = path.read_text("utf-8")
    assert said(view, "permission").strip('"') in set(Permission)
    assert set(re.findall(r'"(\w+)"', said(view, "events"))) <= KINDS
    assert "get" in client.get("/openapi.json").json()["paths"][said(view, "path").strip('"')]
    assert said(view, "place").isdecimal()


def test_the_page_is_told_of_every_view(client: TestClient) -> None:
    assert client.get("/staff/views").json() == [path.stem for path in VIEWS]
    assert len({said(path.read_text("utf-8"), "place") for path in VIEWS}) == len(VIEWS)
