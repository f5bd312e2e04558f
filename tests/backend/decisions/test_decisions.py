"""What was decided of each form is kept with it: by which rules, what was shown, what staff did; and nobody's data."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, PRIVATE, RIGHT_ANSWERS, submission
from project import ASSETS
from rulings_support import decided
from sqlalchemy import text

from backend.accounts.permissions import Role, Staff
from backend.hall.hall import Hall
from backend.privacy.retention import prune_a_piece
from backend.rules.register import register
from forms import Catalogue, load_catalogue
from forms.definition import Definition

FORM = UUID(int=7)
ALLOWANCE = "old-age-allowance"
ELSEWHERE = {**RIGHT_ANSWERS, "hukou_here": "elsewhere"}


def send(clerk: TestClient, hall: Hall, answers: dict[str, str], at: UUID = FORM, **names: Any) -> dict[str, Any]:
    body = submission(hall.keys.public, at, answers, f"YL-{at.int}", **names).model_dump_json(exclude_none=True)
    sent = clerk.put(f"/submissions/{at}", content=body, headers=JSON_BODY)
    assert sent.status_code in (200, 201)
    return dict(sent.json())


def rows(hall: Hall, table: str) -> list[dict[str, Any]]:
    with hall.database.read() as session:
        return [dict(one._mapping) for one in session.execute(text(f"SELECT * FROM {table}"))]


def test_a_decision_says_its_rules_by_their_hashes_and_what_was_shown(
    clerk: TestClient, hall: Hall, catalogue: Catalogue
) -> None:
    send(clerk, hall, ELSEWHERE)
    (row,) = rows(hall, "decisions")
    hukou = catalogue.service(ALLOWANCE).checks[1]
    said = {one["rule"]: one for one in json.loads(row["rules"])}
    assert row["verdict"] == "ask_a_person"
    assert said["hukou"] == {
        "rule": "hukou", "version": hukou.version, "hash": hukou.hash, "field": "hukou_here", "holds": False
    }  # fmt: skip
    assert said["age"]["holds"] is True
    assert json.loads(row["shown"]) == [{"zh": hukou.message.zh, "en": hukou.message.en}]


def test_the_inputs_are_known_again_and_tell_nothing(clerk: TestClient, hall: Hall) -> None:
    for at, answers in enumerate((RIGHT_ANSWERS, ELSEWHERE, RIGHT_ANSWERS), 1):
        send(clerk, hall, answers, UUID(int=at))
    first, other, again = [one["inputs"] for one in rows(hall, "decisions")]
    assert first == again != other
    clerk.put(f"/submissions/{UUID(int=2)}/status", json={"status": "in_review", "note": "户口 110105193812310028"})
    kept = str([*rows(hall, "decisions"), *rows(hall, "decision_steps")])
    assert not [one for one in PRIVATE if one in kept]


def test_the_same_form_again_has_one_decision(clerk: TestClient, hall: Hall) -> None:
    body = submission(hall.keys.public, FORM, ELSEWHERE).model_dump_json(exclude_none=True)
    for status in (201, 200):
        assert clerk.put(f"/submissions/{FORM}", content=body, headers=JSON_BODY).status_code == status
    assert len(rows(hall, "decisions")) == 1


def test_staff_see_the_verdict_and_the_rule_with_its_law(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, {**RIGHT_ANSWERS, "resident_id": "110105199503150021"})
    form = clerk.post(f"/submissions/{FORM}/open").json()
    assert form["verdict"]["zh"] == "请人工核实"
    (rule,) = form["rules"]
    assert rule["zh"].startswith("高龄津贴从多大年纪起，县里定，第 ")
    assert "老年人权益保障法" in rule["zh"]
    send(clerk, hall, RIGHT_ANSWERS, UUID(int=8))
    form = clerk.post(f"/submissions/{UUID(int=8)}/open").json()
    assert (form["verdict"]["en"], form["rules"]) == ("Nothing missing was seen", [])


def test_what_staff_did_and_why_is_in_the_copy_of_the_person(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, ELSEWHERE)
    clerk.put(f"/submissions/{FORM}/status", json={"status": "in_review", "note": "户口看过，给办"})
    asked = {"resident_id": RIGHT_ANSWERS["resident_id"], "card_and_face_seen": True}
    (copied,) = clerk.post("/staff/own-data/copy", json=asked).json()["forms"]
    decision = copied["decision"]
    assert decision["verdict"] == "ask_a_person"
    (step,) = decision["steps"]
    assert (step["status"], step["why"]) == ("in_review", "户口看过，给办")


def test_a_decision_goes_with_its_form(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, ELSEWHERE)
    clerk.put(f"/submissions/{FORM}/status", json={"status": "received", "note": "看"})
    asked = {"resident_id": RIGHT_ANSWERS["resident_id"], "card_and_face_seen": True}
    assert clerk.post("/staff/own-data/withdraw", json=asked).status_code == 200
    assert rows(hall, "decisions") == rows(hall, "decision_steps") == []
    send(clerk, hall, ELSEWHERE, UUID(int=8))
    decided(clerk, UUID(int=8), "accepted")
    with hall.database.write() as session:
        session.execute(text("DELETE FROM submissions"))
    while prune_a_piece(hall):
        pass
    assert rows(hall, "decisions") == rows(hall, "decision_steps") == []


@pytest.fixture
def brought(tmp_path: Path) -> tuple[Path, Definition]:
    """A county's folder with a rule of its own, and the definition of a form that a kiosk filled in by it."""
    folder = tmp_path / "county"
    (folder / "services").mkdir(parents=True)
    written = (ASSETS / "services" / f"{ALLOWANCE}.yaml").read_text("utf-8")
    own = written.replace('eq: {field: hukou_here, value: "yes"}', "eq: {field: hukou_here, value: elsewhere}", 1)
    (folder / "services" / f"{ALLOWANCE}.yaml").write_text(own, "utf-8")
    of_kiosk = load_catalogue(ASSETS, folder)
    return folder, Definition.of(of_kiosk, of_kiosk.service(ALLOWANCE))


def test_a_form_is_judged_by_the_rules_that_it_was_filled_in_by_once_they_are_registered(
    clerk: TestClient, hall: Hall, brought: tuple[Path, Definition]
) -> None:
    folder, definition = brought
    hall.definitions.keep(definition, hall.clock())
    names = {"definition": definition.hash}
    assert send(clerk, hall, RIGHT_ANSWERS, **names)["status"] == "needs_person"
    (row,) = rows(hall, "decisions")
    unknown = json.loads(row["rules"])[-1]
    assert (row["verdict"], unknown["rule"], unknown["holds"]) == ("ask_a_person", "unknown_rule", None)
    problems = clerk.post(f"/submissions/{FORM}/open").json()["problems"]
    assert [one["zh"] for one in problems if "没有登记的规定（hukou" in one["zh"]]

    register(hall, Staff("王强", Role.LEAD), folder)
    hall.files.look()
    hall.files.look()
    assert send(clerk, hall, RIGHT_ANSWERS, UUID(int=8), **names)["status"] == "needs_person"
    judged = next(one for one in rows(hall, "decisions") if UUID(str(one["submission"])) == UUID(int=8))
    assert {one["rule"]: one["holds"] for one in json.loads(judged["rules"])} == {"age": True, "hukou": False}
    assert send(clerk, hall, ELSEWHERE, UUID(int=9), **names)["status"] == "received", "by its own rule all is right"
