"""Trying the keys: each tells what it does and does nothing; Back and Help, pressed once more, are in earnest."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.session.session import Session

KEYS = ("arrows", "enter", "repeat", "back", "help")
_IN_EARNEST = {"back": "resume", "help": "help"}


def take(session: "Session", key: str) -> None:
    """`key` was pressed on the practice screen."""
    if key in session.tried and key in _IN_EARNEST:
        session.do(_IN_EARNEST[key])
        return
    session.tried |= {key}
    told = session.said(f"practice.{key}.does")
    if session.tried.issuperset(KEYS):
        session.overlay = None
        session.remarked = ("practice.done", {})
        session.speak((told, session.said("practice.done"), *session.screen().say))
    else:
        session.speak((told,), "echo")
