"""A code, a key that comes with it, a person who compares its fingerprint; and putting a kiosk out again."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import (
    JSON_BODY,
    KIOSK,
    RIGHT_ANSWERS,
    SigningKiosk,
    StandingClock,
    forms_after_the_update,
    settings_in,
    submission,
)
from sqlalchemy import select, text

from backend.cli import main
from backend.foundation.database import Database
from backend.hall.hall import Hall, open_hall
from backend.kiosks import enrolment
from backend.kiosks.enrolment import give_code
from backend.kiosks.signed import NotAdmittedError
from backend.kiosks.tables import EnrolmentCode
from protocol.enrolment import (
    CodeKeys,
    EnrolmentAnswer,
    NewKey,
    checked_enrolment,
    enrolment_request,
    keys_of_code,
)
from protocol.request_signature import fingerprint, new_private_key, public_key_of, sign_with


@pytest.fixture
def new(hall: Hall) -> CodeKeys:
    """What follows from a code for 大厅二号."""
    return keys_of_code(give_code(hall, "大厅二号")[0])


def shown(client: TestClient, keys: CodeKeys, private_key: bytes) -> tuple[int, dict[str, str]]:
    body = enrolment_request(keys, public_key_of(private_key)).model_dump_json()
    answer = client.post("/enrolments", content=body, headers=JSON_BODY, auth=None)
    return answer.status_code, answer.json()


def enrol(client: TestClient, hall: Hall, keys: CodeKeys, private_key: bytes) -> SigningKiosk:
    status, answer = shown(client, keys, private_key)
    assert status == 200, answer
    told = checked_enrolment(keys, public_key_of(private_key), EnrolmentAnswer.model_validate(answer))
    assert told.hall_key.public_key == hall.keys.public
    return SigningKiosk(told.kiosk, told.name, private_key, hall.clock)


def code_of(client: TestClient, auth: SigningKiosk) -> str | None:
    answer = client.get("/kiosks/me", auth=auth)
    return None if answer.status_code == 200 else answer.json()["code"]


def test_a_kiosk_comes_with_a_code_and_staff_let_it_in(clerk: TestClient, hall: Hall, new: CodeKeys) -> None:
    kiosk = enrol(clerk, hall, new, new_private_key())
    assert code_of(clerk, kiosk) == "waiting_for_approval"
    (waits,) = clerk.get("/staff/kiosks/waiting").json()
    assert (waits["name"], waits["fingerprint"]) == ("大厅二号", fingerprint(kiosk.public_key))
    other = {"name": "大厅二号", "fingerprint": "0000 0000 0000 0000"}
    assert clerk.post("/staff/kiosks/approve", json=other).status_code == 409, "another key took its place meanwhile"
    seen = {"name": waits["name"], "fingerprint": waits["fingerprint"]}
    assert clerk.post("/staff/kiosks/approve", json=seen).status_code == 204
    assert code_of(clerk, kiosk) is None
    assert clerk.get("/staff/kiosks/waiting").json() == []
    assert clerk.post("/staff/kiosks/approve", json=seen).status_code == 409
    assert {"enrol_kiosk", "approve_kiosk"} <= {*audited(hall)}


def audited(hall: Hall) -> list[str]:
    with hall.database.read() as session:
        return list(session.scalars(text("SELECT action FROM audit ORDER BY sequence")))


def test_a_code_is_good_once(client: TestClient, hall: Hall, new: CodeKeys) -> None:
    key = new_private_key()
    kiosk = enrol(client, hall, new, key)
    assert enrol(client, hall, new, key).id == kiosk.id, "its answer may have got lost"
    status, answer = shown(client, new, new_private_key())
    assert (status, answer["code"]) == (403, "code_used")


def test_a_code_whose_key_another_has_replaced_is_used(client: TestClient, hall: Hall, new: CodeKeys) -> None:
    key = new_private_key()
    enrol(client, hall, new, key)
    enrol(client, hall, keys_of_code(give_code(hall, "大厅二号")[0]), new_private_key())
    status, answer = shown(client, new, key)
    assert (status, answer["code"]) == (403, "code_used")


def test_a_code_is_good_for_15_minutes(client: TestClient, hall: Hall, new: CodeKeys, clock: StandingClock) -> None:
    clock.pass_(minutes=15, seconds=1)
    status, answer = shown(client, new, new_private_key())
    assert (status, answer["code"]) == (403, "code_expired")
    assert "older than 15 minutes" in answer["detail"]
    clock.pass_(days=-1)
    assert shown(client, new, new_private_key())[1]["code"] == "code_expired", "a clock that is set back revives none"


def test_a_wrong_or_foreign_code_is_none(client: TestClient, hall: Hall, new: CodeKeys) -> None:
    foreign = keys_of_code("ABCD-EFGH-JKMN")
    guessed = CodeKeys(new.id, foreign.secret)  # who listens knows the id alone
    for keys in (foreign, guessed):
        status, answer = shown(client, keys, new_private_key())
        assert (status, answer["code"]) == (403, "wrong_code")
        assert "hall enrol NAME" in answer["detail"]
    assert enrol(client, hall, new, new_private_key()), "and the code is still good for whoever has it"


def test_whoever_guesses_codes_keeps_nobody_from_writing(
    client: TestClient, new: CodeKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Strangers may ask as often as they like, and all that writes stands in one line."""
    monkeypatch.setattr(Database, "write", None)
    for keys in (CodeKeys("0" * 32, bytes(32)), CodeKeys(new.id, bytes(32))):
        assert shown(client, keys, new_private_key())[1]["code"] == "wrong_code"


