"""What pydantic found wrong, as flaws that a county's engineer understands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from forms.reading.kinds import names_in, tags_of
from forms.reading.mistake import Flaw, FlawError, Keys, did_you_mean
from forms.values.days import NO_SUCH_DAY, no_such_day

_PLAIN: Mapping[str, str] = {
    "string_type": "has to be text",
    "int_type": "has to be a whole number",
    "int_parsing": "has to be a whole number",
    "int_from_float": "has to be a whole number",
    "float_type": "has to be a number",
    "float_parsing": "has to be a number",
    "bool_type": "has to be true or false",
    "bool_parsing": "has to be true or false",
    "list_type": "has to be a list: [one, another], or lines that begin with '- '",
    "tuple_type": "has to be a list: [one, another], or lines that begin with '- '",
    "dict_type": "has to be 'name: value' lines",
    "model_type": "has to be 'name: value' lines",
    "model_attributes_type": "has to be 'name: value' lines",
    "date_type": "has to be a day such as 2026-01-31",
    "date_parsing": "has to be a day such as 2026-01-31",
    "date_from_datetime_parsing": "has to be a day such as 2026-01-31",
    "string_too_short": "is empty",
    "too_short": "has too few entries: at least {min_length}",
    "string_too_long": "is too long: at most {max_length} characters",
    "too_long": "has too many entries: at most {max_length}",
    "greater_than_equal": "has to be {ge} or more",
    "greater_than": "has to be more than {gt}",
    "less_than_equal": "has to be {le} or less",
}
_HAS = "has to be "
_INSTEAD = {"Text": "Write it as {{zh: …, en: …}}.", "Field": "Write 'use: {0}' for a shared field."}
_TRUE = "Put it in quotes: without them yes, no, on and off mean true and false."


def flaws_of(error: ValidationError, kind: Any, data: Any) -> list[Flaw]:
    """All that is wrong, each place once."""
    found: dict[Keys, Flaw] = {}
    for details in error.errors(include_url=False):
        flaw = _flaw(details, kind, data)
        if flaw.place not in found or details["type"] == "value_error":  # which says more than the kinds that it is not
            found[flaw.place] = flaw
        elif flaw.message.startswith(_HAS) and flaw.message not in (before := found[flaw.place]).message:
            message = f"{before.message}, or {flaw.message.removeprefix(_HAS)}"
            found[flaw.place] = replace(before, message=message)
    return list(found.values())


def worth_telling(flaws: list[Flaw]) -> list[Flaw]:
    """Without what a reader has been told by another of them."""
    places = [flaw.place for flaw in flaws]
    meant = {flaw.keys[:-1]: flaw.hint for flaw in flaws if flaw.hint.startswith("Did you mean")}
    return [flaw for flaw in flaws if not _told_already(flaw, places, meant)]


def _told_already(flaw: Flaw, found: Iterable[Keys], meant: Mapping[Keys, str]) -> bool:
    """A part of it is told, or its name is there and only misspelt."""
    if flaw.lacking:
        return meant.get(flaw.keys) == did_you_mean(flaw.lacking, [flaw.lacking])
    return any(_inside(one, flaw.keys) for one in found)


def _inside(keys: Keys, above: Keys) -> bool:
    return len(keys) > len(above) and keys[: len(above)] == above


def _flaw(details: ErrorDetails, kind: Any, data: Any) -> Flaw:
    loc, said, given = details["loc"], details["type"], details.get("input")
    keys = keys_of(loc, data)
    if said == "missing":
        name = str(loc[-1])
        return Flaw(keys, f"{name} is missing", f"Add a line '{name}: …'.", lacking=name)
    if said == "extra_forbidden":
        name = str(loc[-1])
        names = names_in(kind, loc[:-1])
        hint = did_you_mean(name, names) or f"What may stand here: {', '.join(sorted(names))}."
        return Flaw(keys, f"there is nothing called {name!r} here", hint)
    if isinstance(wrong := details.get("ctx", {}).get("error"), FlawError):
        return wrong.flaw.under(keys)
    if said in ("union_tag_not_found", "union_tag_invalid"):
        return Flaw(keys, *_no_such_kind(tags_of(kind, loc), given))
    if said in ("literal_error", "enum"):
        expected = str(details["ctx"]["expected"])
        known = [one for one in expected.split("'")[1::2] if one]
        return Flaw(keys, f"{given!r} is none of these: {', '.join(known)}", did_you_mean(given, known))
    if said == "string_pattern_mismatch":
        return Flaw(keys, *_pattern(given, details["ctx"]["pattern"]))
    return Flaw(keys, *_plainly(said, given, details))


def _plainly(said: str, given: Any, details: ErrorDetails) -> tuple[str, str]:
    plain = _PLAIN.get(said)
    if plain is None:
        return details["msg"].removeprefix("Value error, "), ""
    if given is None:
        return "there is no value", "Write one after the colon."
    if said.startswith("date_") and no_such_day(given):
        return NO_SUCH_DAY.format(given), ""
    if said == "string_type":
        if isinstance(given, bool):
            return f"has to be text; here it is {str(given).lower()}", _TRUE
        if isinstance(given, int | float) or not isinstance(given, list | dict):
            return f"has to be text; {given} is a number or a day", f'Put it in quotes: "{given}".'
    if said.startswith("model") and not isinstance(given, dict):
        return f"{plain}; here it is {given!r:.40}", _INSTEAD.get(details["ctx"]["class_name"], "").format(given)
    return plain.format(**details.get("ctx", {})), ""


def _no_such_kind(tags: list[str], given: Any) -> tuple[str, str]:
    """A condition, or a value, of no kind that there is."""
    if not isinstance(given, dict):
        return (
            f"{given!r:.60} is not written as 'name: value' lines",
            f"It has to be one of: {', '.join(tags)}; such as {{answered: phone}}.",
        )
    names = ", ".join(map(repr, given)) or "nothing"
    near = next((hint for name in given if (hint := did_you_mean(name, tags))), "")
    return f"{names} is none of these: {', '.join(tags)}", near


def _pattern(given: Any, pattern: str) -> tuple[str, str]:
    if pattern == r"^[a-z][a-z0-9_]*$":
        return f"{given!r} is no name", "Use small letters, digits and _, beginning with a letter."
    if pattern == r"^[a-z][a-z0-9-]*$":
        return f"{given!r} is no name", "Use small letters, digits and -, beginning with a letter."
    return f"{given!r} is not written as it has to be ({pattern})", ""


def keys_of(loc: tuple[int | str, ...], data: Any) -> Keys:
    """The place in the file: pydantic also names the variants that it tried, and what is not there."""
    return tuple(_steps(loc, data))


def _steps(loc: tuple[int | str, ...], data: Any) -> Iterator[str | int]:
    for part in loc:
        if isinstance(data, list):
            within = isinstance(part, int) and part < len(data)
        else:
            within = isinstance(data, dict) and part in data
        if within:
            data = data[part]
            yield part
