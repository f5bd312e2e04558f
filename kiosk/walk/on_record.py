"""The walk through what offices have on record: the question whether the hall may look, and what it found."""

from collections.abc import Iterator, Sequence
from datetime import date

from forms import Service
from forms.field import PERSON_NUMBER
from forms.people.agents import AGENT
from kiosk.devices.cards import Card
from kiosk.entry.field_input import input_of
from kiosk.state import identity
from kiosk.walk import errands
from kiosk.walk.walked_terminal import WalkedTerminal
from protocol.queries import Office
from protocol.queries.on_record import Answer

EXAMPLE = Answer(
    office=Office.TOLD,
    values={"address": "城关镇东街社区18号", "phone": "13800138000", "certificate": "11010519491231002X42"},
    as_of=date(2025, 3, 8),
)


def on_record(t: WalkedTerminal, applications: Sequence[Service]) -> Iterator[str]:
    """By an errand in which a card is of use for it, the one that asks most offices."""
    service = max(filter(_offices, applications), key=lambda one: len(_offices(one)), default=None)
    if service is None:
        return
    t.hall.asks = True
    _show_card(t, service)
    for office in range(len(_offices(service))):
        yield f"on-record-{office + 1}"
        t.session.do("look_on_record")
    yield "on-record-looking"
    t.finish_background()
    yield "on-record-away"
    errands.leave(t)
    t.hall.answers["on_record"] = EXAMPLE
    _show_card(t, service)
    for _ in _offices(service):
        t.session.do("look_on_record")
    t.finish_background()
    while t.session.state.visit and t.session.state.visit.stage == "question":
        errands.answer(t)
    yield "known-on-record"
    del t.hall.answers["on_record"]
    t.hall.asks = False
    errands.leave(t)


def _offices(service: Service) -> set[str]:
    """Those that may know something of whom it is for, where a card shows who that is."""
    own = [field for field in service.fields if field.whose != AGENT]
    by_card = {input_of(field).from_card for field in own if field.topic}
    asked = {field.on_record.partition(".")[0] for field in own if field.on_record}
    return asked if {"name", "number"} <= by_card else set()


def _show_card(t: WalkedTerminal, service: Service) -> None:
    session = t.session
    session.do("choose", service.id)
    session.do("next")
    while session.state.visit and not identity.at_question(session.state.visit):
        errands.answer(t)
    example = {field.topic: field.example for field in service.fields if field.whose != AGENT}
    session.card_read(Card(example[PERSON_NUMBER], "王秀英"))
    session.do("take_card")
