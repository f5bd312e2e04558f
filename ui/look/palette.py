"""The colours of the three contrasts, as roles: what a thing means, never what it looks like."""

from dataclasses import dataclass
from typing import Literal

Contrast = Literal["default", "dark", "yellow"]
Role = Literal[
    "page", "quiet", "card", "selected", "primary", "key", "tool", "help", "notice", "error", "disabled",
]  # fmt: skip


@dataclass(frozen=True)
class Paint:
    """Text and pictures in `ink`, laid on `fill`, bounded by `edge` (all "#rrggbb")."""

    ink: str
    fill: str
    edge: str


@dataclass(frozen=True)
class Palette:
    roles: dict[Role, Paint]
    focus: str  # the focus ring, always drawn on the page's or a panel's fill
    accent: str  # progress, level meter, icons that carry no words


PALETTES: dict[Contrast, Palette] = {
    # Help alone is amber, or white where all else is yellow on black. Ivory paper, ink and jade.
    "default": Palette(
        roles={
            "page": Paint("#1d2b30", "#faf5ea", "#6f6450"),
            "quiet": Paint("#1d2b30", "#f1e9d8", "#6f6450"),
            "card": Paint("#1d2b30", "#ffffff", "#6a6352"),
            "selected": Paint("#05322a", "#d9efe6", "#0b5d4e"),
            "primary": Paint("#ffffff", "#0a4a3e", "#0a4a3e"),
            "key": Paint("#1d2b30", "#ffffff", "#6a6352"),
            "tool": Paint("#1d2b30", "#f1e9d8", "#6f6450"),
            "help": Paint("#2b1c00", "#ffc94d", "#7d5200"),
            "notice": Paint("#33260a", "#fff0cc", "#7d5200"),
            "error": Paint("#640d0d", "#ffece8", "#9b1c1c"),
            "disabled": Paint("#3a3d3e", "#faf5ea", "#6f6450"),
        },
        focus="#0a3d9e",
        accent="#0b5d4e",
    ),
    "dark": Palette(
        roles={
            "page": Paint("#f6f1e4", "#10191d", "#93a5ab"),
            "quiet": Paint("#f6f1e4", "#18252b", "#93a5ab"),
            "card": Paint("#ffffff", "#1c2b32", "#93a5ab"),
            "selected": Paint("#ffffff", "#0c4438", "#7fe0c2"),
            "primary": Paint("#04231b", "#8fe6c9", "#8fe6c9"),
            "key": Paint("#ffffff", "#1c2b32", "#93a5ab"),
            "tool": Paint("#f6f1e4", "#18252b", "#93a5ab"),
            "help": Paint("#241700", "#ffcb57", "#ffcb57"),
            "notice": Paint("#ffe9b8", "#2b2109", "#ffcb57"),
            "error": Paint("#ffe3de", "#3a1210", "#ff9d8f"),
            "disabled": Paint("#c9cfd1", "#10191d", "#93a5ab"),
        },
        focus="#7cc4ff",
        accent="#7fe0c2",
    ),
    "yellow": Palette(
        roles={
            "page": Paint("#ffe94a", "#000000", "#ffe94a"),
            "quiet": Paint("#ffe94a", "#000000", "#ffe94a"),
            "card": Paint("#ffe94a", "#000000", "#ffe94a"),
            "selected": Paint("#000000", "#ffe94a", "#ffe94a"),
            "primary": Paint("#000000", "#ffe94a", "#ffe94a"),
            "key": Paint("#ffe94a", "#000000", "#ffe94a"),
            "tool": Paint("#ffe94a", "#000000", "#ffe94a"),
            "help": Paint("#000000", "#ffffff", "#ffffff"),
            "notice": Paint("#ffe94a", "#000000", "#ffe94a"),
            "error": Paint("#ffffff", "#000000", "#ffffff"),
            "disabled": Paint("#d8c65a", "#000000", "#9c8f45"),
        },
        focus="#5cd6ff",
        accent="#ffe94a",
    ),
}


def contrast_ratio(one: str, other: str) -> float:
    """WCAG 2.2 contrast of two "#rrggbb" colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