def test_old_codes_go(client: TestClient, hall: Hall, new: CodeKeys, clock: StandingClock) -> None:
    clock.pass_(days=2)
    give_code(hall, "大厅三号")
    with hall.database.read() as session:
        assert session.scalars(select(EnrolmentCode.name)).all() == ["大厅三号"]


def test_a_disk_that_was_made_anew_gets_its_name_back_and_the_old_key_is_worth_nothing(
    client: TestClient, hall: Hall, kiosk: SigningKiosk
) -> None:
    assert code_of(client, kiosk) is None
    again = enrol(client, hall, keys_of_code(give_code(hall, KIOSK)[0]), new_private_key())
    assert again.id == kiosk.id
    assert code_of(client, kiosk) == "bad_signature"
    assert code_of(client, again) == "waiting_for_approval"


def test_a_code_of_the_terminals_own_hall_needs_nobody(client: TestClient, hall: Hall) -> None:
    kiosk = enrol(client, hall, keys_of_code(give_code(hall, "kiosk-1", approved=True)[0]), new_private_key())
    assert code_of(client, kiosk) is None


def test_a_key_is_changed_by_the_key_itself(client: TestClient, hall: Hall, kiosk: SigningKiosk) -> None:
    private_key = new_private_key()
    proof = sign_with(private_key, kiosk.id.bytes)
    body = NewKey(public_key=public_key_of(private_key), proof=proof).model_dump_json()
    assert client.put("/kiosks/me/key", content=body, headers=JSON_BODY).status_code == 204
    assert code_of(client, kiosk) == "bad_signature"
    assert code_of(client, replace(kiosk, private_key=private_key)) is None


def test_a_key_that_the_kiosk_does_not_have_is_not_taken(client: TestClient, kiosk: SigningKiosk) -> None:
    strangers = NewKey(public_key=public_key_of(new_private_key()), proof=sign_with(kiosk.private_key, kiosk.id.bytes))
    answer = client.put("/kiosks/me/key", content=strangers.model_dump_json(), headers=JSON_BODY)
    assert answer.status_code == 422
    assert code_of(client, kiosk) is None


