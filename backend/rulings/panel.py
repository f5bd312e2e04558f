"""Beside a form, for who decides on it: what the rules advise, what can be chosen, what was decided before."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import BaseModel

from backend.accounts.permissions import Permission
from backend.accounts.sessions import SignedIn
from backend.after_sending.family import corrections, waits_to_be_taken
from backend.after_sending.follow_ups import is_open
from backend.decisions.rulings import Past, past, waiting, words_of_basis
from backend.foundation.words import words_of
from backend.hall.hall import Hall
from backend.rulings.advised import advised, follows
from backend.submissions.stored import stored
from backend.submissions.tables import Submission
from forms.hall.decisions import Basis, Choice, of_service
from protocol.after_sending import RulingKind
from protocol.wire import Words


class AdviceLine(BaseModel):
    """A rule that does not hold, or of which that is not known, and the question that it is about."""

    label: Words
    words: Words
    rule: str
    version: int
    source: str
    holds: bool | None


class Option(BaseModel):
    id: str
    words: Words


class Ways(BaseModel):
    """What can be chosen for one way to decide; `against`: it is not what the rules advise, and wants a why."""

    reasons: list[Option]
    against: bool


class Panel(BaseModel):
    """`version` goes back with the decision, which is refused when the form has changed since. `untaken`: it is a
    correction that somebody has to look at first. `verdict` is what the rules advise in words, None where the form
    cannot be read. `lacks`: no no can be said for want of these in the county's file. `waits`: a no has been proposed,
    and a second person has to agree: who `may_review` may hand it back, and `may_agree` unless they have proposed it
    themselves. `newer`: corrections that nobody has taken yet, by their receipt numbers.
    """

    version: int
    can_decide: bool
    untaken: bool
    verdict: Words | None
    advice: list[AdviceLine]
    ways: dict[RulingKind, Ways]
    bases: list[Option]
    remedies: list[Option]
    lacks: list[str]
    by_two: bool
    waits: bool
    may_review: bool
    may_agree: bool
    newer: list[str]
    rulings: list[Past]


def panel(hall: Hall, submission: UUID, staff: SignedIn) -> Panel:
    """Nothing private is in it. UnknownError, WithdrawnError."""
    with hall.database.read() as session:
        form = stored(session, submission)
        advice, choices = advised(hall, session, form), hall.decisions
        proposed, may_review = waiting(session, form.id), staff.may(Permission.REVIEW_DECISIONS)
        untaken = is_open(form) and waits_to_be_taken(session, form)
        return Panel(
            version=form.version,
            can_decide=is_open(form) and not untaken,
            untaken=untaken,
            verdict=hall.page_words[f"verdict_{advice.verdict}"] if advice else None,
            advice=[
                AdviceLine(
                    label=_label(hall, form, one.field),
                    words=one.words,
                    rule=one.rule,
                    version=one.version,
                    source=one.source,
                    holds=one.holds,
                )
                for one in (advice.against if advice else ())
            ],
            ways={
                kind: Ways(
                    reasons=_options(choices.reasons_for(kind), form.service_id),
                    against=follows(kind, advice) is False,
                )
                for kind in RulingKind
            },
            bases=_options(choices.bases, form.service_id),
            remedies=_options(choices.remedies, form.service_id),
            lacks=choices.lacking(form.service_id),
            by_two=bool(choices.refusals_by_two),
            waits=proposed is not None,
            newer=[one.receipt_number for one in corrections(session, form) if is_open(one)],
            may_review=may_review,
            may_agree=may_review and proposed is not None and proposed.member != staff.member,
            rulings=past(session, hall, form.id),
        )


def _label(hall: Hall, form: Submission, field: str) -> Words:
    return hall.definitions.label(form.service_id, form.definition, field) if field else Words(zh="", en="")


def _options(choices: Mapping[str, Choice], service_id: str) -> list[Option]:
    return [
        Option(id=name, words=words_of_basis(one) if isinstance(one, Basis) else words_of(one))
        for name, one in of_service(choices, service_id).items()
    ]
