"""`kiosk screenshots`: a picture of every screen, and geometry.json with what each really measures."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import product
from pathlib import Path

from PySide6.QtGui import QImage

from forms import Catalogue
from kiosk.commands.common import CommandError
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Screen
from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.languages import LANGS
from kiosk.texts.strings import Texts
from ui.devtools.geometry import Measured, measure
from ui.devtools.layout_checks import Inspection, LayoutProblem
from ui.devtools.played import PlayedListener, PlayedSpeaker
from ui.look.palette import PALETTES
from ui.look.theme import BODY_MM, Theme
from ui.speech.listener import Hearing
from ui.speech.screen_reader import ScreenReader
from ui.window.window import KioskWindow


@dataclass(frozen=True)
class Panel:
    """A display: width and height in pixels, and its diagonal in mm."""

    size_px: tuple[int, int]
    diagonal_mm: float


class Studio:
    """The real window over a rehearsed session, photographed screen by screen."""

    def __init__(self, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, look: Look, panel: Panel) -> None:
        self.rehearsal = Rehearsal(catalogue, texts, pinyin, look)
        session = self.rehearsal.session
        theme = Theme(panel.size_px, panel.diagonal_mm, look.text, look.contrast)
        self._translate = partial(texts, lang=look.lang)
        # What is heard is Chinese only (ui.speech.microphone_listener).
        self._quiet = Hearing("idle") if look.lang == "zh" else Hearing("blocked", self._translate("ui.other_language"))
        self._recording = Hearing("listening", self._translate("ui.recording"))
        self.listener = PlayedListener()
        self.listener.shown = self._quiet
        self.problems: list[LayoutProblem] = []  # of all screens that were taken
        self._speaker = PlayedSpeaker()
        self.window = KioskWindow(session, theme, ScreenReader(session, self._speaker), self.listener)
        self._inspection = Inspection(self.window.view)
        self._picture = QImage(*panel.size_px, QImage.Format.Format_RGB32)  # painted over from screen to screen
        session.on_change(None)  # drawn when it is photographed, not at every key of the walk
        self.window.show()

    def take_all(self, names: list[str] | None, out: Path) -> list[dict[str, object]]:
        """Numbered pictures into `out`; the measures of each."""
        screens: list[dict[str, object]] = []
        for label, screen in self._shown(names):
            screens.append(self.take(label, screen, out, len(screens)))
        return screens

    def inspect_all(self, only: str = "") -> int:
        """How many screens there are whose label the regular expression `only` finds; `problems` tells what is wrong
        with them."""
        return len([self.inspect(label, screen) for label, screen in self._shown(None, only)])

    def _shown(self, names: list[str] | None, only: str = "") -> Iterator[tuple[str, Screen]]:
        """Every screen, every page of it, and what is shown of the microphone; each is to be drawn before the next."""
        for label, screen in self.rehearsal.walk(names):
            if not re.search(only, label):
                continue
            self.listener.shown = self._recording if screen.records else self._quiet
            yield label, screen
            page = 1
            while screen.kind in ("check", "answer", "errands") and self.window.view.page_left:
                self.window.view.turn_page(1)
                page += 1
                yield f"{label}-page-{page}", screen
            if label == "home":
                for state, hearing in self._ear_states().items():
                    self.listener.shown = hearing
                    yield f"home-{state}", screen
                self.listener.shown = self._quiet

    def take(self, label: str, screen: Screen, out: Path, number: int) -> dict[str, object]:
        measured, found = self.inspect(label, screen)
        file = out / f"{number:03}-{label.replace(':', '-')}.png"
        if not self._picture.save(str(file)):
            raise _cannot_write(file)
        spoken = " ".join([*([screen.error] if screen.error else []), *screen.say])
        meaning, told = asdict(self._inspection.meaning), [str(problem) for problem in found]
        return {**measured.as_json(label, spoken), "meaning": meaning, "problems": told}

    def inspect(self, label: str, screen: Screen) -> tuple[Measured, list[LayoutProblem]]:
        """Draw and measure what the session shows; what is wrong is kept in `problems` as well."""
        self.window.refresh()
        self.window.render(self._picture)
        measured = measure(self.window.view, self._picture)
        found = self._inspection.problems(label, screen, measured, self._speaker.said)
        self._speaker.said.clear()
        self.problems += found
        return measured, found

    def _ear_states(self) -> dict[str, Hearing]:
        deaf = {
            "no-microphone": Hearing("blocked", self._translate("ui.no_microphone")),
            "silent-microphone": Hearing("blocked", self._translate("ui.silent_microphone")),
        }
        if self._quiet.state == "blocked":
            return deaf
        phrase = next(one.text for one in self.rehearsal.session.screen().phrases)
        return {
            "listening": Hearing("listening", self._translate("ui.listening")),
            "heard": Hearing("heard", self._translate("voice.heard", phrase=phrase)),
            **deaf,
        }


def check_names(catalogue: Catalogue, service: str | None, event: str | None) -> None:
    """CommandError where there is no such service or life event."""
    asked = (("service", service, catalogue.services), ("life event", event, catalogue.events))
    for kind, name, known in asked:
        if name is not None and name not in known:
            raise CommandError(f"There is no {kind} {name}: choose one of {', '.join(known)}.", status=2)


def take_screenshots(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, look: Look, panel: Panel, only: str | None, out: Path
) -> tuple[int, list[LayoutProblem]]:
    """Photograph every screen of one service or life event, or of all, into `out`.

    Gives how many there are and what is wrong with them. CommandError: `out` cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"The folder {out} cannot be made ({error.strerror}): choose another.") from error
    studio = Studio(catalogue, texts, pinyin, look, panel)
    screens = studio.take_all([only] if only else None, out)
    studio.window.close()
    report = json.dumps({"screens": screens}, ensure_ascii=False, indent=1)
    file = out / "geometry.json"
    try:
        file.write_text(report + "\n", "utf-8")
    except OSError as error:
        raise _cannot_write(file) from error
    return len(screens), studio.problems


def _cannot_write(file: Path) -> CommandError:
    return CommandError(f"{file} cannot be written: choose a folder with room that you may write to.")


def every_set(panel: Panel, **given: str) -> Iterator[tuple[str, Look, Panel]]:
    """Both ways up, each with every language, text size and contrast that is not fixed by `given`; for who sits a tall
    panel alone, where `given` says so.

    Gives the name of a folder, the look and the panel.
    """
    short, long = sorted(panel.size_px)
    ways = {"upright": (short, long), "lying": (long, short)}
    lower = given.get("reach") == "lower"
    looks = [Look(*look, reach="lower" if lower else "whole") for look in product(LANGS, BODY_MM, PALETTES)]
    wanted = [look for look in looks if all(getattr(look, name) == value for name, value in given.items())]
    for (way, size), look in product(ways.items(), wanted):
        if lower and not Theme(size, panel.diagonal_mm).tall:
            continue
        yield f"{way}-{look.lang}-{look.text}-{look.contrast}", look, Panel(size, panel.diagonal_mm)


def panel_of(size: str, diagonal_mm: float) -> Panel:
    """From "1080x1920" and millimetres; CommandError in one sentence when it is no screen."""
    width, _, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= min(int(width), int(height)) <= 10000):
        raise CommandError(f"{size} is no screen size: give width and height in pixels, as in 1080x1920.", status=2)
    if not 150 <= diagonal_mm <= 3000:
        raise CommandError(f"{diagonal_mm:g} mm is no diagonal of a kiosk: give 150 to 3000, 27 inch is 686.", status=2)
    return Panel((int(width), int(height)), diagonal_mm)
