"""What a visitor may ask the hall: one module a query, named as in protocol.queries, with its `QUERY`. What is asked
beside a question alone (`on_record`) has none.

A service says which by `query: <name>`. The module lies beside protocol/queries/<name>.py (what is said over the wire)
and backend/queries/<name>.py (the hall's answer); nothing else has to be touched for a new one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from uuid import UUID, uuid4

from pydantic import BaseModel

from forms import Catalogue, Text
from forms.discovery import discover
from forms.values.amounts import amount_in_words
from forms.values.days import day_in_words
from kiosk.hall.service import HallAway, HallService
from kiosk.state.answers.on_record import Wanted
from kiosk.state.query_answer import AnswerLine, QueryAnswer
from kiosk.texts.strings import Texts
from protocol.levels import By, Claim
from protocol.queries import OfferAnswer, Office, OfficeAnswer, SumAnswer, inputs_of, on_record


@dataclass(frozen=True)
class Asked:
    """What the visitor wants to know: their answers, by field.

    `claim` tells how they have shown that they may ask about a number, that of an ID card or of a form; None: they have
    not. `id` is the same for the same answers of the same visit, so that the hall does once what is asked twice.
    """

    answers: Mapping[str, str]
    catalogue: Catalogue
    texts: Texts
    claim: Callable[[str], Claim | None] = lambda number: None
    id: UUID = field(default_factory=uuid4)

    def claim_of_card(self) -> Claim:
        """How the visitor has shown that the ID card is theirs, whose number they gave."""
        return self.claim(self.answers.get("resident_id", "")) or Claim(By.TYPED)


@dataclass(frozen=True)
class Query:
    """`ask` tells what the hall says; it is called off the GUI thread. HallAway.

    `examples` are answers of the hall (Answer of protocol.queries) by name, for the walk through every screen. `texts`:
    under which name strings.yaml has what is said while the hall is asked, and where it does not answer.
    """

    ask: Callable[[HallService, Asked], QueryAnswer]
    examples: Mapping[str, BaseModel]
    texts: str = "answer"


def line(label: Text, value: Text | None, texts: Texts, *, private: bool = False, first: bool = False) -> AnswerLine:
    """A line of what another office told; where it did not tell this (None), that is said. `first`: said at once."""
    written = value or texts.text("answer.not_told")
    return AnswerLine(label, written, (label, written) if first else (), private and value is not None)


def office_answer(
    answer: OfficeAnswer, lines: Iterable[AnswerLine], nothing: str, texts: Texts, more: str = ""
) -> QueryAnswer:
    """What is shown of it. HallAway where another office was not asked, or did not answer."""
    if answer.office is Office.NOT_ASKED:
        raise HallAway("This hall asks no other office.", "staff")
    if answer.office is Office.AWAY:
        raise HallAway("The other office did not answer.", "office")
    shown = () if answer.office is Office.NOTHING else tuple(lines)
    not_told = texts.text("answer.not_told")
    title = "answer.partly" if any(one.value == not_told for one in shown) else "answer.title"
    return QueryAnswer(title, shown, nothing, more, look="answer.choose_again")


def yuan(amount: Decimal | None) -> Text | None:
    return None if amount is None else Text(zh=amount_in_words(amount, "zh"), en=amount_in_words(amount, "en"))


def day(on: date | None) -> Text | None:
    return None if on is None else Text(zh=day_in_words(on.isoformat(), "zh"), en=day_in_words(on.isoformat(), "en"))


def sum_told(hall: HallService, query: str, answers: Mapping[str, str]) -> SumAnswer:
    """What the office says of an amount that is `told_by` this query; the visitor has agreed by asking. HallAway."""
    said = import_module(f"protocol.queries.{query}")
    inputs = inputs_of({**answers, "consent": "yes"}, said.Inputs)
    told: SumAnswer = hall.ask(query, inputs, said.Answer, Claim(By.TYPED))
    return told


def left_of(hall: HallService, query: str, answers: Mapping[str, str]) -> Mapping[str, int]:
    """How many are left of each choice of a question that is `offered_by` this query; nothing where nobody tells.

    HallAway.
    """
    said = import_module(f"protocol.queries.{query}")
    told: OfferAnswer = hall.ask(query, inputs_of(answers, said.Inputs), said.Answer)
    return told.left


def told_on_record(hall: HallService, wanted: Wanted, full_name: str, claim: Claim | None) -> on_record.Answer:
    """What an office has on record for questions that say so; the visitor has agreed. HallAway.

    `full_name` is that of the card, and `claim` says when it was shown.
    """
    inputs = on_record.Inputs(
        consent="yes",
        resident_id=wanted.resident_id,
        registry=wanted.registry,
        full_name=full_name,
        wanted=wanted.values,
    )
    return hall.ask("on_record", inputs, on_record.Answer, claim)


@cache
def queries() -> Mapping[str, Query]:
    return discover("kiosk.queries", "QUERY", Query)


def query_named(name: str) -> Query:
    return queries()[name]
