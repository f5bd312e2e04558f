"""`kiosk run`: the terminal on a screen, with its microphone, loudspeaker and hall."""

import logging
import math
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import chain
from threading import Thread

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QScreen
from PySide6.QtWidgets import QApplication

from kiosk.catalogue import CatalogueError
from kiosk.commands.common import CommandError, warn
from kiosk.own_hall import OwnHall, OwnHallError
from kiosk.settings import Settings
from kiosk.terminal import Terminal
from offline_cache.hall_client import HallError
from offline_cache.store import StoreError
from ui.background import in_background
from ui.listening import Listener
from ui.reader import Reader
from ui.theme import FAMILY, Theme
from ui.window import KEYS, KioskWindow
from voice.devices import Loudspeaker, Microphone, Speaker
from voice.live import LiveVoice
from voice.prompts import Prompts, PromptsError

USUAL_DIAGONAL_MM = 686.0  # 27 inch
WINDOW_PX = (540, 960)

log = logging.getLogger(__name__)


def application() -> QApplication:
    """The Qt application with the terminal's font. CommandError when the font is missing: text would be boxes."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    if FAMILY not in QFontDatabase.families():
        raise CommandError(f"The font {FAMILY} is missing: run make setup, or install fonts-noto-cjk.")
    app.setFont(QFont(FAMILY))
    app.setApplicationName("Yinling Kiosk")
    return app


def run_terminal(settings: Settings, hall: str | None, *, windowed: bool) -> int:
    """Run until the window is closed or the process is told to stop."""
    app = application()
    degraded: list[str] = []
    with ExitStack() as at_the_end:
        try:
            url = hall or settings.hall or _start_own_hall(settings, at_the_end)
            terminal = Terminal(settings, url, degraded=lambda: degraded)
        except (CatalogueError, StoreError, HallError, OwnHallError) as error:
            raise CommandError(str(error)) from error
        session = terminal.session(in_background)
        microphone, loudspeaker = Microphone(settings.microphone), Loudspeaker(settings.loudspeaker)
        live = LiveVoice()
        speaker = Speaker(_prompts(settings, degraded), live, loudspeaker)
        window = KioskWindow(
            session,
            Theme(
                WINDOW_PX, settings.diagonal_mm or _diagonal_mm(app.primaryScreen()), settings.text, settings.contrast
            ),
            Reader(session, speaker),
            Listener(session, microphone, terminal.recogniser, lambda: speaker.audible),
            keys={**KEYS, _help_key(settings): "help"},
            dead_s=settings.dead_time_ms / 1000,
        )
        lasting = tuple(degraded)

        def devices_changed() -> None:
            degraded[:] = [*lasting, *_troubles({"microphone": microphone, "speaker": loudspeaker})]
            window.listen()

        devices_changed()
        microphone.changed.connect(devices_changed)
        loudspeaker.changed.connect(devices_changed)
        speaker.quiet.connect(window.listen)
        if windowed:
            window.show()
        else:
            window.setGeometry(app.primaryScreen().geometry())  # also where no window manager obeys "full screen"
            window.showFullScreen()
        terminal.start()
        _stop_on_signals(app)
        try:
            return app.exec()
        finally:
            speaker.close()
            live.close()
            terminal.stop()


def _troubles(devices: Mapping[str, Microphone | Loudspeaker]) -> Iterator[str]:
    """What staff should know of the devices."""
    for name, device in devices.items():
        if not device.available:
            yield f"no {name}"
        elif device.missing:
            yield f"{name} {device.missing} is not there, another is used"


def _start_own_hall(settings: Settings, at_the_end: ExitStack) -> str:
    """Its address; it is stopped at the end, also when something else cannot start."""
    hall = OwnHall(settings.data / "hall", settings.assets)
    at_the_end.callback(hall.stop)
    Thread(target=_tell_pins, args=(hall,), daemon=True).start()
    return hall.url


def _help_key(settings: Settings) -> Qt.Key:
    """The key of the setting; CommandError when Qt has none of that name."""
    try:
        return Qt.Key[f"Key_{settings.help_key}"]
    except KeyError as error:
        raise CommandError(f"There is no key {settings.help_key!r} for help_key: write it like F1 or Home.") from error


def _tell_pins(hall: OwnHall) -> None:
    for pin in chain([hall.pin], hall.pins()):
        print(f"Staff page: {hall.staff_url}  PIN: {pin}", flush=True)


def _prompts(settings: Settings, degraded: list[str]) -> Prompts:
    folder = settings.assets / "prompts"
    try:
        return Prompts.load(folder)
    except PromptsError as error:
        warn(f"{error} The live voice speaks instead.")
        degraded.append("no recorded prompts")
        return Prompts.none(folder)


def _diagonal_mm(screen: QScreen) -> float:
    """The panel's own word; 27 inch when it gives none that can be true (beamers and virtual screens say 0 or 1)."""
    size = screen.physicalSize()
    diagonal = math.hypot(size.width(), size.height())
    if 100 < diagonal < 3000:
        return diagonal
    log.warning("The screen does not tell its size; 686 mm diagonal is assumed. Set diagonal_mm.")
    return USUAL_DIAGONAL_MM


def _stop_on_signals(app: QApplication) -> None:
    """Python sees a signal only when it runs, so a timer lets it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.quit())
    wake = QTimer(app)
    wake.timeout.connect(lambda: None)
    wake.start(200)
