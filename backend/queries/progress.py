"""How far one's forms have got. Searches that find nothing, and wrong digits, are counted: TooManyTriesError."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from backend.after_sending.follow_ups import is_open
from backend.after_sending.papers import missing
from backend.decisions.rulings import counting, told
from backend.hall.hall import Hall
from backend.kiosks.levels import Visitor
from backend.submissions.indexes import person_index, phone_of
from backend.submissions.lookup import handed_in_with, looked_for, named_by_receipt
from backend.submissions.opening import Opened, UnopenedError, open_form, sealed_as
from backend.submissions.standing import known_by_number, next_step, state_words
from backend.submissions.tables import Submission
from backend.work_orders.lines import line_of
from backend.work_orders.tables import WorkOrder
from backend.work_orders.told import of_number, opens
from forms.people.agents import sees_all
from protocol.levels import By
from protocol.queries.progress import Answer, Inputs, Line, Paper, Together, ToldRuling

MOST = 50  # forms of one person or one number; a kiosk gone mad may have made up thousands


def answer(hall: Hall, visitor: Visitor, inputs: Inputs) -> Answer:
    """All forms of the person whose card was shown, the newest first, and those that they brought for somebody. Of a
    receipt its one form: where it stands and no more, all of it to whom the last digits of its phone, its slip or staff
    have shown. Who acts for another is told what the form says that they may see.
    """
    kiosk = visitor.kiosk.id
    if (number := inputs.resident_id) is not None:
        index = person_index(hall, number)
        brought = or_(Submission.person_index == index, Submission.agent_index == index)
        own = looked_for(hall, kiosk, lambda: _forms(hall, brought))
        return Answer(
            lines=[_line(hall, one, all_of_it=one.person_index == index or _agent_sees_all(hall, one)) for one in own]
        )
    receipt = inputs.receipt_number or ""
    if (last4 := inputs.phone_last4) is not None:
        if own_lines := looked_for(hall, kiosk, lambda: _shown_by_phone(hall, kiosk, receipt, last4)):
            return Answer(lines=list(own_lines))
        found = _named(hall, kiosk, receipt)  # which was counted as a wrong search
    else:
        found = looked_for(hall, kiosk, lambda: _named(hall, kiosk, receipt))
    return Answer(lines=[_as_shown(hall, visitor, one) for one in found])


def _named(hall: Hall, kiosk: UUID, receipt: str) -> Sequence[Submission | WorkOrder]:
    """The form with this number, else the work order."""
    forms = _forms(hall, Submission.receipt_number == receipt, Submission.kiosk_id == kiosk)
    return named_by_receipt(forms, kiosk) or of_number(hall, receipt, kiosk)


def _shown_by_phone(hall: Hall, kiosk: UUID, receipt: str, last4: str) -> list[Line]:
    """Of whom knows the end of the phone: of forms all, or only where they stand; of a work order also the answer."""
    forms = _forms(hall, Submission.receipt_number == receipt, Submission.kiosk_id == kiosk)
    may_see = [(one, _may_see_all(hall, one, last4)) for one in forms]  # None: it has another phone
    orders = [] if forms else of_number(hall, receipt, kiosk)
    return [
        *(_line(hall, one, all_of_it=all_of_it) for one, all_of_it in may_see if all_of_it is not None),
        *(line_of(hall, one, all_of_it=True) for one in orders if opens(hall, one, last4)),
    ]


def _as_shown(hall: Hall, visitor: Visitor, found: Submission | WorkOrder) -> Line:
    """To whom has the number, and no end of its phone that fits."""
    by_staff = visitor.has_shown(By.STAFF)
    if isinstance(found, WorkOrder):
        return line_of(hall, found, all_of_it=by_staff or opens(hall, found, None))
    slip = visitor.has_shown(By.SLIP)
    return _line(hall, found, all_of_it=by_staff or (slip and _agent_sees_all(hall, found)))


def _may_see_all(hall: Hall, form: Submission, last4: str) -> bool | None:
    """Whether all of a form may be told to whoever knows the end of its phone; None where it has another.

    Whoever knows that of the agent's may be the agent, also where it is the applicant's too.
    """
    opened = _opened(hall, form)
    if opened is None:
        return None
    if phone_of(opened, "agent")[-4:] == last4:
        return sees_all(opened.report.normalised)
    return True if phone_of(opened)[-4:] == last4 else None


def _agent_sees_all(hall: Hall, form: Submission) -> bool:
    """Whether all of a form may be told to whoever brought it; False where it cannot be read."""
    opened = _opened(hall, form) if form.agent_index else None
    return form.agent_index is None or (opened is not None and sees_all(opened.report.normalised))


def _opened(hall: Hall, form: Submission) -> Opened | None:
    """None where it cannot be read."""
    try:
        return open_form(hall, sealed_as(hall, form))
    except UnopenedError:
        return None


def _forms(hall: Hall, wanted: ColumnElement[bool], *first: ColumnElement[bool]) -> Sequence[Submission]:
    """The newest of those that are wanted, `first` before all others."""
    with hall.database.read() as session:
        there = select(Submission).where(wanted, Submission.withdrawn_at.is_(None))
        ordered = there.order_by(*(one.desc() for one in first), Submission.arrival.desc())
        return session.scalars(ordered.limit(MOST)).all()


def _papers(hall: Hall, form: Submission) -> tuple[Paper, ...]:
    with hall.database.read() as session:
        lacking = missing(hall, session, form)
    return tuple(Paper(field=one.field, label=one.label, brought=one.brought_at is not None) for one in lacking)


def _together(hall: Hall, form: Submission) -> tuple[Together, ...]:
    """Those of the same person, brought by the same agent or by nobody else: whoever may see all of one may."""
    whose = (form.person_index, form.agent_index)
    with hall.database.read() as session:
        others = [one for one in handed_in_with(session, form) if (one.person_index, one.agent_index) == whose]
    titles = hall.definitions.title
    return tuple(
        Together(receipt_number=one.receipt_number, title=titles(one.service_id, one.definition)) for one in others
    )


def _ruling(hall: Hall, form: Submission) -> ToldRuling | None:
    """How it was decided; nothing more of what was taken back or replaced since."""
    if form.ruled is None or form.taken_back_at or form.replaced_by:
        return None
    with hall.database.read() as session:
        ruling = counting(session, form.id)
    return told(hall, ruling) if ruling else None


def _line(hall: Hall, form: Submission, *, all_of_it: bool) -> Line:
    """Where a form stands; with what it is and what staff wrote, for who may see all of it."""
    number, status = form.receipt_number, form.status
    if not all_of_it:
        known = known_by_number(form)
        words, step = hall.status_words[known], hall.next_steps[known]
        return Line(receipt_number=number, status=status, words=words, next=step)
    return Line(
        receipt_number=number,
        status=status,
        words=state_words(hall, form),
        next=next_step(hall, form),
        service_id=form.service_id,
        updated_at=form.updated_at,
        note=form.note,
        title=hall.definitions.title(form.service_id, form.definition),
        submission=form.id,
        may_change=is_open(form),
        papers=_papers(hall, form) if is_open(form) else (),
        together=_together(hall, form),
        ruling=_ruling(hall, form),
    )
