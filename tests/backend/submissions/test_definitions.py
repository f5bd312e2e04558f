"""A form is shown, searched and judged by what it was filled in by, whatever the hall's services say now."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import (
    FROM_PAGE,
    JSON_BODY,
    RIGHT_ANSWERS,
    SigningKiosk,
    StandingClock,
    enrolled,
    of_person,
    progress,
    settings_in,
    submission,
)
from project import ROOT
from sqlalchemy import text

from backend.accounts.console_pin import next_pin
from backend.app import create_app
from backend.definitions.book import DefinitionBook
from backend.hall.hall import Hall, open_hall
from backend.privacy.export import forms
from backend.privacy.tables import ExportRequest
from backend.submissions.judging import judge_waiting
from forms import Catalogue, load_catalogue
from forms.definition import Definition

ID = UUID(int=21)
ALLOWANCE = "old-age-allowance"
CATALOGUE = load_catalogue(ROOT / "assets")
APPROVED = ExportRequest(asked_by="王强", approved_by="赵敏")
SHOWN = RIGHT_ANSWERS.keys() | {"monthly"}  # which is computed


def changed(*, version: int = CATALOGUE.service(ALLOWANCE).version + 1, **changes: Any) -> Catalogue:
    """The catalogue once a county has changed the allowance."""
    service = CATALOGUE.service(ALLOWANCE).model_copy(update={"version": version, **changes})
    return replace(CATALOGUE, services={**CATALOGUE.services, ALLOWANCE: service})


def without(service_id: str) -> Catalogue:
    return replace(CATALOGUE, services={name: one for name, one in CATALOGUE.services.items() if name != service_id})


def renamed_field() -> Catalogue:
    steps = [
        field.model_copy(update={"id": "mobile"}) if field.id == "phone" else field
        for field in CATALOGUE.service(ALLOWANCE).steps
    ]
    return changed(steps=steps)


def removed_choice() -> Catalogue:
    towns = [one for one in CATALOGUE.lists["towns"] if one.id != RIGHT_ANSWERS["town"]]
    return replace(changed(), lists={**CATALOGUE.lists, "towns": towns})


def changed_meaning() -> Catalogue:
    """The same version says something else: what `hukou_here: yes` was called is gone."""
    steps = []
    for field in CATALOGUE.service(ALLOWANCE).steps:
        if field.id == "hukou_here":
            label = field.label.model_copy(update={"zh": "户口不在本县", "en": "Registered elsewhere"})
            field = field.model_copy(update={"label": label})
        steps.append(field)
    return changed(version=CATALOGUE.service(ALLOWANCE).version, steps=steps)


CHANGES = {
    "renamed field": renamed_field,
    "removed choice": removed_choice,
    "changed meaning": changed_meaning,
    "removed service": lambda: without(ALLOWANCE),
}


def definition_in(catalogue: Catalogue, service_id: str = ALLOWANCE) -> Definition:
    return Definition.of(catalogue, catalogue.service(service_id))


NOW_DEFINITION = definition_in(CATALOGUE)


@pytest.fixture
def start(tmp_path: Path, clock: StandingClock) -> Iterator[Callable[..., tuple[TestClient, Hall]]]:
    """Start the hall of this test anew with another catalogue, somebody logged in; the one before it ends."""
    running: list[tuple[TestClient, Hall]] = []
    kiosks: list[SigningKiosk] = []

    def stop() -> None:
        while running:
            client, hall = running.pop()
            client.__exit__(None, None, None)
            hall.database.close()

    def begin(catalogue: Catalogue = CATALOGUE) -> tuple[TestClient, Hall]:
        stop()
        opened = open_hall(settings_in(tmp_path), clock)
        with opened.database.write() as session:
            session.execute(text("DELETE FROM definitions WHERE hash NOT IN (SELECT hash FROM kept)"))
        book = DefinitionBook(opened.database, catalogue)
        book.keep_own(clock())
        with opened.database.write() as session:
            session.execute(text("INSERT OR IGNORE INTO kept SELECT hash FROM definitions"))
        opened.files.now, opened.files.definitions = replace(opened.files.now, catalogue=catalogue), book
        hall = opened
        client = TestClient(create_app(hall, lambda pin: None)).__enter__()
        kiosks.append(kiosks[0] if kiosks else enrolled(hall))
        client.auth = kiosks[0]
        running.append((client, hall))
        pin = next_pin(hall)
        assert client.post("/staff/login", json={"name": "李芳", "pin": pin}, headers=FROM_PAGE).status_code == 204
        client.headers.update(FROM_PAGE)
        return client, hall

    first = open_hall(settings_in(tmp_path), clock)
    with first.database.write() as session:  # what a hall kept that never had the project's own catalogue
        session.execute(text("CREATE TABLE kept (hash TEXT PRIMARY KEY)"))
    first.database.close()
    yield begin
    stop()


@cache
def body_of(public_key: bytes, at: UUID, definition: str | None) -> str:
    """The same each time, as a kiosk sends it."""
    return submission(public_key, at, RIGHT_ANSWERS, definition=definition).model_dump_json(exclude_none=True)


def send(client: TestClient, hall: Hall, definition: str | None = NOW_DEFINITION.hash, at: UUID = ID) -> dict[str, Any]:
    """Send the form, or send it again."""
    answer = client.put(f"/submissions/{at}", content=body_of(hall.keys.public, at, definition), headers=JSON_BODY)
    assert answer.status_code in (200, 201), answer.text
    said: dict[str, Any] = answer.json()
    return said


def bring(client: TestClient, definition: Definition, digest: str | None = None) -> int:
    body = {"document": definition.document}
    return client.put(f"/definitions/{digest or definition.hash}", json=body).status_code


def shown(client: TestClient, at: UUID = ID) -> dict[str, tuple[str, str]]:
    """By field its label and value, as staff see them."""
    answers = client.post(f"/submissions/{at}/open").json()["answers"]
    return {one["field"]: (one["label"]["zh"], one["value"]["zh"]) for one in answers}


def problems(client: TestClient) -> list[str]:
    return [one["zh"] for one in client.post(f"/submissions/{ID}/open").json()["problems"]]


def needs_person(client: TestClient) -> bool:
    (row,) = client.get("/staff/submissions").json()["submissions"]
    answer: bool = row["needs_person"]
    return answer


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_form_sent_before_a_change_shows_every_answer_as_it_was(
    start: Callable[..., tuple[TestClient, Hall]], change: Callable[[], Catalogue]
) -> None:
    client, hall = start()
    assert send(client, hall)["status"] == "received"
    before = shown(client)
    assert before.keys() == SHOWN
    revealed = client.post(f"/submissions/{ID}/reveal", json={"field": "town"}).json()
    assert revealed["zh"] == "城关镇"
    client, hall = start(change())
    assert shown(client) == before
    assert problems(client) == []
    assert client.post(f"/submissions/{ID}/reveal", json={"field": "town"}).json() == revealed
    assert client.post(f"/submissions/{ID}/reveal", json={"field": "phone"}).json()["zh"] == RIGHT_ANSWERS["phone"]
    assert client.get("/staff/submissions").json()["submissions"][0]["service"]["zh"] == "高龄津贴"
    (line,) = of_person(client)
    assert line["title"]["zh"] == "高龄津贴"
    (line,) = list(forms(hall, APPROVED))
    assert line["answers"] == RIGHT_ANSWERS
    assert line["labels"]["phone"]["zh"] == before["phone"][0]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_form_that_comes_after_a_change_is_judged_by_what_it_was_filled_in_by(
    start: Callable[..., tuple[TestClient, Hall]], change: Callable[[], Catalogue]
) -> None:
    start()
    client, hall = start(change())
    assert send(client, hall)["status"] == "received"
    assert len(of_person(client)) == 1


def test_a_hall_that_never_knew_the_service_learns_it_from_the_kiosk_and_indexes_what_it_kept(
    start: Callable[..., tuple[TestClient, Hall]],
) -> None:
    client, hall = start(without(ALLOWANCE))
    assert send(client, hall) == send(client, hall)
    assert send(client, hall)["lacks_definition"] is True
    assert needs_person(client)
    assert shown(client) == {}
    assert "自助机" in problems(client)[0]
    assert of_person(client) == []
    assert bring(client, NOW_DEFINITION) == 204
    assert shown(client).keys() == SHOWN
    assert not needs_person(client)
    assert len(of_person(client)) == 1
    assert send(client, hall)["lacks_definition"] is False
    assert client.get("/staff/submissions").json()["submissions"][0]["service"]["zh"] == "高龄津贴"


def test_a_hall_that_is_given_the_service_later_indexes_what_older_kiosks_sent(
    start: Callable[..., tuple[TestClient, Hall]],
) -> None:
    client, hall = start(without(ALLOWANCE))
    assert send(client, hall, definition=None)["lacks_definition"] is False
    assert of_person(client) == []
    client, hall = start()
    assert_soon_found(client)
    assert shown(client).keys() == SHOWN


def assert_soon_found(client: TestClient) -> None:
    """The hall judges in the background once it runs; the board's stream would say so."""
    judge_waiting(client.app.state.hall)  # type: ignore[attr-defined]
    assert len(of_person(client)) == 1


