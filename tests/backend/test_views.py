"""Each module of web/views says truly what it needs of the hall: a wrong word there would hide a view in silence."""

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from project import ROOT

from backend.accounts.permissions import Permission
from backend.hall.hall import Hall
from backend.staff_page import FILES

WEB = ROOT / "backend" / "web"
VIEWS = sorted((WEB / "views").glob("*.js"), key=lambda path: path.stem)
# Of events that the hall announces.
KINDS = {"call", "missed_call", "submission", "reading", "export", "kiosk", "guess", "queue", "work_order"}


def said(view: str, name: str) -> str:
    found = re.search(rf"^export const {name} = (.+);$", view, re.MULTILINE)
    assert found, f"no {name}"
    return found[1]


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_a_view_asks_for_what_there_is(path: Path, client: TestClient) -> None:
    view = path.read_text("utf-8")
    assert said(view, "permission").strip('"') in set(Permission)
    assert set(re.findall(r'"(\w+)"', said(view, "events"))) <= KINDS
    method = "post" if "export const method" in view else "get"
    assert method in client.get("/openapi.json").json()["paths"][said(view, "path").strip('"')]
    assert said(view, "place").isdecimal()


def test_the_page_is_told_of_every_view_and_its_words(client: TestClient, hall: Hall) -> None:
    start = json.loads(client.get("/staff").text.split('id="start">')[1].split("</script>")[0])
    assert FILES.views == [path.stem for path in VIEWS]
    assert (start["me"], start["answers"]) == (None, {}), "nobody is logged in"
    views = [path.read_text("utf-8") for path in VIEWS]
    assert len({said(view, "place") for view in views}) == len(VIEWS)
    for page in {said(view, "page").strip('"') for view in views} - {""}:
        name, _, one = page.partition("/")
        assert f"one_of_{name}" in start["words"] if one else f"page_{name}" in start["words"]


def test_every_word_that_the_page_says_is_there(hall: Hall) -> None:
    for path in WEB.rglob("*.js"):
        for word in re.findall(r'(?<![\w.])say\("(\w+)"', path.read_text("utf-8")):
            assert word in hall.page_words, (path.name, word)
    html = (WEB / "staff.html").read_text("utf-8")
    assert set(re.findall(r'data-(?:word|label)="(\w+)"', html)) <= set(hall.page_words)
