"""What an office has on record: the visitor is asked whether the hall may look, and goes on meanwhile."""

from collections.abc import Mapping

from kiosk.queries import told_on_record
from kiosk.session.common.presenter import Presenter
from kiosk.state.answers.known_answers import Known
from kiosk.state.answers.on_record import read
from protocol.levels import By
from protocol.queries import Office
from protocol.queries.on_record import Answer


def offer(p: Presenter) -> None:
    """Ask, once whoever stands here has shown the card of the person whom open questions are about."""
    state, visit = p.state, p.state.visit
    if state.location != "visit" or state.overlay or visit is None or visit.stage != "question":
        return
    shown = state.shown
    if shown is None or shown.by is not By.CARD or not shown.claim(shown.number, p.monotonic()) or not shown.name:
        return
    wanted = visit.records.wanted(visit.form, visit.known, shown.number)
    if wanted and p.hall.asks_offices():
        state.wanted, state.overlay = wanted, "on_record"


def leave(p: Presenter) -> None:
    """The visitor fills it in."""
    visit, wanted = p.visit, p.state.wanted
    assert wanted is not None, "this is offered while something is wanted only"
    visit.records.asked |= {one.id for one in wanted.fields}
    p.state.overlay = p.state.wanted = None
    visit.find({})  # what came meanwhile from another office
    p.load_entry()


def look(p: Presenter) -> None:
    """The hall asks the office; where that fails, the questions are asked as always."""
    visit, wanted, shown = p.visit, p.state.wanted, p.state.shown
    assert wanted is not None, "this is offered while something is wanted only"
    assert shown is not None, "the card was shown"
    leave(p)
    offer(p)  # of another office
    claim = shown.claim(wanted.resident_id, p.monotonic())

    def show(told: Answer | None) -> None:
        if p.state.visit is not visit or visit.stage == "sent":
            return  # somebody went on
        found = read(visit.form, wanted, told.values, told.as_of) if told else {}
        _show(p, told.office if told else Office.AWAY, found)

    if p.state.overlay is None:
        p.tell("on_record.looking", *p.screen().say, kind="progress")
    p.in_background(lambda: told_on_record(p.hall, wanted, shown.name, claim), show, lambda away: show(None))


def _show(p: Presenter, office: Office, found: Mapping[str, Known]) -> None:
    if p.state.overlay or p.state.location != "visit":
        p.visit.records.found |= found
    elif p.visit.find(found):
        p.state.remark = None
        p.load_entry()
        p.read_screen("progress")
        p.show()
    else:
        p.mention("on_record.told" if found else f"on_record.{_why_not(office)}")


def _why_not(office: Office) -> str:
    if office is Office.OF_ANOTHER:
        return "of_another"
    return "nothing" if office in (Office.TOLD, Office.NOTHING) else "away"
