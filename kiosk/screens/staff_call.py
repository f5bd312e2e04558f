"""The call to staff: its screen, what a receipt says of it, and what is said when it has changed by itself."""

from dataclasses import dataclass
from typing import Literal

from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Screen
from kiosk.state.hall_news import StaffCall

# Title and line of the help screen where they are not help.title.STEP and help.line.STEP.
_WORDS = {
    "local": ("help.button", "help.local"),
    "closed": ("help.button", "help.closed"),
    "cancelled": ("help.button", "help.closed"),
    "offline": ("help.title.requested", "help.offline"),
}


def help(c: Composer) -> Screen:
    call, is_open = c.call, c.state.waits_for_staff
    step = c.call_step
    title, line = _WORDS.get(step, (f"help.title.{step}", f"help.line.{step}"))
    return c.make(
        f"help-{step}" if step in ("offline", "unanswered") else "help",
        "help",
        c.t(title, staff=call.staff if call else ""),
        title_said=who_comes(c, call) if call and step == "acknowledged" else (c.said(title),),
        lines=(line,),
        primary=c.button("resume", "help.resume", icon="next"),
        secondary=(c.button("cancel_help", "help.cancel", icon="no"),) if is_open else (),
        phrases=c.phrases("resume", "resume", shown=True)
        + (c.phrases("cancel_help", "cancel_help", shown=True) if is_open else []),
    )


def news(c: Composer, shown: Screen) -> tuple[str, ...]:
    """What is said when the call has changed by itself: what can now be read of it on the screen that is `shown`."""
    call = c.call
    if call is None or call.state == "cancelled":
        return ()
    if shown.kind == "help":
        return shown.say
    promise = open_promise(c) if shown.kind == "receipt" else None
    if call.state == "closed":
        done = shown.kind == "receipt" and call.matter
        return (c.said("help.closed"), *(shown.say[:2] if done else ()))
    if promise:
        return promise.title_said
    return who_comes(c, call) if call.state == "acknowledged" else (c.said(f"help.bar.{c.call_step}"),)


def who_comes(c: Composer, call: StaffCall) -> tuple[str, ...]:
    """Aloud: a name is said by the live voice, the words around it are recorded."""
    return (c.said("help.coming"), call.staff)


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
    if c.call.state == "acknowledged":
        title, said = c.t("promise.coming", staff=c.call.staff), (stay, *who_comes(c, c.call))
        return Promise("coming", title, said, "promise.line", "promise.leave")
    return Promise("stay", c.t("promise.stay"), (stay,), "promise.line", "promise.leave")
