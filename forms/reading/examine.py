"""Data as a model, and all that is wrong with it: what is wrong is stood in for, so that the rest is judged too."""

from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from forms.reading.kinds import at, stand_in
from forms.reading.mistake import Flaw, Keys
from forms.reading.sentences import flaws_of, worth_telling

T = TypeVar("T")
_KINDS = sorted(file.stem for file in (Path(__file__).parents[1] / "fields").rglob("*.py") if file.stem != "__init__")
_ROUNDS = 8
# What decides whether an example is right; of texts it does not matter what they say.
_TEXTS = ("label", "question", "hint", "explain", "tier", "picture")


@dataclass(frozen=True)
class Examined(Generic[T]):
    """`value` is only to be used where there are no `flaws`: else parts of it are stood in for; None: it is no use."""

    value: T | None
    flaws: list[Flaw]
    stood_in: frozenset[Keys] = frozenset()

    def news(self, flaw: Flaw) -> bool:
        """Whether a flaw found later is one of its own, and does not come from what is stood in for."""
        for keys in self.stood_in:
            if flaw.keys[: len(keys)] == keys or (flaw.keys and keys[: len(flaw.keys)] == flaw.keys):
                return False
        of_step = flaw.keys[:2] if flaw.keys[:1] == ("steps",) else None
        shaken = any(keys[:2] == of_step and keys[2:3] and keys[2] not in _TEXTS for keys in self.stood_in)
        return not (shaken and flaw.keys[2:3] not in [(name,) for name in (*_TEXTS, "relevant", "id", "use")])


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def examine(kind: Any, data: Any, stood_in: frozenset[Keys] = frozenset()) -> Examined[Any]:
    """Judge data by a model or type. `stood_in`: where the caller had to stand in for something already."""
    flaws: list[Flaw] = []
    whole = data
    for _ in range(_ROUNDS):
        try:
            return Examined(adapter(kind).validate_python(data), flaws, stood_in)
        except ValidationError as error:
            if data is whole:
                data = deepcopy(whole)
            found = flaws_of(error, kind, data)
            seen: Examined[Any] = Examined(None, flaws, stood_in)
            flaws += worth_telling([flaw for flaw in found if seen.news(flaw)])
            for flaw in found:
                stood_in |= {_mended(kind, data, flaw.place, again=flaw.place in stood_in)}
            if () in stood_in:
                break
    return Examined(None, flaws, stood_in)


def _mended(kind: Any, data: Any, keys: Keys, *, again: bool) -> Keys:
    """Change `data` so that nothing wrong is left there; the place that was changed."""
    if again and keys:
        keys = keys[:-1]
    if not keys:
        return ()
    *above, last = keys
    holder = data
    for key in above:
        holder = holder[key]
    kinds = at(kind, keys)
    if isinstance(holder, dict):
        old = holder.pop(last, None)
        if _needed(kind, tuple(above), last):
            holder[last] = _type_like(old, holder) if last == "type" else _stand_in(kinds, last, keys)
    else:
        old = holder[last]
        new = _stand_in(kinds, "", keys)
        if isinstance(old, dict) and isinstance(new, dict) and isinstance(old.get("id"), str):
            new["id"] = old["id"]
        holder[last] = new
    return keys


def _type_like(given: Any, field: dict[str, Any]) -> str:
    """The kind of field that was probably meant."""
    near = get_close_matches(str(given), _KINDS, 1)
    return near[0] if near else "choice" if {"choices", "choices_from"} & field.keys() else "person_name"


def _needed(kind: Any, above: Keys, name: str | int) -> bool:
    for model in at(kind, above):
        for own, info in getattr(model, "model_fields", {}).items():
            if name in (own, info.alias):
                return bool(info.is_required())
    return False


def _stand_in(kinds: list[Any], key: str | int, keys: Keys) -> Any:
    if key == "id":
        return f"unnamed_{sum(one for one in keys if isinstance(one, int))}"
    new = stand_in(kinds[0], str(key))
    if isinstance(new, dict) and "id" in new:
        new["id"] = f"unnamed_{sum(one for one in keys if isinstance(one, int))}"
    return new
