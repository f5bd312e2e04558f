"""Saving a visit for another day, and taking it up again: from a slip, or after a crash."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from forms.definition import DefinitionError
from kiosk.entry.field_input import input_of
from kiosk.hall.service import CannotKeep
from kiosk.screens import slip as slip_screens
from kiosk.session.common.presenter import Presenter
from kiosk.state.answers.known_answers import KnownAnswers
from kiosk.state.answers.on_record import Records
from kiosk.state.bundle import Bundle, FormOfBundle
from kiosk.state.draft import BundleDraft, Draft, DraftError, VisitDraft, draft_of
from kiosk.state.session_state import Remark
from kiosk.state.shown import Shown
from kiosk.state.slip import CODE, CODE_COUNT, CODE_DIGITS, SlipError, is_code
from kiosk.state.visit import Visit
from protocol.levels import By

AnyVisit = TypeVar("AnyVisit", bound=Visit)


def save(p: Presenter) -> None:
    """Lay the visit by; it stays in memory only until the visitor has taken the slip."""
    p.state.overlay = None
    try:
        draft = draft_of(p.state).model_copy(update={"known": {}})  # a slip holds its forms and nothing of others
        slip = p.state.slip = p.hall.drafts.save(draft, *(one.definition for one in p.state.drafted))
    except CannotKeep:
        p.tell("slip.cannot_keep")
        return
    p.state.location = "slip"
    p.print(slip_screens.paper(p.composer(), slip), "slip", lambda: p.state.slip is slip)


def carry_on(p: Presenter) -> None:
    p.state.slip, p.state.location = None, "visit"


def ask_for_code(p: Presenter) -> None:
    """Where the digits of a slip are put in."""
    if p.state.errand_under_way:
        p.tell("come_back.busy")
        return
    p.state.bundle, p.state.visit, p.state.location = None, None, "come-back"
    p.state.entry.begin(CODE, "", p.today())


def try_code(p: Presenter) -> None:
    """Look for the draft of the digits that were put in."""
    digits = p.state.entry.text
    if is_code(digits):
        take_up(p, lambda: p.hall.drafts.by_code(digits))
    elif len(digits) == CODE_DIGITS:
        _open_nothing(p, "come_back.check")
    else:  # no key takes more than fit
        counted = CODE_COUNT.in_words(digits, p.state.look.lang)
        _open_nothing(p, "come_back.digits", count=counted["count"], missing=counted["missing"])


def take_up(p: Presenter, find: Callable[[], Draft]) -> None:
    """Go on with what a slip keeps, at the same question."""
    if p.state.errand_under_way:
        p.tell("come_back.busy")
        return
    try:
        draft = find()
        look = replace(draft.look, headset=p.state.look.headset)  # who listens now, not who did then
        restore(p, draft.model_copy(update={"look": look}))
        if draft.forms:
            p.state.shown = Shown(By.SLIP, draft.name, p.monotonic())
    except SlipError as error:
        typed = "_typed" if error.reason == "wait" and not p.state.scanner else ""
        _open_nothing(p, f"come_back.{error.reason}{typed}")
    except DraftError:
        _open_nothing(p, "come_back.gone")
    else:
        changed = any(_is_another(one, kept) for one, kept in zip(p.state.drafted, draft.forms, strict=True))
        p.tell("come_back.changed" if changed else "come_back.here", *p.screen().say)


def restore(p: Presenter, draft: Draft) -> None:
    """Show the visitor what they saw, in their language and size. DraftError when the errand is gone.

    The form is the one that was begun, whatever the service says today. Where that one is not here any more, what
    today's form still takes is kept and the rest is asked again.
    """
    state = p.state
    if draft.known:
        state.known = KnownAnswers(draft.known)
    state.bundle = _bundle(p, draft.bundle) if draft.bundle else None
    state.visit = _visit(p, draft.visit) if draft.visit else None
    state.location, state.overlay = draft.location, draft.overlay
    if state.location in ("slip", "come-back", "own-form"):  # the key of a slip is in no draft
        state.location = "visit" if draft.forms else "home"
    elif state.location == "errand":
        state.location = "errands"
    elif state.location == "group":
        state.location = "home"
    state.look = replace(draft.look, headset=draft.look.headset and state.headset == "plugged in")
    forms = state.forms
    if forms and p.hall.is_kept(forms[0].number):
        for one in forms:
            one.stage = "sent"
        state.receipt_numbers = tuple(one.number for one in forms)
        state.sent_on, state.sent_at = p.today(), p.monotonic()
    p.load_entry()
    p.note_hall_news()
    p.read_screen()
    p.show()


def _bundle(p: Presenter, draft: BundleDraft) -> Bundle:
    """The forms of a life event; each learns from those before it, so they are taken up in order."""
    event = p.catalogue.events.get(draft.event.id, draft.event)
    visits = [_begun(p, one, FormOfBundle) for one in draft.visits]
    bundle = Bundle(event, visits, lambda: p.state.known)
    bundle.left_out.update(draft.left_out)
    bundle.at = draft.at
    for visit, kept in zip(visits, draft.visits, strict=True):
        visit.origins, visit.reused = dict(kept.origins), set(kept.origins)
        _take_up(visit, kept)
    return bundle


def _visit(p: Presenter, draft: VisitDraft) -> Visit:
    visit = _begun(p, draft, Visit)
    visit.amends = draft.amends
    _take_up(visit, draft)
    return visit


def _take_up(visit: Visit, draft: VisitDraft) -> None:
    done = set(draft.done)
    if _is_another(visit, draft):  # who agreed to another form is asked again
        service = visit.service
        done -= {one for one in done if service.asks(one) and input_of(service.field(one)).agreement}
    visit.records = Records(found=dict(draft.records), shown=set(draft.records))
    visit.take_up(
        draft.stage, draft.field, draft.answers, draft.typed, done, draft.changing, draft.number, draft.sources
    )


def _begun(p: Presenter, draft: VisitDraft, make: type[AnyVisit]) -> AnyVisit:
    """A visit to the form that was begun, else to that of today."""
    service = p.catalogue.services.get(draft.service)
    today = make(p.catalogue, service, p.today, known=p.state.known) if service else None
    if today and not _is_another(today, draft):
        return today
    if draft.definition and (definition := p.hall.definition(draft.definition)):
        try:
            catalogue = definition.catalogue(p.catalogue)
            return make(catalogue, definition.service, p.today, definition, p.state.known)
        except DefinitionError as error:
            raise DraftError(str(error)) from error
    if today is None:
        raise DraftError("This errand is not done here any more: please ask a staff member.")
    return today


def _is_another(visit: Visit, draft: VisitDraft) -> bool:
    """Whether the visit is to another form than the draft; an older draft knows its version alone."""
    if draft.definition:
        return visit.definition.hash != draft.definition
    return visit.service.version != draft.version


def _open_nothing(p: Presenter, key: str, **values: str) -> None:
    """Say why there is no draft to go on with; on the screen for the digits it is shown as their error."""
    if p.state.location == "come-back":
        p.state.code_error = Remark(key, values)
        p.speak((p.screen().error,), "error")
    else:
        p.tell(key)
