"""Save and come back: only the slip opens what was saved, and guessing at its digits is slow."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from forms.definition import Definition
from kiosk.hall.stored_drafts import LOCKOUT, StoredDrafts
from kiosk.state.draft import Draft, VisitDraft
from kiosk.state.look import Look
from kiosk.state.slip import SlipError, is_code, key_in, new_code
from offline_cache.store import Store

RARE = "仇玉兰"
DEFINITION = Definition("{}")
FREE_TRIES = LOCKOUT.free_tries


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 24, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf(store: Store, clock: Clock) -> StoredDrafts:
    return StoredDrafts(store, 7, clock)


@pytest.fixture
def draft() -> Draft:
    visit = VisitDraft(
        service="old-age-allowance", version=1, number="400000000002", stage="question", field="phone",
        answers={"name": RARE}, typed={"name": RARE}, done=("name",), changing=False,
    )  # fmt: skip
    return Draft(place="visit", look=Look(text="L"), visit=visit)


def reason(error: pytest.ExceptionInfo[SlipError]) -> str:
    return error.value.reason


def test_both_the_qr_code_and_the_digits_bring_it_back(shelf: StoredDrafts, draft: Draft) -> None:
    slip = shelf.save(draft, DEFINITION)
    key = key_in(slip.qr)
    assert key == slip.key
    assert key is not None
    assert shelf.by_key(key) == draft
    assert shelf.by_code(slip.code) == draft
    assert shelf.by_code(slip.code) == draft  # as often as one comes, until it is sent
    assert slip.until == date(2026, 12, 1)


def test_the_qr_code_survives_a_scanner_that_types_small_letters_or_another_colon(
    shelf: StoredDrafts, draft: Draft
) -> None:
    slip = shelf.save(draft, DEFINITION)
    for typed in (slip.qr.lower(), slip.qr.replace(":", ";"), f" {slip.qr}\r", slip.qr.replace(":", "")):
        assert key_in(typed) == slip.key
    assert key_in("YLS1:SHORT") is None
    assert key_in("https://example.com/" + slip.qr) is None


def test_the_kiosk_keeps_nothing_that_opens_it(shelf: StoredDrafts, store: Store, draft: Draft, tmp_path: Path) -> None:
    slip = shelf.save(draft, DEFINITION)
    store.close()
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"sealed" in on_disk  # the schema is there, so the rows are
    for secret in (slip.key, slip.key.hex().encode(), slip.qr[5:].encode(), slip.code.encode(), RARE.encode()):
        assert secret not in on_disk
    assert slip.code not in repr(slip)
    assert str(slip.key) not in repr(slip)


def test_each_slip_opens_its_own_draft_only(shelf: StoredDrafts, draft: Draft) -> None:
    assert draft.visit
    other = draft.model_copy(update={"visit": draft.visit.model_copy(update={"number": "400000000010"})})
    first, second = shelf.save(draft, DEFINITION), shelf.save(other, DEFINITION)
    assert shelf.by_code(second.code) == other
    assert shelf.by_key(first.key) == draft


def test_saving_again_makes_the_first_slip_worthless(shelf: StoredDrafts, draft: Draft) -> None:
    first, second = shelf.save(draft, DEFINITION), shelf.save(draft, DEFINITION)
    with pytest.raises(SlipError) as error:
        shelf.by_code(first.code)
    assert reason(error) == "unknown"
    assert shelf.by_code(second.code) == draft


def test_after_seven_days_it_is_gone(shelf: StoredDrafts, draft: Draft, clock: Clock) -> None:
    slip = shelf.save(draft, DEFINITION)
    clock.later(days=6, hours=23)
    assert shelf.by_code(slip.code) == draft
    clock.later(hours=1)
    with pytest.raises(SlipError) as error:
        shelf.by_key(slip.key)
    assert reason(error) == "unknown"


def test_when_it_was_sent_it_is_gone(shelf: StoredDrafts, draft: Draft) -> None:
    slip = shelf.save(draft, DEFINITION)
    assert draft.visit
    shelf.drop(draft.visit.number)
    with pytest.raises(SlipError):
        shelf.by_key(slip.key)


def guess(shelf: StoredDrafts, times: int) -> list[str]:
    seen = []
    for _ in range(times):
        with pytest.raises(SlipError) as error:
            shelf.by_code(new_code())
        seen.append(reason(error))
    return seen


def test_after_five_wrong_codes_one_waits_longer_and_longer(
    shelf: StoredDrafts, draft: Draft, clock: Clock, store: Store
) -> None:
    slip = shelf.save(draft, DEFINITION)
    assert guess(shelf, FREE_TRIES + 1) == ["unknown"] * FREE_TRIES + ["wait"]
    assert guess(StoredDrafts(store, 7, clock), 1) == ["wait"]  # switching it off and on helps nobody
    with pytest.raises(SlipError):
        shelf.by_code(slip.code)  # not even the right one now
    assert shelf.by_key(slip.key) == draft  # but the QR code opens at once
    clock.later(seconds=61)
    assert guess(shelf, 2) == ["unknown", "wait"]
    clock.later(seconds=61)
    assert guess(shelf, 1) == ["wait"]  # two minutes by now
    clock.later(seconds=60)
    assert shelf.by_code(slip.code) == draft
    assert guess(shelf, FREE_TRIES) == ["unknown"] * FREE_TRIES  # a right one starts the count anew


def test_no_wait_is_longer_than_an_hour_whatever_the_clock_does(shelf: StoredDrafts, clock: Clock) -> None:
    for _ in range(FREE_TRIES + 12):
        guess(shelf, 1)
        clock.later(hours=1)
    assert guess(shelf, 1) == ["unknown"]
    clock.later(days=-400)
    assert guess(shelf, 1) == ["wait"]
    clock.later(hours=1)
    assert guess(shelf, 1) == ["unknown"]


def test_after_a_quiet_day_the_count_begins_anew(shelf: StoredDrafts, clock: Clock) -> None:
    guess(shelf, FREE_TRIES)
    clock.later(days=1, minutes=2)
    assert guess(shelf, FREE_TRIES) == ["unknown"] * FREE_TRIES


def test_a_code_counts_even_when_the_plug_is_pulled_while_it_is_looked_for(
    shelf: StoredDrafts, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_power(code: str) -> tuple[str, bytes]:
        raise KeyboardInterrupt

    monkeypatch.setattr(shelf, "_of_code", no_power)
    for _ in range(FREE_TRIES):
        with pytest.raises(KeyboardInterrupt):
            shelf.by_code(new_code())
    assert guess(StoredDrafts(store, 7, clock), 1) == ["wait"]


def test_a_finger_beside_the_key_is_told_from_a_code() -> None:
    code = new_code()
    assert is_code(code)
    wrong = code[:7] + str((int(code[7]) + 1) % 10) + code[8:]
    assert not is_code(wrong)
    assert not is_code(code[:15])


def test_each_look_at_a_draft_is_on_the_record_without_a_word_of_it(
    shelf: StoredDrafts, draft: Draft, store: Store
) -> None:
    slip = shelf.save(draft, DEFINITION)
    shelf.by_key(slip.key)
    shelf.by_code(slip.code)
    with pytest.raises(SlipError):
        shelf.by_code(new_code())
    acts = [(one.record["action"], one.record["subject"], one.record["detail"]) for one in store.audit.entries()]
    number = "400000000002"
    assert acts == [
        ("draft_saved", number, ""),
        ("draft_opened", number, ""),
        ("draft_opened", number, ""),
        ("draft_refused", "", "unknown"),
    ]
    written = store.audit.path.read_text("utf-8")
    assert RARE not in written
    assert slip.code not in written
