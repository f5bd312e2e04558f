"""What follows, on any screen, when a code is scanned or an ID card laid on the reader."""

from collections.abc import Callable

from forms import Service
from forms.expressions.references import satisfied_by
from kiosk.devices.cards import Card
from kiosk.entry.field_input import input_of
from kiosk.intents import scanned_codes
from kiosk.session.assisting import signing_in
from kiosk.session.common.presenter import Presenter
from kiosk.session.handlers import save_and_return, submission
from kiosk.state import identity


def scanned(p: Presenter, text: str) -> None:
    """The scanner has read a code; it is never typed into an answer."""
    _presented(p, lambda: _code(p, text))


def card_read(p: Presenter, card: Card) -> None:
    """An ID card was laid on the reader: what it says is used only when the visitor agrees."""
    _presented(p, lambda: _card(p, card))


def _presented(p: Presenter, take: Callable[[], None]) -> None:
    """Whoever scans something is here; it takes the place of an overlay, but not of trouble, of maintenance,
    of what somebody is telling or of what they are asked about staff who have come."""
    p.somebody_is_here()
    if p.state.overlay not in ("trouble", "maintenance", "order", "consent"):
        p.state.overlay = p.state.remark = p.state.code_error = None
        p.state.unheard = 0
        take()
        p.show()


def _code(p: Presenter, text: str) -> None:
    match scanned_codes.read(text, p.today()):
        case scanned_codes.ScannedSlip(key):
            save_and_return.take_up(p, lambda: p.hall.drafts.by_key(key))
        case scanned_codes.ScannedReceipt(number):
            _follow_receipt(p, number)
        case scanned_codes.ScannedBadge(badge):
            signing_in.show_badge(p, badge)
        case Card() as its_number:
            _card(p, its_number)
        case None:
            p.tell("scan.unknown")


def _card(p: Presenter, card: Card) -> None:
    """Ask whether to use it, where it can be used."""
    visit = p.state.visit
    fields = identity.at_question(visit) if p.state.location == "visit" and visit else []
    if visit is None or not fields:
        p.tell("card.not_here")
    elif card.scanned and fields[0].card_itself:
        p.tell("card.itself")
    elif (whose := identity.whose(visit, card.number)) == identity.TWO_AGENTS:
        p.tell("card.two_agents")
    else:
        p.state.card, p.state.card_whose, p.state.overlay = card, whose, "card"
        p.read_screen()


def _follow_receipt(p: Presenter, number: str) -> None:
    """Fill the number in where it is asked for; else look up how far its form has come."""
    state, visit = p.state, p.state.visit
    asked = visit.field if state.location == "visit" and visit and visit.stage == "question" else None
    if visit and asked and input_of(asked).from_receipt:
        visit.fill({asked.id: number})
    elif state.errand_under_way:
        p.tell("scan.busy")
        return
    elif found := _receipt_query(p, number):
        service, answers = found
        state.bundle, state.visit, state.location = None, p.new_visit(service), "visit"
        state.visit.begin()
        state.visit.fill(answers)
        if state.visit.stage == "check":
            submission.ask(p)
    else:
        p.tell("scan.unknown")
        return
    p.load_entry()
    p.read_screen()


def _receipt_query(p: Presenter, number: str) -> tuple[Service, dict[str, str]] | None:
    """The service that looks up receipt numbers, and the answers that ask it for this one."""
    for service in p.catalogue.services.values():
        for field in service.fields:
            if service.kind == "query" and input_of(field).from_receipt:
                left_empty = {one.id: "" for one in service.fields if not one.required}
                return service, {**left_empty, **satisfied_by(field.relevant), field.id: number}
    return None
