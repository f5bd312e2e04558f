"""How far one's forms have got: by the number of a receipt, or by ID number and the end of the phone number."""

from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from protocol.wire import PlainText, ProgressStatus, WireAnswer, WireRequest, Words


class Inputs(WireRequest):
    """Either `receipt_number`, or `resident_id` (18 characters) with the last four digits of the phone."""

    receipt_number: Annotated[PlainText, Field(min_length=1)] | None = None
    resident_id: Annotated[str | None, Field(pattern=r"^\d{17}[\dXx]$", repr=False)] = None
    phone_last4: Annotated[str | None, Field(pattern=r"^\d{4}$", repr=False)] = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = (self.receipt_number is not None, self.resident_id is not None, self.phone_last4 is not None)
        if given not in ((True, False, False), (False, True, True)):
            raise ValueError("give a receipt_number alone, or resident_id and phone_last4 together")
        return self


class Line(WireAnswer):
    """Where one form stands. `words` says the status as the hall wants it said; `note` is the staff's own.

    `title` is what the service was called when the form was filled in; an older hall does not say.
    """

    receipt_number: str
    service_id: str
    status: ProgressStatus
    words: Words
    updated_at: AwareDatetime
    note: str = ""
    title: Words | None = None


class Answer(WireAnswer):
    """The newest first; none when the hall knows no such form."""

    lines: list[Line]
