"""What is known already, before it is asked: where it came from, to be taken over, changed, or said not to fit."""

from collections.abc import Mapping
from dataclasses import replace

from forms import Field, mask
from forms.repeats import member_of
from kiosk.entry.field_input import input_of
from kiosk.entry.privacy import is_public
from kiosk.screens import members
from kiosk.screens.check import from_where
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Row, Screen
from kiosk.screens.common.values import value_text
from kiosk.state.answers.known_answers import VISITOR, Known
from kiosk.state.visit import Visit


def known(c: Composer, visit: Visit) -> Screen:
    """Private numbers are shown by their ends alone: whoever stands here now may be another than who gave them."""
    offer, field = visit.offer, visit.field
    answers = visit.answers | {name: told.value for name, told in offer.lines.items()}
    rows = tuple(row(c, visit, visit.service.field(name), told, answers) for name, told in offer.lines.items())
    own = offer.person in (VISITOR, None) and not member_of(field)
    asked = "member" if member_of(field) else "self" if visit.form.for_another is False else "other"
    on_record = any(told.source == "provider" for told in offer.lines.values())
    title = "known.title_on_record" if on_record else "known.title" if own else f"known.title_{asked}"
    refuse = "known.not_mine" if offer.person in (VISITOR, None) else "known.another"
    whose = members.so_far_said(c, field)
    return c.make(
        f"known-{offer.place}",
        "check",
        title,
        title_said=(*filter(None, [whose]), c.said(title)),
        lines=("known.line_on_record" if on_record else "known.line",),
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


def on_record(c: Composer) -> Screen:
    """Whether the hall may look for answers at an office: which office, and for what."""
    visit, wanted = c.state.visit, c.state.wanted
    assert visit is not None, "records are looked for in a visit only"
    assert wanted is not None, "this overlay is never shown without what is wanted"
    labels, what = [c.text(one.label) for one in wanted.fields], c.t("on_record.what")
    aloud = [c.aloud(one.label) for one in wanted.fields]
    return c.make(
        f"on-record-{wanted.registry}",
        "card",
        f"on_record.{wanted.registry}",
        lines=("on_record.line",),
        rows=(Row(what, c.listed(labels), say=(what, *aloud)),),
        say_between=(what, *aloud),
        primary=c.button("look_on_record", "on_record.yes", icon="yes"),
        secondary=(c.button("leave_record", "on_record.no", icon="no"),),
        phrases=c.phrases("on_record_yes", "look_on_record", shown=True)
        + c.phrases("on_record_no", "leave_record", shown=True),
    )


def line(c: Composer, visit: Visit) -> tuple[str, ...]:
    """At a question of which alone the answer is known: the answer, and where it came from."""
    if (told := visit.known_here) is None:
        return ()
    value = _shown(c, visit.field, told, visit.answers)
    return (c.t("known.from", value=value, source=from_where(c, visit, told)),)


def marked(visit: Visit, choices: tuple[Button, ...]) -> tuple[Button, ...]:
    """The choices of such a question, the known one as if it were chosen."""
    told = visit.known_here
    is_known = [told is not None and one.action == "answer" and one.value == told.value for one in choices]
    return tuple(replace(one, selected=one.selected or known) for one, known in zip(choices, is_known, strict=True))


def row(c: Composer, visit: Visit, field: Field, told: Known, answers: Mapping[str, str]) -> Row:
    chosen, of_office = c.of_visit.chosen(field, told.value, answers), told.source == "provider"
    shown = _shown(c, field, told, answers)
    label, source = members.label(c, field), from_where(c, visit, told)
    change = c.t("known.wrong" if of_office else "change")  # nobody changes here what another office has written down
    said = shown if chosen or is_public(field, told.value) else c.private_said(field, told.value, shown)
    return Row(
        c.t("known.from", value=label, source=source) if of_office else label,
        shown if of_office else c.t("known.from", value=shown, source=source),
        say=(label, said, source),
        change=Button("correct", change, field.id, called=(change, label, said)),
    )


def _shown(c: Composer, field: Field, told: Known, answers: Mapping[str, str]) -> str:
    chosen = c.of_visit.chosen(field, told.value, answers)
    in_full = chosen or not told.value or input_of(field).from_card == "name"  # else nobody knows who is meant
    in_full = in_full or (told.source == "provider" and not field.kind.digits)  # nor whether it is right
    return value_text(c, field, told.value, answers) if in_full else mask(field, told.value)
