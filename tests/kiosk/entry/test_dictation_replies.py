"""What follows when something is dictated on a question."""

from typing import Any

import pytest
from field_support import field

from forms import Catalogue, Field
from kiosk.entry.answer_entry import AnswerEntry
from kiosk.entry.dictated import Reply
from kiosk.entry.dictation import chosen, kind_on, take
from kiosk.entry.pinyin import PinyinTable
from kiosk.walk.walked_terminal import TODAY

CHECK, GO_ON = "dictation.check", "dictation.go_on"


class Dictating:
    """Somebody who dictates on one question."""

    def __init__(self, pinyin: PinyinTable, asked: Field, text: str = "") -> None:
        self.asked = asked
        self.entry = AnswerEntry(pinyin)
        self.entry.begin(asked, text, TODAY)

    def say(self, *said: str) -> Reply | None:
        for one in said:
            reply = take(self.entry, self.asked, one, TODAY)
        return reply


@pytest.fixture
def on(pinyin: PinyinTable) -> Any:
    def start(kind: str, text: str = "", **more: Any) -> Dictating:
        return Dictating(pinyin, field(kind, **more), text)

    return start


def test_digits_are_read_back_and_a_whole_number_is_to_be_checked(on: Any) -> None:
    phone = on("phone")
    assert phone.say("幺三八") == Reply(GO_ON, "138")
    assert phone.say("零零幺三八零零") == Reply(GO_ON, "0013800")
    assert phone.say("零") == Reply(CHECK, "0"), "eleven digits are a mobile number"
    assert phone.say("零") == Reply(problem="full")
    assert on("phone", "03125551234").say("五") == Reply(CHECK, "5"), "twelve fit, for landlines"
    assert phone.entry.text == "13800138000"


@pytest.mark.parametrize(("kind", "longest"), [("bank_card", 19), ("receipt_number", 12), ("resident_id", 18)])
def test_other_numbers_are_whole_when_no_more_fits(on: Any, kind: str, longest: int) -> None:
    assert on(kind, "1" * (longest - 2)).say("一").key == GO_ON
    assert on(kind, "1" * (longest - 1)).say("一").key == CHECK
    assert on(kind, "1" * longest).say("一") == Reply(problem="full")
    assert on(kind, "1" * (longest - 1)).say("一一") == Reply(problem="too_much_said")


@pytest.mark.parametrize(
    ("kind", "more", "parts"),
    [
        ("phone", {}, ["零幺零", "六幺二三四五六七"]),
        ("phone", {}, ["六幺二三", "四五六七"]),
        ("bank_card", {}, ["六二二二零二零二", "零零一一二二三零"]),
        ("digits", {"min_length": 4, "max_length": 4, "last_of": "phone"}, ["八零", "零零"]),
    ],
)
def test_a_right_number_is_whole_though_more_would_fit(
    on: Any, kind: str, more: dict[str, Any], parts: list[str]
) -> None:
    dictating = on(kind, **more)
    assert [dictating.say(one).key for one in parts] == [GO_ON, CHECK]


def test_an_x_ends_id_numbers_only(on: Any) -> None:
    assert on("resident_id", "11010519491231002").say("叉") == Reply(CHECK, "X")
    assert on("bank_card").say("零零二X") is None


def test_numbers_are_said_as_numbers_where_they_are_short(on: Any) -> None:
    assert on("address").say("一百零五号") == Reply(GO_ON, "105")
    assert on("digits", max_length=6).say("十八") == Reply(CHECK, "18"), "any number of digits is right"
    assert on("digits", max_length=7).say("十八") is None
    assert on("digits", min_length=4, max_length=4).say("十八") is None
    assert on("digits", min_length=4, max_length=4).say("一二三四") == Reply(CHECK, "1234")


def test_other_words_are_none_of_its_business(on: Any) -> None:
    phone = on("phone", "138")
    assert phone.say("今天天气好") is None
    assert phone.entry.text == "138"


def test_yes_and_no_are_about_the_last_dictation(on: Any) -> None:
    phone = on("phone", "138")
    assert phone.say("对") is None
    assert phone.say("不对") is None
    assert phone.entry.text == "138"
    assert phone.say("零零", "对") == Reply(confirmed=True)
    assert phone.entry.text == "13800"
    assert phone.say("不对") == Reply("dictation.say_again")
    assert phone.entry.text == "138"


