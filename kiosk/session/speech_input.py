"""What was heard: a phrase of the screen, a dictated answer, an errand in the visitor's own words, or nothing."""

from kiosk.entry import dictation
from kiosk.entry.field_input import input_of
from kiosk.intents import counter_errands, disambiguation
from kiosk.screens.common.model import BY_DIGITS, Button, Screen
from kiosk.session.assisting import helping
from kiosk.session.common.presenter import Presenter
from kiosk.session.handlers.navigation import nothing_fits
from kiosk.session.perform import perform
from kiosk.state.disambiguation import Disambiguation, Option
from kiosk.state.session_state import OUTSIDE, Remark


def take(p: Presenter, phrase: str | None, between: tuple[str, ...], syllables: tuple[str, ...], dictated: str) -> None:
    """Do it, ask about it, or say that it was not understood. The rest is of voice.recognition.recogniser.Heard.

    Words that are not understood may come from a television, so they do not restart the idle clock.
    """
    known = [one for one in p.screen().phrases if one.text == phrase]
    if known:
        perform(p, known[0].action, known[0].value)
    elif dictated and _dictated(p, dictated):
        return
    elif not p.state.overlay and (heard := _in_doubt(p, between) or _in_own_words(p, syllables)):
        _follow(p, heard)
    else:
        _not_understood(p)


def _not_understood(p: Presenter) -> None:
    """Ask again; the second time show what else the hall does, or offer help where that was shown already."""
    state = p.state
    state.unheard += 1
    if state.unheard < 2:
        p.mention("voice.not_understood")
    elif state.location in ("attract", "home", "group") and not state.overlay:
        state.unheard = 0
        nothing_fits(p)
        p.show()
    else:
        p.mention("voice.offer_help")


def _dictated(p: Presenter, said: str) -> bool:
    """Take what was dictated on a question; False where it makes no sense."""
    screen, visit, entry = p.screen(), p.state.visit, p.state.entry
    if screen.kind != "question" or visit is None or screen.entry is None:
        return False
    if screen.entry.kind == "choice" or screen.entry.found is not None:
        if chosen := _chosen(screen, said):
            perform(p, chosen.action, chosen.value)
        return chosen is not None
    by_digits = screen.entry.kind in BY_DIGITS
    helping.put_in_anew(p)
    reply = dictation.take(entry, visit.field, said, p.today()) if by_digits else None
    if reply is None:
        return False
    if reply.confirmed:
        perform(p, "next")
        return True
    p.somebody_is_here()
    p.state.unheard, p.state.remark, p.state.to_drop = 0, None, ""
    visit.type(entry.text)
    if reply.problem:
        visit.complain(reply.problem)
        p.say_what_is_wrong()
    else:
        say = input_of(visit.field).read_back
        back = say(visit.field, reply.read_back, p.state.look.lang) if reply.read_back else ""
        p.state.remark = Remark(reply.key)
        p.speak((*([back] if back else []), p.said(reply.key)))
    p.show()
    return True


def _chosen(screen: Screen, said: str) -> Button | None:
    """The choice of a screen that was meant."""
    offered = screen.choices if screen.entry is None or screen.entry.found is None else screen.entry.cards
    offered = tuple(button for button in offered if button.enabled)
    names = [
        [
            button.label,
            *(one.text for one in screen.phrases if (one.action, one.value) == (button.action, button.value)),
        ]
        for button in offered
    ]
    place = dictation.chosen(names, [button.value for button in offered], said)
    return None if place is None else offered[place]


def _in_doubt(p: Presenter, between: tuple[str, ...]) -> Option | Disambiguation | None:
    phrases = [one for one in p.screen().phrases if one.text in between]
    if not {one.text for one in phrases}.issuperset(between):  # one turns the page: the window's own action
        return None
    return disambiguation.of_phrases([Option(one.action, one.value) for one in phrases])


def _in_own_words(p: Presenter, syllables: tuple[str, ...]) -> Option | Disambiguation | None:
    """A service or a counter errand while no visit is under way; else only the offer of help, and not when staff are
    called already. What a counter errand is called counts more than a doubt, and when it is long also more than what
    seems sure."""
    intent, state = p.intent_of(syllables), p.state
    outside = state.location in OUTSIDE
    found = disambiguation.of_own_words(intent, len(syllables), errands=outside, events=p.catalogue.events)
    if outside:
        at_least = disambiguation.LONG_ENOUGH if isinstance(found, Option) else 1
        named = counter_errands.named(syllables, p.catalogue.counters_here, at_least)
        if of_counter := disambiguation.of_errands(named, len(syllables)):
            state.location = "errands"  # which offers them
            return of_counter
    if isinstance(found, Disambiguation) and found.kind != "said":
        return None if state.waits_for_staff else found
    if found and outside:
        state.location = "home"
    return found


def _follow(p: Presenter, heard: Option | Disambiguation) -> None:
    """Do what was said, or ask about it."""
    if isinstance(heard, Disambiguation):
        p.state.question, p.state.overlay = heard, "which"
        if p.state.visit is None:
            p.somebody_is_here()  # somebody has come; during a visit a television must not keep it open
        p.read_screen()
        p.show()
    elif heard.action in ("choose", "event") and heard.value:
        named = p.catalogue.events[heard.value] if heard.action == "event" else p.catalogue.service(heard.value)
        title = named.title.said(p.state.look.lang)
        perform(p, heard.action, heard.value, saying_first=(p.said("which.begins"), title))
    elif heard.action == "errand":
        perform(p, heard.action, heard.value, saying_first=(p.said("which.begins"),))
    else:
        perform(p, heard.action, heard.value)
