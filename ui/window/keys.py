"""What each key of a keyboard or of the kiosk's own keypad means."""

from collections.abc import Mapping

from PySide6.QtCore import Qt

from kiosk.screens.common.model import BY_DIGITS, Button, Entry, Screen
from kiosk.state.actions import AnyAction
from ui.speech.listener import TALK

KEYS: Mapping[Qt.Key, AnyAction] = {
    Qt.Key.Key_F1: "help",
    Qt.Key.Key_F2: TALK,
    Qt.Key.Key_F3: "repeat",
    Qt.Key.Key_F4: "settings",
}
PRESS_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select, Qt.Key.Key_Space)
STEPS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_Left: -1}
LINES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
BACK_KEY = Qt.Key.Key_Escape
LEADS_BACK = ("back", "resume", "carry_on", "refuse_card", "still_here", "none_of_them", "home", "finish")


def moves_focus(key: Qt.Key) -> bool:
    """Arrow keys and Tab; only these repeat while they are held down."""
    return key in STEPS or key in LINES


def tried(key: Qt.Key, keys: Mapping[Qt.Key, str]) -> str | None:
    """What a key is called on the screen where keys are tried out; None for one that does nothing."""
    kinds = {"arrows": {*STEPS, *LINES}, "enter": PRESS_KEYS, "back": {BACK_KEY}}
    return next((name for name, those in kinds.items() if key in those), keys.get(key))


def way_back(screen: Screen) -> Button | None:
    """The button that leads back: the first beside the primary one, the primary one of a screen with a single way, or
    the last answer of a question that lies over the screen."""
    ways = [*screen.secondary[:1], *([screen.primary] if screen.primary else []), *screen.choices[-1:]]
    return next((way for way in ways if way.action in LEADS_BACK), None)


def key_of(entry: Entry, key: Qt.Key, text: str) -> Button | None:
    """The key on the screen that a key of the keyboard stands for."""
    if key == Qt.Key.Key_Backspace:
        return Button("erase", "")
    if key == Qt.Key.Key_Delete:
        return Button("clear", "")
    if entry.kind in ("name", "hand"):
        if text.isascii() and text.isalpha():
            return Button("letter", text, text)
        if text.isdigit() and 1 <= int(text) <= len(entry.cards):
            return entry.cards[int(text) - 1]
        if text.isdigit() and 1 <= int(text) <= len(entry.candidates):
            picked = entry.candidates[int(text) - 1]
            return Button("pick", picked, picked)
    elif entry.kind in BY_DIGITS and (text.isdigit() or text.upper() in entry.extra_keys):
        return Button("type", text, text.upper())
    return None
