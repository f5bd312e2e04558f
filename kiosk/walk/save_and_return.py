"""The walk through saving and coming back: cards, slips, their paper and their digits."""

from collections.abc import Iterator, Sequence
from typing import Literal

from forms import Service
from kiosk.devices.cards import Card
from kiosk.entry.field_input import input_of
from kiosk.session.handlers.idle import Times
from kiosk.state import identity
from kiosk.walk import errands
from kiosk.walk.walked_terminal import WalkedPrinter, WalkedTerminal


def save_and_return(t: WalkedTerminal, applications: Sequence[Service]) -> Iterator[str]:
    """An ID card, a code of no use, an answer taken back, then save and come back."""
    session = t.session
    asking_who = [one for one in applications if {"name", "number"} <= {input_of(f).from_card for f in one.fields}]
    begun = (asking_who or applications)[0]
    session.do("choose", begun.id)
    session.do("next")
    if asking_who:
        while session.state.visit and not identity.at_question(session.state.visit):
            errands.answer(t)
        example = {input_of(field).from_card: field.example for field in begun.fields}
        session.equip(card_reader=True)
        yield "card-offered"
        session.equip()
        session.card_read(Card(example["number"], example["name"]))
        yield "card"
        session.do("take_card")
    else:
        errands.answer(t)
    session.scanned("6901234567892")
    yield "scan-unknown"
    session.do("undo")
    yield "undone"
    t.seconds += Times().idle_warning
    session.tick()
    yield "idle-visit"
    session.do("save")
    yield "slip"
    yield from _slip_printed(t)
    session.do("finish")
    yield from _come_back(t)


def _slip_printed(t: WalkedTerminal) -> Iterator[str]:
    session = t.session
    for works in (True, False):
        session.equip(printer=WalkedPrinter(works))
        session.do("carry_on")
        session.do("save")
        yield "slip-printing"
        t.finish_background()
        yield f"slip-{session.state.printing}"
    session.equip()


def _come_back(t: WalkedTerminal) -> Iterator[str]:
    session, drafts = t.session, t.hall.drafts
    session.do("home")
    session.do("come_back")
    yield "come-back"
    session.equip(scanner=True)
    yield "come-back-scanner"
    session.equip()
    type_code(t, "1234")
    yield "come-back-digits"
    kept, drafts.draft = drafts.draft, None
    reasons: tuple[Literal["unknown", "wait", "failed"], ...] = ("unknown", "wait", "failed")
    for drafts.why in reasons:
        type_code(t, drafts.slip.code)
        yield f"come-back-{drafts.why}"
    drafts.draft = kept
    type_code(t, drafts.slip.code)
    yield "come-back-here"
    session.do("save")
    session.do("finish")
    session.do("home")


def type_code(t: WalkedTerminal, digits: str) -> None:
    t.session.do("clear")
    for digit in digits:
        t.session.do("type", digit)
    t.session.do("next")
