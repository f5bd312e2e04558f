"""What is computed and filled into texts, as a visitor meets it: questions, choices, the check screen, the receipt."""

from collections.abc import Callable

import pytest
from every_kind import ID
from rent_subsidy import ANSWERS, rent_subsidy

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Row, Screen
from kiosk.state.look import Look
from kiosk.testing.printer import PlayedPrinter
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts

At = Callable[..., Rehearsal]


@pytest.fixture
def at(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> At:
    """A terminal on the question after these answers; on the check screen once all are given."""

    def answered(*names: str, **changed: str) -> Rehearsal:
        rehearsal = Rehearsal(rent_subsidy(catalogue), texts, pinyin, Look(lang="zh"))
        for action, value in (("start", None), ("choose", ID), ("next", None)):
            rehearsal.session.do(action, value)
        visit = rehearsal.session.state.visit
        assert visit is not None
        given = {**ANSWERS, "landlord": "", **changed}
        visit.fill({name: given[name] for name in names or given})
        rehearsal.session.do("back")  # and on again, by touch: the keys are those of the question
        rehearsal.session.do("next")
        return rehearsal

    return answered


def rows(screen: Screen) -> dict[str, Row]:
    return {row.label: row for row in screen.rows}


def test_a_question_says_what_was_answered_and_says_aloud_only_what_others_may_hear(at: At) -> None:
    session = at("name", "income").session
    assert session.screen().title == "王秀英，房租多少？收入是600元。"
    assert session.screen().say[0] == "已经填好，房租多少？收入是已经填好。"


def test_a_choice_shows_the_parameter_in_its_label(at: At) -> None:
    screen = at("name", "income", "rent").session.screen()
    assert [one.label for one in screen.choices] == ["楼房", "平房，收入不到1,000元"]
    assert "平房，收入不到1,000元" in screen.say


def test_the_check_screen_shows_what_is_computed_without_a_button(at: At) -> None:
    screen = at().session.screen()
    subsidy, left = rows(screen)["每月大约补贴"], rows(screen)["付完房租还剩"]
    assert (subsidy.value, subsidy.say, subsidy.change) == ("175元", ("每月大约补贴", "175元"), None)
    assert (left.value, left.say) == ("250元", ("付完房租还剩", "已经填好"))
    assert "房租的一部分" not in rows(screen)  # not `shown`


def test_the_check_screen_names_the_numbers_of_a_rule(at: At) -> None:
    screen = at(income="1200").session.screen()
    assert screen.rows[0].to_look_at
    assert screen.rows[0].value == "收入是1,200元，线是1,000元。"


def sent(at: At, **changed: str) -> Rehearsal:
    rehearsal = at(**changed)
    rehearsal.session.do("send")
    return rehearsal


def test_the_receipt_says_how_it_ends_what_to_bring_and_what_may_be_read_by_others(at: At) -> None:
    session = sent(at).session
    screen = session.screen()
    assert "每月大约175元，从2021年5月1日算起。" in screen.lines
    assert "每月大约175元，从已经填好，5月1日算起。" in screen.say
    shown = rows(screen)
    assert "每月大约补贴" not in shown, "how it ends says it already"
    assert shown["请备好"].value == "租房合同、楼房的照片"
    assert shown["谁来办，多久"].value == "住房窗口，三天以内"
    assert "付完房租还剩" not in shown


def test_the_paper_says_the_same(at: At) -> None:
    rehearsal, printer = at(), PlayedPrinter()
    rehearsal.session.equip(printer=printer)
    rehearsal.session.do("send")
    rehearsal.finish_background()
    assert printer.page
    lines = printer.page.lines
    assert "请备好：租房合同、楼房的照片" in lines
    assert "每月大约补贴：175元" in lines
    assert "每月大约175元，从2021年5月1日算起。" in lines
    assert not [line for line in lines if "还剩" in line]


def test_another_end_asks_for_nothing(at: At) -> None:
    shown = rows(sent(at, income="2000").session.screen())
    assert "请备好" not in shown
    assert shown["谁来办，多久"].value == "住房窗口，十天以内"
