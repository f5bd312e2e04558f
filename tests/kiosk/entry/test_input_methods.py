"""Putting in an answer by hand, with letters, from cards or as digits, and going from one to the other."""

from datetime import date
from typing import Any

import pytest
from field_support import field

from kiosk.entry.answer_entry import CANDIDATES, AnswerEntry
from kiosk.entry.pinyin import PinyinTable
from kiosk.entry.strokes import Stroke
from kiosk.walk.walked_terminal import TODAY

LINE: Stroke = ((0.1, 0.2), (0.3, 0.4))
OTHER: Stroke = ((0.5, 0.5), (0.6, 0.6))
GUESSES = [chr(ord("一") + at) for at in range(2 * CANDIDATES + 3)]


@pytest.fixture
def on(pinyin: PinyinTable) -> Any:
    """An entry on a question of some kind, where what is written by hand can be read."""

    def start(kind: str, text: str = "", by_hand: bool = True, **more: Any) -> AnswerEntry:
        entry = AnswerEntry(pinyin, by_hand=by_hand)
        entry.begin(field(kind, **more), text, TODAY)
        return entry

    return start


def test_before_any_question_nothing_can_be_put_in(pinyin: PinyinTable) -> None:
    entry = AnswerEntry(pinyin)
    assert (entry.methods, entry.method, entry.text) == ((), None, "")


def test_the_usual_method_comes_first(on: Any) -> None:
    assert (on("person_name").methods, on("person_name").method) == (("hand", "letters"), "hand")
    assert (on("person_name", by_hand=False).methods, on("person_name", by_hand=False).method) == (
        ("letters",),
        "letters",
    )
    assert (on("date").method, on("phone").method, on("choice").method) == ("cards", "digits", None)


def test_what_was_chosen_once_is_kept_for_its_kind_until_the_visitor_leaves(on: Any) -> None:
    entry = on("person_name")
    entry.use("letters")
    entry.begin(field("address"), "", TODAY)
    assert entry.method == "digits"
    entry.begin(field("person_name"), "", TODAY)
    assert entry.method == "letters"
    entry.forget()
    entry.begin(field("person_name"), "", TODAY)
    assert entry.method == "hand"


def test_nothing_of_one_visitor_is_left_for_the_next(on: Any) -> None:
    entry = on("date", "19450308")
    entry.part = "一九四五年"
    entry.replace("19450309")
    entry.mark("digit", 1)
    entry.forget()
    assert (entry.text, entry.before, entry.marked, entry.part) == ("", None, None, "")
    with pytest.raises(AssertionError):
        _ = entry.steps


def test_each_question_begins_afresh_with_what_was_typed_for_it(on: Any) -> None:
    entry = on("person_name")
    entry.draw(LINE)
    entry.guessed(["王"])
    entry.begin(field("person_name"), "王秀", TODAY)
    assert (entry.text, entry.strokes, entry.candidates, entry.under_way) == ("王秀", (), (), False)
    entry.letter("w")
    entry.begin(field("phone"), "138", TODAY)
    assert (entry.text, entry.letters) == ("138", "")


def test_the_other_method_keeps_the_text_and_starts_the_character_again(on: Any) -> None:
    entry = on("person_name", "王")
    entry.draw(LINE)
    entry.guessed(GUESSES)
    entry.more()
    entry.use("letters")
    entry.use("hand")
    assert (entry.text, entry.strokes, entry.candidates) == ("王", (), ())
    entry.letter("w")
    entry.use("letters")
    assert entry.letters == ""


def test_when_writing_cannot_be_read_one_spells(on: Any) -> None:
    entry = on("person_name")
    entry.cannot_read()
    assert (entry.methods, entry.method, entry.by_hand) == (("letters",), "letters", False)


def test_strokes_come_and_go_one_by_one(on: Any) -> None:
    entry = on("person_name")
    assert not entry.under_way
    entry.draw(LINE)
    entry.draw(OTHER)
    entry.guessed(["王"])
    assert (entry.strokes, entry.under_way) == ((LINE, OTHER), True)
    entry.erase()
    assert (entry.strokes, entry.candidates) == ((LINE,), ("王",)), "the guesses stay until others come"
    entry.erase()
    assert (entry.strokes, entry.candidates, entry.under_way) == ((), (), False)
    entry.draw(LINE)
    entry.guessed(["王"])
    entry.rub_out()
    assert (entry.strokes, entry.candidates) == ((), ())


def test_guesses_are_shown_in_pages_and_the_last_is_followed_by_the_first(on: Any) -> None:
    entry = on("person_name")
    entry.draw(LINE)
    entry.guessed(GUESSES)
    pages = []
    for _ in range(4):
        pages.append(entry.candidates)
        entry.more()
    assert pages == [tuple(GUESSES[:8]), tuple(GUESSES[8:16]), tuple(GUESSES[16:]), tuple(GUESSES[:8])]
    assert entry.more_candidates
    entry.guessed(GUESSES[:8])
    assert (entry.candidates, entry.more_candidates) == (tuple(GUESSES[:8]), False), "new guesses begin at their first"
    entry.guessed(GUESSES)
    entry.more()
    entry.draw(OTHER)
    assert entry.candidates == tuple(GUESSES[:8]), "and so do those of another stroke"
    entry.guessed([])
    entry.more()
    assert entry.candidates == ()


