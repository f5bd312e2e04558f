"""A signed-in person decides on a form; a lead agrees to a no where two have to, and takes up what was decided."""

import json
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.accounts.sessions import SignedIn
from backend.after_sending.family import waits_to_be_taken
from backend.after_sending.follow_ups import is_open
from backend.audit.log import note
from backend.decisions.rulings import ReadRow, as_read, counting, end, told_of, waiting
from backend.decisions.tables import Ruling
from backend.events.feed import announce
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.rulings.advised import advised, follows
from backend.rulings.choosing import Chosen, told_with
from backend.submissions.stored import NoLongerCountsError, stored, take_change
from backend.submissions.tables import Submission
from protocol.after_sending import RulingKind
from protocol.wire import ProgressStatus, hide_numbers

_STATUS = {
    RulingKind.ACCEPTED: ProgressStatus.DONE,
    RulingKind.MORE: ProgressStatus.NEEDS_MATERIAL,
    RulingKind.REFUSED: ProgressStatus.DONE,
}


class WhyOtherwiseError(RequestError):
    """It is not as the rules advise, and nobody has said why."""

    status = 422
    code = "why_otherwise"

    def __init__(self) -> None:
        super().__init__("The rules advise otherwise: write in a sentence why you decide differently.")


class CorrectionWaitsError(RequestError):
    """A correction has to be taken in place of the form that it corrects before it is decided."""

    status = 409
    code = "correction_waits"

    def __init__(self) -> None:
        super().__init__("This is a correction that nobody has taken yet: look at both forms, take it, then decide.")


class SameDeciderError(RequestError):
    """Nobody agrees to their own no."""

    status = 403
    code = "needs_second_person"

    def __init__(self) -> None:
        super().__init__("Somebody else has to agree to this no: ask another lead.")


def preview(hall: Hall, submission: UUID, chosen: Chosen, staff: SignedIn) -> list[ReadRow]:
    """What the person would read, should it be decided so now. Nothing is kept. As `decide`."""
    with hall.database.read() as session:
        form = stored(session, submission)
        said = told_with(hall.decisions, form.service_id, chosen)
    return as_read(hall, told_of(hall, chosen.kind, said, staff.name, hall.clock()))


def decide(hall: Hall, submission: UUID, chosen: Chosen, otherwise: str, version: int, staff: SignedIn) -> None:
    """`version` is that of the form as this person saw it; `otherwise` is why not as advised.

    ChangedMeanwhileError, NoLongerCountsError, CorrectionWaitsError, WhyOtherwiseError, and all of
    `choosing.told_with`; UnknownError, WithdrawnError.
    """
    now = hall.clock()
    with hall.database.write() as session:
        form = stored(session, submission, to_change=True)
        take_change(session, form, version, staff)
        if not is_open(form):
            raise NoLongerCountsError
        if waits_to_be_taken(session, form):
            raise CorrectionWaitsError
        said = told_with(hall.decisions, form.service_id, chosen)
        advice = advised(hall, session, form)
        followed = follows(chosen.kind, advice)
        if followed is False and not otherwise:
            raise WhyOtherwiseError
        end(session, [counting(session, form.id), waiting(session, form.id)], now, staff.name)
        ruling = Ruling(
            id=uuid4(),
            submission=form.id,
            service_id=form.service_id,
            at=now,
            member=staff.member,
            who=staff.name,
            kind=chosen.kind,
            reason=chosen.reason,
            basis=chosen.basis,
            remedies=list(chosen.remedies),
            told=said.model_dump_json(),
            verdict=advice.verdict if advice else None,
            rules=json.dumps([one.kept() for one in advice.said] if advice else []),
            followed=followed,
            otherwise=hide_numbers(otherwise) if followed is False else "",
            waits=chosen.kind is RulingKind.REFUSED and bool(hall.decisions.refusals_by_two),
        )
        session.add(ruling)
        note(
            session, hall, staff.name, "proposed" if ruling.waits else f"decided_{ruling.kind}", form.id, _noted(ruling)
        )
        _move(session, form, ProgressStatus.IN_REVIEW if ruling.waits else _STATUS[chosen.kind], now)
    hall.feed.wake()


def agree(hall: Hall, submission: UUID, version: int, staff: SignedIn) -> None:
    """A second person agrees to a no as they saw it at `version`; it counts from now on. UnknownError where none waits;
    SameDeciderError, ChangedMeanwhileError."""
    now = hall.clock()
    with hall.database.write() as session:
        form, ruling = _waiting(session, submission)
        if ruling.member == staff.member:
            raise SameDeciderError
        take_change(session, form, version, staff)
        ruling.waits, ruling.second_member = False, staff.member
        ruling.second_who, ruling.second_at = staff.name, now
        note(session, hall, staff.name, "decision_agreed", form.id, _noted(ruling))
        _move(session, form, _STATUS[ruling.kind], now)
    hall.feed.wake()


def hand_back(hall: Hall, submission: UUID, why: str, staff: SignedIn) -> None:
    """A second person does not agree: the form is worked on as before. UnknownError where no no waits."""
    now = hall.clock()
    with hall.database.write() as session:
        form, ruling = _waiting(session, submission)
        take_change(session, form, form.version, staff)
        end(session, [ruling], now, staff.name, hide_numbers(why))
        note(session, hall, staff.name, "decision_handed_back", form.id, _noted(ruling))
        _move(session, form, ProgressStatus.IN_REVIEW, now)
    hall.feed.wake()


def take_up(hall: Hall, submission: UUID, why: str, staff: SignedIn) -> None:
    """What was decided is looked at again, and counts no more meanwhile. NoLongerCountsError for what is not decided,
    was taken back or replaced; UnknownError, WithdrawnError."""
    now = hall.clock()
    with hall.database.write() as session:
        form = stored(session, submission, to_change=True)
        if is_open(form) or form.taken_back_at or form.replaced_by:
            raise NoLongerCountsError
        take_change(session, form, form.version, staff)
        end(session, [counting(session, form.id)], now, staff.name, hide_numbers(why))
        note(session, hall, staff.name, "taken_up", form.id)
        _move(session, form, ProgressStatus.IN_REVIEW, now)
        form.taken_up_at = now
    hall.feed.wake()


def _waiting(session: Session, submission: UUID) -> tuple[Submission, Ruling]:
    form = stored(session, submission, to_change=True)
    ruling = waiting(session, form.id)
    if ruling is None or not is_open(form):
        raise UnknownError
    return form, ruling


def _move(session: Session, form: Submission, status: ProgressStatus, now: datetime) -> None:
    """A note for its person was of before."""
    form.status, form.updated_at, form.note, form.taken_up_at = status, now, "", None
    announce(session, "submission", form.id, now)


def _noted(ruling: Ruling) -> str:
    """By names of the county's file alone."""
    others = [ruling.reason, ruling.basis, *ruling.remedies]
    followed = {True: "as advised", False: "otherwise than advised", None: "nothing advised"}[ruling.followed]
    return f"{' '.join(one for one in others if one)}; {followed}"
