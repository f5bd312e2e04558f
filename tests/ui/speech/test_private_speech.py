"""Whatever is done on whatever screen, no private answer is ever heard in full."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sampled import sample
from ui_support import Kiosk

from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.languages import LANGS, Lang
from kiosk.walk import errands
from kiosk.walk.walked_terminal import WalkedTerminal
from ui.devtools.stories.people import Persona
from ui.speech.accessible import words_for
from ui.widgets.button import BigButton
from ui.widgets.label import Label
from voice.speech.numbers import ZH_DIGITS

ALLOWANCE = "old-age-allowance"
KEPT_SILENT = ("type", "letter", "erase", "clear", "pick")
VISITOR = Persona.made_up(3)
ANSWERS = {  # by type of field; not the examples that hints and messages name
    "person_name": VISITOR.name,
    "resident_id": VISITOR.resident_id,
    "phone": VISITOR.phone,
    "bank_card": VISITOR.bank_card,
}


@pytest.fixture(autouse=True)
def somebody_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk types the visitor's own answers."""
    types_examples = errands.type_answer

    def type_answer(walked: WalkedTerminal, text: str) -> None:
        asked = walked.session.state.entry.field
        types_examples(walked, ANSWERS.get(asked.type, text) if text == asked.example else text)

    monkeypatch.setattr(errands, "type_answer", type_answer)


def told(said: str, answer: str) -> bool:
    """Whether `answer` can be made out in full, also where it is read digit by digit, in groups or with pauses."""
    bare = re.sub(r"[\W_]", "", said).lower()
    answer = answer.lower()
    return answer in bare or answer.translate(ZH_DIGITS) in bare


def touched_all_over(kiosk: Kiosk) -> Iterator[str]:
    """What is said when every text is touched and every button but those of the keypad is reached by the keys."""
    for part in list(kiosk.window.view.pool.used):
        kiosk.speaker.heard.clear()
        if isinstance(part, Label):
            QTest.mouseClick(part, Qt.MouseButton.LeftButton)
            yield from ("".join(said) for said in kiosk.speaker.heard if said)
        elif isinstance(part, BigButton) and part.button.action not in KEPT_SILENT:
            yield "".join(words_for(part, kiosk.window.view.translate))
    for row in kiosk.screen.rows:
        yield "".join(row.say)


@pytest.mark.parametrize("lang", LANGS)
def test_no_screen_says_a_private_answer_in_full(make_kiosk: Callable[..., Kiosk], lang: Lang) -> None:
    """Of the allowance, where every kind is asked, and a quarter of the services; `make walks` takes all."""
    kiosk = make_kiosk(look=Look(lang=lang))
    session, looked_at, typed = kiosk.rehearsal.session, set(), set()
    names = [ALLOWANCE, *sample(kiosk.rehearsal.catalogue.services, 1 + LANGS.index(lang), 4)]
    for label, screen in kiosk.walk([*dict.fromkeys(names)]):
        said = [*screen.say, screen.error, " ".join(screen.say), *session.to_say(), *touched_all_over(kiosk)]
        session.do("repeat")
        said += [*session.to_say(), "".join(session.to_say())]
        looked_at.add(screen.kind)
        typed.add(screen.entry.value if screen.entry else "")
        for answer in ANSWERS.values():
            assert [one for one in said if told(one, answer)] == [], label
    assert {"question", "check", "receipt", "answer"} <= looked_at
    assert set(ANSWERS.values()) <= typed


def test_characters_picked_for_a_name_are_not_said(kiosk: Kiosk) -> None:
    kiosk.do("start", ("choose", "old-age-allowance"), "next", ("answer", "self"), ("way", "letters"))
    before = len(kiosk.speaker.heard)
    for letters, character in (("wang", "王"), ("ying", "英")):
        for letter in letters:
            kiosk.press(letter)
        kiosk.press(character)
    assert kiosk.typed == "王英"
    assert all(said is None for said in kiosk.speaker.heard[before:])


@pytest.mark.parametrize("type_", list(ANSWERS))
def test_what_is_dictated_is_not_read_back_in_full(rehearsal: Rehearsal, type_: str) -> None:
    session = rehearsal.session
    next(
        None
        for _ in rehearsal.walk()
        if session.state.visit and session.state.visit.stage == "question" and session.state.visit.field.type == type_
    )
    session.hear(None, dictated=ANSWERS[type_].translate(ZH_DIGITS))
    said = [*session.to_say()]
    session.do("repeat")
    assert said
    assert not told("".join([*said, *session.to_say()]), ANSWERS[type_])
