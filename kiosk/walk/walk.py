"""A walk through every screen with nobody there: for screenshots, for phrase lists, for tests.

The walk presses the real session's own buttons; only the desk behind it is played.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal

from pypinyin import lazy_pinyin

from forms import Catalogue, Field, Service, Text
from forms.conditions import satisfied_by
from kiosk.devices.cards import Card
from kiosk.devices.printers import Paper
from kiosk.entry.handwriting import Stroke
from kiosk.entry.pinyin import PinyinTable
from kiosk.hall.service import CannotKeep, HallAway, ProgressLine, StaffCall
from kiosk.intents import CANNOT, HELP, Meaning
from kiosk.operations.maintenance import Maintenance, PartFound
from kiosk.screens.model import Look, Screen
from kiosk.session.idle import Times
from kiosk.session.session import Session
from kiosk.state.draft import Draft
from kiosk.state.slip import CODE, Slip, SlipError
from kiosk.texts.languages import LANGS, Lang
from kiosk.texts.strings import Texts

NUMBER = "400000000002"
STAFF = {"zh": "李敏", "en": "Li Min"}
TODAY = date(2026, 11, 23)
# 王 as it is written, and what a reader of handwriting might make of it.
WANG: tuple[Stroke, ...] = (
    ((0.33, 0.25), (0.75, 0.24)),
    ((0.38, 0.47), (0.7, 0.46)),
    ((0.54, 0.26), (0.53, 0.72)),
    ((0.28, 0.74), (0.82, 0.72)),
)
GUESSES = ("王", "玉", "主", "五", "丑", "壬", "士", "正", "生", "土")
# What a doctor might find, and the mend.
FOUND: tuple[tuple[str, Literal["ok", "degraded", "failed"], dict[Lang, tuple[str, str]]], ...] = (
    ("screen", "ok", {"zh": ("597 × 336 毫米，是屏幕自己报的", ""), "en": ("597 x 336 mm, as the panel says", "")}),
    (
        "microphone",
        "degraded",
        {"zh": ("没有插话筒，大家用手点", "插上一个话筒。"), "en": ("none is plugged in", "Plug in a microphone.")},
    ),
    (
        "store",
        "failed",
        {"zh": ("硬盘剩下不到 64 MB", "腾出一些地方。"), "en": ("less than 64 MB are free", "Free some space.")},
    ),
)
_WRONG = {"person_name": "王", "resident_id": "110105194912310020", "bank_card": "6222", "receipt_number": "4000"}


class PlayedPrinter:
    """A printer (kiosk.devices.printers.Printer) that keeps the last page, printed or not."""

    def __init__(self) -> None:
        self.page: Paper | None = None
        self.broken = False

    def print(self, paper: Paper) -> bool:
        self.page = paper
        return not self.broken


class PlayedShelf:
    """A shelf (kiosk.state.slip.Shelf) for one draft."""

    def __init__(self) -> None:
        self.draft: Draft | None = None
        self.full = False
        self.why: Literal["unknown", "wait", "failed"] = "unknown"
        self.slip = Slip(bytes(range(32)), CODE.example, TODAY + timedelta(days=7))

    def lay_by(self, draft: Draft) -> Slip:
        if self.full:
            raise CannotKeep("store_full")
        self.draft = draft
        return self.slip

    def by_key(self, key: bytes) -> Draft:
        if self.draft is None or key != self.slip.key:
            raise SlipError(self.why)
        return self.draft

    def by_code(self, code: str) -> Draft:
        return self.by_key(self.slip.key if code == self.slip.code else b"")

    def drop(self, form: str) -> None:
        self.draft = None


@dataclass
class PlayedLock:
    """A lock (kiosk.operations.maintenance.Lock) that nobody has to wait for."""

    PIN: ClassVar[str] = "246810"
    is_set: bool = False

    def wait_s(self) -> int:
        return 0

    def opens(self, pin: str) -> bool:
        return pin == self.PIN


@dataclass
class PlayedDesk:
    """A desk (kiosk.hall.service.Desk) whose answers are set by whoever plays it."""

    call_state: StaffCall | None = None
    state: Literal["saved", "delivered", "held"] = "saved"
    found: list[ProgressLine] | None = None  # None: the hall is away
    why: Literal["offline", "staff"] = "offline"
    offline: bool = False
    broken: Literal["store_full", "store_failed", "no_hall_key"] | None = None
    kept: dict[str, str] | None = None
    kept_number: str = ""

    def __post_init__(self) -> None:
        self.shelf = PlayedShelf()

    def trouble(self) -> str | None:
        return self.broken

    def notices(self) -> tuple[str, ...]:
        if self.broken == "no_hall_key":
            return ("not_met",)
        return ("offline",) if self.offline else ()

    def keep(self, service: Service, answers: Mapping[str, str], lang: Lang, number: str) -> str:
        if self.broken:
            raise CannotKeep(self.broken)
        self.kept, self.kept_number = dict(answers), number
        return NUMBER

    def is_kept(self, number: str) -> bool:
        return number == self.kept_number

    def receipt_state(self, receipt_number: str) -> Literal["saved", "delivered", "held"]:
        return self.state

    def look_up(self, answers: Mapping[str, str]) -> list[ProgressLine]:
        if self.found is None:
            raise HallAway("played", self.why)
        return self.found

    def call(self, screen: str, service_id: str | None) -> None:
        if self.call_state is None or self.call_state.state == "closed":
            self.call_state = StaffCall("requested", "", reached_hall=not self.offline)

    def cancel_call(self) -> None:
        self.call_state = None

    def staff_call(self) -> StaffCall | None:
        return self.call_state

    def visit_over(self) -> None:
        self.call_state = None


class Rehearsal:
    """One session, a played desk and a clock that is moved by hand."""

    def __init__(self, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, look: Look = Look()) -> None:  # noqa: B008
        self.desk = PlayedDesk()
        self.seconds = 0.0
        self.meaning = Meaning(None, 0.0)  # of whatever is said in somebody's own words
        self._waiting: list[Callable[[], None]] = []
        self.catalogue = catalogue
        self.pinyin = pinyin
        self.session = Session(
            catalogue,
            texts,
            pinyin,
            self.desk,
            self._later,
            lambda: self.seconds,
            lambda: TODAY,
            self._understand,
            times=Times(),
            first_look=look,
            handwriting=lambda strokes, many: list(GUESSES[:many]),
        )

    def walk(self, service_ids: list[str] | None = None) -> Iterator[tuple[str, Screen]]:
        """Every screen once: a label that is unique in the walk, and the screen, which the session then shows."""
        seen: set[str] = set()
        for label in self._steps(service_ids or list(self.catalogue.services)):
            if label not in seen:
                seen.add(label)
                yield label, self.session.screen()

    def _steps(self, service_ids: list[str]) -> Iterator[str]:
        session = self.session
        yield "attract"
        session.do("start")
        yield "home"
        session.do("settings")
        yield "settings"
        session.headset_is("plugged in")
        session.do("set", "headset=on")
        yield "settings-headset"
        session.headset_is("unplugged")
        yield "settings-headset-gone"
        session.do("practice")
        yield "practice"
        session.do("try_key", "arrows")
        yield "practice-tried"
        session.do("resume")
        yield from self._which()
        for service_id in service_ids:
            yield from self._service(self.catalogue.service(service_id))
        yield from self._another_day()
        yield from self._help()
        yield from self._trouble()
        yield from self._maintenance()
        session.do("finish")
        yield "goodbye"
        session.do("home")
        self.seconds += Times().idle_warning
        session.tick()
        yield "idle"
        session.do("still_here")

    def _which(self) -> Iterator[str]:
        """What is asked of who said something in their own words, or something like two phrases."""
        session, services = self.session, [*self.catalogue.services]
        asked = {"which-errand": Meaning(services[0], 0.6), "which-errands": Meaning(None, 0.4, tuple(services))}
        offered = {"which-help": Meaning(HELP, 0.9), "which-in-vain": Meaning(CANNOT, 0.9)}
        for label, meaning in {**asked, **offered}.items():
            self.meaning = meaning
            session.hear(None, syllables=("wo",))
            yield label
            session.do("none_of_them")
        self.meaning = Meaning(None, 0.0)
        first, second = (
            service.phrases.of(session.look.lang)[0] for service in [*self.catalogue.services.values()][:2]
        )
        session.hear(None, between=(first, second))
        yield "which-phrase"
        session.do("none_of_them")

    def _understand(self, syllables: Sequence[str]) -> Meaning:
        return self.meaning

    def _service(self, service: Service) -> Iterator[str]:
        """The errand with its examples, then again for every question that other answers open."""
        unseen = {field.id for field in service.steps}
        for field in service.steps:
            if field.id in unseen:
                for label in self._errand(service, satisfied_by(field.relevant)):
                    unseen.discard(label.removeprefix(f"{service.id}:question-"))
                    yield label

    def _errand(self, service: Service, chosen: Mapping[str, str]) -> Iterator[str]:
        session = self.session
        session.do("choose", service.id)
        yield f"{service.id}:prerequisites"
        session.do("next")
        while session.visit and session.visit.stage == "question":
            yield from self._question(service, session.visit.field, chosen)
        yield f"{service.id}:check"
        if service.kind == "query":
            yield from self._answers(service)
        else:
            self.desk.offline, self.desk.state = True, "saved"
            session.do("send")
            yield f"{service.id}:receipt-saved"
            self.desk.offline, self.desk.state = False, "delivered"
            session.tick()
            yield f"{service.id}:receipt-delivered"
        session.do("another")

    def _question(self, service: Service, field: Field, chosen: Mapping[str, str]) -> Iterator[str]:
        session, label = self.session, f"{service.id}:question-{field.id}"
        yield label
        if wrong := _WRONG.get(field.type):
            self._type(field, wrong)
            session.do("next")
            yield f"{label}-wrong"
            session.do("clear")
        session.do("explain")
        yield f"explain-{field.id}"
        session.do("resume")
        if field.type in ("choice", "consent"):
            session.do("answer", chosen.get(field.id, self._example(field)))
            return
        if field.type == "date":
            yield from self._date(label)
        if field.type == "person_name":
            session.do("way", "hand")
            for stroke in WANG:
                session.write(stroke)
                self._finish_background()
            yield f"{label}-written"
            session.do("next")
            yield f"{label}-unpicked"
            session.do("rub_out")
            for letter in "wang":
                session.do("letter", letter)
            yield f"{label}-composing"
            session.do("clear")
        if field.type == "address":
            for way in ("hand", "letters"):
                session.do("way", way)
                yield f"{label}-{way}"
            session.do("way", "digits")
        self._type(field, field.example)
        yield f"{label}-filled"
        session.do("next")

    def _date(self, label: str) -> Iterator[str]:
        """Step by step, by the moon, and the digits."""
        session = self.session
        session.do("calendar", "moon")
        for number in (194, 1945, 1):
            session.do("step", str(number))
            yield f"{label}-{session.pad.steps.step}"
        session.do("step", "25")
        yield f"{label}-moon"
        session.do("calendar", "sun")
        session.do("erase")
        yield f"{label}-sun"
        session.do("way", "digits")
        yield f"{label}-digits"
        session.do("clear")

    def _answer(self, service: Service) -> None:
        assert self.session.visit is not None
        for _ in self._question(service, self.session.visit.field, {}):
            pass

    def _example(self, field: Field) -> str:
        assert self.session.visit is not None
        offered = [choice.id for choice in self.session.visit.choices()]
        return field.example if field.type == "consent" or field.example in offered else offered[0]

    def _type(self, field: Field, text: str) -> None:
        for character in text:
            if field.type != "person_name":
                self.session.do("type", character)
                continue
            letters = lazy_pinyin(character, v_to_u=False)[0]
            if character not in self.pinyin.candidates(letters):
                self.session.pad.add(character)  # the dot of a name, a Latin letter
                continue
            for letter in letters:
                self.session.do("letter", letter)
            while character not in self.session.pad.candidates:
                self.session.do("more")
            self.session.do("pick", character)

    def _another_day(self) -> Iterator[str]:
        """An ID card, a code of no use, an answer taken back, then save and come back."""
        session = self.session
        applications = [one for one in self.catalogue.services.values() if one.kind == "application"]
        asking_who = [one for one in applications if {"person_name", "resident_id"} <= {f.type for f in one.steps}]
        begun = (asking_who or applications)[0]
        session.do("choose", begun.id)
        session.do("next")
        if asking_who:
            while session.visit and not session.visit.identity_fields():
                self._answer(begun)
            example = {field.type: field.example for field in begun.steps}
            session.card_reader = True
            yield "card-offered"
            session.card_reader = False
            session.card_read(Card(example["resident_id"], example["person_name"]))
            yield "card"
            session.do("take_card")
        else:
            self._answer(begun)
        session.scanned("6901234567892")
        yield "scan-unknown"
        session.do("undo")
        yield "undone"
        self.seconds += Times().idle_warning
        session.tick()
        yield "idle-visit"
        session.do("save")
        yield "slip"
        yield from self._slip_printed()
        session.do("finish")
        yield from self._come_back()

    def _slip_printed(self) -> Iterator[str]:
        session, printer = self.session, PlayedPrinter()
        session.printer = printer
        for printer.broken in (False, True):
            session.do("carry_on")
            session.do("save")
            yield "slip-printing"
            self._finish_background()
            yield f"slip-{session.printing}"
        session.printer = None

    def _come_back(self) -> Iterator[str]:
        session, shelf = self.session, self.desk.shelf
        session.do("home")
        session.do("come_back")
        yield "come-back"
        self._code("1234")
        yield "come-back-digits"
        kept, shelf.draft = shelf.draft, None
        reasons: tuple[Literal["unknown", "wait", "failed"], ...] = ("unknown", "wait", "failed")
        for shelf.why in reasons:
            self._code(shelf.slip.code)
            yield f"come-back-{shelf.why}"
        shelf.draft = kept
        self._code(shelf.slip.code)
        yield "come-back-here"
        session.do("save")
        session.do("finish")
        session.do("home")

    def _code(self, digits: str) -> None:
        self.session.do("clear")
        for digit in digits:
            self.session.do("type", digit)
        self.session.do("next")

    def _answers(self, service: Service) -> Iterator[str]:
        session, desk = self.session, self.desk
        session.do("ask")
        yield f"{service.id}:answer-looking"
        self._finish_background()
        yield f"{service.id}:answer-offline"
        words = Text(zh="工作人员正在办", en="A staff member is working on it")
        for label, found in (
            ("none", []),
            ("found", [ProgressLine(NUMBER, "old-age-allowance", words, "请带户口本来三号窗口")]),
        ):
            desk.found = found
            session.do("back")
            session.do("ask")
            self._finish_background()
            yield f"{service.id}:answer-{label}"
        desk.found, desk.why = None, "staff"
        session.do("back")
        session.do("ask")
        self._finish_background()
        yield f"{service.id}:answer-staff"
        desk.why = "offline"

    def _maintenance(self) -> Iterator[str]:
        session, lock = self.session, PlayedLock()
        found = [PartFound(part, status, *told[session.look.lang]) for part, status, told in FOUND]
        session.maintenance = Maintenance(lock, lambda show: show(found), lambda how: None)
        session.open_maintenance()
        yield "maintenance-no-pin"
        lock.is_set = True
        session.do("resume")
        session.open_maintenance()
        yield "maintenance-pin"
        session.do("type", "1")
        session.do("next")
        yield "maintenance-pin-wrong"
        for digit in PlayedLock.PIN:
            session.do("type", digit)
        session.do("next")
        yield "maintenance"
        session.do("resume")
        session.maintenance = None

    def _help(self) -> Iterator[str]:
        session, desk = self.session, self.desk
        desk.offline = True
        session.do("help")
        yield "help-offline"
        desk.offline = False
        staff = STAFF[session.look.lang]
        calls = (
            StaffCall("requested", "", True),
            StaffCall("notified", "", True),
            StaffCall("acknowledged", staff, True),
        )
        for call in calls:
            desk.call_state = call
            session.tick()
            yield f"help-{call.state}"
        session.do("resume")
        yield "home-help-coming"
        session.do("help")
        session.do("cancel_help")

    def _trouble(self) -> Iterator[str]:
        reasons: tuple[Literal["store_full", "no_hall_key"], ...] = ("store_full", "no_hall_key")
        for reason in reasons:
            self.desk.broken = reason
            service = next(one for one in self.catalogue.services.values() if one.kind == "application")
            self.session.do("choose", service.id)
            yield f"trouble-{reason}"
            self.session.do("home")
        yield "home-not-met"
        self.desk.broken = None

    def _later(
        self,
        work: Callable[[], list[ProgressLine]],
        done: Callable[[list[ProgressLine]], None],
        failed: Callable[[HallAway], None],
    ) -> None:
        def finish() -> None:
            try:
                found = work()
            except HallAway as error:
                failed(error)
            else:
                done(found)

        self._waiting.append(finish)

    def _finish_background(self) -> None:
        while self._waiting:
            self._waiting.pop(0)()


def check_texts(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    """Show every screen once in both languages, to nobody: CatalogueError when a text of one is missing or wrong."""
    for lang in LANGS:
        for _ in Rehearsal(catalogue, texts, pinyin, Look(lang=lang)).walk():
            pass


def phrases_by_screen(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, lang: Lang) -> dict[str, list[str]]:
    """What may be said on each screen; a question's screen is known by its full label and by its plain name."""
    phrases: dict[str, list[str]] = {}
    for label, screen in Rehearsal(catalogue, texts, pinyin, Look(lang=lang)).walk():
        said = [phrase.text for phrase in screen.phrases]
        phrases[label] = said
        plain = phrases.setdefault(label.rpartition(":")[2], [])
        plain += [phrase for phrase in said if phrase not in plain]
    return phrases
