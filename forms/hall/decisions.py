"""What staff choose from when they decide on a form, and what its person then reads: hall/decisions.yaml."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, TypeVar

from pydantic import Field, StringConstraints, model_validator

from forms.reading.mistake import FlawError
from forms.texts import Identifier, NonEmpty, Strict
from protocol.after_sending import RulingKind

Sentence = Annotated[NonEmpty, StringConstraints(max_length=200)]


class Choice(Strict):
    """A sentence that staff may choose. Its person reads it as it stands."""

    zh: Sentence
    """The sentence in Chinese, such as an old person understands it when it is read aloud."""
    en: Sentence
    """The same in English."""
    services: tuple[str, ...] = ()
    """The services for which it may be chosen, by their ids; without it, all."""

    def is_for(self, service_id: str) -> bool:
        return not self.services or service_id in self.services


class Reason(Choice):
    """Why it was decided so."""

    kinds: Annotated[tuple[RulingKind, ...], Field(min_length=1)]
    """With which decisions it goes: `accepted`, `more`, `refused`."""


class Basis(Choice):
    """The rule by which it was decided; the sentence says in plain words what it says."""

    law: Sentence
    """The name of the law, with its year."""
    article: NonEmpty
    """Its article, such as 第三十三条第二款."""


class Remedy(Choice):
    """What somebody can do who does not agree: whom to ask, and until when. It stands on the page of a receipt too, so
    the sentence names no errand."""

    days: Annotated[int, Field(ge=1, le=3650)] | None = None
    """Within how many days after being told; neither `days` nor `months` where there is no such limit."""
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    """Within how many months."""
    law: Sentence
    """The law that gives it, with its year."""
    article: NonEmpty
    """Its article."""

    @model_validator(mode="after")
    def _one_limit(self) -> "Remedy":
        if self.days and self.months:
            raise FlawError("a remedy has days or months, not both", "months", word="months")
        return self

    def until(self, told: date) -> date | None:
        """The last day on which it is surely in time for who was told on that day, or later."""
        if self.days:
            return told + timedelta(days=self.days)
        if not self.months:
            return None
        year, month = divmod(told.month - 1 + self.months, 12)
        year, month = told.year + year, month + 1
        return date(year, month, min(told.day, monthrange(year, month)[1]))


C = TypeVar("C", bound=Choice)


class Decisions(Strict):
    """All choices by their names; what a county writes under a name takes the place of the shipped one."""

    refusals_by_two: bool | None = None
    """`true`: who says no to a form proposes it, and a lead who is somebody else has to agree before it counts."""
    reasons: dict[Identifier, Reason] = Field({})
    """Why it was decided so."""
    bases: dict[Identifier, Basis] = Field({})
    """By which rule."""
    remedies: dict[Identifier, Remedy] = Field({})
    """What can be done against a no."""

    def over(self, shipped: "Decisions") -> "Decisions":
        """These laid over the shipped ones."""
        two = shipped.refusals_by_two if self.refusals_by_two is None else self.refusals_by_two
        return Decisions(
            refusals_by_two=two,
            reasons={**shipped.reasons, **self.reasons},
            bases={**shipped.bases, **self.bases},
            remedies={**shipped.remedies, **self.remedies},
        )

    def reasons_for(self, kind: RulingKind) -> dict[str, Reason]:
        """Those that go with this way to decide."""
        return {name: one for name, one in self.reasons.items() if kind in one.kinds}

    def lacking(self, service_id: str) -> list[str]:
        """Which of the three parts a form of this service cannot be refused with, for want of choices."""
        parts: Mapping[str, Mapping[str, Choice]] = {
            "reasons": self.reasons_for(RulingKind.REFUSED),
            "bases": self.bases,
            "remedies": self.remedies,
        }
        return [part for part, choices in parts.items() if not of_service(choices, service_id)]


def of_service(choices: Mapping[str, C], service_id: str) -> dict[str, C]:
    """Those that may be chosen for a form of this service, in the order of the file."""
    return {name: one for name, one in choices.items() if one.is_for(service_id)}
