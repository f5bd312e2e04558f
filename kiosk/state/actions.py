"""Everything that people can do on a screen. Each action has one handler; the table is kiosk.session.perform."""

from dataclasses import dataclass
from typing import Literal, cast, get_args

PlainAction = Literal[
    # moving about
    "start", "home", "another", "errands", "next", "back", "finish", "resume", "still_here", "explain", "none_of_them",
    "repeat",
    # putting in an answer, taking it back
    "decline", "undo", "more", "rub_out", "erase", "clear", "take_card", "refuse_card",
    # what is known already
    "reuse", "somebody_else", "look_on_record", "leave_record",
    # sending, asking, another day
    "send", "ask", "look_up", "save", "carry_on", "come_back",
    # after sending
    "amend", "take_back", "print_result",
    # what could not be done: told, spoken, kept
    "cannot", "record", "recorded", "replay", "keep",
    # help and settings; staff
    "help", "cancel_help", "take_ticket", "leave_number", "settings", "practice", "restart", "quit",
    # staff who help here
    "staff_way", "agree_help", "decline_help", "end_help", "help_done", "steps", "covered", "vouch",
]  # fmt: skip
# These say of what, in the value of the button.
ValueAction = Literal[
    "choose", "group", "event", "take", "errand",
    "answer", "toggle", "change", "mend", "correct", "type", "letter", "pick", "way",
    "step", "calendar", "take_card_of", "try_key", "set", "lang",
    "add_member", "remove_member", "own_form", "brought", "reason", "need", "rate",
    "staff_name", "jump", "uncover", "uncover_why",
]  # fmt: skip
WindowAction = Literal["talk", "page"]  # the window does these by itself: listen, turn the page
ActionName = PlainAction | ValueAction
AnyAction = ActionName | WindowAction


@dataclass(frozen=True)
class Plain:
    """An action whose name says all."""

    name: PlainAction


@dataclass(frozen=True)
class WithValue:
    """An action that says of what."""

    name: ValueAction
    value: str


Action = Plain | WithValue


def action_of(name: str, value: str | None) -> Action:
    """The action of a button or phrase. ValueError when there is none of that name, or its value is missing or idle."""
    if value is None and name in get_args(PlainAction):
        return Plain(cast(PlainAction, name))
    if value is not None and name in get_args(ValueAction):
        return WithValue(cast(ValueAction, name), value)
    raise ValueError(f"No action is called {name!r} with the value {value!r}.")
