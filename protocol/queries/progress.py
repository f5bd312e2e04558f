"""How far one's forms have got: by the number of a receipt, or, for whom an ID card has shown, by its number."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from protocol.after_sending import RulingKind
from protocol.levels import By, Level
from protocol.queries import QueryInputs
from protocol.wire import PlainText, ProgressStatus, WireAnswer, Words


class Inputs(QueryInputs):
    """Either `receipt_number`, perhaps with the last four digits of the phone that was given then, or `resident_id`
    (18 characters) of the card that was shown.
    """

    receipt_number: Annotated[PlainText, Field(min_length=1)] | None = None
    phone_last4: Annotated[str | None, Field(pattern=r"^\d{4}$", repr=False)] = None
    resident_id: Annotated[str | None, Field(pattern=r"^\d{17}[\dXx]$", repr=False)] = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.receipt_number is None) == (self.resident_id is None) or (self.resident_id and self.phone_last4):
            raise ValueError("give a receipt_number, with or without phone_last4, or else a resident_id alone")
        return self

    @property
    def needs(self) -> Level:
        return Level.SHOWN if self.resident_id else Level.TYPED

    @property
    def shown_by(self) -> frozenset[By]:
        return frozenset({By.CARD, By.STAFF}) if self.resident_id else frozenset(By)


class Paper(WireAnswer):
    """A paper that the form lacks; `brought`: the person has said that it is here, and staff have not looked yet."""

    field: str
    label: Words
    brought: bool = False


class Together(WireAnswer):
    """Another form that the same person handed in at the same time."""

    receipt_number: str
    title: Words


class Remedy(WireAnswer):
    """What its person can do who does not agree. Until that day it is surely in time; None: at any time."""

    words: Words
    until: date | None = None
    law: str = ""


class ToldRuling(WireAnswer):
    """How a person has decided on a form, on which day: why (`own_words` are what they wrote themselves, "" for none),
    by which rule, what can be done against it. `by` is a surname."""

    kind: RulingKind
    reason: Words
    own_words: str = ""
    basis: Words | None = None
    remedies: tuple[Remedy, ...] = ()
    by: str
    day: date


class Line(WireAnswer):
    """Where one form stands. `words` says it as the hall wants it said, `next` who does what now; an older hall does
    not say that.

    At level 1 nothing else is told. At level 2 `service_id` says what it was and `note` is the staff's own; `title` is
    what the service was called when the form was filled in. By `submission` the form is corrected or taken back, while
    it `may_change`; `papers` are those that it lacks, `together` was handed in with it, as a newer hall says. `ruling`
    is how it was decided; at level 1 the status alone says that it is.

    A `work_order` is what somebody could not get done: `note` is then the answer, `changed` what was done because of
    it, and both are told with `title`, what it was about, to whoever may read the answer.
    """

    receipt_number: str
    service_id: str = ""
    status: ProgressStatus
    words: Words
    next: Words | None = None
    updated_at: AwareDatetime | None = None
    note: str = ""
    title: Words | None = None
    submission: UUID | None = None
    may_change: bool = False
    papers: tuple[Paper, ...] = ()
    together: tuple[Together, ...] = ()
    work_order: bool = False
    changed: Words | None = None
    ruling: ToldRuling | None = None


class Answer(WireAnswer):
    """The newest first; none when the hall knows no such form, or its phone ends otherwise."""

    lines: list[Line]
