"""Any screen as it is while staff help: who helps, how to end it, and private answers covered."""

from dataclasses import replace

from forms import mask
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Entry, HelpBar, Screen
from protocol.calls.states import CallState

_PANEL = ("steps", "covered", "reasons")


def assisted(c: Composer, shown: Screen) -> Screen:
    """The button that called for help ends it: a person is here. So it has one place on every screen."""
    helper = c.state.assisted
    if helper is None:
        return shown
    end, tools, gone = c.button("end_help", "assist.end", icon="no"), shown.tools, {"help", "cancel_help"}
    if c.state.order:  # which is put aside: another one would take its place
        gone.add("cannot")
        tools = tuple(one for one in tools if one.action != "cannot")
    if c.state.overlay not in _PANEL:  # which has what gives way: a small panel has no room for more tools
        gone |= {"settings", "cannot"}
        steps = c.button("steps", "assist.steps", icon="edit")
        tools = (steps, *(one for one in shown.tools if one.action not in gone))
    phrases = [one for one in shown.phrases if one.action not in gone]
    phrases += c.phrases("end_help", "end_help", shown=True)
    choices = tuple(one for one in shown.choices if one.action not in gone)
    return replace(
        _covered(c, replace(shown, choices=choices)),
        help=HelpBar(CallState.ASSISTING, end, c.t("assist.bar", staff=helper.staff.name)),
        tools=tools,
        phrases=c.sayable(phrases, can_repeat=False),
    )


def _covered(c: Composer, shown: Screen) -> Screen:
    """What is there of an answer that is being asked for."""
    visit, text = c.state.visit, c.state.entry.text
    if shown.kind != "question" or shown.entry is None or visit is None or c.state.overlay:
        return shown
    if not c.covers(visit.field, text):
        return shown
    choices = tuple(
        replace(one, selected=False) if one.action in ("answer", "toggle") else one for one in shown.choices
    )
    lines = tuple(one for one in shown.lines if one not in shown.private)
    return replace(shown, entry=_entry(shown.entry, mask(visit.field, text)), choices=choices, lines=lines)


def _entry(entry: Entry, masked: str) -> Entry:
    if entry.kind == "choice":
        return entry
    cards = tuple(replace(one, selected=False) for one in entry.cards)
    return replace(entry, value="•" * len(masked), display=masked, groups=0, strokes=(), cards=cards)
