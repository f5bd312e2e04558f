"""Millimetres stay millimetres on every panel."""

import pytest

from ui.look.theme import BODY_FLOOR_MM, Theme

PANELS = [((1080, 1920), 686.0), ((2160, 3840), 686.0), ((1920, 1080), 546.0), ((1024, 768), 381.0)]


@pytest.mark.parametrize(("size", "diagonal"), PANELS)
@pytest.mark.parametrize(("text", "body_mm"), [("S", 8), ("M", 10), ("L", 13)])
def test_body_text_has_its_size_in_millimetres_on_the_glass(
    size: tuple[int, int], diagonal: float, text: str, body_mm: float
) -> None:
    theme = Theme(size, diagonal, text)
    pixel_mm = diagonal / (size[0] ** 2 + size[1] ** 2) ** 0.5
    assert body_mm <= theme.font("body").pixelSize() * pixel_mm < body_mm + pixel_mm


def test_tight_layouts_never_go_below_the_floors() -> None:
    theme = Theme((1080, 1920), 686.0, "L")
    while not theme.tightest:
        theme = theme.tighter()
        assert theme.em_mm("body") >= BODY_FLOOR_MM
        assert theme.em_mm("detail") >= BODY_FLOOR_MM
        assert theme.em_mm("title") >= 12
        assert theme.line_spacing("body") >= 1.3
        assert theme.gap >= 3 * theme.px_per_mm


def test_what_stands_still_does_not_depend_on_how_full_a_screen_is() -> None:
    theme = Theme((1080, 1920), 686.0)
    tight = theme.tighter().tighter().tighter()
    assert (theme.margin, theme.frame_gap) == (tight.margin, tight.frame_gap)