def test_a_form_whose_questions_nobody_has_any_more_says_so_and_hides_no_answer(
    start: Callable[..., tuple[TestClient, Hall]],
) -> None:
    client, hall = start(renamed_field())
    send(client, hall, definition=None)
    assert "那一版" in problems(client)[0]
    assert needs_person(client)
    everything = shown(client)
    assert everything.keys() == SHOWN
    assert set(everything["phone"][1]) == {"*"}
    assert client.post(f"/submissions/{ID}/reveal", json={"field": "phone"}).json()["zh"] == RIGHT_ANSWERS["phone"]


def test_while_its_definition_is_on_its_way_a_form_is_found_under_nobody(
    start: Callable[..., tuple[TestClient, Hall]],
) -> None:
    client, hall = start(changed_meaning())
    assert send(client, hall)["lacks_definition"] is True
    assert of_person(client) == []
    assert "那一版" in problems(client)[0]
    assert [line["status"] for line in progress(client)] == ["received"], "its receipt finds it all the same"


def test_a_definition_of_a_newer_program_is_kept_and_said_to_need_it(
    start: Callable[..., tuple[TestClient, Hall]],
) -> None:
    content = json.loads(NOW_DEFINITION.document)
    content["service"]["holograms"] = True
    newer = Definition(json.dumps(content, ensure_ascii=False))
    client, hall = start()
    assert send(client, hall, definition=newer.hash)["lacks_definition"] is True
    assert bring(client, newer) == 204
    assert send(client, hall, definition=newer.hash)["lacks_definition"] is False
    assert shown(client) == {}
    assert "请先升级大厅程序" in problems(client)[0]
    (line,) = list(forms(hall, APPROVED))
    assert line["answers"] == RIGHT_ANSWERS
    assert "Update the hall" in line["note"]


