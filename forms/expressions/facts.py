"""What is known while a form is filled in: the answers so far, parameters, calculations, the day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from forms.expressions.parameters import Parameters, value_on

# A number, a day, a text, or several choices. "" is known to be empty; None in place of a value: not known yet.
Value = Decimal | date | str | tuple[str, ...]
Reader = Callable[[str], Value | None]  # how an answer of one kind of field is read; None: it cannot be


def as_text(value: Value | None) -> str:
    """A value as an answer is kept: 200, 0.5, 2026-01-31."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(value) if isinstance(value, tuple) else value or ""


class Computed(Protocol):
    """A calculation of a service."""

    def value(self, facts: "Facts") -> Value | None: ...


@dataclass(frozen=True)
class Members:
    """Who is in a repeat so far: the answers as each one's own conditions see them, and whether these are all."""

    each: tuple[Mapping[str, str], ...]
    are_all: bool


class Repeated(Protocol):
    """A repeat of a service."""

    @property
    def readers(self) -> Mapping[str, Reader]: ...  # of a member's questions, by their own ids

    def members(self, answers: Mapping[str, str]) -> Members: ...


@dataclass(frozen=True)
class Facts:
    """What a condition may look at. An answer that is missing is not known yet; "" is known to be empty."""

    answers: Mapping[str, str]
    parameters: Parameters
    today: date
    readers: Mapping[str, Reader] = field(default_factory=dict)  # of each field; text where there is none
    calculations: Mapping[str, Computed] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)  # the town of a village, by the ids of choices
    repeats: Mapping[str, Repeated] = field(default_factory=dict)
    form: "Facts | None" = None  # those of the whole form, where these are one member's

    def value(self, name: str) -> Value | None:
        """The value of a field or calculation."""
        if name in self.answers:
            answer = self.answers[name]
            return self.readers[name](answer) if answer and name in self.readers else answer
        if name in self.calculations:
            return self.calculations[name].value(self.form or self)
        return None

    def written(self, name: str) -> str:
        """The answer as it is kept; what a calculation gave, written like one. Only of what is known."""
        value = self.answers.get(name)
        return as_text(self.value(name)) if value is None else value

    def parameter(self, name: str) -> Value | None:
        """What it is today; KeyError when there is no such parameter."""
        return value_on(self.parameters[name], self.today)

    def members(self, repeat: str) -> Members:
        """Who is in a repeat; KeyError when there is no such repeat."""
        return self.repeats[repeat].members((self.form or self).answers)

    def of_member(self, repeat: str, answers: Mapping[str, str]) -> "Facts":
        """As the conditions of one member of a repeat see them: `answers` are those of the form and its own."""
        readers = {**self.readers, **self.repeats[repeat].readers}
        return replace(self, answers=answers, readers=readers, form=self.form or self)
