"""What a kiosk may ask the hall: one module a query, with its `Inputs` and its `Answer`.

The module's name is the query's: `POST /queries/<name>` with `Inputs` gives `Answer`, and `backend/queries/<name>.py`
answers it.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from pkgutil import iter_modules
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field

from protocol.levels import By, Level
from protocol.wire import WireAnswer, WireRequest

NAMES = frozenset(module.name for module in iter_modules(__path__))
M = TypeVar("M", bound=BaseModel)


class QueryInputs(WireRequest):
    """What a query takes, and who may ask it."""

    @property
    def needs(self) -> Level:
        """The level without which nothing of this is answered."""
        raise NotImplementedError

    @property
    def shown_by(self) -> frozenset[By]:
        """The ways to that level that say enough for this: an ID card shows whose it is, a receipt does not."""
        return frozenset(By)


class Office(StrEnum):
    """What came of asking another office (docs/providers.md)."""

    TOLD = "told"
    NOTHING = "nothing"  # it has nothing on record about whom or what was asked
    AWAY = "away"  # it did not answer, or in a way that cannot be believed: it may be asked again later
    NOT_ASKED = "not_asked"  # this hall asks no other office: staff look
    OF_ANOTHER = "of_another"  # what it has under that number is about somebody of another name


class OfficeInputs(QueryInputs):
    """What another office is asked: only with the visitor's consent that this hall asks that office."""

    consent: Literal["yes"]


class OwnOfficeInputs(OfficeInputs):
    """What another office is asked about whoever stands here; `resident_id` (18 characters) of the card shown."""

    resident_id: Annotated[str, Field(pattern=r"^\d{17}[\dX]$", repr=False)]

    @property
    def needs(self) -> Level:
        return Level.SHOWN

    @property
    def shown_by(self) -> frozenset[By]:
        return frozenset({By.CARD, By.STAFF})


class OfficeAnswer(WireAnswer):
    """What another office told. A value that it did not tell is None, and never 0 or ""."""

    office: Office


class SumAnswer(OfficeAnswer):
    """One that tells how much is to be paid, in yuan: what answers a question that is `told_by` its query."""

    owed: Decimal | None = None


class OfferAnswer(OfficeAnswer):
    """How many are `left` of each choice of a question, by the choice's id. Of one that is not there nobody told."""

    left: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)


def inputs_of(answers: Mapping[str, str], inputs: type[M]) -> M:
    """What a query takes of a visitor's answers, by field; ValidationError when that does not suffice."""
    return inputs.model_validate({name: answers[name] for name in inputs.model_fields if answers.get(name)})
