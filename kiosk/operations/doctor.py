"""Readiness of one terminal: each part is ok, degraded (people can still be served) or failed, with the mend."""

import shutil
import subprocess
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import RootModel

from forms import CatalogueError, Text
from forms.load import read_model, something_of
from kiosk.devices.call_light import light_problem
from kiosk.devices.printer_setting import Kind, kind_of, printer_problem
from kiosk.devices.readers import reader_problem
from kiosk.entry.handwriting import model_file
from kiosk.entry.pinyin import PinyinTable
from kiosk.entry.strokes import HandwritingError
from kiosk.intents.own_words import read_own_words
from kiosk.operations.hall_access import hall_address, hall_client
from kiosk.operations.offered import offered
from kiosk.operations.settings import Settings
from kiosk.state.maintenance import Finding
from kiosk.texts.languages import Lang
from kiosk.texts.prompts import all_fixed_utterances
from kiosk.texts.strings import Texts
from kiosk.walk.lists import check_texts
from offline_cache.disk.log_damage import damaged_files
from offline_cache.hall_client import HallError, KioskNotAdmitted
from offline_cache.status import stuck_forms
from offline_cache.store import StoreError
from offline_cache.sync import pinned_hall_key
from offline_cache.trust.identity_file import IdentityError, IdentityFile
from offline_cache.versions.rollback import open_store, program_of
from voice.devices.qt_audio import (
    headset_problem,
    loudspeakers,
    microphone_is_silent,
    microphones,
    slow_microphones,
)
from voice.recognition.choice import recogniser_for
from voice.recognition.model import ModelError, has_words
from voice.speech.prompts import Prompts
from voice.speech.sound import SpeechError

BUILT = datetime(2026, 11, 1, tzinfo=UTC)  # no right clock shows an earlier day


class Sentences:
    """The sentences of assets/doctor.yaml in one language. They are not spoken, so they have no recorded prompts."""

    def __init__(self, assets: Path, lang: Lang) -> None:
        self._texts = read_model(RootModel[dict[str, Text]], assets / "doctor.yaml").root
        self._lang = lang

    def __call__(self, key: str, **values: Any) -> str:
        return self._texts[key].written(self._lang).format(**values)


def examine(settings: Settings, lang: Lang) -> list[Finding]:
    """Every part looked at once. Nothing is changed, but an empty store is made where there is none. CatalogueError
    when even the sentences cannot be read."""
    words = Sentences(settings.assets, lang)
    checks: tuple[Callable[[Settings, Sentences], Finding], ...] = (
        _services, _screen, _fonts, _microphone, _loudspeaker, _headset, _voice_model, _handwriting, _prompts, _store,
        _hall, _identity, _clock,
        _printer, _scanner, _card_reader, _call_light,
    )  # fmt: skip
    return [check(settings, words) for check in checks]


def _services(settings: Settings, words: Sentences) -> Finding:
    try:
        found = offered(settings)
        texts = Texts.load(settings.assets, settings.county_in_use)
        _, in_requests = read_own_words(settings.assets, settings.county_in_use)
        check_texts(something_of(found.catalogue), texts, PinyinTable.load(settings.assets))
    except (CatalogueError, OSError) as error:
        return Finding("services", "failed", str(error), words("services.mend"))
    told = words("services.ok", count=len(found.catalogue.services))
    if mistakes := (*found.catalogue.mistakes, *texts.mistakes, *in_requests):
        each = "".join(f"\n{one}" for one in mistakes)
        left_out = words("services.left_out", told=told, count=len(mistakes), mistakes=each)
        mend = words("services.check", folder=settings.county_in_use or settings.assets)
        return Finding("services", "degraded", left_out, mend)
    if found.aged:
        return Finding("services", "degraded", f"{told} {' '.join(found.aged)}", words("services.aged"))
    if found.problem:
        return Finding("services", "degraded", f"{told} {found.problem}", words("services.setting_mend"))
    return Finding("services", "ok", told)


def _screen(settings: Settings, words: Sentences) -> Finding:
    panels = sorted(_panels_mm(Path("/sys/class/drm")))
    if settings.diagonal_mm:
        return Finding("screen", "ok", words("screen.set", mm=f"{settings.diagonal_mm:g}"))
    if panels:
        width, height = panels[-1]
        return Finding("screen", "ok", words("screen.told", width=width, height=height))
    return Finding("screen", "degraded", words("screen.unknown"), words("screen.mend"))


def _panels_mm(folder: Path) -> Iterable[tuple[int, int]]:
    """Width and height of the connected panels by their EDID: bytes 21 and 22 hold centimetres, 0 when unknown."""
    for path in folder.glob("*/edid"):
        edid = path.read_bytes()
        if len(edid) >= 128 and edid[21] and edid[22]:
            yield edid[21] * 10, edid[22] * 10


