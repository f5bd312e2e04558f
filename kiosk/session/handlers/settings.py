"""How the visitor wants screen and voice: size, colours, language, headset; and trying the keys."""

from dataclasses import replace
from typing import Any

from kiosk.screens.overlays import PRACTICE_KEYS
from kiosk.session.common.presenter import Presenter
from kiosk.session.handlers import help, maintenance, navigation
from kiosk.state.session_state import HeadsetState, Remark
from kiosk.texts.languages import LANGS


def settings(p: Presenter) -> None:
    p.state.overlay = "settings"


def set_look(p: Presenter, change: str) -> None:
    """`change` is "text=L" and the like."""
    name, value = change.split("=")
    if name == "headset":
        use_headset(p, on=value == "on")
        return
    chosen: dict[str, Any] = {name: value}
    p.state.look = replace(p.state.look, **chosen)
    if name in ("speed", "volume"):
        p.read_screen()
    if name == "reach":
        p.tell(f"reach.{value}.done")


def set_language(p: Presenter, code: str) -> None:
    lang = next(one for one in LANGS if one == code)
    p.state.look = replace(p.state.look, lang=lang)
    if p.state.overlay == "maintenance":
        maintenance.look_again(p)
    words = p.composer().words
    first = words(p.state.code_error) or words(p.state.remark)
    p.speak((*filter(None, (first,)), *p.screen().say))


# the headset: with it visitors hear their private answers in full; without it nobody does


def headset_is(p: Presenter, headset: HeadsetState) -> None:
    """It was plugged in or out. Without it the loudspeaker takes over and says nothing private.

    Plugged in while nobody is there it begins a visit, and speaks to whoever wears it.
    """
    state = p.state
    if headset == state.headset:
        return
    was, state.headset = state.headset, headset
    if was == "unplugged" and headset == "plugged in" and state.location == "attract" and not state.overlay:
        state.look = replace(state.look, headset=True)
        navigation.begin_unseen(p, "headset.begin")
        return
    if headset == "unplugged" and state.look.headset:
        state.look = replace(state.look, headset=False)
        p.tell("headset.gone")
    p.show()


def use_headset(p: Presenter, *, on: bool) -> None:
    """The visitor chose to hear with it, or no more."""
    if on and p.state.headset != "plugged in":
        p.tell("headset.plug_in")
        return
    p.state.look = replace(p.state.look, headset=on)
    p.tell("headset.on" if on else "headset.off")


# practising the keys: each says what it does and does nothing; Back and Help act when pressed a second time


def practice(p: Presenter) -> None:
    p.state.overlay, p.state.tried_keys = "practice", frozenset()


def try_key(p: Presenter, key: str) -> None:
    in_earnest = {"back": navigation.resume, "help": help.call_staff}
    if key in p.state.tried_keys and key in in_earnest:
        in_earnest[key](p)
        return
    p.state.tried_keys |= {key}
    told = p.said(f"practice.{key}.does")
    if p.state.tried_keys.issuperset(PRACTICE_KEYS):
        p.state.overlay = None
        p.state.remark = Remark("practice.done")
        p.speak((told, p.said("practice.done"), *p.screen().say))
    else:
        p.speak((told,), "echo")
