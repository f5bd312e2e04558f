"""What a condition or value names, and where: fields, parameters, repeats. Found by the marks of their keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from pydantic import BaseModel

from forms.expressions.answers import Eq, FieldValue, In, Names, Node, Selected
from forms.expressions.conditions import (
    TODAY,
    All,
    Any_,
    AtLeast,
    AtMost,
    Comparison,
    Condition,
    LessThan,
    MoreThan,
    Same,
    Some,
)
from forms.expressions.facts import as_text
from forms.expressions.parameters import as_value

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Reference:
    """`inside`: the repeat of whose members it is said; there a field may be one of the same member."""

    what: str  # field (or calculation), parameter, repeat
    name: str
    path: Path
    inside: str = ""


def references(part: object, path: Path = (), inside: str = "") -> Iterator[Reference]:
    """Everything that is named in there, in order; `path` is where the part stands."""
    if isinstance(part, list | tuple):
        for place, one in enumerate(part):
            yield from references(one, (*path, place), inside)
    elif isinstance(part, BaseModel):
        within = _within(part, inside)
        for name, written, what in _parts(type(part)):
            value, here = getattr(part, name), (*path, written)
            if what and isinstance(value, str):
                yield Reference(what, value, here, inside)
            else:
                yield from references(value, here, within)


def nodes(part: object, path: Path = (), inside: str = "") -> Iterator[tuple[Node, Path, str]]:
    """Every condition and value in there with where it stands, and the repeat of whose members it is said."""
    if isinstance(part, list | tuple):
        for place, one in enumerate(part):
            yield from nodes(one, (*path, place), inside)
    elif isinstance(part, BaseModel):
        if isinstance(part, Node):
            yield part, path, inside
        within = _within(part, inside)
        for name, written, _ in _parts(type(part)):
            yield from nodes(getattr(part, name), (*path, written), within)


@cache
def _parts(model: type[BaseModel]) -> tuple[tuple[str, str, str], ...]:
    """Of each part its name, how it is written in files, and what a text there names, if anything."""
    return tuple(
        (name, info.alias or name, next((one.what for one in info.metadata if isinstance(one, Names)), ""))
        for name, info in model.model_fields.items()
    )


def _within(part: BaseModel, inside: str) -> str:
    """Of whose members it is said. Pydantic takes long to tell of a part that it is not there."""
    return (getattr(part, "of", "") if "of" in type(part).model_fields else "") or inside


def named(part: object, what: str) -> set[str]:
    """The names of all fields, parameters or repeats in there, but for those said of the members of a repeat."""
    return {one.name for one in references(part) if one.what == what and not one.inside}


def satisfied_by(condition: Condition | None) -> dict[str, str]:
    """Answers that make a condition hold which is about choices, or compares a field with a number or day."""
    match condition:
        case Eq():
            return {condition.eq.field: condition.eq.value}
        case In():
            return {condition.in_.field: condition.in_.values[0]}
        case Selected():
            return {condition.selected.field: condition.selected.value}
        case All():
            return {field: value for part in condition.all for field, value in satisfied_by(part).items()}
        case Any_():
            return satisfied_by(condition.any[0])
        case Some():  # by the first member
            answers = satisfied_by(condition.some.where)
            return {f"{condition.some.of}.1.{field}": value for field, value in answers.items()}
        case Comparison(compared=[FieldValue(field=name), int() | float() | str() as plain]):
            return _answer(name, as_value(plain), _PASSES[type(condition)])
        case Comparison(compared=[int() | float() | str() as plain, FieldValue(field=name)]):
            return _answer(name, as_value(plain), -_PASSES[type(condition)])
        case _:
            return {}


# Where an answer passes beside the value that it is compared with: before it, there, behind it.
_PASSES: dict[type[Comparison], int] = {LessThan: -1, AtMost: 0, Same: 0, AtLeast: 0, MoreThan: 1}


def _answer(field: str, value: Decimal | date | str, steps: int) -> dict[str, str]:
    if isinstance(value, str):
        return {field: value} if steps == 0 and value != TODAY else {}
    return {field: as_text(value + timedelta(steps) if isinstance(value, date) else value + steps)}
