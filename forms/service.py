"""What a service file may say, as pydantic models. Words are XLSForm's: relevant, required, choice_filter."""

from typing import Annotated, Literal

from pydantic import Field as Bounds
from pydantic import StringConstraints, model_validator

from forms.conditions import Condition, fields_in
from forms.field import Field
from forms.texts import Identifier, Phrases, Strict, Text

ServiceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]


class Check(Strict):
    """Something a person at the hall should look at when `expect` does not hold. It never stops anyone from sending."""

    id: Identifier
    field: Identifier
    expect: Condition
    message: Text


class Service(Strict):
    id: ServiceId
    version: int = Bounds(ge=1)
    kind: Literal["application", "query"] = "application"
    icon: str
    title: Text
    summary: Text
    phrases: Phrases
    requests: Phrases = Phrases(zh=[])  # how people ask for it in their own words, for kiosk.intents
    prerequisites: list[Text]
    steps: list[Field] = Bounds(min_length=1)
    checks: tuple[Check, ...] = ()
    next: Text  # what happens after sending

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
        for check in self.checks:
            if missing := (fields_in(check.expect) | {check.field}) - seen:
                raise ValueError(f"check {check.id} names {', '.join(sorted(missing))}, which is not asked")
        return self

    def field(self, field_id: str) -> Field:
        """The field with this id; KeyError when the service does not ask it."""
        for field in self.steps:
            if field.id == field_id:
                return field
        raise KeyError(field_id)
