"""Writing a name and choosing a date in the session: what one sees, and that nothing is lost or guessed."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from one_form import begin_for_oneself
from project import HOME_VISIT as EXAMPLE

from forms import Catalogue, load_catalogue
from kiosk.entry.fields.person_name import WANG
from kiosk.entry.pinyin import PinyinTable
from kiosk.entry.strokes import HandwritingError, Stroke
from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from kiosk.walk.walked_terminal import GUESSES


@pytest.fixture
def rehearsal(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Rehearsal:
    made = Rehearsal(catalogue, texts, pinyin)
    made.session.do("start")
    begin_for_oneself(made.session)
    assert made.session.screen().name == "question-name"
    return made


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    return rehearsal.session


def candidates(session: Session) -> tuple[str, ...]:
    entry = session.screen().entry
    assert entry
    return entry.candidates


def write(rehearsal: Rehearsal, strokes: Sequence[Stroke] = WANG) -> None:
    for stroke in strokes:
        rehearsal.session.write(stroke)
    rehearsal.finish_background()


def test_a_character_is_written_and_chosen(rehearsal: Rehearsal, session: Session) -> None:
    write(rehearsal)
    assert candidates(session) == GUESSES[:8]
    session.do("more")
    assert candidates(session) == GUESSES[8:]
    session.do("more")
    session.do("pick", "王")
    entry = session.screen().entry
    assert entry
    assert (entry.value, entry.strokes, entry.candidates) == ("王", (), ())


def test_one_reading_is_under_way_at_a_time_and_the_last_strokes_are_read(
    rehearsal: Rehearsal, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def read(strokes: Sequence[Stroke], many: int) -> list[str]:
        asked.append(len(strokes))
        return ["一", "二", "三", "王"][len(strokes) - 1 : len(strokes)]

    monkeypatch.setattr(session._presenter, "handwriting", read)
    write(rehearsal)
    assert asked == [1, 4]
    assert candidates(session) == ("王",)


def test_a_stroke_is_taken_back_and_all_is_rubbed_out(rehearsal: Rehearsal, session: Session) -> None:
    write(rehearsal)
    session.do("erase")
    entry = session.screen().entry
    assert entry
    assert entry.strokes == WANG[:3]
    session.do("rub_out")
    entry = session.screen().entry
    assert entry
    assert (entry.strokes, entry.candidates) == ((), ())


def test_a_guess_that_comes_too_late_is_not_shown(rehearsal: Rehearsal, session: Session) -> None:
    session.write(WANG[0])
    session.do("rub_out")
    rehearsal.finish_background()
    assert candidates(session) == ()


def test_what_is_written_but_not_chosen_is_not_forgotten(rehearsal: Rehearsal, session: Session) -> None:
    write(rehearsal)
    session.do("pick", "王")
    write(rehearsal)
    session.do("next")
    shown = session.screen()
    assert (shown.name, shown.entry and shown.entry.strokes) == ("question-name", WANG)
    assert "还没有选好" in " ".join((*shown.lines, *shown.notices))


def test_one_touch_goes_to_pinyin_and_back_and_keeps_the_text(rehearsal: Rehearsal, session: Session) -> None:
    write(rehearsal)
    session.do("pick", "王")
    session.do("way", "letters")
    for letter in "xiu":
        session.do("letter", letter)
    session.do("pick", "秀")
    session.do("way", "hand")
    entry = session.screen().entry
    assert entry
    assert (entry.kind, entry.value) == ("hand", "王秀")


def test_the_way_chosen_is_kept_for_this_visitor_only(session: Session) -> None:
    session.do("way", "letters")
    session.do("back")
    session.do("answer", "self")
    assert session.state.entry.method == "letters"
    for _ in range(3):
        session.do("back")
    session.do("finish")
    session.do("finish")
    session.do("home")
    begin_for_oneself(session)
    assert session.state.entry.method == "hand"


def test_letters_of_a_keyboard_spell_at_once(session: Session) -> None:
    session.do("letter", "w")
    entry = session.screen().entry
    assert entry
    assert (entry.kind, entry.composing) == ("name", "w")


def test_when_writing_cannot_be_read_names_are_spelled_and_it_is_said(
    rehearsal: Rehearsal, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(strokes: Sequence[Stroke], many: int) -> list[str]:
        raise HandwritingError("gone")

    monkeypatch.setattr(session._presenter, "handwriting", broken)
    session.write(WANG[0])
    rehearsal.finish_background()
    shown = session.screen()
    assert shown.entry
    assert shown.entry.kind == "name"
    assert "认不了手写" in session.to_say()[0]
    assert not any(button.action == "way" for button in shown.choices), "there is no way back to it"


def test_strokes_go_nowhere_but_into_a_name(rehearsal: Rehearsal, session: Session) -> None:
    session.do("back")
    session.write(WANG[0])
    session.do("next")
    assert session.state.entry.strokes == ()


@pytest.fixture
def born(assets: Path, texts: Texts, pinyin: PinyinTable) -> Session:
    """At the question for a date."""
    shutil.copy(EXAMPLE, assets / "services")
    session = Rehearsal(load_catalogue(assets), texts, pinyin).session
    for step in (("start",), ("choose", "home-visit"), ("next",)):
        session.do(*step)
    return session


def cards(session: Session) -> list[str]:
    entry = session.screen().entry
    assert entry
    return [card.label for card in entry.cards]


def step(session: Session, *labels: str) -> None:
    for label in labels:
        entry = session.screen().entry
        assert entry
        session.do("step", next(card.value for card in entry.cards if card.label == label))


def test_a_date_is_chosen_card_by_card_and_each_step_is_said(born: Session) -> None:
    step(born, "1940年代", "1945年")
    assert born.to_say() == ("请点是哪个月。",)
    step(born, "3月", "8日")
    shown = born.screen()
    assert shown.entry
    assert (shown.entry.display, shown.entry.cards) == ("1945年3月8日", ())
    born.do("next")
    assert born.state.visit
    assert born.state.visit.answers["born"] == "1945-03-08"


def test_a_lunar_birthday_is_kept_as_the_solar_day_and_both_are_shown(born: Session) -> None:
    born.do("calendar", "moon")
    step(born, "1940年代", "1945年", "正月", "廿五")
    shown = born.screen()
    assert shown.entry
    assert shown.entry.display == "农历1945年正月廿五"
    assert "公历是 1945年3月9日" in shown.lines
    born.do("next")
    assert born.state.visit
    assert born.state.visit.answers["born"] == "1945-03-09"


def test_a_step_is_taken_back(born: Session) -> None:
    step(born, "1940年代", "1945年", "3月", "8日")
    born.do("erase")
    assert cards(born)[0] == "1日"
    assert born.state.entry.text == "", "half a date is no answer"
    born.do("erase")
    assert "12月" in cards(born)


def test_a_dictated_date_can_be_mended_by_its_last_cards(born: Session) -> None:
    born.hear(None, dictated="一九四五年三月八号")
    born.do("erase")
    step(born, "9日")
    assert born.state.entry.text == "19450309"


def test_half_a_date_is_no_answer_and_says_what_is_missing(born: Session) -> None:
    step(born, "1940年代", "1945年")
    born.do("next")
    assert born.screen().name == "question-born"
    assert born.screen().error
    assert "1月" in cards(born), "what was chosen stays"


def test_digits_stay_when_cards_are_chosen(born: Session) -> None:
    born.do("way", "digits")
    for digit in "19450308":
        born.do("type", digit)
    born.do("way", "cards")
    entry = born.screen().entry
    assert entry
    assert entry.display == "1945年3月8日"


def test_what_was_chosen_is_there_again_after_going_back(born: Session) -> None:
    step(born, "1940年代", "1945年", "3月", "8日")
    born.do("back")
    born.do("next")
    entry = born.screen().entry
    assert entry
    assert entry.display == "1945年3月8日"
