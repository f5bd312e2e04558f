"""Badges and the list of staff: only what this hall has signed is believed, and both end."""

from contextlib import suppress
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.signing import SignatureError, verify_key_of
from protocol.staff.badge import Badge, read
from protocol.staff.roster import LASTS_S, Member, Roster, signed_roster

HALL, OTHER = b"h" * 32, b"o" * 32
NOW = 1_795_000_000
BADGE = Badge(uuid4(), "李芳", NOW, NOW + 3600)


def test_a_badge_is_read_as_it_was_made() -> None:
    text = BADGE.signed(HALL)
    assert read(text, verify_key_of(HALL)) == BADGE
    assert len(text) < 250  # a scanner reads it from a phone


def test_another_hall_s_badge_is_none() -> None:
    with pytest.raises(SignatureError):
        read(BADGE.signed(OTHER), verify_key_of(HALL))


@given(st.data())
def test_a_changed_badge_is_none(data: st.DataObject) -> None:
    text = BADGE.signed(HALL)
    at = data.draw(st.integers(5, len(text) - 1))
    letter = data.draw(st.characters(min_codepoint=33, max_codepoint=126).filter(lambda one: one != text[at]))
    changed = text[:at] + letter + text[at + 1 :]
    with suppress(SignatureError):
        assert read(changed, verify_key_of(HALL)) == BADGE  # the last letter of base64 has bits that say nothing


@given(st.text(max_size=300))
def test_no_text_breaks_reading(text: str) -> None:
    with pytest.raises(SignatureError):
        read(f"YLB1.{text}", verify_key_of(HALL))


@pytest.mark.parametrize(("now", "good"), [(NOW - 301, False), (NOW, True), (NOW + 3599, True), (NOW + 3600, False)])
def test_a_badge_ends_with_the_shift(now: int, good: bool) -> None:
    assert BADGE.is_good(now) is good


def test_the_list_of_staff_is_believed_as_signed_alone_and_ends() -> None:
    li, wang = Member(member=uuid4(), name="李芳"), Member(member=uuid4(), name="王强")
    roster = signed_roster(HALL, NOW, (li,))
    roster.check(verify_key_of(HALL))
    assert roster.named(li.member) == "李芳"
    assert roster.named(wang.member) is None
    assert roster.is_good(NOW)
    assert not roster.is_good(NOW + LASTS_S)
    longer = Roster(**{**roster.model_dump(), "members": (li, wang)})
    with pytest.raises(SignatureError):
        longer.check(verify_key_of(HALL))
