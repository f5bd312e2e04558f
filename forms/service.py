"""What a service file may say, as pydantic models. Words are XLSForm's: relevant, required, choice_filter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints, model_validator
from pydantic import Field as Bounds

from forms.calculations import Calculation
from forms.expressions.conditions import Condition
from forms.expressions.facts import Facts
from forms.field import Field
from forms.reading.mistake import FlawError, did_you_mean
from forms.repeats import MemberField, Repeat, Step
from forms.texts import GroupId, Identifier, Phrases, Strict, Text, canonical_json, dumped
from protocol.queries import NAMES

ServiceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
OTHER_GROUP = "other"  # of a service that says no group


def _known(query: str) -> str:
    if query not in NAMES:
        there = ", ".join(sorted(NAMES))
        raise FlawError(f"there is no query {query!r}; those there are: {there}", hint=did_you_mean(query, NAMES))
    return query


class Dated(Strict):
    """What counts only from or until a day."""

    from_: date | None = Bounds(None, alias="from")
    """The first day on which it counts, such as `2027-01-01`; always, without it."""
    until: date | None = None
    """The last day on which it counts."""

    def counts_on(self, day: date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)


class Check(Dated):
    """A rule: a person at the hall should look when `expect` does not hold. It never stops anyone from sending."""

    id: Identifier
    """Its name, once in a service."""
    version: int = Bounds(1, ge=1)
    """1, and one more with each change of what it expects."""
    field: Identifier
    """The answer that a person should look at."""
    expect: Condition
    """A condition: what is expected. Where it is not true, or cannot be known yet, a person at the hall looks."""
    message: Text
    """What the visitor is told then. It never says no: they may send the form all the same."""
    purpose: str = ""
    """What it is there for, in one sentence for those who look after it."""
    source: str = ""
    """What it rests on: the name of the law, its year, and the article."""
    owner: str = ""
    """Who looks after it, such as the office that answers for it."""
    risk: Literal["low", "medium", "high"] | None = None
    """How much harm it does to somebody when it is wrong."""

    @property
    def hash(self) -> str:
        """By which it is registered: of all that it says, in canonical JSON."""
        return sha256(canonical_json(dumped(self))).hexdigest()


class Prerequisite(Text):
    """Something to have at hand."""

    picture: str = ""
    """A drawing of it: a name in `pictures.yaml`."""


class Outcome(Dated):
    """What happens after sending where a condition holds."""

    relevant: Condition
    """A condition: where it is true, this is how it ends. The first that is true counts."""
    next: Text
    """What happens after sending."""
    papers: tuple[Prerequisite, ...] = ()
    """What to bring then; it stands on the receipt."""
    handled: Text | None = None
    """By whom it is handled then, and within how many days; without it, as the service says."""


class Reuse(Strict):
    """Which answers of before a service takes instead of asking again."""

    max_age_days: Annotated[int, Bounds(ge=0)] | None = None
    """How many days ago it may have been given; `0`: today. Without it, however long ago."""
    checked: bool = False
    """`true`: only what an ID card on the reader has confirmed."""


@dataclass(frozen=True)
class Ending:
    """How a form ends: what happens next, what to bring, who handles it."""

    next: Text
    papers: tuple[Prerequisite, ...]
    handled: Text | None


class Service(Strict):
    """One errand: what it is called, what is asked, what is looked at, and how it ends."""

    id: ServiceId
    """Its name, which is that of its file: small letters, digits and `-`. Never change it."""
    version: int = Bounds(ge=1)
    """1, and one more with each change of its questions."""
    kind: Literal["application", "query"] = "application"
    """`application`: a form that is sent. `query`: the hall is asked and answers at once."""
    query: Annotated[str, AfterValidator(_known)] | None = None
    """Of a query: what the hall is asked."""
    group: GroupId = OTHER_GROUP
    """The group of `groups.yaml` under which it stands on the home screen."""
    order: int = 100
    """Where it stands in its group: the lower comes first."""
    icon: str
    """The picture on its button: a file of `icons/`, without `.svg`."""
    title: Text
    """Its name on the home screen, as people say it."""
    summary: Text
    """One line beside the title: whom it is for."""
    phrases: Phrases
    """What may be said on the home screen instead of touching it: its name and the short forms of it."""
    requests: Phrases = Phrases(zh=[])
    """Sentences of people who ask for it in their own words; the kiosk learns from them. Twenty or more are good."""
    reuse: Reuse = Reuse()
    """Which answers of the same stay, or of a form taken up again, it takes; without it, all."""
    prerequisites: list[Prerequisite]
    """What to have at hand, shown before the first question; `[]` where nothing is needed."""
    steps: list[Step]
    """The questions, in the order in which they are asked. `- use: NAME` takes one of `fields.yaml`; `- repeat: NAME`
    holds questions that are asked of several people."""
    calculate: tuple[Calculation, ...] = ()
    """What is computed of the answers: read-only values, each of answers and of those before it."""
    checks: tuple[Check, ...] = ()
    """What a person at the hall should look at. It never stops anyone from sending."""
    next: Text
    """What happens after sending; it stands on the receipt."""
    outcomes: tuple[Outcome, ...] = ()
    """Other ends than `next`, each where its condition is true."""
    handled: Text | None = None
    """By whom it is handled, and within how many days; it stands on the receipt."""

    @model_validator(mode="after")
    def _a_query_says_which(self) -> "Service":
        if (self.kind == "query") != (self.query is not None):
            raise FlawError("a service has a query exactly when its kind is query", "query", word="query")
        if not self.steps and self.kind != "query":
            raise FlawError("a form asks at least one question", "steps")
        if self.repeats and self.kind == "query":
            raise FlawError("a query has no repeat: it asks for one person", "steps", word="repeat")
        return self

    def ending(self, facts: Facts) -> Ending:
        """How it ends after these answers are sent: by the first outcome that is true, else as usual."""
        for one in self.outcomes:
            if one.counts_on(facts.today) and one.relevant.holds(facts):
                return Ending(one.next, one.papers, one.handled or self.handled)
        return Ending(self.next, (), self.handled)

    @cached_property
    def calculations(self) -> Mapping[str, Calculation]:
        """What is computed, by its names."""
        return {one.id: one for one in self.calculate}

    @cached_property
    def repeats(self) -> Mapping[str, Repeat]:
        """The repeats among the steps, by their names."""
        return {step.id: step for step in self.steps if isinstance(step, Repeat)}

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every question once: those of a repeat as they are asked of the first member."""
        found: list[Field] = []
        for step in self.steps:
            found += (*step.of_member(0), *step.of_member(1)) if isinstance(step, Repeat) else [step]
        return tuple(found)

    @cached_property
    def possible_fields(self) -> tuple[Field, ...]:
        """Every question that may be asked, of as many members as there may be."""
        found: list[Field] = []
        for step in self.steps:
            found += chain(*map(step.of_member, range(step.max + 1))) if isinstance(step, Repeat) else [step]
        return tuple(found)

    def fields_for(self, answers: Mapping[str, str]) -> Iterator[Field]:
        """The questions in order, those of a repeat for as many members as the answers open.

        `answers` may grow while this is read, so that a form can be judged in one pass.
        """
        for step in self.steps:
            if isinstance(step, Repeat):
                yield from step.questions(answers)
            else:
                yield step

    def field(self, field_id: str, beside: Field | None = None) -> Field:
        """The field with this id, of a member's question such as `members.2.name` too; KeyError when it is not asked.

        `beside`: as a condition of that field names it, a question of the same member by its own id.
        """
        for sibling in beside.siblings if isinstance(beside, MemberField) else ():
            if sibling.own_id == field_id:
                return sibling
        for step in self.steps:
            if isinstance(step, Repeat):
                if step.holds(field_id):
                    return step.field(field_id)
            elif step.id == field_id:
                return step
        raise KeyError(field_id)

    def label_of(self, name: str) -> Text:
        """What a question, or a repeat, is called. KeyError when there is neither."""
        return self.repeats[name].label if name in self.repeats else self.field(name).label

    def asks(self, field_id: str) -> bool:
        """Whether the service may ask a question with this id."""
        try:
            self.field(field_id)
        except KeyError:
            return False
        return True