def test_a_letter_begins_the_candidates_anew(on: Any, pinyin: PinyinTable) -> None:
    entry = on("person_name", by_hand=False)
    entry.letter("w")
    entry.more()
    entry.letter("a")
    assert entry.candidates == tuple(pinyin.candidates("wa")[:CANDIDATES])
    entry.more()
    entry.erase()
    assert (entry.letters, entry.candidates) == ("w", tuple(pinyin.candidates("w")[:CANDIDATES]))
    assert entry.under_way


def test_a_letter_that_leads_nowhere_changes_nothing(on: Any) -> None:
    entry = on("person_name", by_hand=False)
    for letter in "wang":
        entry.letter(letter)
    entry.more()
    page = entry.candidates
    entry.letter("x")
    assert (entry.letters, entry.candidates) == ("wang", page)


def test_a_letter_while_one_writes_is_a_letter(on: Any) -> None:
    entry = on("person_name")
    entry.draw(LINE)
    entry.letter("w")
    assert (entry.method, entry.letters, entry.strokes) == ("letters", "w", ())


def test_what_is_picked_joins_the_text(on: Any) -> None:
    entry = on("person_name", "王")
    entry.draw(LINE)
    entry.guessed(["秀"])
    entry.pick("秀")
    assert (entry.text, entry.strokes, entry.candidates, entry.under_way) == ("王秀", (), (), False)
    entry.letter("y")
    entry.pick("英")
    assert (entry.text, entry.letters) == ("王秀英", "")


def test_letters_are_erased_before_the_text_and_a_gap_before_the_letters(on: Any) -> None:
    entry = on("address", "18号")
    entry.letter("l")
    entry.mark("digit", 1)
    entry.erase()
    assert (entry.marked, entry.letters, entry.text) == (None, "l", "18号")
    entry.erase()
    assert (entry.letters, entry.text) == ("", "18号")
    entry.erase()
    assert entry.text == "18"


def test_clearing_forgets_the_text_and_the_character_under_way(on: Any) -> None:
    entry = on("address", "18号")
    entry.letter("l")
    entry.clear()
    assert (entry.text, entry.letters) == ("", "")


# dates


def test_a_date_from_cards(on: Any) -> None:
    entry = on("date", min="1900-01-31", max="today")
    for number in (194, 1945, 3):
        entry.step(number)
        assert entry.text == "", "half a date is no answer"
    entry.step(8)
    assert entry.text == "19450308"
    entry.erase()
    assert (entry.text, entry.steps.step) == ("", "day")
    entry.step(9)
    assert entry.text == "19450309"


@pytest.mark.parametrize("text", ["19450308", "19000131", "20261123"])
def test_a_day_that_was_typed_stands_on_the_cards(on: Any, text: str) -> None:
    entry = on("date", text, min="1900-01-31", max="today")
    assert entry.steps.day == date(int(text[:4]), int(text[4:6]), int(text[6:]))


@pytest.mark.parametrize("text", ["", "1945", "1945030", "194503080", "19451301", "19000130", "20261124"])
def test_what_is_no_day_between_the_bounds_does_not(on: Any, text: str) -> None:
    entry = on("date", text, min="1900-01-31", max="today")
    assert entry.steps.taken == ()


def test_the_day_stays_when_one_counts_by_the_moon(on: Any) -> None:
    entry = on("date", "19450309")
    entry.calendar(moon=True)
    assert (entry.text, entry.steps.taken) == ("19450309", (194, 1945, 1, 25))
    entry.calendar(moon=False)
    assert entry.steps.taken == (194, 1945, 3, 9)


def test_clearing_a_date_keeps_the_calendar(on: Any) -> None:
    entry = on("date", "19450309")
    entry.calendar(moon=True)
    entry.clear()
    assert (entry.text, entry.steps.taken, entry.steps.moon) == ("", (), True)


def test_cards_are_no_dictation_to_be_taken_back(on: Any) -> None:
    entry = on("date")
    entry.replace("19450308")
    entry.erase()
    entry.undo()
    assert entry.text == ""


def test_digits_from_a_keyboard_are_digits(on: Any) -> None:
    entry = on("date")
    entry.add("1")
    assert (entry.method, entry.text) == ("digits", "1")
    entry.erase()
    assert entry.text == ""


def test_a_gap_in_a_date_is_taken_away_first(on: Any) -> None:
    entry = on("date", "19450308")
    entry.mark("digit", 8)
    entry.erase()
    assert (entry.marked, entry.text) == (None, "19450308")


def test_only_a_date_has_steps(on: Any) -> None:
    with pytest.raises(AssertionError, match="only a date"):
        _ = on("phone").steps
    entry = on("date")
    entry.begin(field("phone"), "", TODAY)
    with pytest.raises(AssertionError, match="only a date"):
        _ = entry.steps