def test_a_kiosk_that_is_put_out_or_made_anew_meanwhile_changes_no_key(hall: Hall, kiosk: SigningKiosk) -> None:
    private_key = new_private_key()
    new = NewKey(public_key=public_key_of(private_key), proof=sign_with(private_key, kiosk.id.bytes))
    thief = replace(kiosk, private_key=new_private_key()).signed()  # the one that was here before
    with pytest.raises(NotAdmittedError, match="not this kiosk's"):
        enrolment.take_new_key(hall, thief, new)
    enrolment.revoke(hall, "somebody", KIOSK)
    with pytest.raises(NotAdmittedError, match="was revoked"):
        enrolment.take_new_key(hall, kiosk.signed(), new)
    assert "new_kiosk_key" not in audited(hall)


def test_two_machines_with_one_key_are_noticed(clerk: TestClient, kiosk: SigningKiosk) -> None:
    def beat(auth: SigningKiosk) -> str | None:
        body = {"version": "0.1.0", "waiting": 0}
        assert clerk.put("/kiosks/me/heartbeat", json=body, auth=auth).status_code == 200
        (shown,) = clerk.get("/staff/kiosks").json()
        twice: str | None = shown["two_machines_at"]
        return twice

    before, now = SigningKiosk(kiosk.id, KIOSK, kiosk.private_key, kiosk.clock), kiosk
    assert [beat(before), beat(before), beat(now), beat(now)] == [None] * 4, "a restart is none"
    assert beat(before) is not None


@pytest.fixture
def console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hall:
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path / "console"))
    return open_hall(settings_in(tmp_path / "console"))


def test_the_console_takes_in_lists_lets_in_and_puts_out(console: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*arguments: str) -> object:
        assert main([*arguments, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    made = said("enrol", "村部")
    assert isinstance(made, dict)
    assert made["name"] == "村部"
    assert said("kiosks") == []
    enrolment.enrol(console, enrolment_request(keys_of_code(made["code"]), public_key_of(new_private_key())), "")
    assert said("approve", "村部") == {"name": "村部", "state": "approved"}
    assert said("revoke", "村部") == {"name": "村部", "state": "revoked"}
    (listed,) = said("kiosks")  # type: ignore[misc]
    assert (listed["name"], listed["state"], len(listed["fingerprint"])) == ("村部", "revoked", 19)
    assert main(["kiosks"]) == 0
    assert "revoked   村部" in capsys.readouterr().out


@pytest.mark.parametrize(("act", "told"), [("approve", "waits for approval"), ("revoke", "There is no kiosk called")])
def test_a_name_that_nobody_has_is_said(console: Hall, capsys: pytest.CaptureFixture[str], act: str, told: str) -> None:
    assert main([act, "谁"]) == 1
    assert told in capsys.readouterr().err


def test_a_code_that_fell_into_wrong_hands_is_taken_back(console: Hall) -> None:
    keys = keys_of_code(give_code(console, "村部")[0])
    assert main(["revoke", "村部"]) == 0
    with pytest.raises(enrolment.WrongCodeError):
        enrolment.enrol(console, enrolment_request(keys, public_key_of(new_private_key())), "")


@pytest.mark.parametrize("name", ["a/b", " ", ""])
def test_a_name_that_nobody_can_read_is_none(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as wrong:
        main(["enrol", name])
    assert wrong.value.code == 2
    assert "is not a name for a kiosk" in capsys.readouterr().err


def test_a_database_of_before_knows_no_kiosks_and_keeps_all_forms(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'hall.db'}")
    assert forms_after_the_update(database)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM kiosks")) == 0
        assert set(session.scalars(text("SELECT kiosk_id FROM submissions"))) == {None}
    database.close()


def test_a_form_of_before_is_offered_again_and_known(client: TestClient, hall: Hall) -> None:
    form = uuid4()
    body = submission(hall.keys.public, form, RIGHT_ANSWERS).model_dump_json()
    assert client.put(f"/submissions/{form}", content=body, headers=JSON_BODY).status_code == 201
    with hall.database.write() as session:
        session.execute(text("UPDATE submissions SET kiosk_id = NULL"))
    assert client.put(f"/submissions/{form}", content=body, headers=JSON_BODY).status_code == 200
