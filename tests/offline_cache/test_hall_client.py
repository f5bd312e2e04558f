"""Whatever a hall answers, the client says which of three things to do about it."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import uuid4

import pytest
import requests
from fake_hall import URL

from offline_cache.hall_client import HallBlocked, HallClient, HallRefused, HallUnreachable
from protocol.queries import progress
from protocol.wire import HALL_HEADER, Heartbeat

LINE = {
    "receipt_number": "A/1?x",
    "service_id": "old-age-allowance",
    "status": "in_review",
    "words": {"zh": "正在办", "en": "Under way"},
    "updated_at": "2026-11-23T09:00:00Z",
    "note": "请带户口本",
}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hall",
        "hall.example:8443",
        "ftp://hall.example",
        "http://",
        "http://a b",
        "http://hall:99999",
        "http://h/?q",
    ],
)
def test_an_impossible_address_is_said_at_once(url):
    with pytest.raises(HallBlocked, match="is not valid; write it like"):
        HallClient(url)


def test_no_password_in_the_address():
    with pytest.raises(HallBlocked) as caught:
        HallClient("https://kiosk:secret@hall.example")
    assert "secret" not in str(caught.value)


def test_a_form_gets_its_receipt(client, hall, form):
    submission, body = uuid4(), form("A-7")
    assert client.put_submission(submission, body) == client.put_submission(submission, body)
    assert client.put_submission(submission, body).receipt_number == "A-7"
    assert hall.forms[str(submission)]["sealed"]


def test_no_line_is_unreachable(client, hall):
    hall.is_down = True
    with pytest.raises(HallUnreachable, match="cannot be reached") as caught:
        client.health()
    assert caught.value.retry_after is None


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_a_busy_hall_may_say_when_to_come_back(client, hall, status):
    hall.trouble["/health"] = (status, {"Retry-After": "40"}, b"")
    with pytest.raises(HallUnreachable) as caught:
        client.health()
    assert caught.value.retry_after == 40.0


def test_retry_after_may_be_a_date(client, hall):
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    hall.trouble["/health"] = (503, {"Retry-After": later}, b"")
    with pytest.raises(HallUnreachable) as caught:
        client.health()
    assert 90 < caught.value.retry_after <= 100


@pytest.mark.parametrize("nonsense", ["soon", "-5", "Fri, 99 Foo"])
def test_a_senseless_retry_after_is_none(client, hall, nonsense):
    hall.trouble["/health"] = (503, {"Retry-After": nonsense}, b"")
    with pytest.raises(HallUnreachable) as caught:
        client.health()
    assert caught.value.retry_after is None


@pytest.mark.parametrize("content", [b"", b'{"status": "o', b"<html>log in</html>", b"\xff\xfe"])
def test_half_an_answer_is_tried_again(client, hall, content):
    hall.trouble["/health"] = (200, {}, content)
    with pytest.raises(HallUnreachable, match="could not be read"):
        client.health()


def test_an_answer_without_end_is_given_up(client, hall):
    hall.trouble["/health"] = (200, {}, b" " * 3_000_000)
    with pytest.raises(HallUnreachable, match="too slowly or too much"):
        client.health()


@pytest.mark.parametrize(
    ("status", "content"),
    [(200, b'{"hello": "world"}'), (200, b"[]"), (302, b""), (404, b"<html>"), (401, b""), (403, b""), (404, b"{}")],
)
def test_what_is_not_our_hall_needs_an_engineer(client, hall, status, content):
    hall.trouble["/key"] = (status, {"Location": "http://elsewhere.example"}, content)
    with pytest.raises(HallBlocked):
        client.key()
    assert hall.requests == ["GET /key"]  # no redirect was followed


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate", HallBlocked),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number", HallBlocked),
        ("EOF occurred in violation of protocol", HallUnreachable),
    ],
)
def test_a_wrong_certificate_is_not_a_broken_line(client, hall, reason, kind):
    def fail(path: str) -> None:
        raise requests.exceptions.SSLError(reason)

    hall.before_answer = fail
    with pytest.raises(kind):
        client.health()


def test_a_refusal_gives_the_halls_reason(client, form):
    submission = uuid4()
    client.put_submission(submission, form("A-1"))
    with pytest.raises(HallRefused, match="Another form has this id") as caught:
        client.put_submission(submission, form("A-2"))
    assert caught.value.status == 409


def test_a_refusal_never_repeats_what_was_sent(client, hall, form):
    submission = uuid4()
    problem = b'{"detail": "body.kiosk: Too long.", "input": "410101194903078888"}'
    hall.trouble[f"/submissions/{submission}"] = (422, {HALL_HEADER: "first"}, problem)
    with pytest.raises(HallRefused) as caught:
        client.put_submission(submission, form())
    assert str(caught.value) == "body.kiosk: Too long."


@pytest.mark.parametrize("status", [400, 409, 413, 422])
@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ({}, b"<html>blocked by the firewall</html>"),
        ({}, b'{"detail": "Request blocked."}'),
        ({HALL_HEADER: "first"}, b"<html>"),
        ({HALL_HEADER: "first"}, b'{"detail": "Its sha256 does not match.", "code": "damaged"}'),
    ],
    ids=["page of a box on the way", "JSON of a box on the way", "half a page", "damaged on the way"],
)
def test_only_the_hall_itself_refuses(client, hall, form, status, headers, content):
    """Finding 6: a box on the way made a form "refused" for ever."""
    submission = uuid4()
    hall.is_hall = False
    hall.trouble[f"/submissions/{submission}"] = (status, headers, content)
    with pytest.raises(HallUnreachable, match="trying again"):
        client.put_submission(submission, form())


def test_what_the_hall_cannot_read_at_all_was_damaged_on_the_way(client, hall, form):
    submission = uuid4()
    hall.trouble[f"/submissions/{submission}"] = (400, {}, b'{"detail": "There was an error parsing the body"}')
    with pytest.raises(HallUnreachable, match="trying again"):
        client.put_submission(submission, form())


def test_a_receipt_for_another_form_is_not_believed(client, hall, form):
    submission, body = uuid4(), form("A-1")
    answer = f'{{"submission": "{uuid4()}", "receipt_number": "A-1", "status": "received"}}'
    hall.trouble[f"/submissions/{submission}"] = (201, {}, answer.encode())
    with pytest.raises(HallUnreachable, match="another form"):
        client.put_submission(submission, body)


def test_an_unknown_call_is_none(client, hall):
    assert client.get_call(uuid4()) is None


def test_a_query_brings_its_own_answer(client, hall):
    hall.answers["progress"] = {"lines": [LINE]}
    found = client.query("progress", progress.Inputs(receipt_number="A/1?x"), progress.Answer)
    assert found == progress.Answer(lines=[progress.Line.model_validate(LINE)])
    assert hall.asked == [{"receipt_number": "A/1?x", "resident_id": None, "phone_last4": None}]


def test_a_query_that_the_hall_does_not_know_is_for_an_engineer(client):
    with pytest.raises(HallBlocked, match="its version"):
        client.query("progress", progress.Inputs(receipt_number="A"), progress.Answer)


def test_a_heartbeat_needs_no_answer(client, hall):
    """An older hall gives none."""
    assert client.heartbeat("柳树村一号", Heartbeat(version="0.1.0", waiting=3, degraded=["no microphone"])) is None
    (beat,) = hall.heartbeats
    assert (beat["version"], beat["waiting"], beat["degraded"]) == ("0.1.0", 3, ["no microphone"])


def test_the_machines_proxy_settings_do_not_lead_forms_elsewhere(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example")
    session = HallClient(URL).session
    assert session.merge_environment_settings(URL, {}, None, None, None)["proxies"] == {}
