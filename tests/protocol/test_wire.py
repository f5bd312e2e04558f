from datetime import UTC, datetime
from hashlib import sha256

import pytest
from pydantic import ValidationError

from protocol.calls.messages import CallRequest
from protocol.wire import MAX_ANSWERS, HallKey, Heartbeat, SealedForm, Submission

NOW = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
SEALED = b"\x00\xff\xfesealed"


def submission(**changes: object) -> Submission:
    fields: dict[str, object] = {
        "service_id": "old-age-allowance",
        "service_version": 1,
        "kiosk": "柳树村一号",
        "receipt_number": "YL-0001",
        "created_at": NOW,
        "sealed": SEALED,
        "sha256": sha256(SEALED).hexdigest(),
    }
    return Submission.model_validate(fields | changes)


def test_a_submission_survives_the_wire() -> None:
    body = submission().model_dump_json()
    assert Submission.model_validate_json(body) == submission()
    assert '"sealed":"AP/+c2VhbGVk"' in body  # standard base64


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sha256": "0" * 64}, "damaged on the way"),
        ({"sealed": "%%%"}, "base64"),
        ({"created_at": datetime(2026, 11, 1)}, "timezone"),
        ({"service_id": "../etc"}, "pattern"),
        ({"kiosk": "a/b"}, "pattern"),
        ({"surprise": 1}, "Extra inputs"),
        ({"created_at": "9999-12-31T23:59:59-12:00"}, "too far away"),
        ({"created_at": "9999-12-31T23:30:00Z"}, "too far away"),
        ({"created_at": "0001-01-01T00:00:00+08:00"}, "too far away"),
    ],
)
def test_a_wrong_submission_says_what_is_wrong(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        submission(**changes)


@pytest.mark.parametrize("when", ["1970-01-01T00:00:00+08:00", "1901-12-13T20:45:52Z", "2099-12-31T23:59:59Z"])
def test_a_clock_that_has_lost_its_battery_stops_no_form_and_no_call(when: str) -> None:
    assert submission(created_at=when).created_at == datetime.fromisoformat(when)
    assert CallRequest(kiosk="k", screen="home", requested_at=when).requested_at == datetime.fromisoformat(when)


def test_a_call_never_carries_a_personal_number() -> None:
    call = CallRequest(
        kiosk="k", screen="id", reason="我的号码110105194912310021不对，电话13800138000", requested_at=NOW
    )
    assert call.reason == "我的号码••••••不对，电话••••••"


@pytest.mark.parametrize("moves", [["take"], ["press", "hand_back"]])
def test_a_kiosk_cannot_claim_that_staff_are_coming(moves: list[str]) -> None:
    with pytest.raises(ValidationError, match="only staff"):
        CallRequest.model_validate({"kiosk": "k", "screen": "home", "requested_at": NOW, "moves": moves})


def test_nobody_has_arrived_without_a_name() -> None:
    with pytest.raises(ValidationError, match="who has arrived"):
        CallRequest.model_validate({"kiosk": "k", "screen": "home", "requested_at": NOW, "moves": ["arrive"]})


def test_an_older_kiosk_understands_a_newer_hall() -> None:
    assert HallKey.model_validate_json('{"key_id": "a", "public_key": "AAA=", "new": 1}').public_key == b"\x00\x00"


@pytest.mark.parametrize("changes", [{"waiting": 10**30}, {"waiting": -1}, {"version": "\0"}, {"degraded": ["x"] * 21}])
def test_a_heartbeat_that_no_database_could_keep_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Heartbeat.model_validate({"version": "1", "waiting": 0} | changes)


def test_a_form_has_only_so_many_answers() -> None:
    """A hundred thousand that nobody asked for took the hall five seconds to judge."""
    SealedForm(answers=dict.fromkeys(map(str, range(MAX_ANSWERS)), "x"), lang="zh")
    with pytest.raises(ValidationError):
        SealedForm(answers=dict.fromkeys(map(str, range(MAX_ANSWERS + 1)), "x"), lang="zh")
