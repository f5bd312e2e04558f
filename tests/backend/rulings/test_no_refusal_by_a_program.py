"""No program says no: a refusal is there only where a signed-in person has given reason, rule and remedy."""

import ast
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from after_support import FORM, send
from fastapi.testclient import TestClient
from project import ROOT
from rulings_support import choice, panel
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backend.hall.hall import Hall
from forms.precheck import PrecheckVerdict
from protocol.wire import IntakeStatus, ProgressStatus

STATUSES = ("refused", "not_granted", "done")
HALVES = ("kind", "reason", "basis", "remedies", "version", "otherwise")


def test_what_programs_may_say_of_a_form_has_no_no() -> None:
    assert {one.value for one in IntakeStatus} == {"received", "needs_person"}
    assert {one.value for one in PrecheckVerdict} == {"can_submit", "missing_material", "ask_a_person"}
    assert {one.value for one in ProgressStatus} == {"received", "in_review", "needs_material", "done"}


def calls_of(name: str) -> Iterator[str]:
    """Where the programs make one, or write its table in any other way."""
    for path in sorted((ROOT / "backend").rglob("*.py")):
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)) if name in source else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                named = {one.id for one in (node.func, *node.args) if isinstance(one, ast.Name)}
                if name in named and node.func.id in (name, "insert", "insert_new", "insert_all_new"):
                    yield str(path.relative_to(ROOT))


def test_one_place_alone_makes_a_ruling_and_it_takes_who_is_signed_in() -> None:
    assert list(calls_of("Ruling")) == ["backend/rulings/deciding.py"]
    tree = ast.parse((ROOT / "backend/rulings/deciding.py").read_text("utf-8"))
    (decide,) = (one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == "decide")
    assert ast.unparse(decide.args.args[-1]) == "staff: SignedIn"


def bodies(path: str) -> Iterator[dict[str, Any]]:
    """What might say no there: a status of many names, or a whole refusal without one of its parts."""
    whole = choice("refused", version=0, otherwise="看过")
    for left in HALVES if "/ruling" in path else ():
        yield {name: one for name, one in whole.items() if name != left}
        yield {**whole, left: [] if left == "remedies" else ""}
    for status in STATUSES:
        yield {"status": status}
        yield {"kind": status, "made_at": "2026-11-20T09:00:00Z", "visitor": "", "why": status, "reason": status}


def refusals(hall: Hall) -> list[dict[str, Any]]:
    with hall.database.read() as session:
        found = session.execute(text("SELECT * FROM rulings WHERE kind = 'refused'"))
        return [dict(one._mapping) for one in found]


def test_no_route_leads_to_a_bare_no(clerk: TestClient, hall: Hall) -> None:
    """Every route that changes something gets every such body, of staff and of a kiosk, and nothing is refused."""
    send(clerk, hall)
    paths = clerk.get("/openapi.json").json()["paths"]
    changing = [
        (method, path.replace("{submission_id}", str(FORM)))
        for path, methods in paths.items()
        for method in methods
        if method != "get" and "{submission_id}" in path
    ]
    assert ("put", f"/submissions/{FORM}/status") in changing
    assert len(changing) > 15
    for method, path in changing:
        url = path.replace("{follow_up_id}", str(UUID(int=5))).replace("{correction_id}", str(UUID(int=6)))
        for body in bodies(url):
            clerk.request(method, url, json=body)
    assert refusals(hall) == []
    (row,) = clerk.get("/staff/submissions").json()["submissions"]
    assert row["state"]["zh"] != "这次没有同意"
    del clerk.headers["X-Staff-Page"]
    whole = choice("refused", version=panel(clerk, FORM)["version"], otherwise="看过")
    assert clerk.post(f"/staff/submissions/{FORM}/ruling", json=whole).status_code == 403
    clerk.cookies.clear()
    clerk.headers["X-Staff-Page"] = "1"
    assert clerk.post(f"/staff/submissions/{FORM}/ruling", json=whole).status_code == 401
    assert refusals(hall) == []


@pytest.mark.parametrize(
    "part",
    [{"basis": None}, {"reason": ""}, {"who": ""}, {"remedies": json.dumps([])}],
    ids=["basis", "reason", "who", "remedies"],
)
def test_the_database_itself_keeps_no_bare_no(clerk: TestClient, hall: Hall, part: dict[str, object]) -> None:
    row = {
        "id": UUID(int=1).hex, "submission": FORM.hex, "service_id": "x", "at": "2026-11-20", "member": UUID(int=2).hex,
        "who": "李芳", "kind": "refused", "reason": "a", "basis": "b", "remedies": '["c"]', "told": "{}", "rules": "[]",
        "otherwise": "", "waits": False, "ended_why": "",
    }  # fmt: skip

    def write(values: dict[str, object]) -> None:
        names = ", ".join(values)
        with hall.database.write() as session:
            session.execute(text(f"INSERT INTO rulings ({names}) VALUES (:{', :'.join(values)})"), values)

    with pytest.raises(IntegrityError):
        write(row | part)
    write(row)