def test_a_definition_in_which_nothing_fits_holds_no_other_form_up(
    start: Callable[..., tuple[TestClient, Hall]],
) -> None:
    content = json.loads(NOW_DEFINITION.document)
    content["lists"] = {}
    unfit = Definition(json.dumps(content, ensure_ascii=False))
    client, hall = start(without(ALLOWANCE))
    send(client, hall, definition=unfit.hash)
    other = UUID(int=22)
    send(client, hall, at=other)
    assert bring(client, unfit) == 204
    assert "问题表里有错" in problems(client)[0]
    assert bring(client, NOW_DEFINITION) == 204
    assert judge_waiting(hall) == 0
    assert shown(client, other).keys() == SHOWN
    assert send(client, hall, definition=unfit.hash)["status"] == "needs_person"


@pytest.mark.parametrize("document", ["{", "{}", '{"service": {"id": "x"}}', NOW_DEFINITION.document + " "])
def test_a_definition_that_is_none_or_not_that_of_its_hash_is_refused(client: TestClient, document: str) -> None:
    answer = client.put(f"/definitions/{NOW_DEFINITION.hash}", json={"document": document})
    assert answer.status_code == 422
    assert answer.json()["detail"].endswith(("send it again.", "no service and version."))


def test_a_form_named_to_another_definition_stays_shut(start: Callable[..., tuple[TestClient, Hall]]) -> None:
    """The hash is part of what the seal binds: nobody on the way can have a form read by other questions."""
    client, hall = start()
    body = json.loads(submission(hall.keys.public, ID, RIGHT_ANSWERS, definition=NOW_DEFINITION.hash).model_dump_json())
    body["definition"] = definition_in(changed_meaning()).hash
    assert client.put(f"/submissions/{ID}", json=body).json()["status"] == "needs_person"
    answer = client.post(f"/submissions/{ID}/open")
    assert answer.status_code == 422
    assert "cannot be opened" in answer.json()["detail"]


def test_a_form_that_was_sent_to_an_older_hall_is_the_same_form_today(client: TestClient, hall: Hall) -> None:
    """Its body names no definition and hashes as before, so that sending it again is no conflict."""
    body = submission(hall.keys.public, ID, RIGHT_ANSWERS)
    as_before = body.model_dump_json(exclude_none=True)
    for content in (as_before, body.model_dump_json(), as_before):
        assert client.put(f"/submissions/{ID}", content=content, headers=JSON_BODY).status_code in (200, 201)
    with hall.database.read() as session:
        (kept,) = session.scalars(text("SELECT body_hash FROM submissions")).all()
    assert kept == sha256(as_before.encode()).hexdigest()
