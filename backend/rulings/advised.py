"""What the rules advise of a form now, and whether a decision follows that. Advice it is: a person decides."""

from sqlalchemy.orm import Session

from backend.after_sending.papers import papers_of
from backend.decisions.advice import Advice, advice
from backend.hall.hall import Hall
from backend.submissions.opening import UnopenedError, open_form, sealed_as
from backend.submissions.tables import Submission
from forms.precheck import PrecheckVerdict
from protocol.after_sending import RulingKind


def advised(hall: Hall, session: Session, form: Submission) -> Advice | None:
    """A paper that staff have looked at is missing no more. None for a form that cannot be read."""
    try:
        opened = open_form(hall, sealed_as(hall, form))
    except UnopenedError:
        return None
    seen = {one.field for one in papers_of(session, form, opened) if one.seen_by}
    return advice(opened.rules, opened.report, seen)


def follows(kind: RulingKind, advice: Advice | None) -> bool | None:
    """Whether this is what the rules advise; None where they advise nothing but to look."""
    if advice is None:
        return None
    match advice.verdict:
        case PrecheckVerdict.CAN_SUBMIT:
            return kind is RulingKind.ACCEPTED
        case PrecheckVerdict.MISSING_MATERIAL:
            return kind is RulingKind.MORE
        case PrecheckVerdict.ASK_A_PERSON:
            doubtful = any(one.holds is False for one in advice.said)
            return kind is not RulingKind.ACCEPTED if doubtful else None
