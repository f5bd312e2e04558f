"""What a screen offers to do."""

from collections.abc import Collection
from string import ascii_lowercase, digits

from kiosk.screens.common.model import BY_DIGITS, Button, Entry, EntryKind, Screen

_KEYPAD_ACTIONS: dict[EntryKind, set[str]] = {
    "digits": {"type", "erase", "clear", "mend"},
    "address": {"type", "erase", "clear"},
    "name": {"type", "letter", "pick", "more", "erase", "clear"},
    "hand": {"type", "letter", "pick", "more", "rub_out", "erase", "clear"},
    "date": {"type", "step", "erase", "clear"},
    "sign": {"erase", "clear"},
    "choice": set(),
}


def offers(shown: Screen, action: str, value: str | None) -> bool:
    """Whether the screen offers this now; it does not when a button that is gone was pressed late."""
    if shown.entry and action in _KEYPAD_ACTIONS[shown.entry.kind]:
        return value in _keys(shown.entry, action)
    if shown.entry and shown.entry.found is not None and action == "answer":  # any of the list may be said
        return value in [phrase.value for phrase in shown.phrases if phrase.action == "answer"]
    return any(button.action == action and button.value == value and button.enabled for button in buttons(shown))


def _keys(entry: Entry, action: str) -> Collection[str | None]:
    """The values that the keys of the keypad have for an action just now."""
    keys: dict[str, Collection[str | None]] = {
        "type": [*(digits if entry.kind in BY_DIGITS else ""), *entry.extra_keys],
        "letter": [*ascii_lowercase],
        "mend": [str(place) for place in range(1, entry.groups + 1)],
        "pick": entry.candidates,
        "step": [card.value for card in entry.cards],
    }
    return keys.get(action, [None])


def buttons(shown: Screen) -> list[Button]:
    """Every button of a screen, in reading order."""
    found = [*shown.tools, *(shown.entry.cards if shown.entry else ()), *shown.choices]
    found += [button for group in shown.groups for button in group.buttons]
    found += shown.by_voice
    found += [row.change for row in shown.rows if row.change]
    found += [*shown.secondary, *([shown.primary] if shown.primary else []), shown.help.button]
    found += [shown.reach] if shown.reach else []
    return found
