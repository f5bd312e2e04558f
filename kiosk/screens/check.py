"""Everything that was answered, to be looked at before it is sent."""

from collections.abc import Collection, Iterator

from forms import Field
from forms.fields import material
from forms.precheck import precheck_of
from forms.repeats import Repeat
from forms.values.days import day_in_words, month_in_words
from kiosk.entry import signing
from kiosk.entry.field_input import input_of
from kiosk.entry.privacy import is_public
from kiosk.queries import query_named
from kiosk.screens import members
from kiosk.screens.common.calculated import calculated
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Row, Screen
from kiosk.screens.common.values import value_text
from kiosk.screens.precheck import to_look_at
from kiosk.state.answers.known_answers import Known
from kiosk.state.visit import Visit


def check(c: Composer, visit: Visit) -> Screen:
    """What is missing, or should be looked at, stands above all answers. No verdict keeps anybody from sending."""
    report = visit.report()
    found = precheck_of(visit.catalogue, visit.service, report)
    reasons = [*to_look_at(c, visit, found)]
    answers = (*rows(c, visit), *calculated(c, visit))
    heading = Row("", c.t("check.answers"), say=(c.t("check.answers"),), heading=True)
    again = c.state.sent.has_same(visit, report.normalised)
    other = not again and not visit.amends and c.state.sent.has_same_people(visit, report.normalised)
    if query := visit.service.query:
        verdict, said = "check.line", f"{query_named(query).texts}.ask"
        act = c.button("ask", said, icon="next")
    else:
        said = "send_again" if again else "send_anyway" if reasons else "send"
        verdict = "check.amends" if visit.amends and not reasons else f"check.{found.verdict}"
        act = c.button("send", f"check.{said}", icon="send")
    return c.make(
        "check",
        "check",
        "check.sent_before" if again else "check.title",
        lines=("check.sent_other", verdict) if other and reasons else ("check.sent_other",) if other else (verdict,),
        say_between=tuple(part for one in answers for part in one.say) if c.headset else (),
        say_after=tuple(part for one in reasons for part in one.say[1:]),
        rows=(*reasons, heading, *answers) if reasons else answers,
        primary=act,
        secondary=(c.back(), *c.aside()),
        phrases=[
            *c.phrases(said, act.action, shown=True),
            *c.phrases("back", "back", shown=True),
            *members.phrases(c, visit),
            *c.aside_phrases(),
        ],
    )


def rows(c: Composer, visit: Visit, without: Collection[str] = ()) -> Iterator[Row]:
    """What was answered, in order; of each member of a repeat below a heading, and after all how many they are."""
    asked = {field.id for field in visit.fields() if not input_of(field).agreement}.difference(without)
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
    shown, known = value_text(c, field, value, visit.answers), visit.sources.get(field.id)
    source = from_where(c, visit, known) if known and (field.id in visit.reused or known.source == "card") else ""
    label = members.label(c, field)
    chosen = not (input_of(field).methods or field.card_itself)  # what the screen itself has offered may be said
    said = shown if chosen or is_public(field, value) else c.private_said(field, value, shown)
    return Row(
        label=c.t("known.from", value=label, source=source) if source else label,
        value=shown,
        say=(label, said, *filter(None, [source])),
        ink=signing.lines_of(value) if field.type == "signature" and not c.covers(field, value) else (),
        change=Button("change", c.t("change"), c.in_form(visit, field.id), called=(c.t("change"), label, said)),
    )


def from_where(c: Composer, visit: Visit, known: Known) -> str:
    """这次说过, 身份证上的: where an answer came from that was not put in here."""
    if known.at is None:
        return c.t(f"known.{known.source}")
    if known.source == "provider":
        return c.t("known.provider_on", month=month_in_words(known.at.isoformat(), c.lang))
    if known.source == "said" and known.at < visit.today:
        return c.t("known.said_on", day=day_in_words(known.at.isoformat(), c.lang))
    return c.t(f"known.{known.source}")


def to_bring(c: Composer, visit: Visit, *, short: bool = False) -> Row | None:
    """None when nothing is to be brought. `short`: the papers alone, without who brings them."""
    papers = {
        members.label(c, field): c.text(choice.label)
        for field in material.to_bring(visit.fields(), visit.answers)
        for choice in c.catalogue.chosen(field, visit.answers[field.id], visit.answers)
    }
    label, told = c.t("material.bring"), [c.t("material.one", paper=paper, how=papers[paper]) for paper in papers]
    return Row(label, c.listed(papers if short else told), say=(label, *told)) if papers else None
