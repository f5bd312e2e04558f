"""Looking into the models: what stands at a place, which names it knows, and something that could stand there."""

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag

Loc = tuple[int | str, ...]  # as pydantic tells it
_LISTS = (list, tuple, Sequence)


def at(kind: Any, loc: Loc) -> list[Any]:
    """What may stand at a place within `kind`: several, where there are several ways to write it."""
    kinds = list(_variants(kind))
    for part in loc:
        inner = [one for above in kinds for one in _inside(above, part)]
        kinds = [variant for one in inner for variant in _variants(one)] or kinds
    return kinds


def names_in(kind: Any, loc: Loc) -> set[str]:
    """The names that a part of the file may hold."""
    models = [one for one in map(_plain, at(kind, loc)) if _is_model(one)]
    return {info.alias or name for model in models for name, info in model.model_fields.items()}


def tags_of(kind: Any, loc: Loc) -> list[str]:
    """The kinds of condition, or of value, that a place may hold."""
    return [tag for one in at(kind, loc) if (tag := _tag(one))]


def stand_in(kind: Any, key: str = "") -> Any:
    """Something that is right there, so that what else is wrong can be found."""
    kind = next(_variants(kind))
    plain, origin = _plain(kind), get_origin(_plain(kind))
    if key == "type":
        return "person_name"
    if _is_model(plain):
        needed = {
            info.alias or name: info.annotation for name, info in plain.model_fields.items() if info.is_required()
        }
        return {name: stand_in(one, name) for name, one in needed.items()}
    if origin is Literal:
        return get_args(plain)[0]
    if origin in _LISTS or plain in _LISTS:
        return [stand_in(get_args(plain)[0])] if get_args(plain) else []
    if origin in (dict, Mapping):
        return {}
    return {int: 1, float: 1, bool: True}.get(plain, "x")


def _variants(kind: Any) -> Iterator[Any]:
    """A union as its members, each still with its tag; anything else as it is."""
    plain = _plain(kind)
    if get_origin(plain) in (Union, types.UnionType):
        for one in get_args(plain):
            if one is not type(None):
                yield from _variants(one)
    else:
        yield kind


def _inside(kind: Any, part: int | str) -> Iterator[Any]:
    plain, arguments = _plain(kind), get_args(_plain(kind))
    if _is_model(plain):
        for name, info in plain.model_fields.items():
            if part in (name, info.alias):
                yield info.annotation
                return
    if _tag(kind) == part or getattr(plain, "__name__", None) == part:
        yield kind
    elif get_origin(plain) in _LISTS and isinstance(part, int):
        yield arguments[0]
    elif get_origin(plain) in (dict, Mapping):
        yield arguments[1]


def _plain(kind: Any) -> Any:
    return _plain(get_args(kind)[0]) if get_origin(kind) is Annotated else kind


def _tag(kind: Any) -> str:
    found = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((str(one.tag) for one in found if isinstance(one, Tag)), "")


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