def _fonts(settings: Settings, words: Sentences) -> Finding:
    mend = words("fonts.mend")
    if not shutil.which("fc-list"):
        return Finding("fonts", "failed", words("fonts.no_tool"), mend)
    listed = subprocess.run(["fc-list", "Noto Sans CJK SC"], capture_output=True, text=True, check=False).stdout
    if listed.strip():
        return Finding("fonts", "ok", "Noto Sans CJK SC")
    return Finding("fonts", "failed", words("fonts.none"), mend)


def _microphone(settings: Settings, words: Sentences) -> Finding:
    there = microphones(settings.microphone)
    found = _device("microphone", "microphone", there, settings.microphone, words)
    if there and there[0] in slow_microphones():
        detail = words("microphone.slow", name=there[0])
        return Finding("microphone", "degraded", detail, words("microphone.slow_mend"))
    if there and microphone_is_silent(settings.microphone):
        detail = words("microphone.silent", name=there[0])
        return Finding("microphone", "degraded", detail, words("microphone.silent_mend"))
    return found


def _loudspeaker(settings: Settings, words: Sentences) -> Finding:
    return _device("speaker", "loudspeaker", loudspeakers(settings.loudspeaker), settings.loudspeaker, words)


def _headset(settings: Settings, words: Sentences) -> Finding:
    if not settings.headset:
        return Finding("headset", "ok", words("headset.none"))
    match headset_problem(settings.headset):
        case "missing":
            detail = words("headset.missing", name=settings.headset)
            return Finding("headset", "degraded", detail, words("headset.missing_mend"))
        case "heard":
            return Finding("headset", "degraded", words("headset.heard"), words("headset.heard_mend"))
    return Finding("headset", "ok", settings.headset)


def _device(part: str, setting: str, found: list[str], wanted: str, words: Sentences) -> Finding:
    """`found` begins with the one that is taken."""
    if not found:
        return Finding(part, "degraded", words(f"{part}.none"), words(f"{part}.mend"))
    if wanted and not any(wanted.lower() in name.lower() for name in found):
        mend = words("device.wanted_mend", setting=setting, names=", ".join(found))
        return Finding(part, "degraded", words("device.wanted", wanted=wanted, name=found[0]), mend)
    if found[1:]:
        return Finding(part, "ok", words("device.ok_others", name=found[0], others=", ".join(found[1:])))
    return Finding(part, "ok", found[0])


def _voice_model(settings: Settings, words: Sentences) -> Finding:
    try:
        recogniser_for(settings.model_folder, ["找人帮忙"], settings.accent)
    except ModelError as error:
        return Finding("voice model", "degraded", str(error), words("voice_model.mend"))
    kind = settings.voice_model if isinstance(settings.voice_model, str) else words("voice_model.another")
    key = "voice_model.words" if has_words(settings.model_folder) else "voice_model.ok"
    return Finding("voice model", "ok", words(key, kind=kind, folder=settings.model_folder))


def _handwriting(settings: Settings, words: Sentences) -> Finding:
    try:
        model = model_file()
    except HandwritingError as error:
        return Finding("handwriting", "degraded", str(error), words("handwriting.mend"))
    megabytes = f"{model.stat().st_size / 1e6:.0f}"
    return Finding("handwriting", "ok", words("handwriting.ok", name=model.name, megabytes=megabytes))


def _prompts(settings: Settings, words: Sentences) -> Finding:
    mend = words("prompts.mend")
    try:
        prompts = Prompts.load(settings.assets / "prompts", settings.county_prompts)
        texts = all_fixed_utterances(settings.assets, settings.county_in_use)
    except (SpeechError, CatalogueError) as error:
        return Finding("prompts", "degraded", str(error), mend)
    broken = [*filter(None, [prompts.trouble]), *prompts.problems()]
    gone = sum(len(missing) for missing in prompts.missing(texts).values())
    if broken or gone:
        return Finding("prompts", "degraded", broken[0] if broken else words("prompts.gone", count=gone), mend)
    return Finding("prompts", "ok", words("prompts.ok"))


def _store(settings: Settings, words: Sentences) -> Finding:
    try:
        store = open_store(settings.store_file)
        if not store.free_space_ok():
            return Finding("store", "failed", words("store.full"), words("store.full_mend"))
        waiting, stuck = store.unsent(), stuck_forms(store)
        store.close()
        newer = program_of(settings.store_file)
    except StoreError as error:
        return Finding("store", "failed", str(error), words("store.mend"))
    if newer is not None:
        detail = words("store.newer", file=settings.store_file, waiting=waiting)
        mend = words("store.newer_mend", program=newer) if newer else words("store.newer_mend_unknown")
        return Finding("store", "degraded", detail, mend)
    if damaged := damaged_files(settings.store_file):
        detail = words("store.damaged", files=" ".join(one.name for one in damaged))
        return Finding("store", "degraded", detail, words("store.damaged_mend", folder=settings.store_file.parent))
    if stuck.refused or stuck.held:
        detail = words("store.stuck", refused=stuck.refused, held=stuck.held, because=" ".join(stuck.because[:1]))
        return Finding("store", "degraded", detail, words("store.stuck_mend"))
    return Finding("store", "ok", words("store.ok", file=settings.store_file, waiting=waiting))


