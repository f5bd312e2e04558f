"""A staff member reads a form: private answers are masked, each look and each uncovering leaves an audit row."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from backend.accounts.permissions import Staff
from backend.audit.tables import Audit
from backend.foundation.errors import UnknownError
from backend.hall.hall import Hall
from backend.submissions.opening import Opened, UnopenedError, open_form
from backend.submissions.tables import Submission
from forms import Field, mask
from forms.repeats import MemberField, opens_another
from protocol.wire import Words


class Answer(BaseModel):
    """`member` says whom it is about where that is one of several people, `is_masked` that `reveal` would show more."""

    field: str
    label: Words
    member: Words | None
    value: Words
    is_masked: bool


class Form(BaseModel):
    """An opened form, and in plain words what a person should look at."""

    answers: list[Answer]
    problems: list[Words]


def open_masked(hall: Hall, submission_id: UUID, staff: Staff) -> Form:
    """UnknownError when there is no such submission, UnopenedError when it cannot be opened."""
    opened = open_form(hall, _audited(hall, submission_id, staff.name, "open", ""))
    given = (field for field in opened.service.possible_fields if field.id in opened.form.answers)
    answers = [_answer(hall, opened, field) for field in given if not opens_another(field)]
    problems = [Words(zh=p.message.zh, en=p.message.en) for p in (*opened.report.errors, *opened.report.warnings)]
    return Form(answers=answers, problems=problems)


def reveal(hall: Hall, submission_id: UUID, field_id: str, staff: Staff) -> Words:
    """One answer in full; UnknownError when the form has no such answer."""
    opened = open_form(hall, _audited(hall, submission_id, staff.name, "reveal", field_id))
    if field_id not in opened.form.answers or not opened.service.asks(field_id):
        raise UnknownError
    field = opened.service.field(field_id)
    return _written(hall, opened, field, _value(opened, field))


def export(hall: Hall) -> Iterator[dict[str, Any]]:
    """Every submission with its answers in full, oldest first; one that cannot be opened says why in `error`."""
    with hall.database.read() as session:
        ids = session.scalars(select(Submission.id).order_by(Submission.received_at)).all()
    for submission_id in ids:
        row = _audited(hall, submission_id, "hall export", "export", "")
        plain = {
            "submission": str(row.id),
            "receipt_number": row.receipt_number,
            "service_id": row.service_id,
            "service_version": row.service_version,
            "kiosk": row.kiosk,
            "filled_at": None if row.clock_wrong else row.filled_at.isoformat(),
            "received_at": row.received_at.isoformat(),
            "status": row.status.value,
        }
        try:
            yield plain | {"answers": open_form(hall, row).form.answers}
        except UnopenedError as error:
            yield plain | {"error": str(error)}


def _audited(hall: Hall, submission_id: UUID, staff: str, action: str, detail: str) -> Submission:
    """The submission, once the look at it is written down."""
    with hall.database.write() as session:
        row = session.get(Submission, submission_id)
        if row is None:
            raise UnknownError
        session.add(Audit(at=hall.clock(), staff=staff, action=action, subject=str(row.id), detail=detail))
    return row


def _answer(hall: Hall, opened: Opened, field: Field) -> Answer:
    value = _value(opened, field)
    shown = mask(field, value)
    return Answer(
        field=field.id,
        label=Words(zh=field.label.zh, en=field.label.en),
        member=_member(hall, field),
        value=_written(hall, opened, field, value) if shown == value else Words(zh=shown, en=shown),
        is_masked=shown != value,
    )


def _member(hall: Hall, field: Field) -> Words | None:
    if not isinstance(field, MemberField) or not field.place:
        return None
    label, words = field.repeat.label, hall.page_words["member"]
    return Words(
        zh=words.zh.format(place=field.place, label=label.zh), en=words.en.format(place=field.place, label=label.en)
    )


def _value(opened: Opened, field: Field) -> str:
    raw = opened.form.answers[field.id]
    return opened.report.normalised.get(field.id) or (raw if isinstance(raw, str) else json.dumps(raw))


def _written(hall: Hall, opened: Opened, field: Field, value: str) -> Words:
    """A choice by its label, several by theirs, anything else as it is."""
    if chosen := hall.catalogue.chosen(field, value, opened.report.normalised):
        return Words(zh="、".join(one.label.zh for one in chosen), en=", ".join(one.label.en for one in chosen))
    return Words(zh=value, en=value)
