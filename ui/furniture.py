"""What stands in the same place on every screen: tools on top, back and the primary button, help, listening."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kiosk.screens import Button, HelpBar, Phrase, Screen
from ui.boxes import Box, Column, Framed, Middle, Row, Space
from ui.button import BigButton, Style
from ui.parts import LevelMeter
from ui.pool import Pool
from ui.theme import PRIMARY_MM

Words = Callable[[str], str]  # a text key of assets/strings.yaml to its text in the visitor's language
TALK = "talk"  # the one action that the session does not know


@dataclass(frozen=True)
class Hearing:
    """What the microphone is doing. `line` is said in words; `blocked` means that nothing can be heard here."""

    state: Literal["blocked", "idle", "listening", "thinking", "heard"]
    line: str = ""


PRIMARY = Style("primary", least_mm=PRIMARY_MM, primary=True)
PLAIN = Style("card", least_mm=PRIMARY_MM)
SMALL = Style("tool", font="detail")


def tools(pool: Pool, shown: Sequence[Button]) -> Box:
    """The bar on top."""
    buttons = [pool.button(("tool", at), button, SMALL) for at, button in enumerate(shown)]
    shares = [4.0 + len(button.label.encode("utf-8", "replace")) ** 0.7 for button in shown]
    if len(buttons) == 1:
        return Row([Space(), buttons[0]], pool.theme.gap, (2, 1))
    return Row(buttons, pool.theme.gap, shares)


def navigation(pool: Pool, screen: Screen) -> Box | None:
    """Back at the left, the primary button at the right; anything more in a row above them."""
    if not screen.primary and not screen.secondary:
        return None
    gap = pool.theme.gap
    first, *others = [pool.button(("nav", at), button, PLAIN) for at, button in enumerate(screen.secondary)] or [None]
    primary = pool.button("primary", screen.primary, PRIMARY) if screen.primary else None
    if first is None:
        row = Row([Space(), primary or Space()], 0, (0, 1))
    else:
        row = Row([first, primary or Space(pool.theme.mm(PRIMARY_MM))], gap, (2, 3))
    if not others:
        return row
    return Column([Row([Space(), *others], gap, [5 - 2 * len(others), *(2 for _ in others)]), row], gap)


def help_button(pool: Pool, bar: HelpBar) -> BigButton:
    return pool.button("help", bar.button, replace(PLAIN, role="help"))


def help_message(pool: Pool, bar: HelpBar) -> Box | None:
    if not bar.message:
        return None
    return strip(pool, "called", "person", bar.message)


def strip(pool: Pool, role: Literal["called", "notice", "error"], icon: str, text: str) -> Box:
    """One plain sentence on its own colour."""
    panel = pool.panel(role, role, strong=role == "error")
    font = "detail" if role == "notice" else "body"
    words = pool.text(role, text, font, role, icon=icon, readable=True)
    return Framed(panel, words, pool.theme.mm(3))


def listening_bar(pool: Pool, hearing: Hearing, phrases: Sequence[Phrase], words: Words) -> Box:
    """What the microphone is doing, what may be said, and the button to speak."""
    theme = pool.theme
    if hearing.state == "blocked":
        return pool.text("hearing", hearing.line, "detail", icon="microphone-off")
    panel = pool.panel("hearing", "selected" if hearing.state in ("listening", "heard") else "quiet")
    role = "selected" if hearing.state in ("listening", "heard") else "quiet"
    icon = {"idle": "microphone", "listening": "ear", "thinking": "thinking", "heard": "tick"}[hearing.state]
    lines: list[Box] = []
    if hearing.line:
        lines.append(pool.text("hearing", hearing.line, "label", role, icon=icon))
    shown = [phrase.text for phrase in phrases if phrase.shown]
    if shown:
        mark = "“{}”" if words("ui.you_can_say").endswith("：") else "“{}” "
        said = "".join(mark.format(text) for text in shown[: max(2, 10 - 3 * theme.tightness)])
        lines.append(pool.text("phrases", words("ui.you_can_say") + said, "detail", role))
    meter = pool.part(LevelMeter, "level")
    meter.set_live(hearing.state == "listening")
    talk = pool.button(
        TALK,
        Button(TALK, words("ui.talk"), icon="microphone", enabled=hearing.state != "listening"),
        Style("card", "stack", least_mm=PRIMARY_MM, icon_mm=12, font="detail"),
    )
    left = Column([*lines, meter], theme.mm(1.5))
    return Framed(panel, Row([Middle(left), talk], theme.gap, (3, 1) if theme.portrait else (2, 1)), theme.mm(3))
