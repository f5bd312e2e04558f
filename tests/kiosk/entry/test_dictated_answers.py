"""Dictating on question screens: into the pad, read back, mended; never sent or gone on with by itself."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from catalogue_support import mistakes_in
from one_form import begin_for_oneself
from project import HOME_VISIT as EXAMPLE

from forms import load_catalogue, validate
from kiosk.entry.dictation import kind_on
from kiosk.entry.pinyin import PinyinTable
from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from kiosk.walk.walked_terminal import TODAY

ANSWERS = {"born": "19450308", "income": "1500.5", "wanted": "20300501", "fee": "12"}
ANSWERS |= {"resident_id": "11010519491231002X", "phone": "13800138000", "house_number": "18"}


@pytest.fixture
def home_visit(assets: Path, texts: Texts, pinyin: PinyinTable) -> Rehearsal:
    shutil.copy(EXAMPLE, assets / "services")
    return Rehearsal(load_catalogue(assets), texts, pinyin)


@pytest.fixture
def at(home_visit: Rehearsal) -> Callable[[str], Session]:
    """The session at one question of the example service."""

    def go(field: str) -> Session:
        session = home_visit.session
        for action, value in (("start", None), ("choose", "home-visit"), ("next", None)):
            session.do(action, value)
        while session.state.visit and session.state.visit.field.id != field:
            here = session.state.visit.field
            if here.type == "choice":
                session.do("answer", session.state.visit.choices()[0].id)
            else:
                for character in ANSWERS[here.id]:
                    session.do("type", character)
                session.do("next")
        return session

    return go


def said(session: Session, *dictated: str) -> str:
    """Dictate all of it; what the kiosk says to the last."""
    for one in dictated:
        session.hear(None, dictated=one)
    return "|".join(session.to_say())


def shown(session: Session) -> str:
    entry = session.screen().entry
    assert entry is not None
    return entry.display


def test_an_id_number_in_groups_with_pauses(at: Callable[[str], Session]) -> None:
    session = at("resident_id")
    assert session.screen().dictation == "id"
    assert said(session, "一一零幺零五").startswith("6位|")
    assert said(session, "幺九四九").startswith("1 9 4 9|")
    assert said(session, "幺二三一") == "1 2 3 1|接着说。说完了，就说“下一步”。"
    assert said(session, "零零二X") == "0 0 2 X|请看一看。对，就说“下一步”；不对，就说“不对”。"
    assert shown(session) == "110105 19491231 002X"
    assert session.screen().name == "question-resident_id", "only the person goes on"
    said(session, "对")
    assert session.screen().name == "question-phone"


def test_a_whole_private_number_is_never_said_back(at: Callable[[str], Session]) -> None:
    assert said(at("phone"), "一三八零零一三八零零零").startswith("11位|")
    assert said(at("house_number"), "十八号").startswith("2位|")


def test_changing_the_third_digit(at: Callable[[str], Session]) -> None:
    session = at("phone")
    said(session, "一三七", "零零幺三", "八零零零")
    assert said(session, "改第三位") == "请说这一位是几，或者用手按。"
    assert shown(session) == "13_ 0013 8000"
    session.hear("下一步")
    assert session.screen().name == "question-phone", "the gap has to be filled first"
    assert said(session, "八").startswith("8|")
    assert shown(session) == "138 0013 8000"


def test_the_gap_is_filled_by_hand_too(at: Callable[[str], Session]) -> None:
    session = at("phone")
    said(session, "一三七零零一三八零零零", "第三位不对")
    session.do("type", "8")
    assert shown(session) == "138 0013 8000"
    session.do("erase")
    session.do("type", "1")
    assert session.state.entry.text == "13800138001", "and then digits come at the end again"


def test_changing_at_once_and_groups_and_the_end(at: Callable[[str], Session]) -> None:
    session = at("phone")
    said(session, "一三七零零二四八零零零", "第三位改成八")
    assert shown(session) == "138 0024 8000"
    said(session, "第二组不对")
    assert shown(session) == "138 ____ 8000"
    assert said(session, "零零一") == "请把空着的这几位再说一遍，或者用手按。"
    said(session, "零零一三")
    assert shown(session) == "138 0013 8000"
    said(session, "最后一位是九")
    assert shown(session) == "138 0013 8009"
    said(session, "退一个", "最后四位不对")
    assert shown(session) == "138 001_ ___", "of ten digits that are left"


def test_what_is_not_there_cannot_be_changed(at: Callable[[str], Session]) -> None:
    session = at("phone")
    for words in ("改第三位", "最后一位是八", "第二组不对"):
        assert said(session, words) == "还没有填到那里。"
    said(session, "一三八")
    assert said(session, "改第四位", "改第十二位", "第二组不对") == "还没有填到那里。"
    assert shown(session) == "138"


def test_no_takes_the_last_group_back(at: Callable[[str], Session]) -> None:
    session = at("phone")
    said(session, "一三八", "零零幺四")
    assert said(session, "不对") == "好，去掉了，请再说一遍。"
    assert shown(session) == "138"
    said(session, "零零幺三", "退一个")
    assert shown(session) == "138 001"
    said(session, "清空")
    assert shown(session) == ""


def test_yes_and_no_are_about_a_dictation_only(at: Callable[[str], Session]) -> None:
    session = at("phone")
    for digit in "13800138000":
        session.do("type", digit)
    assert said(session, "对") == "没听清，请再说一次，或者用手点。"
    assert said(session, "不对") == "没关系，用手点也行。要不要找人帮忙？"
    assert (session.state.entry.text, session.screen().name) == ("13800138000", "question-phone")


def test_too_many_digits_are_not_cut(at: Callable[[str], Session]) -> None:
    session = at("phone")
    said(session, "一三八零零一三八零零")
    assert (
        said(session, "一二三四")
        == "刚才说的多了，没有记下。电话号码还能填一位，请再说一遍。"
        == session.screen().error
    )
    assert session.state.entry.text == "1380013800"
    said(session, "一")
    said(session, "二")
    assert session.screen().error.startswith("电话号码已经够十一位了，多按的没有填进去。")
    assert session.to_say()[0] == session.screen().error


def test_an_x_belongs_to_id_numbers_only(at: Callable[[str], Session]) -> None:
    assert said(at("phone"), "零零二X") == "没听清，请再说一次，或者用手点。"


def test_digits_replace_no_phone(at: Callable[[str], Session]) -> None:
    session = at("phone")
    session.do("answer", "none")
    session.do("back")
    said(session, "一三八")
    assert session.state.entry.text == "138"


def test_a_birthday_of_the_lunar_calendar_in_parts(at: Callable[[str], Session]) -> None:
    session = at("born")
    assert session.screen().dictation == "date"
    assert said(session, "一九四五年").startswith("接着说")
    assert said(session, "三月初八") == "4月19日|请看一看。对，就说“下一步”；不对，就说“不对”。"
    assert shown(session) == "1945年4月19日"
    session.hear("下一步")
    assert session.state.visit
    assert session.state.visit.answers["born"] == "1945-04-19"


@pytest.mark.parametrize(
    ("parts", "asked"),
    [
        (("三月八号",), "是哪一年的"),
        (("一九四五年三月十五",), "是阳历还是农历"),
        (("一九四五年二月三十号",), "没有这一天"),
        (("一五年三月八号",), "是哪一年的"),
        (("去年十二月一号", "明年三月八号"), "要在1900年1月31日到今天之间"),
    ],
)
def test_a_date_that_is_not_certain_is_asked_about(
    at: Callable[[str], Session], parts: tuple[str, ...], asked: str
) -> None:
    session = at("born")
    assert asked in said(session, *parts)
    assert asked in session.screen().error


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("三月八号", "一九四五年"), "19450308"),
        (("一九四五年三月十五", "农历"), "19450426"),
        (("一九四五年三月十五", "阳历"), "19450315"),
        (("一九四六年", "一九四五年", "三月八号"), "19450308"),
        (("一九四五年", "四月", "三月八号"), "19450308"),
        (("一九四五年二月三十号", "一九四五年三月八号"), "19450308"),
        (("腊月", "廿三", "一九四四年腊月廿三"), "19450205"),
    ],
)
def test_the_rest_of_a_date(at: Callable[[str], Session], parts: tuple[str, ...], day: str) -> None:
    session = at("born")
    said(session, *parts)
    assert session.state.entry.text == day
    assert not session.screen().error


def test_an_amount(at: Callable[[str], Session]) -> None:
    session = at("income")
    assert said(session, "七八百") == "没听清，请再说一次，或者用手点。"
    assert said(session, "三千五") == "请看一看。对，就说“下一步”；不对，就说“不对”。", "private: not said back"
    assert shown(session) == "3500"
    said(session, "三千五百块六毛")
    assert shown(session) == "3500.60", "another amount takes its place"
    session.hear("下一步")
    assert session.state.visit
    assert session.state.visit.answers["income"] == "3500.60"


def test_public_answers_are_said_back_whole(at: Callable[[str], Session]) -> None:
    assert said(at("wanted"), "二零三零年五月一号").startswith("2030年5月1日|")
    assert said(at("fee"), "十二块五").startswith("12.50元|")


def test_the_pad_takes_only_what_an_amount_can_be(at: Callable[[str], Session]) -> None:
    session = at("income")
    for key in "12.3.45":
        session.do("type", key)
    assert session.state.entry.text == "12.34"


def test_the_keypad_alone_does_it_too(at: Callable[[str], Session]) -> None:
    session = at("consent")
    session.do("answer", "yes")
    rows = {row.label: (row.value, row.say) for row in session.screen().rows}
    assert rows["出生日期"] == ("1945年3月8日", ("出生日期", "已经填好，3月8日"))
    assert rows["每月收入"] == ("1,500.50元", ("每月收入", "已经填好"))
    assert rows["上门的日子"][1] == ("上门的日子", "2030年5月1日")


@pytest.mark.parametrize(("words", "town"), [("第二个", 1), ("二号", 1), ("最后一个", -1), ("第一个", 0)])
def test_a_choice_by_number(at: Callable[[str], Session], words: str, town: int) -> None:
    session = at("town")
    assert session.state.visit
    offered = session.state.visit.choices()
    said(session, words)
    assert session.state.visit.answers["town"] == offered[town].id


def test_a_choice_by_name_or_a_part_of_it(at: Callable[[str], Session]) -> None:
    session = at("town")
    assert session.state.visit
    second = session.state.visit.choices()[1]
    name = second.label.zh[:-1]
    assert name in {phrase.text for phrase in session.screen().phrases}
    said(session, name)
    assert session.state.visit.answers["town"] == second.id


def test_a_choice_that_is_none_is_not_taken(at: Callable[[str], Session]) -> None:
    session = at("town")
    assert said(session, "第九十个") == "没听清，请再说一次，或者用手点。"
    assert session.screen().name == "question-town"


@pytest.mark.parametrize("words", ["同意", "可以", "是的", "对", "第一个"])
def test_consent(at: Callable[[str], Session], words: str) -> None:
    session = at("consent")
    said(session, words)
    assert session.screen().name == "check"


@pytest.mark.parametrize("words", ["不同意", "第二个"])
def test_no_consent_keeps_nothing_and_the_counter_is_named(at: Callable[[str], Session], words: str) -> None:
    session = at("consent")
    said(session, words)
    assert session.state.visit is not None
    assert "consent" not in session.state.visit.answers
    shown = session.screen()
    assert shown.name == "declined"
    assert "到窗口找工作人员" in " ".join(shown.lines)


def test_a_name_cannot_be_dictated(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    session.do("start")
    begin_for_oneself(session)
    assert session.screen().dictation == ""
    assert said(session, "一三八") == "没听清，请再说一次，或者用手点。"


def test_dictation_elsewhere_is_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.session.do("start")
    assert said(rehearsal.session, "一三八") == "没听清，请再说一次，或者用手点。"


def test_under_another_screen_the_pad_is_left_alone(at: Callable[[str], Session]) -> None:
    session = at("phone")
    session.do("help")
    said(session, "一三八")
    session.do("resume")
    assert session.state.entry.text == ""


@pytest.mark.parametrize(
    ("screen", "kind"),
    [
        ("question-phone", "phone"),
        ("home-visit:question-phone", "phone"),
        ("question-born", "date"),
        ("question-house_number", "number"),
        ("question-phone_last4", "digits"),
        ("question-town", "choice"),
        ("question-name", None),
        ("progress-query:question-born", None),
        ("home", None),
    ],
)
def test_what_may_be_dictated_on_a_screen(home_visit: Rehearsal, screen: str, kind: str | None) -> None:
    assert kind_on(home_visit.catalogue, screen) == kind


def test_every_screen_of_it_can_be_walked(home_visit: Rehearsal) -> None:
    labels = [label for label, _ in home_visit.walk(["home-visit"])]
    assert "home-visit:receipt-delivered" in labels


def test_what_people_write_is_valid(home_visit: Rehearsal) -> None:
    answers = {"born": "农历1945年3月8日", "income": "三千五", "wanted": "2030年5月1日", "fee": "12元", "consent": True}
    answers |= {"resident_id": "11010519491231002X", "phone": "无", "house_number": "", "town": "chengguan"}
    service = home_visit.catalogue.service("home-visit")
    report = validate(home_visit.catalogue, service, answers, TODAY)
    assert report.ok, report.errors
    assert (report.normalised["born"], report.normalised["income"]) == ("1945-04-19", "3500.00")
    report = validate(home_visit.catalogue, service, {**answers, "born": "3月8日", "income": "20001"}, TODAY)
    assert [one.code for one in report.errors] == ["date_year", "amount_range"]
    assert report.errors[1].message.en == (
        "The monthly income has to be between 0 and 20000 yuan. Please check it. For example: 1500.50"
    )


def test_an_example_of_a_date_is_written_as_it_is_kept(assets: Path) -> None:
    text = EXAMPLE.read_text("utf-8").replace('"1945-03-08"', "一九四五年三月八号")
    (assets / "services" / "home-visit.yaml").write_text(text, "utf-8")
    assert "to be written like 1945-03-08" in "".join(mistakes_in(assets))
