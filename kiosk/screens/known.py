"""What is known already, before it is asked: where it came from, to be taken over, changed, or said not to fit."""

from collections.abc import Mapping

from forms import Field, mask
from forms.repeats import member_of
from kiosk.entry.field_input import input_of
from kiosk.entry.privacy import is_public
from kiosk.screens import members
from kiosk.screens.check import from_where, value_text
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Row, Screen
from kiosk.state.answers.known_answers import VISITOR, Known
from kiosk.state.visit import Visit


def known(c: Composer, visit: Visit) -> Screen:
    """Private numbers are shown by their ends alone: whoever stands here now may be another than who gave them."""
    offer, field = visit.offer, visit.field
    answers = visit.answers | {name: told.value for name, told in offer.lines.items()}
    rows = tuple(row(c, visit, visit.service.field(name), told, answers) for name, told in offer.lines.items())
    own = offer.person in (VISITOR, None) and not member_of(field)
    asked = "member" if member_of(field) else "self" if visit.form.for_another is False else "other"
    title = "known.title" if own else f"known.title_{asked}"
    refuse = "known.not_mine" if offer.person in (VISITOR, None) else "known.another"
    whose = members.so_far_said(c, field)
    return c.make(
        f"known-{offer.place}",
        "check",
        title,
        title_said=(*filter(None, [whose]), c.said(title)),
        lines=("known.line",),
        written_lines=tuple(filter(None, [whose])),
        rows=rows,
        say_between=tuple(part for one in rows for part in one.say) if c.headset else (),
        primary=c.button("reuse", "known.reuse", icon="yes"),
        secondary=(c.back(), c.button("somebody_else", refuse, icon="no"), *c.aside()),
        phrases=[
            *c.phrases("reuse", "reuse", shown=True),
            *c.phrases(refuse, "somebody_else", shown=True),
            *c.phrases("back", "back", shown=True),
            *c.aside_phrases(),
        ],
    )


def row(c: Composer, visit: Visit, field: Field, told: Known, answers: Mapping[str, str]) -> Row:
    chosen = c.of_visit.chosen(field, told.value, answers)
    in_full = chosen or not told.value or input_of(field).from_card == "name"  # else nobody knows who is meant
    shown = value_text(c, field, told.value, answers) if in_full else mask(field, told.value)
    label, source = members.label(c, field), from_where(c, visit, told)
    said = shown if chosen or is_public(field, told.value) else c.private_said(field, told.value, shown)
    return Row(
        label,
        c.t("known.from", value=shown, source=source),
        say=(label, said, source),
        change=Button("correct", c.t("change"), field.id, called=(c.t("change"), label, said)),
    )
