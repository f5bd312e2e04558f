"""The call to staff: its screen, what a receipt says of it, and what is said when it has changed by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from forms import Service
from forms.fields.numbers.phone import KIND as PHONE
from kiosk.screens.common.composer import Composer, in_groups
from kiosk.screens.common.model import Button, Entry, Phrase, Row, Screen
from kiosk.state.hall_news import StaffCall
from kiosk.state.session_state import OUTSIDE
from protocol.calls.messages import Need, Rating
from protocol.calls.states import CallState

# Title and line of the help screen where they are not help.title.STEP and help.line.STEP.
_WORDS = {
    "local": ("help.button", "help.local"),
    "closed": ("help.button", "help.closed"),
    "cancelled": ("help.button", "help.closed"),
    "abandoned": ("help.title.unanswered", "help.line.not_done"),  # by the hall: who had gone does not see it
    "offline": ("help.title.requested", "help.offline"),
}


def help(c: Composer) -> Screen:
    call, step = c.call, c.call_step
    title, line = _WORDS.get(step, (f"help.title.{step}", f"help.line.{step}"))
    rows, (choices, chosen) = _rows(c), _choices(c)
    aside, asides = _asides(c)
    waits = c.state.hall.other_ways
    onward = c.button("resume", "help.wait" if waits else "help.resume", icon="next")
    if step == "remote":  # nobody is heard without it
        leave = next(one for one in aside if one.action == "leave_number")
        onward, aside = leave, (*(one for one in aside if one is not leave), onward)
    return c.make(
        f"help-{step.replace('_', '-')}" if step in _OWN_NAMES else "help",
        "help",
        c.t(title, staff=call.staff if call else ""),
        title_said=who_comes(c, call) if call and call.is_taken and step != "offline" else (c.said(title),),
        lines=_lines(c, line),
        rows=rows,
        say_after=tuple(part for row in rows for part in row.say),
        choices=choices,
        primary=onward,
        secondary=aside,
        phrases=[
            *(c.phrases("wait", "resume", shown=True) if waits else []),  # as the button says
            *c.phrases("resume", "resume", shown=not waits),
            *asides,
            *chosen,
        ],
    )


_NO_NUMBER = ("remote", "remote_hall")  # nobody could phone the visitor
_MAY_BE_HERE = (CallState.ACKNOWLEDGED, CallState.EN_ROUTE, CallState.ARRIVED)  # staff, who show who they are
_OWN_NAMES = ("offline", "unanswered", "handed_back", "resolved", "not_done")


def _lines(c: Composer, line: str) -> tuple[str, ...]:
    """What to do meanwhile, after five minutes what else there is; how loudly it was called, what may be said of
    oneself. That the hall does not know of the call stands there as long as it is so."""
    offline, other_ways = c.call_step == "offline", c.state.hall.other_ways
    by_phone = c.call is not None and c.call.is_with_somebody
    found = [line] if offline or by_phone or not other_ways else []
    if other_ways:
        found.append("help.other_ways")
    if c.state.hall.escalation and not offline:
        found.append(f"help.escalated_{c.state.hall.escalation}")
    if _asks_needs(c):
        found.append("help.needs")
    return tuple(found)


def _rows(c: Composer) -> tuple[Row, ...]:
    """The hall's number, once it is of use."""
    call = c.call
    if call is None or not call.hall_phone or not (c.state.hall.other_ways or c.call_step == "remote_hall"):
        return ()
    label = c.t("receipt.phone")
    return (Row(label, call.hall_phone, say=(label, in_groups(call.hall_phone))),)


def _asks_needs(c: Composer) -> bool:
    """Until somebody is there, or what else there is takes the room."""
    call = c.call
    return call is not None and call.is_open and not call.is_with_somebody and not c.state.hall.other_ways


def _choices(c: Composer) -> tuple[tuple[Button, ...], list[Phrase]]:
    """What staff should know before they come; of a call that is done, how it went."""
    call = c.call
    if call and call.state is CallState.RESOLVED:
        return _buttons(c, "rate", Rating)
    if call and _asks_needs(c):
        return _buttons(c, "need", Need, call.needs)
    return (), []


_ICONS: dict[Need | Rating, str] = {
    Need.HEARING: "ear",
    Need.SEEING: "eye",
    Need.STANDING: "seat",
    Rating.GOOD: "glad",
    Rating.FAIR: "calm",
    Rating.BAD: "sad",
}


def _buttons(
    c: Composer, action: Literal["rate", "need"], offered: type[Need] | type[Rating], chosen: Sequence[Need] = ()
) -> tuple[tuple[Button, ...], list[Phrase]]:
    keys = {one: f"help.{action}.{one.value}" for one in offered}
    buttons = tuple(
        c.button(action, key, one.value, icon=_ICONS[one], selected=one in chosen) for one, key in keys.items()
    )
    return buttons, [phrase for one, key in keys.items() for phrase in c.phrases(key, action, one.value)]


