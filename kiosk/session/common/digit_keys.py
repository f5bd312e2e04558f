"""The keys of a screen that keeps its own digits: a PIN, a telephone number."""

from kiosk.state.actions import Action, Plain, WithValue


def after_key(typed: str, action: Action, longest: int) -> str | None:
    """What is typed once this key was pressed, `longest` digits at most; None where the action is no such key."""
    match action:
        case WithValue("type", digit):
            return (typed + digit)[:longest]
        case Plain("erase"):
            return typed[:-1]
        case Plain("clear"):
            return ""
        case _:
            return None
