"""Readiness of one terminal: each part is ok, degraded (people can still be served) or failed, with the mend."""

import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from kiosk.catalogue import CatalogueError, load_catalogue
from kiosk.handwriting import HandwritingError, model_file
from kiosk.peripherals.printers import printer_problem
from kiosk.peripherals.readers import reader_problem
from kiosk.pinyin import PinyinTable
from kiosk.prompt_texts import all_fixed_utterances
from kiosk.rehearsal import check_texts
from kiosk.settings import Settings
from kiosk.texts import Texts
from offline_cache.hall_client import HallClient, HallError
from offline_cache.store import Store, StoreError
from offline_cache.sync import pinned_hall_key
from voice.devices import loudspeakers, microphones, slow_microphones
from voice.model import ModelError, has_words
from voice.official import recogniser_for
from voice.prompts import Prompts
from voice.sound import SpeechError

BUILT = datetime(2026, 11, 1, tzinfo=UTC)  # no right clock shows an earlier day


@dataclass(frozen=True)
class Finding:
    part: str
    status: Literal["ok", "degraded", "failed"]
    detail: str
    mend: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Every part looked at once. Nothing is changed, but an empty store is made where there is none."""
    checks: tuple[Callable[[Settings], Finding], ...] = (
        _services, _screen, _fonts, _microphone, _loudspeaker, _voice_model, _handwriting, _prompts, _store, _hall,
        _clock,
        _printer, _scanner, _card_reader,
    )  # fmt: skip
    return [check(settings) for check in checks]


def _services(settings: Settings) -> Finding:
    try:
        catalogue = load_catalogue(settings.assets)
        check_texts(catalogue, Texts.load(settings.assets), PinyinTable.load(settings.assets))
    except (CatalogueError, OSError) as error:
        return Finding("services", "failed", str(error), "Mend that file and run kiosk catalogue.")
    return Finding("services", "ok", f"{len(catalogue.services)} services")


def _screen(settings: Settings) -> Finding:
    panels = sorted(_panels_mm(Path("/sys/class/drm")))
    if settings.diagonal_mm:
        return Finding("screen", "ok", f"{settings.diagonal_mm:g} mm diagonal, as set")
    if panels:
        width, height = panels[-1]
        return Finding("screen", "ok", f"{width} x {height} mm, as the panel says")
    mend = "Set diagonal_mm to the panel's diagonal in millimetres (27 inch is 686)."
    return Finding("screen", "degraded", "no panel tells its size; 686 mm diagonal is assumed", mend)


def _panels_mm(folder: Path) -> Iterable[tuple[int, int]]:
    """Width and height of the connected panels by their EDID: bytes 21 and 22 hold centimetres, 0 when unknown."""
    for path in folder.glob("*/edid"):
        edid = path.read_bytes()
        if len(edid) >= 128 and edid[21] and edid[22]:
            yield edid[21] * 10, edid[22] * 10


def _fonts(settings: Settings) -> Finding:
    mend = "Run make setup, or install the package fonts-noto-cjk."
    if not shutil.which("fc-list"):
        return Finding("fonts", "failed", "fontconfig is not installed, so no font can be looked up", mend)
    listed = subprocess.run(["fc-list", "Noto Sans CJK SC"], capture_output=True, text=True, check=False).stdout
    if listed.strip():
        return Finding("fonts", "ok", "Noto Sans CJK SC")
    return Finding("fonts", "failed", "the Chinese font is missing: characters would be empty boxes", mend)


def _microphone(settings: Settings) -> Finding:
    there = microphones(settings.microphone)
    found = _device("microphone", there, settings.microphone, "People touch the screen instead of speaking.")
    if there and there[0] in slow_microphones():
        detail = f"{there[0]} gives less than 16 kHz: what people say is refused"
        return Finding("microphone", "degraded", detail, "Plug in a microphone that gives 16 kHz or more, by cable.")
    return found


def _loudspeaker(settings: Settings) -> Finding:
    found = loudspeakers(settings.loudspeaker)
    return _device("speaker", found, settings.loudspeaker, "Screens are not read aloud.")


def _device(part: str, found: list[str], wanted: str, without: str) -> Finding:
    """`found` begins with the one that is taken."""
    if not found:
        return Finding(part, "degraded", f"none is plugged in. {without}", f"Plug in a {part}.")
    if wanted and not any(wanted.lower() in name.lower() for name in found):
        setting = "loudspeaker" if part == "speaker" else part
        mend = f"Plug it in, or set {setting} to one of: {', '.join(found)}."
        return Finding(part, "degraded", f"{wanted!r} is not there; {found[0]} is used instead", mend)
    others = f" (also there: {', '.join(found[1:])})" if found[1:] else ""
    return Finding(part, "ok", found[0] + others)


def _voice_model(settings: Settings) -> Finding:
    try:
        recogniser_for(settings.model_folder, ["找人帮忙"], settings.accent)
    except ModelError as error:
        return Finding("voice model", "degraded", str(error), "Until it is mended people touch the screen.")
    kind = settings.voice_model if isinstance(settings.voice_model, str) else "another one"
    alone = "; it hears phrases, numbers and dates are typed" if has_words(settings.model_folder) else ""
    return Finding("voice model", "ok", f"{kind}, {settings.model_folder}{alone}")


def _handwriting(settings: Settings) -> Finding:
    try:
        model = model_file()
    except HandwritingError as error:
        return Finding("handwriting", "degraded", str(error), "Run make setup.")
    return Finding("handwriting", "ok", f"{model.name}, {model.stat().st_size / 1e6:.0f} MB")


def _prompts(settings: Settings) -> Finding:
    mend = "Run make prompts; until then the live voice speaks."
    try:
        prompts = Prompts.load(settings.assets / "prompts")
        texts = all_fixed_utterances(settings.assets)
    except (SpeechError, CatalogueError) as error:
        return Finding("prompts", "degraded", str(error), mend)
    broken = prompts.problems()
    gone = sum(len(missing) for missing in prompts.missing(texts).values())
    if broken or gone:
        return Finding("prompts", "degraded", broken[0] if broken else f"{gone} texts have no recorded prompt", mend)
    return Finding("prompts", "ok", "every fixed text is recorded")


def _store(settings: Settings) -> Finding:
    try:
        store = Store.open(settings.store_file)
        if not store.free_space_ok():
            return Finding("store", "failed", "less than 64 MB are free on its disk", "Free some space.")
        waiting = store.unsent()
        store.close()
    except StoreError as error:
        return Finding("store", "failed", str(error), "Start the kiosk once: it sets a damaged store aside.")
    return Finding("store", "ok", f"{settings.store_file}, {waiting} waiting")


def _hall(settings: Settings) -> Finding:
    if not settings.hall:
        return Finding("hall", "degraded", "none is set; kiosk run starts its own", "Set hall to the hall's address.")
    try:
        HallClient(settings.hall).health()
        pinned = pinned_hall_key(Store.open(settings.store_file))
    except (HallError, StoreError) as error:
        return Finding("hall", "degraded", str(error), "Forms wait on the kiosk until this is mended.")
    return Finding("hall", "ok", settings.hall + ("" if pinned else ", not met yet"))


def _clock(settings: Settings) -> Finding:
    now = datetime.now(UTC)
    if BUILT <= now < BUILT.replace(year=BUILT.year + 20):
        return Finding("clock", "ok", now.isoformat(timespec="seconds"))
    return Finding("clock", "failed", f"it shows {now:%Y-%m-%d}, which cannot be", "Set the clock; ages depend on it.")


def _printer(settings: Settings) -> Finding:
    if not settings.printer:
        mend = "Set printer to a print queue's name, or to a folder to try it."
        return Finding("printer", "degraded", "none is set; slips are shown on the screen", mend)
    if problem := printer_problem(settings.printer):
        return Finding("printer", "degraded", f"{problem}; slips are shown on the screen", "Mend it, or set printer.")
    kind = "pictures in the folder" if "/" in settings.printer else "queue"
    return Finding("printer", "ok", f"{kind} {settings.printer}")


def _scanner(settings: Settings) -> Finding:
    """A scanner that types looks like any keyboard, so only its name tells that it is there."""
    if not settings.scanner:
        mend = "Set scanner to a part of its name; the names are in /proc/bus/input/devices."
        return Finding("scanner", "degraded", "none is named, so nobody can tell whether one is plugged in", mend)
    if "/" in settings.scanner:
        problem = reader_problem(Path(settings.scanner))
        detail = f"{problem}; people type the digits of their slips" if problem else settings.scanner
        return Finding("scanner", "degraded" if problem else "ok", detail, "Plug it in." if problem else "")
    found = [name for name in _keyboards(Path("/proc/bus/input/devices")) if settings.scanner.lower() in name.lower()]
    if found:
        return Finding("scanner", "ok", found[0])
    detail = f"{settings.scanner!r} is not plugged in; people type the digits of their slips"
    return Finding("scanner", "degraded", detail, "Plug it in, or set scanner to its name.")


def _keyboards(listing: Path) -> list[str]:
    """The names of all input devices that the system knows."""
    if not listing.exists():
        return []
    lines = listing.read_text("utf-8", "replace").splitlines()
    return [line.partition('Name="')[2].rstrip('"') for line in lines if line.startswith("N:")]


def _card_reader(settings: Settings) -> Finding:
    if settings.card_reader is None:
        mend = "Set card_reader to the pipe or serial device of the reader's bridge program."
        return Finding("card reader", "degraded", "none is set; people type their ID numbers", mend)
    if problem := reader_problem(settings.card_reader):
        return Finding(
            "card reader", "degraded", f"{problem}; people type their ID numbers", "Start its bridge program."
        )
    return Finding("card reader", "ok", str(settings.card_reader))
