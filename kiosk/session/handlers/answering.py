"""Putting in and giving an answer, taking it back, changing it."""

from collections.abc import Callable

from forms.expressions.references import satisfied_by
from forms.field import Whose
from forms.fields.multiple_choice import bounds, toggled
from forms.people.agents import AGENT
from kiosk.entry.field_input import input_of, on_card
from kiosk.entry.search import PAGE
from kiosk.session.common.presenter import Presenter
from kiosk.session.handlers import handwriting_input
from kiosk.state import identity
from kiosk.state.shown import Shown
from protocol.levels import By


def answer(p: Presenter, value: str) -> None:
    visit, field = p.visit, p.visit.field
    drops_number = field.kind.none is not None and value == field.kind.none and p.state.entry.typed
    if drops_number and not p.confirmed(field.id, input_of(field).drop_sure):
        return
    visit.type(value)
    if not visit.answer():
        p.say_what_is_wrong()
        return
    p.load_entry()
    if field.last_of and len(value) > len(visit.answers[field.id]):
        p.tell("last_of.taken", *p.screen().say)


def decline(p: Presenter) -> None:
    """Somebody does not agree: nothing is kept, and they are told what can still be done."""
    p.state.overlay = "declined"


def toggle(p: Presenter, choice_id: str) -> None:
    """One of several choices is taken, or left again; say what is chosen now."""
    visit, field = p.visit, p.visit.field
    offered = visit.choices()
    chosen = toggled(field, p.state.entry.text, choice_id, [one.id for one in offered])
    if len(chosen.split()) > bounds(field)[1]:
        visit.warn("chosen_too_many")
        p.speak((p.screen().error,), "error")
        return
    visit.type(chosen)
    p.load_entry()
    lang = p.state.look.lang
    labels = [one.label.said(lang) for one in offered if one.id in chosen.split()]
    p.speak((p.said("chosen.now"), *labels) if labels else (p.said("chosen.none"),))


def undo(p: Presenter) -> None:
    about = (p.state.bundle or p.visit).undo()
    p.load_entry()
    done = "undo.changed" if p.visit.stage == "check" else "undo.done"
    p.tell(done, about.said(p.state.look.lang), *p.screen().say)


def change(p: Presenter, named: str) -> None:
    field_id = p.in_form(named)
    (p.state.bundle or p.visit).change(field_id)
    p.load_entry()


def take_card(p: Presenter) -> None:
    """The visitor has said that this ID card may be used."""
    assert p.state.card_whose is not None, "where it is not known whose card it is, that is asked"
    take_card_of(p, p.state.card_whose)


def take_card_of(p: Presenter, whose: str) -> None:
    """The visitor has said that this ID card may be used, and whose it is."""
    visit, card = p.visit, p.state.card
    assert card is not None, "this is offered while a card is there only"
    p.state.overlay = p.state.card = None
    of: Whose = "agent" if whose == AGENT else "applicant"
    acts_for_another = any(field.whose == AGENT for form in p.state.forms for field in form.fields())
    if not card.scanned and (of == AGENT or not acts_for_another):  # an agent does not become whom they act for
        p.state.shown = Shown(By.CARD, card.number, p.monotonic(), card.name)
    given = [(field, told) for field in identity.of(visit, of) if (told := on_card(field, card))]
    led_here = {name: way for field, _ in given for name, way in satisfied_by(field.relevant).items()}
    visit.fill(led_here)
    visit.fill({field.id: told for field, told in given}, "card", checked=not card.scanned)
    p.load_entry()
    if visit.problem:
        p.say_what_is_wrong()


def refuse_card(p: Presenter) -> None:
    p.state.overlay = p.state.card = None


# keys


def type_character(p: Presenter, character: str) -> None:
    _add(p, lambda: p.state.entry.add(character))


def mend(p: Presenter, group: str) -> None:
    """A group of the number was touched: it is to be put in anew, the rest stays. Touched again, it stays as it was."""
    entry = p.state.entry
    before = entry.marked
    if entry.mark("group", int(group)) and entry.marked != before:
        p.tell("mend.group")
    else:
        entry.marked = None


def letter(p: Presenter, letter: str) -> None:
    p.typed(lambda: p.state.entry.letter(letter))
    _say_found(p)


def pick(p: Presenter, character: str) -> None:
    _add(p, lambda: p.state.entry.pick(character))
    _say_found(p)


def _say_found(p: Presenter) -> None:
    """Of a list that is searched: that nothing is found, or the last few."""
    search = p.state.entry.search
    if search is None:
        return
    if not search.found:
        p.speak((p.said("search.nothing"),), "error")
    elif len(search.found) <= PAGE:
        p.speak((p.said("search.found"), *(one.label.said(p.state.look.lang) for one in search.page)))


def _add(p: Presenter, change: Callable[[], bool]) -> None:
    """Nothing is dropped in silence: what has no room is said."""
    if not p.typed(change):
        p.say_no_more_fits()


def more(p: Presenter) -> None:
    p.state.entry.more()


def erase(p: Presenter) -> None:
    p.typed(p.state.entry.erase)
    handwriting_input.read(p)
    if p.state.entry.method == "cards":
        _say_step(p)


def clear(p: Presenter) -> None:
    p.typed(p.state.entry.clear)


def rub_out(p: Presenter) -> None:
    p.typed(p.state.entry.rub_out)


def way(p: Presenter, way: str) -> None:
    for one in p.state.entry.methods:
        if one == way:
            p.state.entry.use(one)


def step(p: Presenter, number: str) -> None:
    p.typed(lambda: p.state.entry.step(int(number)))
    _say_step(p)


def calendar(p: Presenter, name: str) -> None:
    p.typed(lambda: p.state.entry.calendar(moon=name == "moon"))
    _say_step(p)


def _say_step(p: Presenter) -> None:
    p.speak((p.said(f"date.{p.state.entry.steps.step}"),))
