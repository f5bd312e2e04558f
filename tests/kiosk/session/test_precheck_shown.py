"""What a visitor is told before sending: ready, something is missing, or staff should look; and never no."""

from collections.abc import Callable

import every_kind
import pytest

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Screen
from kiosk.state.look import Look
from kiosk.testing.printer import PlayedPrinter
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts

Check = Callable[..., Rehearsal]
ALLOWANCE = "old-age-allowance"
RIGHT = {
    "for_whom": "self",
    "name": "王秀英",
    "resident_id": "110105194508150028",
    "hukou_here": "yes",
    "phone": "13800138000",
    "town": "chengguan",
    "village": "chengguan_dongjie",
    "house_number": "3",
    "account_holder": "own",
    "bank_card": "6222020200112233446",
    "consent": "yes",
}


@pytest.fixture
def check(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Check:
    """A terminal before the check screen of the allowance, all filled in as `RIGHT` says, but for what is changed."""

    def filled(lang: str = "zh", **changed: str) -> Rehearsal:
        rehearsal = Rehearsal(catalogue, texts, pinyin, Look(lang="en" if lang == "en" else "zh"))
        for action, value in (("start", None), ("choose", ALLOWANCE), ("next", None)):
            rehearsal.session.do(action, value)
        assert rehearsal.session.state.visit is not None
        rehearsal.session.state.visit.fill({**RIGHT, **changed})
        assert rehearsal.session.screen().name == "check"
        return rehearsal

    return filled


def to_look_at(screen: Screen) -> list[tuple[str, str | None]]:
    """What each of the first rows is called, and to which answer its button leads."""
    return [(row.label, row.change.value if row.change else None) for row in screen.rows if row.to_look_at]


def state(rehearsal: Rehearsal) -> str:
    """On the receipt, once the form is at the hall."""
    rehearsal.hall.offline, rehearsal.hall.state = False, "delivered"
    rehearsal.session.tick()
    return {row.label: row.value for row in rehearsal.session.screen().rows}["到哪了"]


def test_who_can_send_is_told_so_and_needs_no_step_more(check: Check) -> None:
    shown = check().session.screen()
    assert to_look_at(shown) == []
    assert shown.lines == ("这里没看出缺什么，可以交。要改，就按“改”。",)
    assert shown.primary
    assert (shown.primary.action, shown.primary.label) == ("send", "都对，交上去")


def test_what_staff_should_look_at_stands_first_with_its_answer_a_touch_away(check: Check) -> None:
    session = check(hukou_here="elsewhere").session
    shown = session.screen()
    assert to_look_at(shown) == [("户口所在地", "hukou_here")]
    assert shown.rows[0].value.startswith("户口在外地")
    assert "照样可以交" in shown.lines[0]
    assert shown.rows[0].value in shown.say
    assert shown.rows[1].heading, "then all that was filled in"
    session.do("change", "hukou_here")
    assert session.screen().name == "question-hukou_here"
    session.do("answer", "yes")
    assert session.screen().name == "check", "and straight back"
    assert to_look_at(session.screen()) == []


@pytest.mark.parametrize("said", ["还是交上去", "仍然提交", "交上去"])
def test_it_can_always_be_sent_all_the_same(check: Check, said: str) -> None:
    rehearsal = check(hukou_here="elsewhere", resident_id="110105199503150021")
    shown = rehearsal.session.screen()
    assert [answer for _, answer in to_look_at(shown)] == ["resident_id", "hukou_here"]
    assert shown.primary
    assert (shown.primary.label, shown.primary.enabled) == ("还是交上去", True)
    rehearsal.session.hear(said)
    assert rehearsal.session.screen().kind == "receipt"


def test_the_receipt_says_what_was_seen_before_on_the_screen_and_on_paper(check: Check) -> None:
    for changed, verdict in (("yes", "没看出缺什么"), ("elsewhere", "工作人员会看")):
        rehearsal, printer = check(hukou_here=changed), PlayedPrinter()
        rehearsal.session.equip(printer=printer)
        rehearsal.do("send")
        assert state(rehearsal).endswith(f"；{verdict}")
        rehearsal.finish_background()
        assert printer.page
        assert f"交之前看的：{verdict}" in printer.page.lines


def test_a_paper_that_is_still_to_come_is_what_is_missing(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    asked = every_kind.asked(catalogue, texts, pinyin, every_kind.step("household_booklet"))
    asked.do("answer", "family")
    shown = asked.session.screen()
    assert shown.lines[0].startswith("还缺材料")
    assert to_look_at(shown) == [("户口本", "household_booklet")]
    assert "照样可以先把表交上去" in shown.rows[0].value
    asked.do("send")
    assert state(asked).endswith("；还缺材料")


def test_nobody_is_told_no(check: Check) -> None:
    told = check("en", hukou_here="elsewhere", resident_id="110105199503150021").session.screen()
    everything = " ".join([told.title, *told.lines, *told.say, *(row.value for row in told.rows)]).lower()
    assert "eligible" not in everything
    assert "refus" not in everything
    assert everything.count("still send") >= 2
