"""Taking a form back, and papers that are brought: asked for by a kiosk or by staff, done once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.accounts.permissions import Staff
from backend.after_sending.family import corrections
from backend.after_sending.papers import papers
from backend.after_sending.tables import FollowUp as Row
from backend.audit.log import note
from backend.events.feed import announce
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.kiosks.levels import LevelTooLowError
from backend.kiosks.signed import SignedKiosk
from backend.submissions.stored import NoLongerCountsError, stored
from backend.submissions.tables import Submission
from protocol.after_sending import FollowUp, FollowUpAnswer, FollowUpKind, Outcome
from protocol.levels import By, Level, granted
from protocol.wire import ProgressStatus

_OF_KIOSKS = (FollowUpKind.TAKE_BACK, FollowUpKind.BROUGHT)


class OtherFollowUpError(RequestError):
    status = 409

    def __init__(self) -> None:
        super().__init__("This id already belongs to another request: use a new one.")


class StaffAloneError(RequestError):
    status = 422

    def __init__(self) -> None:
        super().__init__("A kiosk may take a form back or say which paper was brought; that it was seen staff say.")


@dataclass(frozen=True)
class _Wanted:
    kind: FollowUpKind
    field: str
    who: str
    reason: str
    made_at: datetime


def put(hall: Hall, submission: UUID, name: UUID, body: FollowUp, kiosk: SignedKiosk) -> FollowUpAnswer:
    """Do what a person has asked at a kiosk. UnknownError for a form that has not come (yet); LevelTooLowError where
    the person had not shown whose form it is; OtherFollowUpError."""
    with hall.database.write() as session:
        if not kiosk.spend(session):
            raise kiosk.refusal(hall.database)
        if body.kind not in _OF_KIOSKS or (body.field is None) != (body.kind is FollowUpKind.TAKE_BACK):
            raise StaffAloneError
        form = session.get(Submission, submission, with_for_update=True)  # first: of two that bring the same one waits
        known = session.get(Row, name)
        if known:
            if (known.submission, known.kind, known.field) != (submission, body.kind, body.field or ""):
                raise OtherFollowUpError
            return FollowUpAnswer(follow_up=name, outcome=known.outcome)
        if form is None:
            raise UnknownError
        _must_have_shown(body, form, kiosk)
        wanted = _Wanted(body.kind, body.field or "", kiosk.name, "", body.made_at)
        outcome = _do(session, hall, name, form, wanted)
    hall.feed.wake()
    return FollowUpAnswer(follow_up=name, outcome=outcome)


def take_back(hall: Hall, submission: UUID, reason: str, staff: Staff) -> None:
    """For a person who stands there. NoLongerCountsError, UnknownError, WithdrawnError."""
    _by_staff(hall, submission, FollowUpKind.TAKE_BACK, "", reason, staff)


def paper_seen(hall: Hall, submission: UUID, field: str, reason: str, staff: Staff) -> None:
    """This member of staff has looked at a paper that was missing; who was first stays. UnknownError for a paper that
    the form does not lack; NoLongerCountsError, WithdrawnError."""
    with hall.database.read() as session:
        of_form = {one.field: one for one in papers(hall, session, stored(session, submission))}
    if field not in of_form:
        raise UnknownError
    if of_form[field].seen_by is None:
        _by_staff(hall, submission, FollowUpKind.SEEN, field, reason, staff)


def _by_staff(hall: Hall, submission: UUID, kind: FollowUpKind, field: str, reason: str, staff: Staff) -> None:
    with hall.database.write() as session:
        form = stored(session, submission, to_change=True)
        if not is_open(form):
            raise NoLongerCountsError
        _do(session, hall, uuid4(), form, _Wanted(kind, field, staff.name, reason, hall.clock()))
    hall.feed.wake()


def is_open(form: Submission) -> bool:
    """Whether it can be changed by its person still."""
    return form.status is not ProgressStatus.DONE and form.withdrawn_at is None


def of_form(session: Session, submission: UUID) -> list[Row]:
    """What was asked of it, in order."""
    return list(session.scalars(select(Row).where(Row.submission == submission).order_by(Row.received_at, Row.id)))


def forget_reasons(session: Session, submission: UUID) -> None:
    """What staff wrote, when the form is erased. That it was asked stays: a kiosk that asks again is told the same."""
    session.execute(update(Row).where(Row.submission == submission).values(reason=""))


def _must_have_shown(body: FollowUp, form: Submission, kiosk: SignedKiosk) -> None:
    """Whose form it is the hall judged when it told the kiosk its id; who sent it here has shown that by sending."""
    shown = granted(body.visitor, int(body.made_at.timestamp()))
    is_its_sender = shown.by is not By.SENDER or form.kiosk_id == kiosk.id
    if shown.level < Level.SHOWN or not is_its_sender:
        raise LevelTooLowError(kiosk.name, shown.level, Level.SHOWN)


def _do(session: Session, hall: Hall, name: UUID, form: Submission, wanted: _Wanted) -> Outcome:
    now = hall.clock()
    outcome = _outcome(form, wanted.kind)
    note(session, hall, wanted.who, wanted.kind.value, form.id, wanted.field or outcome.value)
    session.add(
        Row(
            id=name,
            submission=form.id,
            kind=wanted.kind,
            field=wanted.field,
            who=wanted.who,
            reason=wanted.reason,
            made_at=wanted.made_at,
            received_at=now,
            outcome=outcome,
        )
    )
    if outcome is Outcome.TAKEN:
        for one in [form, *corrections(session, form)] if wanted.kind is FollowUpKind.TAKE_BACK else []:
            if is_open(one):
                one.taken_back_at, one.status = now, ProgressStatus.DONE
                one.updated_at = now
        announce(session, "submission", form.id, now)
    return outcome


def _outcome(form: Submission, kind: FollowUpKind) -> Outcome:
    again = kind is FollowUpKind.TAKE_BACK and form.taken_back_at is not None
    return Outcome.TAKEN if again or is_open(form) else Outcome.TOO_LATE
