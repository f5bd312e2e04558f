"""What staff have while they help: every question with how it stands, what may be uncovered, and why."""

from collections.abc import Iterator

from forms import Field, mask
from forms.repeats import member_of
from kiosk.entry.field_input import input_of
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Row, Screen
from kiosk.screens.common.values import value_text
from kiosk.state.assistance import REASONS, name_of
from kiosk.state.visit import Visit


def steps(c: Composer) -> Screen:
    """A touch leads to a question; the visitor sees what is done there."""
    rows = tuple(_step(c, visit, field) for visit, field in _questions(c))
    asides = (c.button("covered", "assist.covered", icon="info"),) if any(_covered(c)) else ()
    return c.make(
        "assist-steps",
        "check",
        "assist.steps",
        lines=() if rows else ("assist.no_steps",),
        rows=rows,
        secondary=(
            c.button("resume", "back", icon="back"),
            *asides,
            c.button("vouch", "assist.vouch", icon="person"),
            c.button("help_done", "assist.done", icon="yes"),
        ),
        phrases=c.phrases("back", "resume", shown=True),
    )


def covered(c: Composer) -> Screen:
    """Which of the covered answers is to be seen whole for a moment; it stands on the first page then."""
    in_order = sorted(_covered(c), key=lambda one: one[0])
    return c.make(
        "assist-covered",
        "check",
        "assist.covered",
        lines=("assist.covered_line",),
        rows=tuple(row for _, row in in_order),
        secondary=(c.button("steps", "back", icon="back"),),
        phrases=c.phrases("back", "steps", shown=True),
    )


def reasons(c: Composer) -> Screen:
    return c.make(
        "assist-reasons",
        "errands",
        "assist.why",
        lines=("assist.why_line",),
        choices=tuple(Button("uncover_why", c.t(f"assist.why.{one}"), one, icon="info") for one in REASONS),
        secondary=(c.button("covered", "back", icon="back"),),
        phrases=c.phrases("back", "covered", shown=True),
    )


def _questions(c: Composer) -> Iterator[tuple[Visit, Field]]:
    """Of all forms that are being filled in."""
    for visit in c.state.forms if c.state.location == "visit" else ():
        if visit.stage in ("known", "question", "check"):
            yield from ((visit, field) for field in visit.fields() if not input_of(field).agreement)


def _step(c: Composer, visit: Visit, field: Field) -> Row:
    """No value: how far the question is."""
    is_done = field.id in visit.done
    state = "done" if is_done else "begun" if visit.typed.get(field.id) else "open"
    label, said = _label(c.of(visit), field), c.t(f"assist.state.{state}")
    change = Button("jump", c.t("assist.jump"), c.in_form(visit, field.id), called=(c.t("assist.jump"), label, said))
    return Row(label, said, say=(label, said), change=change)


def _covered(c: Composer) -> Iterator[tuple[bool, Row]]:
    """Each private answer, and whether it is covered just now."""
    for visit, field in _questions(c):
        value = visit.answers.get(field.id, "")
        if field.id in visit.done and field.type != "signature" and mask(field, value) != value:
            of_form, name = c.of(visit), name_of(visit, field.id)
            label, text = _label(of_form, field), c.t("assist.uncover")
            change = Button("uncover", text, name, called=(text, label))
            shown = value_text(of_form, field, value, visit.answers)
            yield of_form.covers(field, value), Row(label, shown, say=(label,), change=change)


def _label(c: Composer, field: Field) -> str:
    member, label = member_of(field), c.label(field)
    return c.t("member.named", who=c.who(member), name=label) if member else label
