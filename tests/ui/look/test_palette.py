"""Every colour that meets another is far enough from it."""

import pytest
from PySide6.QtGui import QColor

from ui.look.palette import PALETTES, contrast_ratio

TEXT, OUTLINE, CONTROL = 10.0, 3.0, 4.5
CONTROLS = ("card", "selected", "primary", "key", "tool", "help", "disabled")
ON_PANELS = (("card", "quiet"), ("card", "selected"), ("tool", "card"))  # the button to speak, the one to change


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#777777", "#777777") == 1


@pytest.mark.parametrize("contrast", PALETTES)
def test_help_has_a_colour_of_its_own(contrast: str) -> None:
    roles = PALETTES[contrast].roles
    help_fill = QColor(roles["help"].fill).getRgb()
    for role, paint in roles.items():
        away = sum(abs(one - other) for one, other in zip(help_fill, QColor(paint.fill).getRgb(), strict=True))
        assert role == "help" or away > 90, role


@pytest.mark.parametrize("contrast", PALETTES)
def test_words_stand_out_from_what_they_are_on(contrast: str) -> None:
    for role, paint in PALETTES[contrast].roles.items():
        assert contrast_ratio(paint.ink, paint.fill) >= TEXT, role


@pytest.mark.parametrize("contrast", PALETTES)
def test_controls_stand_out_from_the_page(contrast: str) -> None:
    roles = PALETTES[contrast].roles
    for role in CONTROLS:
        for ground in ("page", "quiet"):
            assert contrast_ratio(roles[role].edge, roles[ground].fill) >= CONTROL, (role, ground)


@pytest.mark.parametrize("contrast", PALETTES)
def test_controls_stand_out_from_the_panels_they_stand_on(contrast: str) -> None:
    """By their outline, or as a whole."""
    roles = PALETTES[contrast].roles
    for role, ground in ON_PANELS:
        beside = [contrast_ratio(colour, roles[ground].fill) for colour in (roles[role].edge, roles[role].fill)]
        assert max(beside) >= OUTLINE, (role, ground)


@pytest.mark.parametrize("contrast", PALETTES)
def test_the_focus_ring_and_the_accent_stand_out(contrast: str) -> None:
    """The ring has an edge in the page's colour, so that it shows on every other."""
    palette = PALETTES[contrast]
    for ground in ("page", "quiet", "card"):
        assert contrast_ratio(palette.focus, palette.roles[ground].fill) >= CONTROL, ground
        assert contrast_ratio(palette.accent, palette.roles[ground].fill) >= CONTROL, ground
