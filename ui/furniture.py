"""What stands in the same place on every screen: tools on top, back and the primary button, help, listening."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kiosk.screens import Button, HelpBar, Phrase, Screen
from ui.boxes import Box, Column, Fixed, Framed, Grid, Middle, Row, Space, Tall
from ui.button import Style
from ui.parts import LevelMeter
from ui.pool import Pool
from ui.theme import PRIMARY_MM

Words = Callable[..., str]  # a text key of assets/strings.yaml and its {words} to the visitor's language
TALK = "talk"  # the one action that the session does not know


@dataclass(frozen=True)
class Hearing:
    """What the microphone is doing. `line` is said in words; `blocked` means that nothing can be heard here."""

    state: Literal["blocked", "idle", "listening", "heard"]
    line: str = ""


PRIMARY = Style("primary", font="frame", least_mm=PRIMARY_MM, primary=True)
PLAIN = Style("card", font="frame", least_mm=PRIMARY_MM)
SMALL = Style("tool", font="detail")
HUGE_KINDS = ("attract", "idle")  # here the primary button is all there is to do


def tools(pool: Pool, shown: Sequence[Button]) -> Box:
    """The bar on top."""
    buttons = [pool.button(("tool", at), button, SMALL) for at, button in enumerate(shown)]
    shares = [4.0 + len(button.label.encode("utf-8", "replace")) ** 0.7 for button in shown]
    gap = pool.theme.frame_gap
    if len(buttons) == 1:
        return Row([Space(), buttons[0]], gap, (2, 1))
    return Row(buttons, gap, shares)


def navigation(pool: Pool, screen: Screen) -> Box:
    """Back at the left, the primary button at the right; anything more in a row above them."""
    theme, gap = pool.theme, pool.theme.frame_gap
    aside = SMALL if len(screen.secondary) > 2 else PLAIN  # a whole row of ways aside from going on
    styles = [PLAIN, *[aside] * len(screen.secondary)]
    others = [pool.button(("nav", at), button, styles[at]) for at, button in enumerate(screen.secondary)]
    height = theme.by_panel(30, 24, PRIMARY_MM)
    if screen.primary and screen.kind in HUGE_KINDS:
        huge = replace(PRIMARY, font="headline")
        only = Tall(pool.button("primary", screen.primary, huge), theme.by_panel(80, 40, 30))
        return Column([Grid(others, len(others), gap), only], gap) if others else only
    primary = pool.button("primary", screen.primary, PRIMARY) if screen.primary else Space()
    row = Fixed(Row([others[0] if others else Space(), primary], gap, (2, 3)), height)
    if len(others) < 2:
        return row
    more = others[1:]
    above: Box = Grid(more, len(more), gap) if len(more) > 1 else Row([Space(), *more], gap, (3, 2))
    return Column([above, row], gap)


def help_button(pool: Pool, bar: HelpBar) -> Box:
    button = pool.button("help", bar.button, replace(PLAIN, role="help"))
    return Fixed(button, pool.theme.by_panel(26, 24, PRIMARY_MM))


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
    icon = {"idle": "microphone", "listening": "ear", "heard": "tick"}[hearing.state]
    cramped = theme.tightness > 3
    lines: list[Box] = []
    if hearing.line:
        lines.append(pool.text("hearing", hearing.line, "label", role, icon=icon))
    shown = [phrase.text for phrase in phrases if phrase.shown]
    if shown and not cramped:
        intro, listed = words("ui.you_can_say"), shown[: int(theme.eased(10, 8, 4, 2))]
        chinese = intro.endswith("：")
        whole = [unbroken(f"“{text}”" if chinese else f'"{text}"') for text in listed]
        said = "\u200b" + "\u200b".join(whole) if chinese else " " + ", ".join(whole)
        lines.append(pool.text("phrases", intro + said, "detail", role))
    if not (cramped and lines):
        meter = pool.part(LevelMeter, "level")
        meter.set_live(hearing.state == "listening")
        lines.append(meter)
    talk = pool.button(
        TALK,
        Button(TALK, words("ui.talk"), icon="microphone"),
        Style("card", "stack", least_mm=PRIMARY_MM, icon_mm=theme.eased(14, 12, 9, 9), font="detail"),
    )
    left = Column(lines, theme.mm(1.5))
    return Framed(
        panel,
        Row([Middle(left), talk], theme.frame_gap, (3, 1) if theme.portrait else (2, 1)),
        theme.mm(theme.eased(4, 3, 2, 2)),
    )


def unbroken(phrase: str) -> str:
    """`phrase` so that no line ends within it: what is to be said stands together."""
    return "\u2060".join(phrase).replace(" ", "\u00a0")
