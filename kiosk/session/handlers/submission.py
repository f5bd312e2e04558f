"""Sending a form, and asking the hall."""

from dataclasses import replace
from functools import partial

from kiosk.hall.service import CannotKeep, NewForm
from kiosk.queries import Asked, query_named, sum_told
from kiosk.screens import bundle as together
from kiosk.screens import result, ticket
from kiosk.session.assisting import helping
from kiosk.session.common.presenter import Presenter
from kiosk.session.handlers import help
from kiosk.state import identity
from kiosk.state.query_answer import QueryAnswer
from kiosk.state.session_state import Found
from protocol.levels import REACHES, By, Claim
from protocol.queries import Office, SumAnswer
from protocol.receipts.phone_page import new_code, page_address


def send(p: Presenter) -> None:
    """All forms that were filled in together are kept, or none of them. While staff help nothing is sent."""
    if p.state.assisted:
        helping.hand_over(p)
        return
    state, forms, public, code = p.state, p.state.forms, p.hall.public_url(), new_code()
    answers = [one.report().normalised for one in forms]
    new = [
        NewForm(
            one.definition, given, one.number, code if public else "", one.amends and one.amends[0], one.came_from()
        )
        for one, given in zip(forms, answers, strict=True)
    ]
    try:
        numbers = tuple(p.hall.keep(new, state.look.lang, help.matter(forms)))
    except CannotKeep as error:
        p.open_trouble(error.reason)
        return
    state.receipt_numbers, state.sent_on, state.sent_at = numbers, p.today(), p.monotonic()
    state.receipt_page = page_address(public, state.receipt_number, code) if public else ""
    for one, given in zip(forms, answers, strict=True):
        p.learn(one)
        one.stage = "sent"
        p.hall.usage.count(one.service.id)
        state.sent.add(one, given)
    if state.needs:
        p.hall.tell_needs(state.needs)  # the form may have called staff
    p.hall.drafts.drop(state.draft_name)
    p.note_hall_news()
    c, bundle = p.composer(), state.bundle
    page = together.paper(c, bundle) if bundle else result.paper(c, p.visit)
    p.print(page, "receipt", lambda: state.receipt_numbers == numbers)


def ask(p: Presenter) -> None:
    state, visit = p.state, p.visit
    assert visit.service.query is not None, "this action is offered for a query only"
    answers = visit.report().normalised
    if (card := identity.card_itself(visit)) and (number := answers.get(card.id)) and _claim(p, number) is None:
        visit.change(card.id)  # it was read long ago, or before a restart
        p.load_entry()
        p.tell("card.again", *p.screen().say)
        return
    query = query_named(visit.service.query)
    asks = Asked(answers, p.catalogue, p.texts, partial(_claim, p), visit.request_id)
    p.learn(visit)
    visit.stage = "sent"
    p.hall.usage.count(visit.service.id)
    state.found, state.printing = "looking", ""
    state.asked += 1
    asked, asked_at = state.asked, p.monotonic()

    def show(found: Found) -> None:
        waits = state.location == "visit" and state.visit is visit and visit.stage == "sent"
        if waits and state.asked == asked:  # else somebody went on, or asked something else
            if isinstance(found, QueryAnswer):
                found = replace(found, forms=tuple(replace(one, seen_at=asked_at) for one in found.forms))
            state.found = found
            if isinstance(found, QueryAnswer) and found.number:
                p.print(ticket.paper(p.composer(), visit, found), "ticket", lambda: state.found is found)
            p.read_screen("progress")
            p.show()

    p.in_background(lambda: query.ask(p.hall, asks), show, lambda away: show(away.why))


def look_up(p: Presenter) -> None:
    """Ask the office that knows the amount of this question; what it tells is put in, to be looked at."""
    visit, field, typed = p.visit, p.visit.field, p.state.entry.text
    query = field.told_by
    assert query is not None, "this action is offered beside such a question only"
    answers = dict(visit.answers)

    def show(told: SumAnswer | None) -> None:
        if p.state.location != "visit" or p.state.visit is not visit or visit.field_id != field.id:
            return  # somebody went on
        if told and _outcome(told) == "told" and p.state.entry.text == typed:
            visit.type(str(told.owed))
            p.load_entry()
        p.mention(f"told_by.{_outcome(told)}")

    p.tell("told_by.looking", kind="progress")
    p.in_background(lambda: sum_told(p.hall, query, answers), show, lambda away: show(None))


def _outcome(told: SumAnswer | None) -> str:
    if told is None or (told.office is Office.TOLD and told.owed is None):
        return "not_told"
    if told.office is Office.TOLD:
        return "told" if told.owed and told.owed > 0 else "nothing_owed"  # below 0 they owe the visitor
    return "no_such" if told.office is Office.NOTHING else "not_told"


def _claim(p: Presenter, number: str) -> Claim | None:
    """How the visitor has shown that they may ask about this ID card's or form's number."""
    own = p.state.shown.claim(number, p.monotonic()) if p.state.shown else None
    helper, now = p.state.assisted, p.monotonic()
    if own or helper is None or helper.vouched_at is None:
        return own
    return Claim(By.STAFF, now - helper.vouched_at) if now - helper.vouched_at < REACHES[By.STAFF].lasts_s else None
