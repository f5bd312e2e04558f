"""`kiosk demo`: a story, step by step; report.json and pictures of each step.

Nothing is faked but the people: touches are mouse events on the widgets, speech comes from sound files through the
recogniser, the hall is a real process that is down at first, and staff press at the real staff page.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from signal import SIGTERM, signal
from typing import Any

from forms import CatalogueError
from kiosk.commands.common import CommandError, warn
from kiosk.operations.settings import Settings
from kiosk.processes.embedded_hall import EmbeddedHallError
from offline_cache.hall_client import HallError
from offline_cache.store import StoreError
from ui.devtools.stories import visit
from ui.devtools.stories.demo_kiosk import DemoKiosk
from ui.devtools.stories.desk import AskingDesk, StaffDesk
from ui.devtools.stories.steps import StepFailed
from ui.processes.application import application
from voice.speech.prompts import PromptsError

NOT_DRAWN = (
    "not drawn, as {what} is missing: the clerk asks the hall without it. Run sh assets/system/setup.sh dev to see it."
)


def play(settings: Settings, out: Path, seed: int, story: str | None = None) -> int:
    """A story of ui.devtools.stories, or the visit without a staff page; 0 when every step did what it says, else 1."""
    application()
    _clear(out)
    about: dict[str, Any] = {}
    scenes = visit.WITHOUT_STAFF_PAGE
    desk: type[StaffDesk] = AskingDesk
    if story:
        scenes = import_module(f"ui.devtools.stories.{story}").SCENES
        desk, staff_page = staff_desk()
        about = {"story": story, "staff_page": staff_page}
        print(f"The staff page is {staff_page}", flush=True)
    with ended_in_order(), tempfile.TemporaryDirectory(prefix="yinling-demo-") as work:
        try:
            kiosk = DemoKiosk(settings, out, seed, Path(work), desk)
        except (CatalogueError, StoreError, HallError, EmbeddedHallError, PromptsError) as error:
            raise CommandError(str(error)) from error
        try:
            for scene in scenes:
                scene(kiosk)
        except StepFailed as failure:
            warn(f"The step {failure} did not do what it says; see {out / 'report.json'}.")
        finally:
            kiosk.close()
    _write(out / "report.json", about | {"steps": [asdict(step) for step in kiosk.steps]})
    passed = all(step.passed for step in kiosk.steps)
    print(f"{len(kiosk.steps)} steps, {'all passed' if passed else 'one failed'}; the pictures are in {out.resolve()}")
    return 0 if passed else 1


@contextmanager
def ended_in_order() -> Iterator[None]:
    """SIGTERM ends a story as Ctrl-C does: hall and browser end with it."""
    before = signal(SIGTERM, lambda *_: sys.exit(128 + SIGTERM))
    try:
        yield
    finally:
        signal(SIGTERM, before)


def staff_desk() -> tuple[type[StaffDesk], str]:
    """Where staff work in a story, and "drawn", or why their page is not."""
    try:
        from ui.devtools.stories.pressing import PressingDesk
        from ui.devtools.stories.staff_page import ChromiumMissingError, chromium
    except ImportError:
        return AskingDesk, NOT_DRAWN.format(what="Selenium")
    try:
        chromium()
    except ChromiumMissingError:
        return AskingDesk, NOT_DRAWN.format(what="Chromium")
    return PressingDesk, "drawn"


def _clear(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for old in out.glob("[0-9][0-9]-*.png"):
            old.unlink()
    except OSError as error:
        raise CommandError(f"{out} cannot be written ({error.strerror}): choose another folder.") from error


def _write(file: Path, report: dict[str, Any]) -> None:
    try:
        file.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise CommandError(f"{file} cannot be written ({error.strerror}): choose another folder.") from error
