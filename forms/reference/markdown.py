"""What the models say of themselves, in Markdown: the tables of docs/services.md and docs/settings.md."""

import inspect
import types
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from forms.expressions.answers import ParameterValue
from forms.expressions.conditions import Condition, Expression
from forms.field import SETTINGS, Field, kinds
from forms.texts import Phrases, Text

# How a reader who knows no code is told what a key takes.
_PLAIN: Mapping[Any, str] = {
    ParameterValue: "`{parameter: NAME}`",
    str: "a word or text",
    int: "a whole number",
    float: "a number",
    Path: "a path",
    date: "a day: `2026-01-31`",
    bool: "`true` or `false`",
    Text: "a text: `{zh: …, en: …}`",
    Phrases: "phrases: `{zh: […], en: […]}`",
}
_LISTS = (list, tuple)


def table(model: type[BaseModel]) -> str:
    """One row a key: what it takes, whether it has to be there, and the sentence that stands beside it in the model."""
    rows = [
        (f"`{info.alias or name}`", takes(info.annotation), _default(info), info.description or "")
        for name, info in model.model_fields.items()
    ]
    return markdown_table(("key", "takes", "without it", "what it is"), rows)


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cells = [
        [cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in [head, ["---"] * len(head), *rows]
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def field_kinds() -> Iterator[tuple[str, str]]:
    """Each kind of field: its name, and what is known of it. The keys that every field may have are not repeated."""
    for name, kind in kinds().items():
        about = _paragraph(import_module(kind.judge.__module__))
        own = [f"`{key}`: {Field.model_fields[key].description}" for key in SETTINGS if key in kind.settings]
        has_to = "" if kind.optional else " It always needs an answer."
        yield name, "\n".join([about + has_to, *(f"- {one}" for one in own)])


def conditions() -> Iterator[tuple[str, str]]:
    """Each condition: its name, and what it means."""
    return _variants(Condition)


def values() -> Iterator[tuple[str, str]]:
    """Each value that is not written as it is: its name, and what it is."""
    return _variants(Expression)


def _variants(union: Any) -> Iterator[tuple[str, str]]:
    for variant in union_of(union):
        if inspect.isclass(variant) and issubclass(variant, BaseModel):
            (name, info), *_ = variant.model_fields.items()
            yield info.alias or name, _paragraph(variant)


def union_of(annotation: Any) -> list[type[BaseModel]]:
    """The models of a union in which each is known by its one key."""
    if get_origin(annotation) is Annotated:
        return union_of(get_args(annotation)[0])
    if _is_union(annotation):
        return [model for one in get_args(annotation) for model in union_of(one)]
    return [annotation]


def takes(annotation: Any) -> str:
    """What a key takes, in words."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if annotation in (Condition, get_args(Condition)[0]):  # a model keeps the discriminator elsewhere
        return "[a condition](#conditions)"
    if annotation in (Expression, get_args(Expression)[0]):
        return "[a value](#values)"
    origin, inside = get_origin(annotation), [one for one in get_args(annotation) if one not in (type(None), ...)]
    if origin is Annotated:
        return takes(inside[0])
    if origin is Literal:
        return " or ".join(f"`{one}`" for one in inside)
    if _is_union(annotation):
        return " or ".join(dict.fromkeys(takes(one) for one in inside))
    if origin in _LISTS:
        return f"a list, each {takes(inside[0])}"
    if origin is dict:
        return f"`name: …` lines, each {takes(inside[1])}"
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        words = _words(annotation.__name__)
        return f"[{'an' if words[0] in 'aeiou' else 'a'} {words}](#{words.replace(' ', '-')})"
    return str(getattr(annotation, "__name__", annotation))


def takes_setting(info: FieldInfo) -> str:
    """What a setting takes, with its bounds."""
    words = takes(info.annotation)
    bounds = {
        name: getattr(one, name) for one in info.metadata for name in ("gt", "ge", "lt", "le") if hasattr(one, name)
    }
    told = {"gt": "over {}", "ge": "at least {}", "lt": "under {}", "le": "at most {}"}
    return ", ".join([words, *(told[name].format(f"{value:g}") for name, value in bounds.items())])


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, types.UnionType)


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "has to be there"
    match info.get_default(call_default_factory=True):
        case None | "" | () | [] | BaseModel():
            return "nothing"
        case bool(value):
            return f"`{str(value).lower()}`"
        case value:
            return f"`{value}`"


def _paragraph(documented: Any) -> str:
    """The docstring on one line; TypeError when there is none: then nobody is told what it is for."""
    if not (text := inspect.getdoc(documented)) or (
        inspect.isclass(documented) and text == inspect.getdoc(documented.__base__)
    ):
        raise TypeError(f"{documented.__name__} has no docstring: say in one sentence what a county uses it for.")
    return " ".join(text.split())


def _words(name: str) -> str:
    """CounterErrand: counter errand."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
