"""What an office has on record of whoever shows a card, for questions that they then need not answer themselves."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from protocol.queries import OfficeAnswer, OwnOfficeInputs
from protocol.wire import PlainText

Registry = Literal["residents", "disability"]
REGISTRIES: Mapping[Registry, frozenset[str]] = {
    "residents": frozenset({"address", "phone"}),
    "disability": frozenset({"certificate"}),
}
"""What each tells. A question says `on_record: residents.phone`."""
VALUES = frozenset(f"{registry}.{value}" for registry, values in REGISTRIES.items() for value in values)


class Inputs(OwnOfficeInputs):
    """Nothing but the `wanted` values is told, and nothing of a record that has another name than the card."""

    registry: Registry
    full_name: Annotated[PlainText, Field(min_length=1, max_length=100, repr=False)]
    wanted: Annotated[frozenset[str], Field(min_length=1)]

    @model_validator(mode="after")
    def _it_tells_that(self) -> Self:
        if beyond := self.wanted - REGISTRIES[self.registry]:
            raise ValueError(f"the registry {self.registry} does not tell {', '.join(sorted(beyond))}")
        return self


class Answer(OfficeAnswer):
    """The wanted `values` that are on record, as the office has written them down, and as of which day."""

    values: dict[str, Annotated[str, Field(min_length=1, max_length=200)]] = Field(default_factory=dict, repr=False)
    as_of: date | None = None
