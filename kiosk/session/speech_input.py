"""What was heard: a phrase of the screen, a dictated answer, an errand in the visitor's own words, or nothing."""

from typing import TYPE_CHECKING

from kiosk.entry import dictation as dictating
from kiosk.intents import disambiguation as which
from kiosk.intents.disambiguation import Option, Which
from kiosk.screens.model import BY_DIGITS, Button, Screen
from kiosk.texts.privacy import read_back

if TYPE_CHECKING:
    from kiosk.session.session import Session


def take(
    session: "Session", phrase: str | None, between: tuple[str, ...], syllables: tuple[str, ...], dictated: str
) -> None:
    """Do it, ask about it, or say that it was not understood. The rest is as in voice.recognition.recogniser.Heard.

    What is not understood may be a television: it keeps no visit alive.
    """
    known = [one for one in session.screen().phrases if one.text == phrase]
    if known:
        session.do(known[0].action, known[0].value)
    elif dictated and _dictated(session, dictated):
        return
    elif not session.overlay and (heard := _in_doubt(session, between) or _in_own_words(session, syllables)):
        _follow(session, heard)
    else:
        session.unheard += 1
        session.report("voice.not_understood" if session.unheard < 2 else "voice.offer_help")


def _dictated(session: "Session", said: str) -> bool:
    """Take what was dictated on a question; False where it makes no sense."""
    screen, visit = session.screen(), session.visit
    if screen.kind != "question" or visit is None or screen.entry is None:
        return False
    if screen.entry.kind == "choice":
        if chosen := _chosen(screen, said):
            session.do(chosen.action, chosen.value)
        return chosen is not None
    by_digits = screen.entry.kind in BY_DIGITS
    reply = dictating.take(session.pad, visit.field, said, session.today()) if by_digits else None
    if reply is None:
        return False
    if reply.confirmed:
        session.do("next")
        return True
    session.idle.restart()
    session.unheard = 0
    visit.type(session.pad.text)
    if reply.problem:
        visit.complain(reply.problem)
        session.say_what_is_wrong()
    else:
        back = read_back(visit.field, reply.read_back, session.look.lang) if reply.read_back else ""
        session.speak((*([back] if back else []), session.said(reply.key)))
    session.show()
    return True


def _chosen(screen: Screen, said: str) -> Button | None:
    """The choice of a screen that was meant."""
    names = [
        [
            button.label,
            *(one.text for one in screen.phrases if (one.action, one.value) == (button.action, button.value)),
        ]
        for button in screen.choices
    ]
    place = dictating.chosen(names, [button.value for button in screen.choices], said)
    return None if place is None else screen.choices[place]


def _in_doubt(session: "Session", between: tuple[str, ...]) -> Option | Which | None:
    phrases = [one for one in session.screen().phrases if one.text in between]
    if not {one.text for one in phrases}.issuperset(between):  # one turns the page, which the window does by itself
        return None
    return which.of_phrases(phrases)


def _in_own_words(session: "Session", syllables: tuple[str, ...]) -> Option | Which | None:
    """An errand where none is being done, else only help, and that while nobody is called."""
    meaning = session.meaning(syllables)
    found = which.of_own_words(meaning, len(syllables), errands=session.place in ("attract", "home"))
    if isinstance(found, Which) and found.kind != "said":
        return None if session.waits_for_staff() else found
    if found and session.place == "attract":
        session.place = "home"
    return found


def _follow(session: "Session", heard: Option | Which) -> None:
    """Do what was said, or ask about it."""
    if isinstance(heard, Which):
        session.which, session.overlay = heard, "which"
        if session.visit is None:
            session.idle.restart()  # somebody has come; a visit is kept alive by no television
        session.read_screen()
        session.show()
    elif heard.action == "choose" and heard.value:
        title = session.catalogue.service(heard.value).title.said(session.look.lang)
        session.do(heard.action, heard.value, saying_first=(session.said("which.begins"), title))
    else:
        session.do(heard.action, heard.value)
