"""The call to staff: its screen, and what is said when it has changed by itself."""

from kiosk.screens.composer import Composer
from kiosk.screens.model import Screen
from kiosk.state.hall_news import StaffCall


def help(c: Composer) -> Screen:
    state = c.call.state if c.call else "local"
    if not c.call or state in ("closed", "cancelled"):
        title, line = "help.button", "help.closed" if c.call else "help.local"
    else:
        title = f"help.title.{state}"
        reached = c.call.reached_hall or state != "requested"
        line = f"help.line.{state}" if reached else "help.offline"
    staff = c.call.staff if c.call else ""
    open_call = c.state.waits_for_staff
    return c.make(
        "help" if line != "help.offline" else "help-offline",
        "help",
        c.t(title, staff=staff),
        title_said=who_comes(c, c.call) if c.call and open_call else (c.said(title),),
        lines=(line,),
        primary=c.button("resume", "help.resume", icon="next"),
        secondary=(c.button("cancel_help", "help.cancel", icon="no"),) if open_call else (),
        phrases=c.phrases("resume", "resume", shown=True)
        + (c.phrases("cancel_help", "cancel_help", shown=True) if open_call else []),
    )


def news(c: Composer, call: StaffCall | None) -> tuple[str, ...]:
    if call is None or call.state == "cancelled":
        return ()
    if call.state == "closed":
        return (c.said("help.closed"),)
    if call.state == "requested":
        return (c.said("help.bar.requested" if call.reached_hall else "help.offline"),)
    return (*who_comes(c, call), c.said(f"help.line.{call.state}"))


def who_comes(c: Composer, call: StaffCall) -> tuple[str, ...]:
    """The state of a call aloud; a name is said by the live voice, the words around it are recorded."""
    if call.state == "acknowledged":
        return (c.said("help.coming"), call.staff)
    return (c.said(f"help.title.{call.state}"),)
