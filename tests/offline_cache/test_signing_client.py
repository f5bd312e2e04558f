"""The client signs what it asks, and takes no refusal from anybody but its hall."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fake_hall import URL, FakeHall

from offline_cache.calls import Calls, new_call
from offline_cache.hall_client import HallBlocked, HallClient, HallUnreachable, KioskNotAdmitted
from offline_cache.store import Store
from offline_cache.trust.identity import Identity
from offline_cache.trust.identity_file import IdentityFile
from protocol.calls.messages import CallRequest
from protocol.enrolment import NewKey
from protocol.request_signature import new_private_key, public_key_of, read_signature
from protocol.wire import HallKey

KIOSK = UUID(int=3)


@pytest.fixture
def file(tmp_path: Path) -> IdentityFile:
    return IdentityFile(tmp_path / "identity.json")


def become(file: IdentityFile) -> bytes:
    """Another key for this kiosk; the public one."""
    key = new_private_key()
    hall = HallKey(key_id="first", public_key=bytes(32))
    file.write(
        Identity(kiosk=KIOSK, name="一号", hall=URL, hall_key=hall, private_key=key, key_since=datetime.now(UTC))
    )
    return public_key_of(key)


@pytest.fixture
def signing(hall: FakeHall, file: IdentityFile) -> HallClient:
    client = HallClient(URL, identity=file)
    client.session.mount(URL, hall)
    return client


def not_admitted(code: str, date: datetime | None = None) -> tuple[int, dict[str, str], bytes]:
    headers = {"Date": format_datetime(date, usegmt=True)} if date else {}
    return 401, headers, json.dumps({"detail": "Not you.", "code": code}).encode()


def test_what_is_asked_is_signed_with_the_key_of_the_file(signing, hall, file) -> None:
    signing.health()
    assert "Signature" not in hall.headers[-1], "whoever was never enrolled signs nothing"
    key = become(file)
    signing.health()
    read_signature(hall.headers[-1]).check(key, "GET", "/health", b"")
    key = become(file)
    signing.health()
    read_signature(hall.headers[-1]).check(key, "GET", "/health", b"")


def test_a_hall_with_another_time_is_asked_once_more_by_its_time(signing, hall, file) -> None:
    become(file)
    theirs = datetime.now(UTC) + timedelta(days=400)
    hall.trouble["/health"] = not_admitted("clock", theirs)
    with pytest.raises(KioskNotAdmitted):
        signing.health()
    assert hall.requests == ["GET /health"] * 2, "once more, and not for ever"
    assert abs(read_signature(hall.headers[-1]).created - theirs.timestamp()) < 5


def test_a_key_that_another_process_has_changed_is_taken_up(signing, hall, file) -> None:
    become(file)

    def change(path: str) -> None:
        if len(hall.requests) == 1:
            become(file)
            hall.trouble["/health"] = not_admitted("bad_signature")
        else:
            hall.trouble.clear()

    hall.before_answer = change
    assert signing.health()


@pytest.mark.parametrize("code", ["not_enrolled", "waiting_for_approval", "revoked", "bad_signature", "replayed"])
def test_the_hall_says_why_it_does_not_admit_a_kiosk(signing, hall, file, code) -> None:
    become(file)
    hall.trouble["/health"] = not_admitted(code)
    with pytest.raises(KioskNotAdmitted, match="Not you") as refusal:
        signing.health()
    assert refusal.value.code == code


@pytest.mark.parametrize("status", [400, 409, 413, 422])
def test_what_a_box_on_the_way_says_refuses_no_form(client, hall, form, status) -> None:
    """Finding 6 of the hall's table."""
    hall.is_hall = False
    submission = uuid4()
    hall.trouble[f"/submissions/{submission}"] = (status, {}, b"<html>no</html>")
    with pytest.raises(HallUnreachable, match="on the way"):
        client.put_submission(submission, form("A-1"))


def test_a_call_goes_out_also_where_nobody_knows_who_calls(signing, hall, file, store: Store, now) -> None:
    file.path.write_text("{", "utf-8")
    calls = Calls(store, signing)
    call = calls.request(new_call("一号", "home", None, "", now))
    assert calls.refresh(now).reached_hall
    hall.calls[str(call)] |= {"state": "acknowledged", "staff": "王丽"}
    hall.trouble[f"/calls/{call}"] = not_admitted("revoked")
    hall.before_answer = lambda path: hall.trouble.clear() if hall.requests[-1].startswith("PUT") else None
    assert calls.refresh(now + timedelta(seconds=5)).staff == "王丽", "it is told who comes when it asks again"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("ca", "no certificate"), ("ca", "证书"), ("private_key", "AAAA"), ("private_key", ""), ("next_key", "AAAA")],
)
def test_a_damaged_key_or_certificate_is_said_and_a_call_goes_out(signing, hall, file, name, wrong) -> None:
    """It ended the thread that talks to the hall, and with it every call."""
    become(file)
    file.path.write_text(json.dumps(json.loads(file.path.read_text("utf-8")) | {name: wrong}), "utf-8")
    with pytest.raises(HallBlocked, match="enrol it anew"):
        signing.health()
    body = CallRequest(kiosk="一号", screen="home", requested_at=datetime.now(UTC))
    assert signing.put_call(UUID(int=1), body).state == "requested"


@pytest.mark.parametrize(("status", "content"), [(204, b""), (200, b""), (200, b'{"detail": "Welcome."}')])
def test_what_a_box_on_the_way_says_takes_nothing_in(signing, hall, file, status, content) -> None:
    """A key that only such a box has taken locked the kiosk out."""
    become(file)
    hall.is_hall, new = False, NewKey(public_key=bytes(32), proof=bytes(64))
    for path in ("/kiosks/me/key", f"/definitions/{'0' * 64}"):
        hall.trouble[path] = (status, {}, content)
    with pytest.raises(HallUnreachable, match="Not the hall"):
        signing.new_key(new)
    with pytest.raises(HallUnreachable, match="Not the hall"):
        signing.put_definition("0" * 64, "x")


def test_only_the_hall_itself_knows_no_such_call(signing, hall, file) -> None:
    become(file)
    assert signing.get_call(UUID(int=1)) is None
    hall.is_hall = False
    with pytest.raises(HallBlocked, match="is not a hall"):
        signing.get_call(UUID(int=1))
