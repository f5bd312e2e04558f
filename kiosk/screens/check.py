"""Everything that was answered, to be looked at before it is sent."""

from collections.abc import Iterator

from forms import Field
from forms.fields import material
from forms.repeats import Repeat
from kiosk.entry import signing
from kiosk.entry.field_input import input_of
from kiosk.entry.privacy import is_public
from kiosk.queries import query_named
from kiosk.screens import members
from kiosk.screens.calculated import calculated
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Row, Screen
from kiosk.state.visit import Visit


def check(c: Composer, visit: Visit) -> Screen:
    missing = to_bring(c, visit, short=True)
    rows = (*_rows(c, visit), *calculated(c, visit), *((missing,) if missing else ()))
    report = visit.report()
    asks_to_remove = c.state.remark and c.state.remark.key == "member.sure"
    to_look_at = () if asks_to_remove else report.warnings  # there is no room for both; these come back afterwards
    warnings = [(members.whose(c, visit.service, one.field), one.message) for one in to_look_at]
    told = [members.named(c, whose, c.text(message)) for whose, message in warnings]
    aloud = [part for whose, message in warnings for part in (whose, c.aloud(message)) if part]
    look = (c.t("check.look"), *told) if warnings else ()
    query = visit.service.query
    again = c.state.sent.has_same(visit, report.normalised)
    other = not again and c.state.sent.has_same_people(visit, report.normalised)
    if query:
        said = f"{query_named(query).texts}.ask"
        act = c.button("ask", said, icon="next")
    elif again:
        act, said = c.button("send", "check.send_again", icon="send"), "send_again"
    else:
        act, said = c.button("send", "check.send", icon="send"), "send"
    return c.make(
        "check",
        "check",
        "check.sent_before" if again else "check.title",
        lines=("check.sent_other" if other else "check.line",),
        notices=look,
        say_between=tuple(part for one in rows for part in one.say) if c.headset else (),
        say_after=(c.said("check.look"), *aloud) if warnings else (),
        rows=rows,
        primary=act,
        secondary=(c.back(), *c.aside()),
        phrases=[
            *c.phrases(said, act.action, shown=True),
            *c.phrases("back", "back", shown=True),
            *members.phrases(c, visit),
            *c.aside_phrases(),
        ],
    )


def _rows(c: Composer, visit: Visit) -> Iterator[Row]:
    """What was answered, in order; of each member of a repeat below a heading, and after all how many they are."""
    asked = {field.id for field in visit.fields() if not input_of(field).agreement}
    for step in visit.service.steps:
        if isinstance(step, Repeat):
            for place in range(1, step.count(visit.answers) + 1):
                yield members.heading(c, visit, step, place)
                of_one = [field for field in step.of_member(place) if field.id in asked and not field.asks_for_more]
                yield from (row(c, visit, field) for field in of_one)
            yield members.total(c, visit, step)
        elif step.id in asked:
            yield row(c, visit, step)


def row(c: Composer, visit: Visit, field: Field) -> Row:
    value = visit.answers.get(field.id, "")
    shown = value_text(c, visit, field, value)
    label = members.label(c, field)
    chosen = not (input_of(field).methods or field.card_itself)  # what the screen itself has offered may be said
    said = shown if chosen or is_public(field, value) else c.private_said(field, value, shown)
    return Row(
        label=label,
        value=shown,
        say=(label, said),
        ink=signing.lines_of(value) if field.type == "signature" else (),
        change=Button("change", c.t("change"), field.id, called=(c.t("change"), label, said)),
    )


def value_text(c: Composer, visit: Visit, field: Field, value: str) -> str:
    if not value:
        return c.t("empty")
    if chosen := c.of_visit.chosen(field, value, visit.answers):
        return c.listed(c.text(one.label) for one in chosen)
    return input_of(field).shown(field, value, c.texts, c.lang)


def to_bring(c: Composer, visit: Visit, *, short: bool = False) -> Row | None:
    """None when nothing is to be brought. `short`: the papers alone, without who brings them."""
    papers = {
        members.label(c, field): c.text(choice.label)
        for field in material.to_bring(visit.fields(), visit.answers)
        for choice in c.catalogue.chosen(field, visit.answers[field.id], visit.answers)
    }
    label, told = c.t("material.bring"), [c.t("material.one", paper=paper, how=papers[paper]) for paper in papers]
    return Row(label, c.listed(papers if short else told), say=(label, *told)) if papers else None
