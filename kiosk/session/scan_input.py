"""What a visitor holds up or lays down, codes and ID cards: what kiosk.session.session does about it, on any screen."""

from typing import TYPE_CHECKING

from forms import Service
from forms.conditions import satisfied_by
from kiosk.devices.cards import Card
from kiosk.session import save_and_return as another_day
from kiosk.session import scanned_codes as scans

if TYPE_CHECKING:
    from kiosk.session.session import Session


def code(session: "Session", text: str) -> None:
    """The scanner has read this."""
    match scans.read(text, session.today()):
        case scans.ScannedSlip(key):
            another_day.take_up(session, lambda: session.desk.shelf.by_key(key))
        case scans.ScannedReceipt(number):
            _follow_receipt(session, number)
        case Card() as its_number:
            card(session, its_number)
        case None:
            session.tell("scan.unknown")


def card(session: "Session", laid: Card) -> None:
    """An ID card was read: ask whether to use it, where it can be used."""
    if session.place == "visit" and session.visit and session.visit.identity_fields():
        session.card, session.overlay = laid, "card"
        session.read_screen()
    else:
        session.tell("card.not_here")


def use_card(session: "Session") -> None:
    """The visitor has said yes."""
    visit, laid = session.visit, session.card
    assert visit is not None, "a card is used in a visit only"
    assert laid is not None, "this is offered while a card is there only"
    session.overlay = session.card = None
    told = {"person_name": laid.name, "resident_id": laid.number}
    visit.fill({field.id: told[field.type] for field in visit.identity_fields() if told[field.type]})
    session.load_pad()


def _follow_receipt(session: "Session", number: str) -> None:
    """The number goes where it is asked for, or straight to where the form stands."""
    visit = session.visit
    if session.place == "visit" and visit and visit.stage == "question" and visit.field.type == "receipt_number":
        visit.fill({visit.field.id: number})
    elif another_day.is_under_way(session):
        session.tell("scan.busy")
        return
    elif found := _receipt_query(session, number):
        service, answers = found
        session.visit, session.place = session.new_visit(service), "visit"
        session.visit.begin()
        session.visit.fill(answers)
        session.do("ask")
    else:
        session.tell("scan.unknown")
        return
    session.load_pad()
    session.read_screen()


def _receipt_query(session: "Session", number: str) -> tuple[Service, dict[str, str]] | None:
    """The service that looks up receipt numbers, and the answers that ask it for this one."""
    for service in session.catalogue.services.values():
        for field in service.steps:
            if service.kind == "query" and field.type == "receipt_number":
                return service, {**satisfied_by(field.relevant), field.id: number}
    return None
