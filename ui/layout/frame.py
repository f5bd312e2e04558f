"""What stands in the same place on every screen: tools on top, back and the primary button, help, listening."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Literal

from kiosk.screens.common.model import Button, Screen
from kiosk.texts.strings import Translate
from ui.layout.boxes import Bottom, Box, Fixed, Framed, Grid, HBox, Middle, Space, Tall, VBox
from ui.look.lettering import unbroken
from ui.look.palette import Role
from ui.look.theme import PRIMARY_MM, FontRole, Theme
from ui.speech.listener import TALK, Hearing
from ui.widgets.button import Shape, Style
from ui.widgets.indicators import LevelMeter
from ui.widgets.label import FittingLabel
from ui.widgets.pool import Pool

HEARING_ICONS = {"blocked": "microphone-off", "idle": "microphone", "listening": "ear", "heard": "tick"}
PRIMARY = Style("primary", font="frame", least_mm=PRIMARY_MM, primary=True)
PLAIN = Style("card", font="frame", least_mm=PRIMARY_MM)
SMALL = Style("tool", font="detail")
COMPACT_FOOT_MM = 23.0  # two lines of 7 mm
HUGE_COMPACT_MM = 30.0
MOST_SAID = 10  # phrases that are shown, where there is room
HUGE_KINDS = ("attract", "idle")  # here the primary button is all there is to do


def tools(pool: Pool, shown: Sequence[Button]) -> Box:
    """The bar on top."""
    buttons = [pool.button(("tool", at), button, SMALL) for at, button in enumerate(shown)]
    gap, narrow = pool.theme.frame_gap, pool.theme.compact and not pool.theme.portrait and len(shown) > 3
    shares = [_in_two_lines(button) if narrow else 6.0 + _wide(button.label) for button in shown]
    if len(buttons) == 1:
        return HBox([Space(), buttons[0]], gap, (2, 1))
    return HBox(buttons, gap, shares)


def _wide(text: str) -> int:
    """In Latin letters: a character takes two."""
    return len(text.encode("gb18030", "replace"))


def _in_two_lines(button: Button) -> float:
    """How wide a tool has to be beside three others on a small lying panel; a word stays whole."""
    words = button.label.split()
    if len(words) > 1:
        text = min(max(_wide(" ".join(words[:at])), _wide(" ".join(words[at:]))) for at in range(1, len(words)))
    elif button.label.isascii() or len(button.label) < 4:
        text = _wide(button.label)
    else:
        text = 2 * -(-len(button.label) // 2)
    return text + (4.6 if button.icon else 1.8)


def foot(pool: Pool, screen: Screen) -> Box:
    """Back, the primary button, other ways, and the button that calls for help."""
    theme, gap = pool.theme, pool.theme.frame_gap
    if theme.compact:
        return _compact_foot(pool, screen)
    ways = _navigation(pool, screen)
    help_button = Fixed(_lower_edge(pool, screen), theme.mm(theme.by_panel(26, 24, PRIMARY_MM)))
    if theme.portrait:
        return VBox([ways, help_button], gap)
    return HBox([Bottom(help_button), Bottom(ways)], gap, (1, 2))


def _navigation(pool: Pool, screen: Screen) -> Box:
    """Back at the left, the primary button at the right; the other secondary buttons in a row above them."""
    theme, gap = pool.theme, pool.theme.frame_gap
    back = _back(pool, screen)
    beside = screen.kind == "home"  # there the way aside stands where the primary button would
    more = _asides(pool, screen, PLAIN if beside else SMALL)
    primary = _primary(pool, screen)
    if screen.primary and screen.kind in HUGE_KINDS:
        only = Tall(primary, theme.mm(theme.by_panel(80, 42, 36)))
        others = [back, *more]
        return VBox([Grid(others, len(others), gap), only], gap) if screen.secondary else only
    onward = more.pop() if beside else primary
    row = Fixed(HBox([back, onward], gap, (2, 3)), theme.mm(theme.by_panel(30, 24, PRIMARY_MM)))
    if not more:
        return row
    return VBox([Grid(more, len(more), gap), row], gap)


def _compact_foot(pool: Pool, screen: Screen) -> Box:
    """Help, back and the primary button; on a lying panel the other secondary buttons stand between them."""
    theme = pool.theme
    help_button, back = _help_button(pool, screen), _back(pool, screen)
    primary = Space() if screen.kind in HUGE_KINDS else _primary(pool, screen)
    if theme.portrait:
        row = HBox([help_button, back, primary], theme.frame_gap, (15.5, 15.5, 17))
    else:
        gap, more = theme.frame_gap, _to_the_right(_asides(pool, screen, SMALL), theme.frame_gap)
        onward = HBox([more, primary], gap, (98, 30)) if screen.primary else more
        row = HBox([help_button, back, onward], gap, (28, 33, 128))
    return Fixed(row, theme.mm(COMPACT_FOOT_MM))


def _to_the_right(boxes: Sequence[Box], gap: int) -> Box:
    """At the right: a third of the width for each of up to three, two thirds for one alone."""
    if len(boxes) == 1:
        return HBox([Space(), *boxes], gap, (1, 2))
    return HBox([*[Space()] * (3 - len(boxes)), *boxes], gap, (1, 1, 1))


def above_foot(pool: Pool, screen: Screen) -> Box | None:
    """On a compact panel, what has no room in the foot, whose height is fixed: a huge primary button, or on an upright
    panel the other secondary buttons."""
    theme = pool.theme
    if not theme.compact:
        return None
    if screen.kind in HUGE_KINDS:
        return Fixed(_primary(pool, screen), theme.mm(HUGE_COMPACT_MM))
    more = _asides(pool, screen, SMALL) if theme.portrait else []
    return Grid(more, len(more), theme.frame_gap) if more else None


def _help_button(pool: Pool, screen: Screen) -> Box:
    return pool.button("help", screen.help.button, replace(PLAIN, role="help"))


def _lower_edge(pool: Pool, screen: Screen) -> Box:
    """What whoever sits or stands can reach: help, and on a tall panel what brings all the rest down."""
    help_button = _help_button(pool, screen)
    if screen.reach is None:
        return help_button
    return HBox([help_button, pool.button("reach", screen.reach, SMALL)], pool.theme.frame_gap, (2, 1))


def _back(pool: Pool, screen: Screen) -> Box:
    return pool.button(("nav", 0), screen.secondary[0], PLAIN) if screen.secondary else Space()


def _asides(pool: Pool, screen: Screen, style: Style) -> list[Box]:
    return [pool.button(("nav", at), one, style) for at, one in enumerate(screen.secondary[1:], 1)]


def _primary(pool: Pool, screen: Screen) -> Box:
    style = replace(PRIMARY, font="headline") if screen.kind in HUGE_KINDS else PRIMARY
    return pool.button("primary", screen.primary, style) if screen.primary else Space()


STRIP_PADDING_MM = 3.0


def strip(pool: Pool, role: Literal["help", "notice", "error"], icon: str, text: str, key: Hashable = "") -> Box:
    """One plain sentence on its own colour."""
    backdrop = pool.backdrop(key or role, role, strong=role == "error")
    font: FontRole = "detail" if role == "notice" else "body"
    label = pool.label(key or role, text, font, role, icon=icon, readable=True)
    return Framed(backdrop, label, pool.theme.mm(STRIP_PADDING_MM))


def listening_bar(pool: Pool, hearing: Hearing, screen: Screen, translate: Translate) -> Box:
    """What is heard, or who comes to help, or what may be said, and the button to speak.

    As high with the one as with the other: nothing moves under a finger when the kiosk begins to listen, or when staff
    are on their way.
    """
    theme = pool.theme
    low, listening, blocked = _is_low(theme), hearing.state == "listening", hearing.state == "blocked"
    helped = screen.help.button.action == "end_help"  # who sees along is always to be read
    called = screen.help.message if helped or (screen.kind != "help" and not hearing.live) else ""
    role: Role = "selected" if hearing.live and not helped else "help" if called else "quiet"
    backdrop = pool.backdrop("hearing", role)
    if called:
        line: Box = pool.label("called", called, "detail", role, icon="person", readable=True)
    elif hearing.line:
        icon = "" if listening else HEARING_ICONS[hearing.state]  # the meter shows it
        line = pool.label("hearing", hearing.line, "detail" if low or blocked else "label", role, icon=icon)
    else:
        line = pool.part(FittingLabel, "phrases")
        line.offer([you_can_say(screen, translate, most) for most in range(MOST_SAID, -1, -1)], "detail", role)
    if listening:
        line = HBox([Middle(_meter(pool, hearing)), Middle(line)], theme.frame_gap, (1, 5))
    if low:
        said: Box = Framed(backdrop, line, theme.mm(2))
        bar = said if blocked else HBox([said, _talk_button(pool, hearing, translate)], theme.frame_gap, (2, 1))
        return Fixed(bar, theme.mm(max(COMPACT_FOOT_MM, two_lines_mm(theme))))
    font: FontRole = "detail" if blocked else "label"
    line = Fixed(line, 2 * theme.mm(theme.em_mm(font) * theme.line_spacing(font)))
    if not blocked:
        shares = (3, 1) if theme.portrait else (2, 1)
        line = HBox([line, _talk_button(pool, hearing, translate)], theme.frame_gap, shares)
    return Framed(backdrop, line, theme.mm(theme.by_tightness(4, 3, 2, 2)))


def _is_low(theme: Theme) -> bool:
    """Whether the bar has little height, on a small panel and for who sits."""
    return theme.compact or theme.lower


def two_lines_mm(theme: Theme) -> float:
    """Of small print of the usual size, with the padding around them."""
    return 2 * 1.3 * theme.with_tightness(1).em_mm("detail") + 4


def _talk_button(pool: Pool, hearing: Hearing, translate: Translate) -> Box:
    low = _is_low(pool.theme)
    shape: Shape = "centred" if low else "stack"
    icon_mm = 0 if low else pool.theme.by_tightness(14, 12, 9, 9)
    style = Style("card", shape, "detail", PRIMARY_MM, icon_mm)
    listening = hearing.state == "listening"
    label, icon = ("ui.talk_on", "ear") if listening else ("ui.talk", "microphone")
    return pool.button(TALK, Button(TALK, translate(label), icon=icon, selected=listening), style)


def _meter(pool: Pool, hearing: Hearing) -> Box:
    meter = pool.part(LevelMeter, "level")
    meter.set_live(hearing.state == "listening")
    return meter


def you_can_say(screen: Screen, translate: Translate, most: int) -> str:
    """A line with at most `most` of the shown phrases, each kept on one line; "" when there is none."""
    listed = [phrase.text for phrase in screen.phrases if phrase.shown][:most]
    intro = translate("ui.you_can_say")
    chinese = intro.endswith("：")
    whole = [unbroken(f"“{text}”" if chinese else f'"{text}"') for text in listed]
    said = "\u200b" + "\u200b".join(whole) if chinese else " " + ", ".join(whole)
    return intro + said if listed else ""