def test_one_digit_or_a_group_is_asked_for_again(on: Any) -> None:
    phone = on("phone", "13800248000")
    assert phone.say("改第三位") == Reply("dictation.say_digit")
    assert phone.say("一二") == Reply("dictation.say_digit"), "one was asked for"
    assert phone.say("七") == Reply(CHECK, "7")
    assert phone.say("第二组不对") == Reply("dictation.say_group")
    assert phone.say("零零一") == Reply("dictation.say_group")
    assert phone.say("零零一三") == Reply(CHECK, "0013")
    assert phone.say("最后四位不对") == Reply("dictation.say_group")
    assert phone.entry.display == "137 0013 ____"


def test_a_mend_that_says_what_is_right_is_done_at_once(on: Any) -> None:
    phone = on("phone", "13800248000")
    assert phone.say("第三位改成七") == Reply(CHECK, "7")
    assert phone.entry.text == "13700248000"
    assert phone.say("第三位改成七八") == Reply("dictation.say_digit"), "two digits do not go into the place of one"
    assert phone.say("第九组不对") == Reply("dictation.no_such_place")


def test_digits_go_one_by_one_or_all(on: Any) -> None:
    phone = on("phone", "13800")
    assert phone.say("退一个") == Reply("dictation.erased")
    assert phone.entry.text == "1380"
    assert phone.say("清空") == Reply("dictation.cleared")
    assert phone.entry.text == ""


def test_a_date_comes_whole_or_in_parts(on: Any) -> None:
    born = on("date", max="today")
    assert born.say("一九四五年三月八号") == Reply(CHECK, "1945-03-08")
    assert (born.entry.text, born.entry.part) == ("19450308", "")
    born = on("date", max="today")
    assert born.say("一九四五年") == Reply(GO_ON)
    assert (born.entry.text, born.entry.part) == ("", "一九四五年")
    assert born.say("三月八号") == Reply(CHECK, "1945-03-08")


def test_a_date_that_is_not_certain_says_why(on: Any) -> None:
    born = on("date", max="today")
    assert born.say("三月八号") == Reply(problem="date_year")
    assert born.say("一九四五年") == Reply(CHECK, "1945-03-08"), "what was said before counts"
    born = on("date", max="today")
    assert born.say("一九四五年二月三十号") == Reply(problem="date_impossible")
    assert born.entry.part == "", "there is no such day: nothing of it is kept"
    assert born.say("二零五零年一月一号") == Reply(problem="date_range")
    assert born.entry.part == ""


def test_what_is_said_again_of_a_date_takes_the_place_of_what_was_said(on: Any) -> None:
    for said in (("一九四六年", "一九四五年", "三月八号"), ("一九四五年", "四月", "三月八号")):
        assert on("date").say(*said) == Reply(CHECK, "1945-03-08")
    assert on("date").say("一九四五年三月十五", "农历") == Reply(CHECK, "1945-04-26")
    assert on("date").say("一九四六年四月", "一九四五年三月八号") == Reply(CHECK, "1945-03-08")


def test_an_amount_takes_the_place_of_another(on: Any) -> None:
    income = on("amount", "5")
    assert income.say("三千五") == Reply(CHECK, "3500.00")
    assert income.entry.text == "3500"
    assert income.say("十二块五") == Reply(CHECK, "12.50")
    assert income.entry.text == "12.50"
    assert income.say("三亿") == Reply("dictation.too_many", "300000000.00")
    assert income.entry.text == "12.50"
    assert income.say("七八百") is None


NAMES = [["城关镇", "城关"], ["青河镇"], ["我同意"]]
VALUES = ["town", "no", "yes"]


@pytest.mark.parametrize(
    ("said", "place"),
    [("第二个", 1), ("城关", 0), ("对", 2), ("是的", 2), ("不对", 1), ("第四个", None), ("今天", None)],
)
def test_which_of_some_choices(said: str, place: int | None) -> None:
    assert chosen(NAMES, VALUES, said) == place


def test_yes_is_nothing_where_there_is_no_yes() -> None:
    assert chosen([["城关镇"]], ["town"], "对") is None


@pytest.mark.parametrize(
    ("screen", "kind"),
    [
        ("question-phone", "phone"),
        ("old-age-allowance:question-phone", "phone"),
        ("progress-query:question-phone", None),
        ("progress-query:question-phone_last4", "digits"),
        ("question-town", "choice"),
        ("question-name", None),
        ("question-shoe_size", None),
        ("home", None),
    ],
)
def test_how_the_answer_on_a_screen_may_be_dictated(catalogue: Catalogue, screen: str, kind: str | None) -> None:
    assert kind_on(catalogue, screen) == kind
