"""What becomes of a form that was sent: how staff may decide on it, and what its person wants done with it.

A correction is a form of its own, which `amends` it.
"""

from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, model_validator

from protocol.wire import Identifier, Moment, Sha256Hex, WireAnswer, WireRequest


class RulingKind(StrEnum):
    """How a person has decided on a form. No program says any of these: what one may say is an IntakeStatus."""

    ACCEPTED = "accepted"
    MORE = "more"  # something is asked for first
    REFUSED = "refused"


class FollowUpKind(StrEnum):
    TAKE_BACK = "take_back"  # the form is wanted no more
    BROUGHT = "brought"  # a paper that was missing is here, for staff to look at
    SEEN = "seen"  # staff have looked at it; only they say so
    CORRECTED = "corrected"  # staff have filled it in for the person, as a correction of another form


class Outcome(StrEnum):
    TAKEN = "taken"
    TOO_LATE = "too_late"  # it was decided, or another form counts in its place: a person has to be asked


class FollowUp(WireRequest):
    """`field` names the paper. `visitor` is the header (protocol.levels) that a request signed at `made_at` would have
    had: it may wait for days, and what the visitor had shown then counts."""

    kind: FollowUpKind
    field: Identifier | None = None
    made_at: Moment
    visitor: Annotated[str, Field(max_length=100)]


class FollowUpAnswer(WireAnswer):
    """The same one always gets the same answer."""

    follow_up: UUID
    outcome: Outcome


class OwnFormRequest(WireRequest):
    """The answers of a form, to correct it, for whom its ID card or the end of its phone number has shown.

    One of the two, as the visitor has shown; neither where a slip or staff have.
    """

    resident_id: Annotated[str | None, Field(pattern=r"^\d{17}[\dXx]$", repr=False)] = None
    phone_last4: Annotated[str | None, Field(pattern=r"^\d{4}$", repr=False)] = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.resident_id and self.phone_last4:
            raise ValueError("give a resident_id or phone_last4, not both")
        return self


class OwnFormAnswer(WireAnswer):
    """`definition` is the hash of `document`, what it was filled in by. Of whom the phone has shown the `answers` that
    are sensitive (tier L4) are left out: they are asked again."""

    receipt_number: str
    service_id: str
    definition: Sha256Hex
    document: str
    answers: dict[str, Any]
