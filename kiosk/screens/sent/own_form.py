"""A form's own page, after it was sent: where it stands, who does what next, what can still be done with it."""

from forms.fields.numbers import receipt_number
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
    state, then = _state(c, own), _next(c, own)
    return c.make(
        f"own-form-{taken_back}" if taken_back else "own-form" if may_change else "own-form-closed",
        "answer",
        f"own.title.{taken_back}" if taken_back else "own.title",
        rows=(
            _number(c, own),
            Row(c.t("receipt.service"), c.text(own.title), say=(c.said("receipt.service"), c.text(own.title))),
            *state,
            *then,
            *(_paper(c, one) for one in own.papers if may_change),
        ),
        say_between=tuple(part for row in (*state, *then) for part in row.say[1:]),
        lines=("own.line",) if may_change else () if is_back else ("own.ask",),
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


def _paper(c: Composer, paper: LackingPaper) -> Row:
    """One that is missing; once it was brought, that staff come to look at it."""
    label = c.label_of(paper.label)
    if paper.brought:
        return Row(label, c.t("own.paper_here"), say=(label, c.said("own.paper_here")))
    here = Button("brought", c.t("own.brought"), paper.field, icon="yes", called=(c.t("own.brought"), label))
    return Row(label, c.t("own.paper_missing"), say=(label, c.said("own.paper_missing")), change=here)
