"""A form after it was sent: its own page, to correct it, take it back, say that a paper is here."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

from forms import Catalogue, Service, Text
from forms.definition import Definition, DefinitionError
from forms.fields.material import to_bring
from kiosk.entry.field_input import input_of
from kiosk.hall.service import CannotKeep
from kiosk.screens.sent import own_form as screens
from kiosk.screens.sent.order import answer_paper
from kiosk.session.assisting import helping
from kiosk.session.common.presenter import Presenter
from kiosk.state.query_answer import LackingPaper, OwnForm, QueryAnswer
from kiosk.state.visit import Visit
from protocol.after_sending import FollowUpKind, OwnFormAnswer
from protocol.levels import REACHES, By, Claim

SENT = "sent"  # the form of which the receipt is shown; of several the first, the others by their numbers


def open_page(p: Presenter, which: str) -> None:
    """The page of the form that was sent just now, or of one that the hall told of."""
    found = p.state.found
    forms = found.forms if isinstance(found, QueryAnswer) else ()
    number = p.state.receipt_number if which == SENT else which
    just_sent = number in p.state.receipt_numbers
    own = _just_sent(p, number) if just_sent else next((one for one in forms if str(one.submission) == which), None)
    if own is None:
        p.open_trouble("store_failed")
        return
    shown = p.state.shown
    seen_at = shown.at if shown and shown.by is own.by else own.seen_at
    p.state.own_form, p.state.location = replace(own, seen_at=seen_at), "own-form"
    p.note_hall_news()


def _just_sent(p: Presenter, number: str) -> OwnForm | None:
    """None when the store does not say under which id the hall gets it."""
    visit, submission = _sent(p, number), p.hall.submission(number)
    if submission is None:
        return None
    papers = tuple(LackingPaper(one.id, one.label) for one in to_bring(visit.fields(), visit.answers))
    about = (number, visit.service.id, visit.service.title, By.SENDER)
    return OwnForm(submission, *about, papers=papers, seen_at=p.state.sent_at)


def _sent(p: Presenter, number: str) -> Visit:
    return dict(zip(p.state.receipt_numbers, p.state.forms, strict=True))[number]


def take_back(p: Presenter) -> None:
    """The first press asks whether it is meant, the second does it: the visitor's own, as with sending."""
    own, claim = _own(p), _claim(p)
    if p.state.assisted:
        helping.end(p, "sending", stays=True)
    if claim is None:
        p.tell("own.look_again")
    elif p.confirmed("take_back", "own.sure"):
        kept = _follow_up(p, own, FollowUpKind.TAKE_BACK, None, claim)
        if kept and own.by is By.SENDER:
            visit = _sent(p, own.number)
            p.state.sent.drop(visit, visit.report().normalised)


def leave_taken_back(p: Presenter) -> bool:
    """Take the form out of those of its life event; False when no other receipt is left to go back to."""
    own, state = _own(p), p.state
    if not state.bundle or own.number not in state.receipt_numbers or len(state.receipt_numbers) == 1:
        return False
    if state.hall.taken_back in ("saved", "taken"):
        state.bundle.take(own.service_id)
        state.receipt_numbers = tuple(one for one in state.receipt_numbers if one != own.number)
        p.note_hall_news()
    return True


def print_result(p: Presenter) -> None:
    """How it was decided, or what was answered to a work order, to take home and show to somebody."""
    own, found = p.state.own_form, p.state.found
    if own:
        p.print(screens.paper(p.composer(), own), "result", lambda: p.state.own_form is own)
    elif isinstance(found, QueryAnswer):
        p.print(answer_paper(p.composer(), found), "result", lambda: p.state.found is found)


def brought(p: Presenter, field: str) -> None:
    """The paper is here: staff are told, and called to look at it."""
    own, claim = _own(p), _claim(p)
    if claim is None:
        p.tell("own.look_again")
        return
    if not _follow_up(p, own, FollowUpKind.BROUGHT, field, claim):
        return
    papers = tuple(replace(one, brought=one.brought or one.field == field) for one in own.papers)
    p.state.own_form = replace(own, papers=papers)
    label = next(one.label for one in papers if one.field == field)
    p.hall.call("own-form", own.service_id, p.texts("own.matter", "zh", paper=label.zh))
    p.note_hall_news()
    p.tell("own.brought_told", kind="news")


def amend(p: Presenter) -> None:
    """The form opens at its check screen, filled in as it was; what is sent from there is a form of its own."""
    own, claim = _own(p), _claim(p)
    if claim is None:
        p.tell("own.look_again")
        return
    if own.by is By.SENDER:
        before = _sent(p, own.number)
        _begin(p, own, before.catalogue, before.service, before.definition, before.answers)
        return

    def opened(told: OwnFormAnswer) -> None:
        if p.state.own_form is not own:
            return
        try:
            definition = Definition.checked(told.document, told.definition)
            catalogue, service = definition.catalogue(p.catalogue), definition.service
        except DefinitionError:
            p.tell("own.not_here")
        else:
            answers = {name: value for name, value in told.answers.items() if isinstance(value, str)}
            _begin(p, own, catalogue, service, definition, answers)
            p.read_screen("progress")
        p.show()

    def away(_: object) -> None:
        if p.state.own_form is own:
            p.tell("own.not_now")
            p.show()

    p.in_background(lambda: p.hall.own_answers(own.submission, own.proof, claim), opened, away)


def _begin(
    p: Presenter,
    own: OwnForm,
    catalogue: Catalogue,
    service: Service,
    definition: Definition,
    answers: Mapping[str, str],
) -> None:
    """What somebody agreed to or signed is asked again."""
    visit = Visit(catalogue, service, p.today, definition)
    visit.amends, visit.beside = (own.submission, own.number), _beside(p, own)
    again = {one.id for one in service.possible_fields if input_of(one).agreement or one.type == "signature"}
    kept = {name: value for name, value in answers.items() if name not in again}
    done = {*kept, *(one.id for one in service.possible_fields if not one.required)} - again
    state = p.state
    state.bundle, state.visit, state.location, state.own_form = None, visit, "visit", None
    state.receipt_numbers, state.receipt_page, state.printing = (), "", ""
    visit.take_up("check", "", kept, dict(kept), done, False, visit.number)
    p.load_entry()


def _beside(p: Presenter, own: OwnForm) -> tuple[tuple[Text, str], ...]:
    """The other forms of its life event, of which the visitor wants the numbers still."""
    if own.by is not By.SENDER:
        return ()
    if not p.state.bundle:
        return _sent(p, own.number).beside
    sent = zip(p.state.receipt_numbers, p.state.forms, strict=True)
    return tuple((one.service.title, number) for number, one in sent if number != own.number)


def _follow_up(p: Presenter, own: OwnForm, kind: FollowUpKind, field: str | None, claim: Claim) -> bool:
    """Whether it is kept now."""
    name = own.take_back if kind is FollowUpKind.TAKE_BACK else uuid4()
    try:
        p.hall.follow_up(name, own.submission, kind, field, claim)
    except CannotKeep as error:
        p.open_trouble(error.reason)
        return False
    p.note_hall_news()
    return True


def _own(p: Presenter) -> OwnForm:
    assert p.state.own_form is not None, "these actions are offered on a form's own page only"
    return p.state.own_form


def _claim(p: Presenter) -> Claim | None:
    """How the visitor has shown that the form is theirs; None when that was long ago."""
    own = _own(p)
    ago_s = p.monotonic() - own.seen_at
    return Claim(own.by, ago_s) if ago_s < REACHES[own.by].lasts_s else None
