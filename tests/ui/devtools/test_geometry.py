"""Every screen, drawn for real and measured: nothing too small, too pale, cut, or on top of something else."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from sampled import WHOLE, sample
from ui_support import INCH_15, INCH_27, LYING, UPRIGHT, Kiosk

from kiosk.state.look import Look
from kiosk.texts.languages import LANGS, Lang
from ui.devtools.geometry import measure, painted_colours
from ui.devtools.layout_checks import Inspection
from ui.devtools.screenshots import Panel as ScreenPanel
from ui.devtools.screenshots import every_set
from ui.look.palette import PALETTES, Contrast
from ui.look.theme import BODY_MM, TextSize
from ui.speech.listener import Hearing

INCH_32, INCH_21 = 813.0, 546.0
PARTS, NARROWEST = 12, 2  # a look walks every twelfth service, the two narrowest half each; `make walks` takes all
BAD_DAYS = 2 if WHOLE else 6


def every_screen_holds(kiosk: Kiosk, contrasts: Sequence[Contrast] = (), part: int = 0, parts: int = PARTS) -> None:
    """Each in the next of the contrasts, or all in the one that the kiosk has; `part` of the services and life
    events, and every other of the screens that belong to none. Where they are few parts, with the event of the
    largest form."""
    catalogue = kiosk.rehearsal.catalogue
    names, events = sample(catalogue.services, part, parts), [*catalogue.events]
    names += events if WHOLE else events[-1:] if parts == NARROWEST else sample(events, part, 4)
    session, view = kiosk.rehearsal.session, kiosk.window.view
    inspection, picture = Inspection(view), QImage(kiosk.window.size(), QImage.Format.Format_RGB32)

    def holds(label: str) -> None:
        kiosk.window.refresh()
        kiosk.window.render(picture)
        said = [part for parts in kiosk.speaker.heard for part in parts or ()]
        found = inspection.problems(label, kiosk.screen, measure(view, picture), said)
        assert not [str(one) for one in found]

    session.on_change(None)  # drawn once a screen, not once a key
    for number, (label, screen) in enumerate(kiosk.rehearsal.walk(names)):
        if not (WHOLE or ":" in label or number % 2 == part % 2):
            continue
        walked = session.state.look
        if contrasts:
            session.state.look = replace(walked, contrast=contrasts[number % len(contrasts)])
        holds(f"{label}, {session.state.look.contrast}")
        session.state.look = walked
        while screen.kind == "check" and view.page_left:
            view.turn_page(1)
            holds(f"{label}, another page")
        kiosk.speaker.heard.clear()


def sets(diagonal_mm: float, contrast: Contrast, first: int) -> list[object]:
    """With the number of a part each, from `first` on; of two that differ only in the way up one is even."""
    every = [*every_set(ScreenPanel(UPRIGHT, diagonal_mm), contrast=contrast)]
    upright = len(every) // 2
    return [
        pytest.param(look, panel, first + at + at // upright, id=name) for at, (name, look, panel) in enumerate(every)
    ]


@pytest.mark.parametrize(("look", "panel", "part"), sets(INCH_27, "default", 0))
def test_every_screen_at_27_inch(make_kiosk: Callable[..., Kiosk], look: Look, panel: ScreenPanel, part: int) -> None:
    """In one contrast in each text size, so in all three; `bench/looks.py` takes each in every one."""
    contrasts, size = [*PALETTES], [*BODY_MM].index(look.text)
    every_screen_holds(make_kiosk(panel.size_px, panel.diagonal_mm, look), contrasts[size:] + contrasts[:size], part)


@pytest.mark.parametrize(("part", "lang", "text"), [(6, "zh", "S"), (7, "zh", "M"), (8, "en", "L"), (9, "zh", "L")])
def test_every_screen_for_who_sits(make_kiosk: Callable[..., Kiosk], part: int, lang: Lang, text: TextSize) -> None:
    every_screen_holds(make_kiosk(UPRIGHT, INCH_27, Look(lang, text, reach="lower")), part=part)


@pytest.mark.parametrize(("look", "panel", "part"), sets(INCH_15, "yellow", 5))  # the contrast changes no size
def test_every_screen_at_15_inch(make_kiosk: Callable[..., Kiosk], look: Look, panel: ScreenPanel, part: int) -> None:
    narrowest = look.text == "L" and panel.size_px == LYING
    part, parts = (LANGS.index(look.lang), NARROWEST) if narrowest else (part, PARTS)
    every_screen_holds(make_kiosk(panel.size_px, panel.diagonal_mm, look), part=part, parts=parts)


@pytest.mark.parametrize("part", range(BAD_DAYS))
def test_every_screen_on_a_bad_day(
    make_kiosk: Callable[..., Kiosk], monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    """The hall has not let the kiosk in, and the microphone hears too much; each service upright or lying."""
    kiosk = make_kiosk((UPRIGHT, LYING)[part % 2], INCH_15, Look(lang="en", text="L"))
    monkeypatch.setattr(kiosk.rehearsal.hall, "notices", lambda: ("not_let_in",))
    kiosk.listener.shown = Hearing("listening", kiosk.rehearsal.session.texts("ui.too_noisy", "en"))
    every_screen_holds(kiosk, part=part, parts=BAD_DAYS)


@pytest.mark.parametrize("diagonal_mm", [INCH_32, INCH_21])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [UPRIGHT, LYING], ids=["upright", "lying"])
def test_every_screen_at_other_sizes(
    make_kiosk: Callable[..., Kiosk], size: tuple[int, int], lang: Lang, diagonal_mm: float
) -> None:
    part = 2 * (size == LYING) + (lang == "en") + (diagonal_mm == INCH_32)
    every_screen_holds(make_kiosk(size, diagonal_mm, Look(lang=lang, text="L")), part=part)


@pytest.mark.parametrize(("text", "body_mm", "most_mm"), [("S", 8, 9.7), ("M", 10, 12.8), ("L", 13, 16.2)])
def test_a_question_has_the_chosen_text_size(
    make_kiosk: Callable[..., Kiosk], text: str, body_mm: float, most_mm: float
) -> None:
    kiosk = make_kiosk(look=Look(text=text))
    kiosk.to_the_id_number()
    shown = measure(kiosk.window.view, kiosk.window.grab().toImage()).texts
    hint = next(one for one in shown if one.string == kiosk.screen.lines[0])
    assert body_mm <= hint.em_mm < most_mm
    title = next(one for one in shown if one.string == kiosk.screen.title)
    assert title.em_mm >= 13.9


def test_colours_are_measured_from_what_was_painted() -> None:
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painter.fillRect(5, 5, 20, 8, QColor("#767676"))
    painter.end()
    assert painted_colours(image, QRect(0, 0, 60, 20)) == ("#ffffff", "#767676")


def test_a_text_too_long_for_its_place_is_reported_as_clipped(kiosk: Kiosk) -> None:
    title = next(part for part in kiosk.window.view.pool.used if part.accessibleName() == kiosk.screen.title)
    title.resize(title.width(), title.height() // 2)
    shown = measure(kiosk.window.view, kiosk.window.grab().toImage()).texts
    assert [one.string for one in shown if one.clipped] == [kiosk.screen.title]
