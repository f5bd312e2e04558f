"""The text of an answer: what keys and dictation do to it, and what they cannot do."""

from typing import Any

import pytest
from field_support import field

from kiosk.entry.answer_text import AnswerText


def holding(text: str, kind: str = "phone", **more: Any) -> AnswerText:
    answer = AnswerText()
    answer._field = field(kind, **more)
    answer.text = text
    return answer


def test_there_is_no_answer_without_a_question() -> None:
    with pytest.raises(AssertionError, match="question"):
        AnswerText().add("1")


@pytest.mark.parametrize(
    ("kind", "more", "longest"),
    [
        ("resident_id", {}, 18),
        ("phone", {"max_length": 40}, 11),
        ("bank_card", {}, 19),
        ("receipt_number", {}, 12),
        ("person_name", {}, 30),
        ("date", {}, 8),
        ("digits", {"max_length": 4}, 4),
        ("address", {}, 20),
    ],
)
def test_only_so_much_fits(kind: str, more: dict[str, int], longest: int) -> None:
    answer = holding("", kind, **more)
    assert not answer.add("1" * (longest + 2))
    assert answer.text == "1" * longest
    answer = holding("1" * (longest - 1), kind, **more)
    assert not answer.put("23")
    assert answer.text == "1" * (longest - 1), "what does not fit is not cut"
    assert answer.put("2")


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("12.3.45", "12.34"), ("123456789", "12345678"), ("99999999.99", "99999999.99"), (".5", ".5"), ("1X2", "12")],
)
def test_an_amount_takes_only_what_an_amount_can_be(typed: str, taken: str) -> None:
    answer = holding("", "amount")
    answer.add(typed)
    assert answer.text == taken


@pytest.mark.parametrize(
    ("of", "place", "count", "gap"),
    [
        ("digit", 1, 1, "_38 0013 8000"),
        ("digit", 3, 1, "13_ 0013 8000"),
        ("digit", 11, 1, "138 0013 800_"),
        ("digit", -1, 1, "138 0013 800_"),
        ("digit", -11, 1, "_38 0013 8000"),
        ("digit", -4, 4, "138 0013 ____"),
        ("digit", 2, 3, "1__ _013 8000"),
        ("group", 1, 1, "___ 0013 8000"),
        ("group", 2, 1, "138 ____ 8000"),
        ("group", -1, 1, "138 0013 ____"),
    ],
)
def test_what_is_to_be_replaced_is_a_gap(of: str, place: int, count: int, gap: str) -> None:
    answer = holding("13800138000")
    assert answer.mark(of, place, count)
    assert answer.display == gap
    assert answer.text == "13800138000", "it is still there until something takes its place"


@pytest.mark.parametrize(
    ("of", "place", "count"),
    [("digit", 12, 1), ("digit", -12, 1), ("digit", 11, 2), ("digit", -2, 3), ("group", 4, 1), ("group", -4, 1)],
)
def test_what_is_not_there_cannot_be_marked(of: str, place: int, count: int) -> None:
    answer = holding("13800138000")
    assert not answer.mark(of, place, count)
    assert answer.marked is None


@pytest.mark.parametrize("text", ["", "none"])
@pytest.mark.parametrize("of", ["digit", "group"])
def test_where_nothing_is_typed_nothing_can_be_marked(text: str, of: str) -> None:
    assert not holding(text).mark(of, 1)


def test_keys_fill_the_gap_from_its_start_and_then_go_on_at_the_end() -> None:
    answer = holding("1380024800")
    answer.mark("group", 2)
    answer.add("0")
    assert answer.display == "138 0___ 800"
    answer.add("0139")
    assert (answer.text, answer.marked) == ("13800138009", None)


@pytest.mark.parametrize("then", ["erase", "unmark", "mark", "say"])
def test_a_mend_that_is_not_finished_changes_nothing(then: str) -> None:
    answer = holding("6222021234567890", "bank_card")
    answer.mark("group", 2)
    answer.add("99")
    assert (answer.display, answer.text) == ("6222 99__ 3456 7890", "6222021234567890")
    if then == "erase":
        for _ in range(3):
            answer.erase()
        assert answer.display == "6222 0212 3456 7890"
    elif then == "unmark":
        answer.marked = None
        assert answer.display == "6222 0212 3456 7890"
    elif then == "mark":
        answer.mark("group", 4)
        assert answer.display == "6222 0212 3456 ____"
    else:
        assert answer.put("12")
        assert answer.display == "6222 9912 3456 7890"
        answer.undo()
    assert answer.text == "6222021234567890"


def test_a_dictation_fills_the_gap_as_a_whole_or_not_at_all() -> None:
    answer = holding("13800248000")
    answer.mark("group", 2)
    for wrong in ("001", "00133"):
        assert not answer.put(wrong)
        assert answer.display == "138 ____ 8000"
    assert answer.put("0013")
    assert (answer.text, answer.marked) == ("13800138000", None)


def test_a_dictation_comes_at_the_end_and_is_taken_back_once() -> None:
    answer = holding("138")
    answer.put("0013")
    assert answer.text == "1380013"
    answer.mark("digit", 1)
    answer.undo()
    assert (answer.text, answer.marked) == ("138", None)
    answer.undo()
    assert answer.text == "138"


def test_even_an_empty_text_comes_back() -> None:
    answer = holding("")
    answer.put("138")
    answer.undo()
    assert answer.text == ""


@pytest.mark.parametrize("then", ["key", "erase"])
def test_after_a_key_there_is_nothing_to_take_back(then: str) -> None:
    answer = holding("138")
    answer.put("0013")
    answer.add("8") if then == "key" else answer.erase()
    answer.undo()
    assert answer.text == {"key": "13800138", "erase": "138001"}[then]


def test_another_text_takes_the_place_of_all() -> None:
    answer = holding("138")
    answer.mark("digit", 1)
    assert answer.replace("13800138000")
    assert (answer.text, answer.marked) == ("13800138000", None)
    assert not answer.replace("1" * 13)
    assert answer.text == "13800138000"


def test_erasing_takes_the_gap_away_and_then_the_last_digit() -> None:
    answer = holding("138")
    answer.mark("digit", 1)
    answer.erase()
    assert (answer.display, answer.marked) == ("138", None)
    answer.erase()
    assert answer.text == "13"


def test_who_has_none_types_over_it() -> None:
    answer = holding("none")
    assert answer.typed == ""
    answer.add("138")
    assert (answer.text, answer.typed) == ("138", "138")
    answer = holding("none")
    assert answer.put("138")
    assert answer.text == "138"
    answer.undo()
    assert answer.text == "none"
    answer.erase()
    assert answer.text == ""
