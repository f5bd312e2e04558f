"""Whatever a kiosk asks is signed by its key, new and timely. Each refusal is a sentence, a code and a line of the log.

Finding 15 of the hall's table and what stands beside it: nobody speaks in another kiosk's name.
"""

import logging
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import (
    JSON_BODY,
    KIOSK,
    NOW,
    RIGHT_ANSWERS,
    SigningKiosk,
    StandingClock,
    call_request,
    enrolled,
    submission,
)
from sqlalchemy import func, select

from backend.calls.tables import Call
from backend.hall.hall import Hall
from backend.kiosks.enrolment import revoke
from backend.kiosks.signed import forget_old_nonces
from backend.kiosks.tables import RequestNonce
from backend.submissions.tables import Submission
from protocol.enrolment import KioskState
from protocol.request_signature import Signer, new_private_key

ID = UUID(int=31)
PATH = f"/submissions/{ID}"
BEAT = {"version": "0.1.0", "waiting": 0}
FOLLOW_UP = {"kind": "take_back", "made_at": NOW.isoformat(), "visitor": "level=0"}
KIOSK_ROUTES = [
    ("PUT", PATH, "form"),
    ("PUT", f"/definitions/{'0' * 64}", {"document": "x"}),
    ("POST", "/queries/opening_hours", {}),
    ("POST", "/queries/progress", {"receipt_number": "YL-0001"}),
    ("GET", "/catalogue", None),
    ("GET", f"/catalogue/files/{'0' * 64}", None),
    ("GET", "/catalogue/rules", None),
    ("PUT", f"{PATH}/follow-ups/{UUID(int=32)}", FOLLOW_UP),
    ("POST", f"{PATH}/answers", {}),
    ("GET", f"/calls/{ID}", None),
    ("GET", "/kiosks/me", None),
    ("PUT", "/kiosks/me/key", {"public_key": "A" * 43 + "=", "proof": "A" * 86 + "=="}),
    ("PUT", f"/kiosks/{KIOSK}/heartbeat", BEAT),
]


@pytest.fixture
def form(hall: Hall) -> str:
    return submission(hall.keys.public, ID, RIGHT_ANSWERS).model_dump_json()


def refused(client: TestClient, code: str, method: str = "GET", path: str = "/kiosks/me", **sent: object) -> None:
    answer = client.request(method, path, **sent)
    assert (answer.status_code, answer.json()["code"]) == (401, code), answer.text
    assert answer.json()["detail"].endswith(".")
    assert answer.headers["Yinling-Hall"]


@pytest.mark.parametrize(("method", "path", "body"), KIOSK_ROUTES)
def test_every_route_of_kiosks_is_for_approved_ones_alone(
    client: TestClient, hall: Hall, kiosk: SigningKiosk, form: str, method: str, path: str, body: object
) -> None:
    sent = {"content": form, "headers": JSON_BODY} if body == "form" else {"json": body} if body is not None else {}
    refused(client, "not_enrolled", method, path, auth=None, **sent)
    refused(client, "not_enrolled", method, path, auth=replace(kiosk, id=uuid4()), **sent)
    refused(client, "bad_signature", method, path, auth=replace(kiosk, private_key=new_private_key()), **sent)
    waits = enrolled(hall, "waits", KioskState.WAITING)
    refused(client, "waiting_for_approval", method, path, auth=waits, **sent)
    revoke(hall, "somebody", KIOSK)
    refused(client, "revoked", method, path, **sent)
    with hall.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_a_replay_is_refused_and_changes_nothing(client: TestClient, kiosk: SigningKiosk, form: str) -> None:
    seen = kiosk.headers("PUT", PATH, form.encode()) | JSON_BODY
    assert client.put(PATH, content=form, headers=seen, auth=None).status_code == 201
    refused(client, "replayed", "PUT", PATH, content=form, headers=seen, auth=None)
    assert client.put(PATH, content=form, headers=JSON_BODY).status_code == 200, "signed anew it is the same form"


def test_a_replayed_question_is_refused_too(client: TestClient, kiosk: SigningKiosk) -> None:
    seen = kiosk.headers("GET", "/kiosks/me")
    assert client.get("/kiosks/me", headers=seen, auth=None).json() == {"name": KIOSK, "state": "approved"}
    refused(client, "replayed", headers=seen, auth=None)


def test_a_signature_is_good_for_its_own_request_alone(client: TestClient, kiosk: SigningKiosk, form: str) -> None:
    seen = kiosk.headers("PUT", PATH, form.encode()) | JSON_BODY
    other = form.replace("YL-0001", "YL-0002")
    refused(client, "bad_signature", "PUT", PATH, content=other, headers=seen, auth=None)
    refused(client, "bad_signature", "PUT", f"/submissions/{UUID(int=32)}", content=form, headers=seen, auth=None)
    refused(client, "bad_signature", "PUT", f"{PATH}?x=1", content=form, headers=seen, auth=None)
    refused(client, "bad_signature", headers=seen, auth=None)
    twice = [*seen.items(), ("Yinling-Visitor", "level=3")]
    refused(client, "bad_signature", "PUT", PATH, content=form, headers=twice, auth=None)


