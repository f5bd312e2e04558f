"""What a visitor may ask the hall: one module a query, named as in protocol.queries, with its `QUERY`.

A service says which by `query: <name>`. The module lies beside protocol/queries/<name>.py (what is said over the wire)
and backend/queries/<name>.py (the hall's answer); nothing else has to be touched for a new one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from forms import Catalogue
from forms.discovery import discover
from kiosk.hall.service import HallService
from kiosk.state.query_answer import QueryAnswer
from kiosk.texts.strings import Texts
from protocol.levels import Claim


@dataclass(frozen=True)
class Asked:
    """What the visitor wants to know: their answers, by field.

    `claim` tells how they have shown that they may ask about a number, that of an ID card or of a form; None: they have
    not.
    """

    answers: Mapping[str, str]
    catalogue: Catalogue
    texts: Texts
    claim: Callable[[str], Claim | None] = lambda number: None


@dataclass(frozen=True)
class Query:
    """`ask` tells what the hall says; it is called off the GUI thread. HallAway.

    `examples` are answers of the hall (Answer of protocol.queries) by name, for the walk through every screen.
    """

    ask: Callable[[HallService, Asked], QueryAnswer]
    examples: Mapping[str, BaseModel]


@cache
def queries() -> Mapping[str, Query]:
    return discover("kiosk.queries", "QUERY", Query)


def query_named(name: str) -> Query:
    return queries()[name]
