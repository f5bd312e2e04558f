"""What is written on the choices of a question that is `offered_by` a query: how many are left, or that it is full."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from forms import Field
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Phrase


def line(c: Composer, field: Field, choices: Iterable[Button]) -> tuple[str, ...]:
    """What the choices are worth, as a text key."""
    if field.offered_by is None:
        return ()
    if (counts := _counts(c, field)) is None:
        return ("left.looking",)
    told = [one.enabled for one in choices if one.value in counts]
    if all(told):
        return () if told else ("left.unknown",)
    return ("left.some_full" if any(told) else "left.all_full",)


def marked(c: Composer, field: Field, choices: tuple[Button, ...]) -> tuple[Button, ...]:
    """The choices, those that are full not to be touched."""
    counts = _counts(c, field) or {}
    return tuple(_marked(c, one, counts) for one in choices)


def without_full(phrases: list[Phrase], choices: Iterable[Button]) -> list[Phrase]:
    """What may be said, but for those that are full."""
    full = [one.value for one in choices if not one.enabled]
    return [one for one in phrases if one.value not in full]


def _marked(c: Composer, button: Button, counts: Mapping[str, int]) -> Button:
    if button.value is None or (count := counts.get(button.value)) is None:
        return button
    return replace(button, detail=c.t("left.count", count=count) if count else c.t("left.full"), enabled=count > 0)


def _counts(c: Composer, field: Field) -> Mapping[str, int] | None:
    left = c.state.left
    return left.counts if left and left.field == field.id else None
