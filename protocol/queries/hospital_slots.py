"""How many numbers a department of a hospital has left on the next half days."""

from typing import Annotated

from pydantic import Field

from protocol.levels import Level
from protocol.queries import OfferAnswer, QueryInputs

_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Inputs(QueryInputs):
    """Both as the county's service names them."""

    hospital: _Id
    department: _Id

    @property
    def needs(self) -> Level:
        return Level.NOBODY


class Answer(OfferAnswer):
    """`left` is by half day: 2026-11-30-morning."""
