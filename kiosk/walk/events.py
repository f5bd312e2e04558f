"""The walk through a life event: its errands, papers, the questions of all forms, the check, the receipts."""

from collections.abc import Iterator

from forms.home.events import LifeEvent
from kiosk.walk import errands
from kiosk.walk.walked_terminal import WalkedPrinter, WalkedTerminal


def event(t: WalkedTerminal, event: LifeEvent) -> Iterator[str]:
    """From the home screen back to it; how an answer is put in is walked with its service."""
    session, services = t.session, [one.service for one in event.services]
    session.do("event", event.id)
    yield f"{event.id}:event"
    for service in services:
        session.do("take", service)
    session.do("next")
    yield f"{event.id}:event-none"
    for service in services:
        session.do("take", service)
    session.do("next")
    yield f"{event.id}:papers"
    session.do("next")
    while session.state.visit and session.state.visit.stage in ("question", "known"):
        visit = session.state.visit
        if visit.stage == "known":
            yield f"{event.id}:{visit.service.id}-known"
            session.do("reuse")
        else:
            yield f"{event.id}:{visit.service.id}-question-{visit.field_id}"
            errands.answer(t)
    yield f"{event.id}:check"
    session.do("save")
    yield f"{event.id}:slip"
    session.do("carry_on")
    t.hall.offline, t.hall.state = True, "saved"
    session.equip(printer=WalkedPrinter(works=True))
    session.do("send")
    t.finish_background()
    session.equip()
    if session.state.promise_is_open:
        yield from errands.promise(t, event.id)
    yield f"{event.id}:receipts-saved"
    t.hall.offline, t.hall.state = False, "delivered"
    session.tick()
    yield f"{event.id}:receipts-delivered"
    session.do("own_form", session.state.receipt_numbers[-1])
    yield f"{event.id}:receipts-own-form"
    session.do("amend")
    while session.screen().kind == "question":
        errands.answer(t)
    session.do("send")
    yield f"{event.id}:receipt-corrected"
    session.do("another")
    errands.leave(t)
