"""Everything that was answered, to be looked at before it is sent."""

from decimal import Decimal

from forms import Field, mask
from forms.values.days import day_in_words
from kiosk.entry.answer_entry import grouped
from kiosk.screens.composer import Composer
from kiosk.screens.model import Button, Row, Screen
from kiosk.state.visit import Visit
from kiosk.texts.privacy import said_of


def check(c: Composer, visit: Visit) -> Screen:
    rows = tuple(row(c, visit, field) for field in visit.fields() if field.type != "consent")
    warnings = tuple(problem.message for problem in visit.report().warnings)
    look = (c.t("check.look"), *(c.text(one) for one in warnings)) if warnings else ()
    query = visit.service.kind == "query"
    act = c.button("ask", "check.ask", icon="next") if query else c.button("send", "check.send", icon="send")
    return c.make(
        "check",
        "check",
        "check.title",
        lines=("check.line",),
        notices=look,
        say_between=tuple(part for one in rows for part in one.say) if c.headset else (),
        say_after=(c.said("check.look"), *(one.said(c.lang) for one in warnings)) if warnings else (),
        rows=rows,
        primary=act,
        secondary=(c.back(), *c.aside()),
        phrases=[
            *c.phrases(act.action, act.action, shown=True),
            *c.phrases("back", "back", shown=True),
            *c.aside_phrases(),
        ],
    )


def row(c: Composer, visit: Visit, field: Field) -> Row:
    value = visit.answers.get(field.id, "")
    shown = value_text(c, visit, field, value)
    label = c.label(field)
    public = field.type == "choice" or mask(field, value) == value
    said = shown if public else said_of(field, value, shown, c.state.look)
    return Row(
        label=label,
        value=shown,
        say=(label, said),
        change=Button("change", c.t("change"), field.id, called=(c.t("change"), label, said)),
    )


def value_text(c: Composer, visit: Visit, field: Field, value: str) -> str:
    if not value:
        return c.t("empty")
    if field.type == "phone" and value == "none":
        return c.t("no_phone")
    for choice in c.catalogue.choices(field, visit.answers) if field.type == "choice" else ():
        if choice.id == value:
            return c.text(choice.label)
    if field.type == "date":
        return day_in_words(value, c.lang)
    if field.type == "amount":
        return c.t("yuan", amount=f"{Decimal(value):,}")
    return grouped(field.type, value)
