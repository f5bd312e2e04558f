"""A correction that staff fill in for the person: which answers there are, what the form's own rules say of new ones.

What somebody agreed to or signed stays as it is: only they do that anew, at the kiosk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from backend.accounts.permissions import Staff
from backend.after_sending.follow_ups import is_open
from backend.foundation.errors import RequestError
from backend.foundation.words import words_of
from backend.hall.hall import Hall
from backend.reading.limits import Tier
from backend.submissions import review
from backend.submissions.opening import Opened, open_form, sealed_as
from backend.submissions.stored import NoLongerCountsError
from backend.submissions.tables import Submission
from forms import Choice, Field, Problem, Report, relevant_fields, validate
from protocol.wire import Words

Changes = Mapping[str, str]


class NotForStaffError(RequestError):
    """A change of what the form does not ask, or of what the person alone answers."""

    status = 422
    code = "not_for_staff"

    def __init__(self) -> None:
        super().__init__("The form does not ask that, or the person alone answers it: take it out of the changes.")


class UnknownRulesError(RequestError):
    """What the form was filled in by is not here, so nobody can say what is right."""

    status = 409
    code = "rules_not_here"

    def __init__(self) -> None:
        super().__init__("What this form was filled in by is not here: the person corrects it at the kiosk.")


class Option(BaseModel):
    id: str
    words: Words


class Question(BaseModel):
    """One answer of the form, private ones masked; `value` is None where there is none yet.

    `is_fixed`: the person alone answers it. `options` are what can be chosen, one of them or `several`; `chosen` those
    that are, where they are not private. `error` has to be mended first; `warning` a person looks at.
    """

    field: str
    label: Words
    member: Words | None
    value: Words | None
    is_fixed: bool
    is_required: bool
    kind: Literal["text", "day", "choice", "several"]
    example: str
    options: list[Option]
    chosen: list[str]
    error: Words | None
    warning: Words | None


class FilledIn(BaseModel):
    """The questions that the form asks with these changes. `can_be_kept`: nothing is wrong that they made wrong."""

    questions: list[Question]
    can_be_kept: bool


@dataclass(frozen=True)
class Corrected:
    """The form with the changes; `errors` are those that the changes have made."""

    opened: Opened
    answers: dict[str, object]
    report: Report
    errors: Sequence[Problem]


def look(hall: Hall, submission: UUID, changes: Changes, staff: Staff) -> FilledIn:
    """What these changes come to; the look is counted and written down. NotForStaffError, UnknownRulesError,
    NoLongerCountsError, UnopenedError, UnknownError, WithdrawnError."""
    row = review.looked_at(hall, submission, staff, "correcting", "", Tier.L3)
    if not is_open(row):
        raise NoLongerCountsError
    found = corrected(hall, row, changes)
    return FilledIn(questions=_questions(hall, found, changes), can_be_kept=not found.errors)


def corrected(hall: Hall, row: Submission, changes: Changes) -> Corrected:
    """Judged as of today, as it is filled in today."""
    opened, today = open_form(hall, sealed_as(hall, row)), hall.today
    if not opened.rules.are_its_own:
        raise UnknownRulesError
    catalogue, service, before = opened.rules.catalogue, opened.service, opened.form.answers
    report = validate(catalogue, service, {**before, **changes}, today)
    if any(not service.asks(name) or is_fixed(service.field(name)) for name in changes):
        raise NotForStaffError
    known = {(one.field, one.code) for one in validate(catalogue, service, before, today).errors}
    errors = [one for one in report.errors if one.field in changes or (one.field, one.code) not in known]
    unasked = {name: value for name, value in before.items() if not service.asks(name)}
    return Corrected(opened, {**unasked, **report.normalised}, report, errors)


def is_fixed(field: Field) -> bool:
    return field.kind.asked_anew or field.card_itself


def _questions(hall: Hall, found: Corrected, changes: Changes) -> list[Question]:
    rules, answers = found.opened.rules, found.report.normalised
    asked = relevant_fields(rules.catalogue, rules.service, answers, hall.today)
    return [_question(hall, found, field, changes) for field in asked]


def _question(hall: Hall, found: Corrected, field: Field, changes: Changes) -> Question:
    value = found.report.normalised.get(field.id, "")
    shown = review.shown(hall, found.opened, field, value)
    options = _options(found, field, hall.today)
    several = field.type == "multiple_choice"
    return Question(
        field=field.id,
        label=shown.label,
        member=shown.member,
        value=shown.value if value and field.id not in changes else None,
        is_fixed=is_fixed(field),
        is_required=field.required,
        kind="several" if several else "choice" if options else "day" if field.type == "date" else "text",
        example=field.shown_example,
        options=[Option(id=one.id, words=words_of(one.label)) for one in options],
        chosen=[] if shown.is_masked else value.split(),
        error=_first(field, found.errors),
        warning=_first(field, found.report.warnings),
    )


def _options(found: Corrected, field: Field, today: date) -> list[Choice]:
    catalogue = found.opened.rules.catalogue
    return catalogue.choices(catalogue.bounded(field, today), found.report.normalised)


def _first(field: Field, problems: Sequence[Problem]) -> Words | None:
    """What is said of this answer."""
    said = (one.message for one in problems if one.field == field.id)
    return next((words_of(one) for one in said), None)
