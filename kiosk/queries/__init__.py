"""What a visitor may ask the hall: one module a query, named as in protocol.queries, with its `QUERY`.

A service says which by `query: <name>`. The module lies beside protocol/queries/<name>.py (what is said over the wire)
and backend/queries/<name>.py (the hall's answer); nothing else has to be touched for a new one.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, TypeVar

from pydantic import BaseModel

from forms import Catalogue
from kiosk.hall.service import HallService
from kiosk.state.query_answer import QueryAnswer
from kiosk.texts.strings import Texts

NAMES = frozenset(module.name for module in iter_modules(__path__))
Inputs = TypeVar("Inputs", bound=BaseModel)


class Query(Protocol):
    """`examples` are answers of the hall (Answer of protocol.queries) by name, for the walk through every screen."""

    @property
    def examples(self) -> Mapping[str, BaseModel]: ...

    def ask(self, hall: HallService, answers: Mapping[str, str], catalogue: Catalogue, texts: Texts) -> QueryAnswer:
        """What the hall says to `answers`, the visitor's by field. Called off the GUI thread. HallAway."""


def query_named(name: str) -> Query:
    query: Query = import_module(f"kiosk.queries.{name}").QUERY
    return query


def inputs_of(answers: Mapping[str, str], model: type[Inputs]) -> Inputs:
    """The answers that the query takes; that they suffice was checked when the service was read."""
    return model.model_validate({name: answers[name] for name in model.model_fields if name in answers})
