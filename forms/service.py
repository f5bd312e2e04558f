"""What a service file may say, as pydantic models. Words are XLSForm's: relevant, required, choice_filter."""

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints, model_validator
from pydantic import Field as Bounds

from forms.conditions import Condition, Facts, fields_in
from forms.field import Field
from forms.texts import GroupId, Identifier, Phrases, Strict, Text
from protocol.queries import NAMES

ServiceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
OTHER_GROUP = "other"  # of a service that says no group


def _known(query: str) -> str:
    if query not in NAMES:
        raise ValueError(f"there is no query {query!r}; those there are: {', '.join(sorted(NAMES))}")
    return query


class Check(Strict):
    """Something a person at the hall should look at when `expect` does not hold. It never stops anyone from sending."""

    id: Identifier
    field: Identifier
    expect: Condition
    message: Text


class Outcome(Strict):
    """What happens after sending where a condition holds."""

    relevant: Condition
    next: Text


class Prerequisite(Text):
    """Something to have at hand."""

    picture: str = ""  # of assets/pictures


class Service(Strict):
    id: ServiceId
    version: int = Bounds(ge=1)
    kind: Literal["application", "query"] = "application"
    query: Annotated[str, AfterValidator(_known)] | None = None  # what the hall is asked: a module of protocol.queries
    group: GroupId = OTHER_GROUP  # of assets/groups.yaml: where it stands on the home screen
    order: int = 100  # and before which others: the lower comes first
    icon: str
    title: Text
    summary: Text
    phrases: Phrases
    requests: Phrases = Phrases(zh=[])  # how people ask for it in their own words, for kiosk.intents
    prerequisites: list[Prerequisite]
    steps: list[Field]  # a query may ask nothing
    checks: tuple[Check, ...] = ()
    next: Text  # what happens after sending
    outcomes: tuple[Outcome, ...] = ()  # the first whose condition holds tells it instead
    handled: Text | None = None  # by whom, and within how many days

    @model_validator(mode="after")
    def _a_query_says_which(self) -> "Service":
        if (self.kind == "query") != (self.query is not None):
            raise ValueError("a service has a query exactly when its kind is query")
        if not self.steps and self.kind != "query":
            raise ValueError("steps: a form asks at least one question")
        return self

    @model_validator(mode="after")
    def _fields_are_known_and_asked_in_order(self) -> "Service":
        seen: set[str] = set()
        for field in self.steps:
            if field.id in seen:
                raise ValueError(f"field {field.id} is there twice")
            needed = fields_in(field.relevant) | ({field.choice_filter} if field.choice_filter else set())
            if missing := needed - seen:
                raise ValueError(
                    f"field {field.id} depends on {', '.join(sorted(missing))}, which is not asked before it"
                )
            seen.add(field.id)
        for outcome in self.outcomes:
            if missing := fields_in(outcome.relevant) - seen:
                raise ValueError(f"an outcome names {', '.join(sorted(missing))}, which is not asked")
        for check in self.checks:
            if missing := (fields_in(check.expect) | {check.field}) - seen:
                raise ValueError(f"check {check.id} names {', '.join(sorted(missing))}, which is not asked")
        return self

    def next_for(self, facts: Facts) -> Text:
        """What happens after these answers are sent."""
        return next((one.next for one in self.outcomes if one.relevant.holds(facts)), self.next)

    def field(self, field_id: str) -> Field:
        """The field with this id; KeyError when the service does not ask it."""
        for field in self.steps:
            if field.id == field_id:
                return field
        raise KeyError(field_id)
