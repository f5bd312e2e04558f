"""An address as an office has written it down, taken apart into the questions of a form."""

from collections.abc import Iterable, Mapping

from forms import Catalogue, Choice, Field

_ENDS_A_LARGER_AREA = ("省", "市", "区", "县", "旗", "州", "盟")


def parts(catalogue: Catalogue, fields: Iterable[Field], address: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answer to each of these questions, in order: a choice by its name in Chinese, else what is left.

    Nothing is guessed: it ends at the first choice that the address does not name.
    """
    found: dict[str, str] = {}
    for field in fields:
        choices = catalogue.choices(field, {**answers, **found})
        if not choices:
            found[field.id] = address
            break
        named = [one for one in choices if _begins(address, one, may_be_within=not found)]
        if not named:
            break
        chosen = max(named, key=lambda one: len(one.label.zh))
        found[field.id] = chosen.id
        address = address.partition(chosen.label.zh)[2]
    return {name: value for name, value in found.items() if value}


def _begins(address: str, choice: Choice, *, may_be_within: bool) -> bool:
    """`may_be_within`: larger areas may stand before it, such as the county."""
    before, named, _ = address.partition(choice.label.zh)
    return bool(named) and (not before or (may_be_within and before.endswith(_ENDS_A_LARGER_AREA)))
