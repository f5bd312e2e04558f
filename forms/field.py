"""One question and the answer it takes, and what each kind of field (forms/fields/) says of itself."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticKnownError

from forms.discovery import discover
from forms.expressions.answers import ParameterValue
from forms.expressions.conditions import Condition
from forms.expressions.facts import Value
from forms.reading.mistake import FlawError, did_you_mean
from forms.texts import Identifier, NonEmpty, Phrases, Strict, Text, Unit
from forms.values.digit_counts import DigitCount
from forms.values.patterns import Pattern
from protocol.queries.on_record import VALUES

Consequence = Literal["call_staff"]  # staff are called here and now


class Choice(Strict):
    """One of the things that a question offers."""

    id: Identifier
    """The answer as it is kept: small letters, digits and `_`. Never change it once forms were sent."""
    label: Text
    """The words on its button."""
    detail: Text | None = None
    """A second, smaller line: whom this one fits."""
    icon: str = ""
    """A file of `icons/`, without `.svg`."""
    phrases: Phrases = Phrases(zh=[])
    """What people say instead of touching it."""
    within: Identifier | None = None
    """The choice of the question before that this one belongs to: the town of a village."""
    alone: bool = False
    """Of several choices: this one goes with no other, such as "none of these"."""
    when_sent: Consequence | None = None
    """What the kiosk does as soon as a form with this answer is sent: `call_staff`."""


def _each_once(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    ids = [choice.id for choice in choices]
    if twice := next((at for at, one in enumerate(ids) if one in ids[:at]), None):
        raise FlawError(f"choice {ids[twice]} is there twice", twice, "id", hint="Give it another id.")
    return choices


def _known(field_type: object) -> object:
    if field_type not in list(kinds()):
        *others, last = map(repr, kinds())
        raise PydanticKnownError("literal_error", {"expected": f"{', '.join(others)} or {last}"})
    return field_type


def _told(value: str) -> str:
    if value not in VALUES:
        there = ", ".join(sorted(VALUES))
        raise FlawError(f"no office tells {value!r}; what they tell is {there}", hint=did_you_mean(value, VALUES))
    return value


def _as_written(bound: object) -> object:
    return bound if isinstance(bound, dict | ParameterValue) else str(bound)


Choices = Annotated[tuple[Choice, ...], AfterValidator(_each_once)]
FieldType = Annotated[str, BeforeValidator(_known)]  # a module of forms/fields
OnRecord = Annotated[str, AfterValidator(_told)]
Whose = Literal["applicant", "agent"]
Tier = Literal["L1", "L2", "L3", "L4"]  # public, internal, personal, sensitive
# YAML reads 1900-01-31 as a date and 0 as a number.
Bound = Annotated[str, BeforeValidator(_as_written), WithJsonSchema({"type": ["string", "number"]})]

# What questions are about by which it is known whose they are (kiosk.state.known_answers).
NOTHING = "nothing"  # about that is what is asked anew each time
FOR_WHOM, RELATION, PERSON_NAME, PERSON_NUMBER = "for_whom", "relation", "name", "resident_id"

# The settings of a field that only some kinds know.
SETTINGS = (
    *("choices", "choices_from", "choice_filter", "search", "keys", "last_of", "card_itself"),
    *("min", "max", "unit", "pattern", "pattern_message", "told_by", "offered_by"),
)


class Field(Strict):
    """One question and the answer it takes."""

    id: Identifier
    """The name of the answer: small letters, digits and `_`. Never change it once forms were sent."""
    type: FieldType
    """The kind of field: what is a right answer, and how it is put in."""
    tier: Tier
    """How private the answer is: `L1` public, `L2` for the office, `L3` personal, `L4` sensitive (ID, bank card)."""
    label: Text
    """Its short name, as it stands on the check screen and at the hall."""
    question: Text
    """The question as it is asked, in one sentence."""
    hint: Text | None = None
    """One line under the question: where to find the answer, what else is taken."""
    explain: Text | None = None
    """What is said to those who touch "Why?"; without it, what is usual for the kind of field."""
    picture: str = ""
    """A drawing of what is asked for: a name in `pictures.yaml`."""
    example: str
    """A right answer, made up. It is shown, and every check of the service tries it."""
    required: bool = True
    """Whether there has to be an answer. A consent always needs one."""
    relevant: Condition | None = None
    """A condition: the question is asked only when it is true. Without it, it is always asked."""
    on_receipt: bool = False
    """Whether the answer stands on the receipt too, as on a slip for the counter; a private one is masked there."""
    about: Identifier | None = None
    """What it asks about: an answer about the same thing, of the same person, is offered instead of asking again. A
    question used from `fields.yaml` is about its name there; `nothing` stands for a wish, which is asked anew."""
    choices: Choices = ()
    """What may be chosen."""
    choices_from: Identifier | None = None
    """The name of a list in `regions.yaml`, instead of `choices`."""
    choice_filter: Identifier | None = None
    """An earlier choice that narrows this one: only what is `within` it is offered."""
    search: bool = False
    """Of a choice: one looks for the answer by its first letters or a character. Always so of more than 16 choices."""
    min_length: int = 1
    """The fewest digits, or characters of an address."""
    max_length: int = 20
    """The most digits, or characters of an address."""
    keys: tuple[NonEmpty, ...] = ()
    """Words that get keys of their own beside the digits, such as 号 and 室; at most eight."""
    last_of: FieldType | None = None
    """A kind of number: who gives a whole one gives its last digits."""
    card_itself: bool = False
    """Of an ID number: only the card on the reader gives it. Nobody types it, as others know the number too."""
    whose: Whose = "applicant"
    """Whom the answer is about: `applicant`, or the `agent` who acts for them. Without it, the applicant."""
    min: Bound | ParameterValue | None = None
    """The least that is taken: a day such as `1900-01-31`, or `today`; yuan; a whole number; how many choices; how
    many days from today."""
    max: Bound | ParameterValue | None = None
    """The most that is taken, written like `min`."""
    told_by: Identifier | None = None
    """Of an amount: a query that tells it, such as `utility_bill`. A button beside the question asks it, with answers
    that were given before; who presses it agrees to that. Where nobody tells, the amount is put in."""
    offered_by: Identifier | None = None
    """Of half days: a query that tells how many are left of each, such as `hospital_slots`. It is asked with answers
    that were given before. Where nobody tells, every half day is offered as a wish."""
    on_record: OnRecord | None = None
    """Where an office has the answer on record: `residents.phone`. Whoever has shown their ID card is asked whether the
    hall may look; what it finds is shown, to be taken over or said to be wrong. Where nobody tells, it is asked."""
    unit: Unit | None = None
    """What a number counts, such as 人: it stands behind the number."""
    pattern: Pattern | None = None
    """How the whole answer is written, as a regular expression: `GB[0-9]{4}`."""
    pattern_message: Text | None = None
    """What is said of an answer that is not written so; without it, a general sentence with the example."""

    @property
    def kind(self) -> "FieldKind":
        return kinds()[self.type]

    @property
    def topic(self) -> str:
        """What it asks about; "" where an answer is never used again."""
        return "" if self.about in (None, NOTHING) or self.kind.asked_anew else self.about or ""

    @property
    def of_agent(self) -> bool:
        """Whether it is about who acts for another; what the two are to each other belongs to the other."""
        return self.whose == "agent" and self.topic != RELATION

    @property
    def listed_in(self) -> str | None:
        """The list of regions.yaml that its choices come from."""
        return self.choices_from or self.kind.listed_in

    @property
    def least(self) -> str | None:
        """Its `min`, where that is no parameter: Catalogue.bounded puts the value of the day there."""
        return self.min if isinstance(self.min, str) else None

    @property
    def most(self) -> str | None:
        """Its `max`, in the same way."""
        return self.max if isinstance(self.max, str) else None

    @property
    def when_full(self) -> str:
        """The code that tells why no more is taken."""
        return "full" if self.kind.digits else "no_room"

    def longest(self, text: str) -> int:
        """How many characters an answer may have that begins with `text`."""
        if self.kind.digits:
            return self.kind.digits(text, self).most
        return self.kind.longest or self.max_length

    @property
    def shown_example(self) -> str:
        """A right answer to show; of a number that opens a door or an account only its ends, lest it be copied."""
        return f"{self.example[:6]}……{self.example[-4:]}" if self.kind.hides_example else self.example

    @model_validator(mode="after")
    def _settings_fit_the_kind(self) -> "Field":
        for name in SETTINGS:
            if getattr(self, name) not in (None, (), False) and name not in self.kind.settings:
                raise FlawError(f"field {self.id} has the type {self.type} and no use for {name}", name)
        if not (self.required or self.kind.optional):
            hint = "Offer one more choice for those who have no answer."
            raise FlawError(f"field {self.id} has to be required", "required", hint=hint)
        if self.about not in (None, NOTHING) and self.kind.asked_anew:
            hint = "Take the line out, or write about: nothing."
            said = f"field {self.id} has the type {self.type}, which is asked anew each time"
            raise FlawError(said, "about", hint=hint)
        if self.on_record and (self.kind.asked_anew or self.card_itself):
            raise FlawError(f"field {self.id} is never filled in from a record", "on_record", hint="Take the line out.")
        if self.pattern_message and not self.pattern:
            raise FlawError("a pattern_message needs a pattern", "pattern_message")
        if wrong := self.kind.wrong_settings(self):
            raise FlawError(wrong, *[name for name in ("example", *SETTINGS) if re.search(rf"\b{name}\b", wrong)][:1])
        return self


@dataclass(frozen=True)
class Verdict:
    """A tidied answer with the codes of what is wrong (error) or worth a second look (warning)."""

    value: str
    error: str | None = None
    warning: str | None = None


@dataclass(frozen=True)
class Asked:
    """What an answer is judged by: its field, the day, and the ids of the choices on offer."""

    field: Field
    today: date
    choices: Sequence[str] = ()


def as_text(raw: object) -> str | None:
    """An answer as it came in JSON, a whole number too; None for anything else than text."""
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**30:  # longer ones Python may not write
        return str(raw)
    return raw if isinstance(raw, str) else None


@dataclass(frozen=True)
class FieldKind:
    """What kiosk and hall know of one kind of field. Only `judge` and its `codes` differ for every kind."""

    judge: Callable[[str, Asked], Verdict]  # an answer that is not empty: tidy it, then judge it
    codes: tuple[str, ...]  # of all errors and warnings that `judge` gives; each has a text in messages.yaml
    if_empty: str = "required"  # the error of a required field without an answer
    if_too_long: str = "not_text"  # the error of an answer that nobody can have put in, so long it is
    read: Callable[[object], str | None] = as_text  # an answer as it came in JSON
    settings: tuple[str, ...] = ()  # which of SETTINGS its fields may have
    wrong_settings: Callable[[Field], str | None] = lambda field: None  # what is wrong with them
    choices_on: Callable[[Field, date], tuple[Choice, ...]] | None = None  # what all its fields offer on a day
    listed_in: str | None = None  # the list of regions.yaml that all its fields choose from
    offered: tuple[str, ...] = ()  # what that list has to offer
    optional: bool = True  # whether its fields may be answered by nothing
    asked_anew: bool = False  # whether it is given for one form alone, as a consent is
    longest: int | None = None  # characters; None: the field's max_length
    digits: Callable[[str, Field], DigitCount] | None = None  # of a number: how many one that begins so has
    may_begin: Callable[[str], bool] = lambda text: True  # whether an answer may begin so
    none: str | None = None  # the answer of those who have none
    visible: tuple[int, int] = (0, 0)  # first and last characters that others may see of a private answer
    grouped: Callable[[str], str] = str  # the answer in the groups in which people read it
    # The answer as people read it, in a language.
    in_words: Callable[[Field, str, str], str] = lambda field, value, lang: field.kind.grouped(value)
    bounds: Callable[[Field, str], dict[str, str]] = lambda field, lang: {}  # {min, max} as messages name them
    hides_example: bool = False
    wrong_example: str = ""  # one that the rules refuse, for the walk through all screens
    value: Callable[[str], Value | None] = str  # a right answer for conditions: number, day, text; None: it is none
    tells_age: bool = False  # whether an age can be told of it
    of_one_person: bool = False  # whether no two people can have the same


@cache
def kinds() -> Mapping[str, FieldKind]:
    """Every kind of field by its name, which is that of its module."""
    return discover("forms.fields", "KIND", FieldKind)
