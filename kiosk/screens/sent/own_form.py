"""A form's own page, after it was sent: where it stands, who does what next, what can still be done with it."""

from forms.fields.numbers import receipt_number
from kiosk.devices.printers import Paper
from kiosk.screens.common.composer import Composer, in_groups
from kiosk.screens.common.model import Button, Row, Screen
from kiosk.state.query_answer import LackingPaper, OwnForm


def own_form(c: Composer) -> Screen:
    own, taken_back = c.state.own_form, c.state.hall.taken_back
    assert own is not None, "this location has a form"
    may_change, is_back = own.may_change and taken_back is None, taken_back in ("saved", "taken")
    correct = c.button("amend", "own.correct", icon="edit")
    take_back = c.button("take_back", "own.take_back", icon="erase")
    call = c.button("help", "help.call", icon="help")
    seen = c.button("finish", "explain.done", icon="yes")
    aside = (take_back,) if may_change else ()
    phrases = c.phrases("own.correct", "amend", shown=True) + c.phrases("own.take_back", "take_back", shown=True)
    closing = c.phrases("explained", "finish", shown=True) if is_back else c.phrases("call", "help", shown=True)
    printing = bool(own.ruling) and c.state.prints
    if printing and not may_change:
        aside = (c.button("print_result", "result.print", icon="slip"),)
        closing += c.phrases("result.print", "print_result", shown=True)
    state, then, ruling = _state(c, own), _next(c, own), _ruling(c, own)
    return c.make(
        f"own-form-{taken_back}" if taken_back else "own-form" if may_change else "own-form-closed",
        "answer",
        f"own.title.{taken_back}" if taken_back else "own.title",
        rows=(
            Row(c.t("receipt.service"), c.text(own.title), say=(c.said("receipt.service"), c.text(own.title))),
            *state,
            *then,
            *ruling,
            *(_paper(c, one) for one in own.papers if may_change),
            _number(c, own),
        ),
        say_between=(
            *(part for row in (*state, *then) for part in row.say[1:]),
            *(c.aloud(part) for one in own.ruling for part in one.aloud if ruling),
        ),
        lines=(
            *(("own.line",) if may_change else () if is_back else ("result.ask",) if ruling else ("own.ask",)),
            *((f"result.{c.state.printing}",) if printing and c.state.printing else ()),
        ),
        primary=correct if may_change else seen if is_back else call,
        secondary=(c.back(), *aside),
        phrases=[
            *(phrases if may_change else closing),
            *c.phrases("back", "back", shown=True),
        ],
    )


def _number(c: Composer, own: OwnForm) -> Row:
    grouped = receipt_number.KIND.grouped(own.number)
    return Row(c.t("receipt.number"), grouped, say=(c.said("receipt.number"), in_groups(grouped)))


def _state(c: Composer, own: OwnForm) -> tuple[Row, ...]:
    """In the hall's words; of a form of this visit whether it has gone there."""
    if c.state.hall.taken_back:
        return ()
    if own.state:
        return (Row(c.t("answer.step"), c.text(own.state), say=(c.said("answer.step"), c.aloud(own.state))),)
    receipt = c.state.receipt_states.get(own.number)
    return (c.plain_row("receipt.state", c.t(f"receipt.{receipt}")),) if receipt else ()


def _next(c: Composer, own: OwnForm) -> tuple[Row, ...]:
    taken_back = c.state.hall.taken_back
    if taken_back:
        key = f"own.next.{taken_back}"
        return (Row(c.t("answer.next"), c.t(key), say=(c.said("answer.next"), c.said(key))),)
    if own.next:
        return (Row(c.t("answer.next"), c.text(own.next), say=(c.said("answer.next"), c.aloud(own.next))),)
    return ()


def _ruling(c: Composer, own: OwnForm) -> tuple[Row, ...]:
    """How a person has decided on it."""
    if c.state.hall.taken_back:
        return ()
    return tuple(
        Row(c.text(one.label), c.text(one.value), say=(c.aloud(one.label), c.aloud(one.value))) for one in own.ruling
    )


def paper(c: Composer, own: OwnForm) -> Paper:
    """How it was decided, to take home; it names nobody."""
    grouped = receipt_number.KIND.grouped(own.number)
    rows = (c.plain_row("receipt.service", c.text(own.title)), *_state(c, own), *_next(c, own), *_ruling(c, own))
    return Paper(c.t("result.paper"), grouped, "", tuple(c.on_paper(row) for row in rows))


def _paper(c: Composer, paper: LackingPaper) -> Row:
    """One that is missing; once it was brought, that staff come to look at it."""
    label = c.label_of(paper.label)
    if paper.brought:
        return Row(label, c.t("own.paper_here"), say=(label, c.said("own.paper_here")))
    here = Button("brought", c.t("own.brought"), paper.field, icon="yes", called=(c.t("own.brought"), label))
    return Row(label, c.t("own.paper_missing"), say=(label, c.said("own.paper_missing")), change=here)
