"""What a kiosk's word about its visitor is worth."""

from hypothesis import example, given
from hypothesis import strategies as st

from protocol.levels import NOBODY, REACHES, By, Claim, Granted, Level, granted

NOW = 1_795_000_000


def test_what_is_shown_now_is_granted_as_the_table_has_it() -> None:
    assert {by: granted(Claim(by).header(NOW), NOW).level for by in By} == {
        By.TYPED: 1, By.CARD: 2, By.SLIP: 2, By.RECEIPT: 2, By.SENDER: 2, By.STAFF: 3,
    }  # fmt: skip
    assert granted(NOBODY, NOW) == Granted(Level.NOBODY, None)


def test_it_lasts_its_time_and_no_longer() -> None:
    for by, reach in REACHES.items():
        assert granted(Claim(by, reach.lasts_s).header(NOW), NOW).level == reach.level
        assert granted(Claim(by, reach.lasts_s + 1).header(NOW), NOW) == Granted()
        assert granted(Claim(by).header(NOW + 1), NOW) == Granted(), "from the future"


@given(level=st.integers(0, 9), by=st.sampled_from([*By, "boss", ""]), at=st.integers(-9, NOW * 2))
@example(level=3, by=By.TYPED, at=NOW)
def test_no_claim_reaches_further_than_its_way(level: int, by: str, at: int) -> None:
    found = granted(f"level={level};by={by};at={at}", NOW)
    assert found.level <= (REACHES[By(by)].level if by in [*By] else Level.NOBODY)
    assert found.level <= level
    assert found.level == Level.NOBODY or 0 <= NOW - at <= REACHES[By(by)].lasts_s


@given(st.text(st.characters(codec="ascii")) | st.from_regex(r"level=[0-3](;by=(card|staff))?(;at=\d+)? ?"))
def test_what_cannot_be_read_is_nobody(header: str) -> None:
    assert granted(header, NOW).level in (Level.NOBODY, Level.TYPED, Level.SHOWN, Level.STAFF)
    for changed in (f" {header}", f"{header}\n", header.replace("=", ": "), f"{header};by=staff"):
        assert granted(changed, NOW) == Granted()
