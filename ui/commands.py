"""The commands that draw screens. They join the `kiosk` command by entry point; Qt is loaded only when one runs."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.checks.finding import Checked, Finding
from kiosk.commands import common
from ui.devtools.stories import STORIES

DEMO_FOLDER = Path("demo")
FEW_SERVICES = 3  # are laid out in no time


def register(commands: common.Commands) -> None:
    """Add run, demo and screenshots, and to `kiosk catalogue --check` what only drawing shows."""
    commands.choices["catalogue"].set_defaults(also=(texts_that_fit,))
    run_parser = common.declare(commands, "run", run, "the terminal, full screen", "kiosk run --windowed")
    run_parser.add_argument("--windowed", action="store_true", help="in a window instead of full screen")
    run_parser.add_argument(
        "--hall",
        type=common.hall_url,
        metavar="URL",
        help="the hall's address (else the setting hall, else its own hall)",
    )
    common.county_option(run_parser)
    demo_parser = common.declare(
        commands,
        "demo",
        demo,
        "play one whole visit, or a story, through the real widgets, offscreen",
        "kiosk demo --out demo --story visit",
    )
    demo_parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="report.json and a picture a step")
    demo_parser.add_argument("--seed", type=int, default=1, metavar="N", help="another visitor (default %(default)s)")
    stories = "; ".join(f"{name}: {about}" for name, about in STORIES.items())
    demo_parser.add_argument("--story", choices=STORIES, help=f"with the staff page beside the kiosk. {stories}")
    common.county_option(demo_parser)
    pictures = common.declare(
        commands,
        "screenshots",
        screenshots,
        "a picture and the measures of every screen",
        "kiosk screenshots --out out",
    )
    pictures.add_argument("--out", type=Path, required=True, metavar="DIR", help="numbered pictures and geometry.json")
    common.county_option(pictures)
    only = pictures.add_mutually_exclusive_group()
    only.add_argument("--service", metavar="ID", help="the questions of this service only")
    only.add_argument("--event", metavar="ID", help="the errands of this life event only")
    pictures.add_argument("--size", default="1080x1920", metavar="WxH", help="pixels (default %(default)s)")
    pictures.add_argument("--diagonal-mm", type=float, default=686.0, metavar="N", help="default %(default)g, 27 inch")
    pictures.add_argument("--text", choices=("S", "M", "L"), help="text size (default M)")
    pictures.add_argument("--contrast", choices=("default", "dark", "yellow"))
    pictures.add_argument("--reach", choices=("whole", "lower"), help="lower: a tall panel for who sits")
    pictures.add_argument("--lang", choices=("zh", "en"), help="language (default zh)")
    pictures.add_argument(
        "--all",
        action="store_true",
        help="upright and lying, and every text size, contrast and language where none is given: a folder each",
    )


def run(options: argparse.Namespace) -> int:
    if not _has_display():
        print("No display can be opened here, so the demo visit is played instead.", flush=True)
        return demo(argparse.Namespace(out=DEMO_FOLDER, seed=1, story=None, county=options.county))
    _quiet_sound()
    from ui.processes import memory

    memory.before_anything_else()
    from ui.processes.run import run_terminal

    return run_terminal(common.settings(options), options.hall, windowed=options.windowed)


def demo(options: argparse.Namespace) -> int:
    _draw_offscreen()
    from ui.devtools.stories.play import play

    return play(common.settings(options), options.out, options.seed, options.story)


def screenshots(options: argparse.Namespace) -> int:
    _draw_offscreen()
    from kiosk.state.look import Look
    from ui.devtools.screenshots import check_names, every_set, panel_of, take_screenshots
    from ui.look import files
    from ui.processes.application import application

    panel = panel_of(options.size, options.diagonal_mm)
    chosen, only = common.settings(options), options.service or options.event
    given = {name: getattr(options, name) for name in ("lang", "text", "contrast", "reach") if getattr(options, name)}
    catalogue, texts, pinyin = common.catalogue(chosen), common.texts(chosen), common.pinyin(chosen)
    check_names(catalogue, options.service, options.event)
    files.draw_from(chosen.assets, chosen.county_in_use)
    app = application()
    sets = every_set(panel, **given) if options.all else [("", Look(**given), panel)]
    wrong = 0
    for name, one_look, one_panel in sets:
        out = options.out / name
        taken, problems = take_screenshots(catalogue, texts, pinyin, one_look, one_panel, only, out)
        print(f"{taken} screens and geometry.json are in {out}; problems: {len(problems)}", flush=True)
        for problem in problems:
            print(f"  {problem}")
        wrong += len(problems)
    app.closeAllWindows()
    return 1 if wrong else 0


def texts_that_fit(checked: Checked) -> Iterator[Finding]:
    """Which texts of the county's services no small panel holds."""
    if not checked.sound:
        return
    _draw_offscreen()
    from kiosk.entry.pinyin import PinyinTable
    from ui.devtools.too_long import too_long

    if len(checked.sound) > FEW_SERVICES:
        common.warn(f"Laying out the screens of {len(checked.sound)} services: a second for two of them.")
    yield from too_long(checked.catalogue, checked.texts, PinyinTable.load(checked.assets), checked.sound)


def _draw_offscreen() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _quiet_sound()


def _quiet_sound() -> None:
    """Qt prints a line for each missing sound device; the screen and kiosk doctor tell it already."""
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")


def _has_display() -> bool:
    """Whether one is named and really opens: Qt ends the whole process when it does not."""
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return False
    probe = [sys.executable, "-c", "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0
