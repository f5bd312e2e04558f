"""The headset: who wears it hears their own answers; without it nobody does."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kiosk.session.session import Session

HeadsetState = Literal["none", "unplugged", "plugged in"]  # none: this kiosk has no socket for one


def came_or_went(session: "Session", state: HeadsetState) -> None:
    """Without it nothing private is said, and the loudspeaker takes over."""
    if state == session.headset:
        return
    session.headset = state
    if state == "unplugged" and session.look.headset:
        session.look = replace(session.look, headset=False)
        session.tell("headset.gone")
    session.show()


def use(session: "Session", *, on: bool) -> None:
    """The visitor chose to hear with it, or no more."""
    if on and session.headset != "plugged in":
        session.tell("headset.plug_in")
        return
    session.look = replace(session.look, headset=on)
    session.tell("headset.on" if on else "headset.off")
