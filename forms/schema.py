"""What a service file may say, as pydantic models. Words are XLSForm's: relevant, required, choice_filter."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Bounds

from forms.conditions import Condition, fields_in

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
ServiceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
FieldType = Literal[
    "person_name",
    "resident_id",
    "phone",
    "bank_card",
    "receipt_number",
    "digits",
    "date",
    "amount",
    "address",
    "choice",
    "consent",
]
MOST_KEYS = 8  # beside the digits of an address
Bound = Annotated[str, BeforeValidator(str)]  # YAML reads 1900-01-31 as a date and 0 as a number
Tier = Literal["L1", "L2", "L3", "L4"]  # public, internal, personal, sensitive


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Spoken(Strict):
    """How a text is said where that differs from how it is written."""

    zh: Words | None = None
    en: Words | None = None


class Text(Strict):
    """A text in both languages; neither may be missing."""

    zh: Words
    en: Words
    spoken: Spoken = Spoken()

    def written(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en

    def said(self, lang: str) -> str:
        return (self.spoken.zh if lang == "zh" else self.spoken.en) or self.written(lang)


class Phrases(Strict):
    """What people say for a thing, most usual first."""

    zh: list[Words]
    en: list[Words] = []

    def of(self, lang: str) -> list[str]:
        return list(self.zh if lang == "zh" else self.en)


class Choice(Strict):
    id: Identifier
    label: Text
    detail: Text | None = None  # a second, smaller line: whom this one fits
    icon: str = ""  # file stem in assets/icons
    phrases: Phrases = Phrases(zh=[])
    within: Identifier | None = None  # the choice of the filtering field that this one belongs to


def _each_once(choices: list[Choice]) -> list[Choice]:
    ids = [choice.id for choice in choices]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise ValueError(f"choice {twice[0]} is there twice")
    return choices


Choices = Annotated[list[Choice], AfterValidator(_each_once)]


def _is_bound(of_type: str, bound: str) -> bool:
    try:
        if of_type == "date":
            return bound == "today" or bool(date.fromisoformat(bound))
        return of_type == "amount" and Decimal(bound).is_finite()
    except (ValueError, InvalidOperation):
        return False


class Field(Strict):
    """One question and the answer it takes."""

    id: Identifier
    type: FieldType
    tier: Tier
    label: Text
    question: Text
    hint: Text | None = None
    explain: Text | None = None  # why this is asked and where to find it; else explain.TYPE of strings.yaml
    example: str
    required: bool = True
    relevant: Condition | None = None  # asked only when this holds
    choices: Choices = []
    choices_from: Identifier | None = None  # a list in regions.yaml
    choice_filter: Identifier | None = None  # an earlier choice field that narrows this one
    min_length: int = 1  # digits
    max_length: int = 20  # characters; of an address too
    keys: list[Words] = []  # of an address: the words for which there are keys beside the digits
    min: Bound | None = None  # of a date: a day such as 1900-01-31, or today; of an amount: yuan
    max: Bound | None = None

    @model_validator(mode="after")
    def _bounds_fit_the_type(self) -> "Field":
        for bound in (self.min, self.max):
            if bound is not None and not _is_bound(self.type, bound):
                raise ValueError(f"field {self.id}: {bound!r} is no bound of a {self.type}")
        return self

    @model_validator(mode="after")
    def _keys_fit_the_type(self) -> "Field":
        if self.keys and self.type != "address":
            raise ValueError(f"field {self.id} is no address and has no use for keys")
        if len(self.keys) > MOST_KEYS or len(set(self.keys)) < len(self.keys):
            raise ValueError(f"field {self.id} may have {MOST_KEYS} different keys")
        return self

    @model_validator(mode="after")
    def _choices_fit_the_type(self) -> "Field":
        if (self.type == "choice") != bool(self.choices or self.choices_from):
            raise ValueError(f"field {self.id} has to have choices exactly when its type is choice")
        if self.choices and self.choices_from:
            raise ValueError(f"field {self.id} may have choices or choices_from, not both")
        if self.choice_filter and self.type != "choice":
            raise ValueError(f"field {self.id} is no choice and has no use for a choice_filter")
        if self.type in ("choice", "consent") and not self.required:
            raise ValueError(f"field {self.id} has to be required: offer one more choice for those who have no answer")
        return self


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
    checks: list[Check] = []
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