@pytest.mark.parametrize(("seconds", "is_taken"), [(-299, True), (299, True), (-301, False), (301, False)])
def test_it_is_good_for_five_minutes(client: TestClient, kiosk: SigningKiosk, seconds: int, is_taken: bool) -> None:
    clock = StandingClock()
    clock.pass_(seconds=seconds)
    asks = replace(kiosk, clock=clock)
    if is_taken:
        assert client.get("/kiosks/me", auth=asks).status_code == 200
    else:
        refused(client, "clock", auth=asks)


def test_nonces_are_kept_as_long_as_their_time_is_good(client: TestClient, hall: Hall, clock: StandingClock) -> None:
    def kept() -> int:
        forget_old_nonces(hall.database, hall.clock().timestamp())
        with hall.database.read() as session:
            return session.scalar(select(func.count()).select_from(RequestNonce)) or 0

    assert client.get("/kiosks/me").status_code == 200
    clock.pass_(seconds=330)
    assert kept() == 1, "the same once more may be waiting for the database, looked at when its time was good"
    clock.pass_(seconds=31)
    assert kept() == 0


def test_revoked_it_is_out_at_once_also_where_its_key_is_known(client: TestClient, hall: Hall) -> None:
    assert client.get("/kiosks/me").status_code == 200
    revoke(hall, "somebody", KIOSK)
    refused(client, "revoked")


def test_a_form_of_one_kiosk_is_not_anothers(client: TestClient, hall: Hall, form: str) -> None:
    other = enrolled(hall, "大厅二号")
    assert client.put(PATH, content=form, headers=JSON_BODY).status_code == 201
    assert client.put(PATH, content=form, headers=JSON_BODY, auth=other).status_code == 409
    with hall.database.read() as session:
        assert session.scalars(select(Submission.kiosk)).all() == [KIOSK]


def test_what_a_kiosk_says_of_itself_is_replaced_by_what_its_key_says(
    client: TestClient, hall: Hall, form: str
) -> None:
    other = enrolled(hall, "大厅二号")
    client.put(PATH, content=form, headers=JSON_BODY, auth=other)  # the body says 柳林村一号
    client.put(f"/calls/{ID}", content=call_request(), headers=JSON_BODY, auth=other)
    client.put(f"/kiosks/{KIOSK}/heartbeat", json=BEAT | {"version": "9"}, auth=other)
    with hall.database.read() as session:
        assert session.scalars(select(Submission.kiosk)).all() == ["大厅二号"]
        assert session.scalars(select(Call.kiosk)).all() == ["大厅二号"]
    client.auth = other
    assert client.get("/kiosks/me").json()["name"] == "大厅二号"


def test_a_call_is_another_kiosks_and_nobody_else_sees_or_ends_it(client: TestClient, hall: Hall) -> None:
    other, call = enrolled(hall, "大厅二号"), f"/calls/{ID}"
    assert client.put(call, content=call_request(), headers=JSON_BODY).status_code == 200
    assert client.get(call, auth=other).status_code == 404
    for auth in (other, None):
        answer = client.put(call, content=call_request(moves=["cancel"]), headers=JSON_BODY, auth=auth)
        assert (answer.status_code, "another kiosk's" in answer.json()["detail"]) == (409, True)
    changed = client.put(call, content=call_request(reason="假的", moves=["press"]), headers=JSON_BODY, auth=None)
    assert changed.json()["reason"] == "电话号码没填对", "it is told how far the call is, and changes nothing"
    assert client.get(call).json()["state"] == "requested"


def test_a_call_for_help_is_never_refused_for_a_signature(clerk: TestClient, hall: Hall, kiosk: SigningKiosk) -> None:
    waits, late = enrolled(hall, "waits", KioskState.WAITING), StandingClock()
    late.pass_(days=-20_000)
    wrong = [None, waits, replace(kiosk, id=uuid4()), replace(kiosk, clock=late)]
    for number, auth in enumerate([*wrong, kiosk]):
        path = f"/calls/{UUID(int=number)}"
        says = call_request(requested_at=NOW, kiosk=f"{number}号")
        answer = clerk.put(path, content=says, headers=JSON_BODY, auth=auth)
        assert answer.status_code == 200, answer.text
    shown = {call["id"]: call["proven"] for call in clerk.get("/staff/calls").json()}
    assert shown == {str(UUID(int=number)): number == len(wrong) for number in range(len(wrong) + 1)}


def test_a_call_that_came_without_is_proven_once_its_kiosk_signs_it(clerk: TestClient) -> None:
    for auth in (None, clerk.auth):
        clerk.put(f"/calls/{ID}", content=call_request(), headers=JSON_BODY, auth=auth)
    (call,) = clerk.get("/staff/calls").json()
    assert call["proven"]


def test_the_log_says_why_and_nothing_of_what_was_sent(
    client: TestClient, kiosk: SigningKiosk, form: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "yinling.hall"):
        client.put(PATH, content=form, headers=JSON_BODY, auth=replace(kiosk, signer=Signer(), id=uuid4()))
        client.get("/kiosks/me", auth=replace(kiosk, private_key=new_private_key()))
    told = [record.fields for record in caplog.records if record.message == "kiosk not admitted"]
    assert told == [{"code": "not_enrolled"}, {"code": "bad_signature", "kiosk": KIOSK}]