def _hall(settings: Settings, words: Sentences) -> Finding:
    address = hall_address(settings)
    if not address:
        return Finding("hall", "degraded", words("hall.none"), words("hall.none_mend"))
    try:
        hall_client(settings, address).health()
        pinned = pinned_hall_key(open_store(settings.store_file))
    except (HallError, StoreError) as error:
        return Finding("hall", "degraded", str(error), words("hall.mend"))
    return Finding("hall", "ok", address if pinned else words("hall.new", address=address))


def _identity(settings: Settings, words: Sentences) -> Finding:
    """Who this kiosk is, and whether the hall has let it in."""
    address = hall_address(settings)
    try:
        known = IdentityFile(settings.identity_file).read()
    except IdentityError as error:
        return Finding("identity", "degraded", str(error), words("identity.mend"))
    if known is None or (known.hall == "" and address):
        detail = words("identity.none" if address else "identity.own_none")
        return Finding("identity", "degraded" if address else "ok", detail, words("identity.mend") if address else "")
    who = words("identity.who", name=known.name, fingerprint=known.fingerprint)
    if not address:
        return Finding("identity", "ok", words("identity.own", who=who))
    try:
        hall_client(settings, address).who_am_i()
    except KioskNotAdmitted as refusal:
        detail = words(f"identity.{refusal.code.value}", who=who)
        return Finding("identity", "degraded", detail, words(f"identity.{refusal.code.value}_mend"))
    except HallError:
        return Finding("identity", "ok", words("identity.not_asked", who=who))
    return Finding("identity", "ok", words("identity.approved", who=who))


def _clock(settings: Settings, words: Sentences) -> Finding:
    now = datetime.now(UTC)
    if BUILT <= now < BUILT.replace(year=BUILT.year + 20):
        return Finding("clock", "ok", now.isoformat(timespec="seconds"))
    return Finding("clock", "failed", words("clock.wrong", day=f"{now:%Y-%m-%d}"), words("clock.mend"))


_PRINTERS: dict[Kind, str] = {
    "receipts": "printer.receipts",
    "pdf": "printer.pdf",
    "folder": "printer.folder",
    "queue": "printer.queue",
}


def _printer(settings: Settings, words: Sentences) -> Finding:
    if not settings.printer:
        return Finding("printer", "degraded", words("printer.none"), words("printer.none_mend"))
    if problem := printer_problem(settings.printer):
        return Finding("printer", "degraded", words("printer.broken", problem=problem), words("printer.mend"))
    return Finding("printer", "ok", words(_PRINTERS[kind_of(settings.printer)], name=settings.printer))


def _scanner(settings: Settings, words: Sentences) -> Finding:
    """A scanner that types looks like any keyboard, so only its name tells that it is there."""
    if not settings.scanner:
        return Finding("scanner", "degraded", words("scanner.none"), words("scanner.none_mend"))
    if "/" in settings.scanner:
        if problem := reader_problem(Path(settings.scanner)):
            return Finding("scanner", "degraded", words("scanner.broken", problem=problem), words("scanner.mend"))
        return Finding("scanner", "ok", settings.scanner)
    found = [name for name in _keyboards(Path("/proc/bus/input/devices")) if settings.scanner.lower() in name.lower()]
    if found:
        return Finding("scanner", "ok", found[0])
    return Finding("scanner", "degraded", words("scanner.gone", name=settings.scanner), words("scanner.gone_mend"))


def _keyboards(listing: Path) -> list[str]:
    """The names of all input devices that the system knows."""
    if not listing.exists():
        return []
    lines = listing.read_text("utf-8", "replace").splitlines()
    return [line.partition('Name="')[2].rstrip('"') for line in lines if line.startswith("N:")]


def _card_reader(settings: Settings, words: Sentences) -> Finding:
    if settings.card_reader is None:
        return Finding("card reader", "degraded", words("card_reader.none"), words("card_reader.none_mend"))
    if problem := reader_problem(settings.card_reader):
        return Finding(
            "card reader", "degraded", words("card_reader.broken", problem=problem), words("card_reader.mend")
        )
    return Finding("card reader", "ok", str(settings.card_reader))


def _call_light(settings: Settings, words: Sentences) -> Finding:
    if not settings.call_light:
        return Finding("call light", "ok", words("call_light.none"))
    if problem := light_problem(settings.call_light):
        return Finding("call light", "degraded", words("call_light.broken", problem=problem), words("call_light.mend"))
    return Finding("call light", "ok", settings.call_light)
