"""An answer as people read it on a screen."""

from collections.abc import Mapping

from forms import Field, mask
from kiosk.entry.field_input import input_of
from kiosk.screens.common.composer import Composer


def value_text(c: Composer, field: Field, value: str, answers: Mapping[str, str]) -> str:
    if not value:
        return c.t("empty")
    if c.covers(field, value):
        return mask(field, value)
    if chosen := c.of_visit.chosen(field, value, answers):
        return c.listed(c.text(one.label) for one in chosen)
    return input_of(field).shown(field, value, c.texts, c.lang)
