"""What is wrong with a number is said in numbers, and no digit is dropped in silence."""

import pytest

from forms import Catalogue
from forms.expressions.references import satisfied_by
from kiosk.entry.pinyin import PinyinTable
from kiosk.session.session import Session
from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.languages import Lang
from kiosk.texts.strings import Texts

MEND = "要改，就点一下要改的那几位。"


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    return rehearsal.session


def question(session: Session, field: str, service: str = "old-age-allowance") -> None:
    """At one question of a service, whatever comes before it."""
    session.do("start")
    session.do("choose", service)
    session.do("next")
    visit = session.state.visit
    assert visit is not None
    opened_by = satisfied_by(visit.service.field(field).relevant)
    visit.answers.update(opened_by)
    visit.done.update(opened_by)
    visit.change(field)
    session._presenter.load_entry()


def typed(session: Session, digits: str) -> str:
    """What is shown after these keys and 下一步; it is said too."""
    for digit in digits:
        session.do("type", digit)
    session.do("next")
    error = session.screen().error
    assert not error or session.to_say()[0] == error
    return error.partition("比如")[0]


@pytest.mark.parametrize(
    ("service", "field", "digits", "says"),
    [
        ("old-age-allowance", "resident_id", "11010519400307", "身份证号码要十八位。填了十四位，还差四位。"),
        ("old-age-allowance", "phone", "138001380", "电话号码要十一位。填了九位，还差两位。"),
        ("old-age-allowance", "phone", "31255", "电话号码要七到十二位。填了五位，还差两位。"),
        ("old-age-allowance", "bank_card", "62220202001122", "银行卡号要十六到十九位。填了十四位，还差两位。"),
        ("progress-query", "receipt_number", "4", "回执号码要十二位。填了一位，还差十一位。"),
        ("progress-query", "phone_last4", "800", "电话后四位要四位。填了三位，还差一位。"),
    ],
)
def test_how_many_digits_are_missing(session: Session, service: str, field: str, digits: str, says: str) -> None:
    question(session, field, service)
    assert typed(session, digits) == says


@pytest.mark.parametrize(
    ("service", "field", "digits", "says"),
    [
        ("old-age-allowance", "resident_id", "110105194003070022", "身份证号码已经够十八位了，多按的没有填进去。"),
        ("old-age-allowance", "phone", "13800138000", "电话号码已经够十一位了，多按的没有填进去。"),
        ("old-age-allowance", "bank_card", "6222020200112233446", "银行卡号已经够十九位了，多按的没有填进去。"),
        ("progress-query", "receipt_number", "400000000002", "回执号码已经够十二位了，多按的没有填进去。"),
    ],
)
def test_a_digit_too_many_is_said_at_once(session: Session, service: str, field: str, digits: str, says: str) -> None:
    question(session, field, service)
    for digit in digits:
        session.do("type", digit)
        assert session.screen().error == ""
    session.do("type", "7")
    assert session.screen().error == says + MEND == session.to_say()[0]
    assert session.state.entry.text == digits
    session.do("erase")
    assert session.screen().error == ""


def test_no_wrong_answer_was_given_by_a_digit_too_many(session: Session) -> None:
    question(session, "phone")
    for digit in "13800138000777":
        session.do("type", digit)
    assert session.state.visit is not None
    assert session.state.visit.mistakes == 0
    session.do("next")
    assert session.state.visit.answers["phone"] == "13800138000"


def test_the_digits_of_a_slip_are_counted_too(session: Session) -> None:
    session.do("start")
    session.do("come_back")
    for digit in "12345678901234529":
        session.do("type", digit)
    assert session.screen().error == "已经够十六位了，多按的没有填进去。" + MEND == session.to_say()[0]
    session.do("erase")
    assert session.screen().error == ""
    session.do("next")
    assert session.screen().error.startswith("填了十五位，还差一位。")


@pytest.mark.parametrize("said", [False, True])
def test_the_last_four_digits_are_taken_of_a_whole_phone_number(session: Session, said: bool) -> None:
    question(session, "phone_last4", "progress-query")
    if said:
        session.hear(None, dictated="幺三八零零幺三八零零零")
        session.do("next")
    else:
        assert typed(session, "13800138000") == ""
    assert session.state.visit is not None
    assert session.state.visit.answers["phone_last4"] == "8000"
    assert session.screen().remark == "您填了整个号码，这里只取了最后几位。" == session.to_say()[0]
    assert "13800138000" not in session.state.visit.typed.values()
    assert "13800138000" not in repr(session.state.visit._past), "nor to be taken back"


@pytest.mark.parametrize(
    ("service", "field", "digits", "example"),
    [
        ("old-age-allowance", "resident_id", "110105194912310021", "002X"),
        ("progress-query", "receipt_number", "400000000001", "4000"),
    ],
)
def test_a_slip_in_a_number_shows_none_to_copy(
    session: Session, service: str, field: str, digits: str, example: str
) -> None:
    question(session, field, service)
    for digit in digits:
        session.do("type", digit)
    session.do("next")
    error = session.screen().error
    assert "里有数字不对" in error
    assert "不对的点一下，再按对的。" in error
    assert "比如" not in error
    assert example not in error


def test_half_a_phone_number_is_neither_the_whole_nor_its_end(session: Session) -> None:
    question(session, "phone_last4", "progress-query")
    assert typed(session, "1380013").startswith("电话后四位填最后四位就行，也可以填整个号码。现在填了七位。")


@pytest.mark.parametrize(
    ("lang", "says"), [("zh", "填了十四位，还差四位。"), ("en", "You filled in 14, so 4 are missing.")]
)
def test_both_languages_count(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, lang: Lang, says: str) -> None:
    session = Rehearsal(catalogue, texts, pinyin, Look(lang=lang)).session
    question(session, "resident_id")
    for digit in "11010519400307":
        session.do("type", digit)
    session.do("next")
    assert says in session.screen().error