def _asides(c: Composer) -> tuple[tuple[Button, ...], list[Phrase]]:
    """Whatever else than waiting there is."""
    call, buttons, phrases = c.call, [], list[Phrase]()
    if call and call.is_open:
        here = call.is_with_somebody
        buttons.append(c.button("cancel_help", "help.cancel_here" if here else "help.cancel", icon="no"))
        phrases += c.phrases("end_help", "cancel_help", shown=True) if here else []  # as the button says
        phrases += c.phrases("cancel_help", "cancel_help", shown=not here)
    if call and call.state in _MAY_BE_HERE:
        buttons.append(c.button("staff_way", "assist.way", icon="person"))
    if c.call_step == "not_done":
        buttons.append(c.button("help", "help.again", icon="help"))
        phrases += c.phrases("call", "help", shown=True)
    if call and call.is_open and (c.state.hall.other_ways or c.call_step in _NO_NUMBER) and not _has_phone(call):
        buttons.append(c.button("leave_number", "help.number", icon="digits"))
        phrases += c.phrases("leave_number", "leave_number", shown=True)
    if c.state.hall.other_ways and c.call_step != "offline" and ticket_service(c):  # the hall gives it out
        buttons.append(c.button("take_ticket", "help.ticket", icon="queue"))
        phrases += c.phrases("take_ticket", "take_ticket", shown=True)
    return tuple(buttons), phrases


def _has_phone(call: StaffCall) -> bool:
    return call.has_number or bool(call.phone_here)


def number(c: Composer) -> Screen:
    """Where somebody who wants to be phoned puts in their number. It is said what for, and never read out."""
    typed = c.state.number_typed
    return c.make(
        "help-number",
        "question",
        "help.number.title",
        lines=("help.number.line",),
        entry=Entry("call_back", "digits", value=typed, display=PHONE.grouped(typed)),
        primary=c.button("next", "help.number.leave", icon="yes"),
        secondary=(c.button("resume", "back", icon="back"),),
        error=c.words(c.state.code_error),
        may_say=(c.longest(("help.number.wrong", "help.number.cannot")),),
        phrases=c.phrases("back", "resume", shown=True),
    )


def ticket_service(c: Composer) -> Service | None:
    """What draws a number of the queue, where this kiosk offers it and no form is open, which it would put aside."""
    if c.state.location not in OUTSIDE:
        return None
    return next((one for one in c.catalogue.services.values() if one.query == "queue_ticket"), None)


def news(c: Composer, shown: Screen) -> tuple[str, ...]:
    """What is said when the call has changed by itself: what can now be read of it on the screen that is `shown`."""
    call = c.call
    if call is None or call.state is CallState.CANCELLED:
        return ()
    if shown.kind == "help":
        return shown.say
    if call.state is CallState.ABANDONED:
        return tuple(c.said(key) for key in _WORDS["abandoned"])
    promise = open_promise(c) if shown.kind == "receipt" else None
    if call.is_done:
        done = shown.kind == "receipt" and call.matter
        return (c.said("help.closed"), *(shown.say[:2] if done else ()))
    if promise:
        return promise.title_said
    if call.is_taken and c.bar_step not in ("offline", "other_ways"):
        return who_comes(c, call)
    return (c.said(f"help.bar.{c.bar_step}"),)


def who_comes(c: Composer, call: StaffCall) -> tuple[str, ...]:
    """Aloud, of a call that a person has: a name is said by the live voice, the words around it are recorded."""
    return (c.said(f"help.who.{c.call_step}"), call.staff)


@dataclass(frozen=True)
class Promise:
    """What a receipt says while staff still have to do something here: never that it is done.

    `name` is the end of the screen's name, `line` and `finish` are text keys.
    """

    name: Literal["stay", "coming", "unanswered", "counter"]
    title: str
    title_said: tuple[str, ...]
    line: str
    finish: str


def open_promise(c: Composer) -> Promise | None:
    """None when nothing is left to be done here."""
    if not c.state.staff_have_to_come:
        return None
    if c.call is None or not c.state.staff_are_coming:
        name: Literal["unanswered", "counter"] = "unanswered" if c.state.hall.unanswered else "counter"
        title = f"promise.{name}"
        return Promise(name, c.t(title), (c.said(title),), f"{title}_line", "promise.to_counter")
    stay = c.said("promise.stay")
    if c.call.is_taken:
        title = c.t(f"promise.{c.call_step}", staff=c.call.staff)
        return Promise("coming", title, (stay, *who_comes(c, c.call)), "promise.line", "promise.leave")
    return Promise("stay", c.t("promise.stay"), (stay,), "promise.line", "promise.leave")
