"""What all handlers act on: the state, the services behind it, and the window that shows and speaks it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any, TypeVar

from forms import Catalogue, Service
from kiosk.devices.printers import Paper, Printer
from kiosk.entry.strokes import HandwritingReader
from kiosk.hall.service import HallAway, HallService
from kiosk.intents import Intent
from kiosk.queries import left_of
from kiosk.screens import compose
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Screen
from kiosk.session.common.maintenance_service import MaintenanceService
from kiosk.state.answers.known_answers import KnownAnswers
from kiosk.state.assistance import EndedBy
from kiosk.state.disambiguation import Disambiguation, Option
from kiosk.state.hall_news import HallNews
from kiosk.state.order import OrderInHand
from kiosk.state.query_answer import Left
from kiosk.state.session_state import Remark, SessionState
from kiosk.state.visit import Visit
from kiosk.texts.languages import LANGS, Lang
from kiosk.texts.speech_kinds import SpeechKind
from kiosk.texts.strings import Texts
from voice.audio.samples import Samples

T = TypeVar("T")
MOST_USED = 3  # services that stand first on a home screen of many
OFFER_AFTER = 3  # wrong answers in a row to one question
# Runs work off the GUI thread and hands its result, or the HallAway it raised, back on the GUI thread.
InBackground = Callable[[Callable[[], Any], Callable[[Any], None], Callable[[HallAway], None]], None]


class Presenter:
    """Handlers change `state` and speak; the window hears of both by `on_change` and `on_speak`."""

    def __init__(
        self,
        state: SessionState,
        catalogue: Catalogue,
        texts: Texts,
        hall: HallService,
        in_background: InBackground,
        monotonic: Callable[[], float],
        today: Callable[[], date],
        intent_of: Callable[[Sequence[str]], Intent],  # of toneless syllables
        handwriting: HandwritingReader | None,  # None: what is written by hand cannot be read here
        unanswered_s: float,  # how long a call may wait before the visitor is told what else to do
    ) -> None:
        self.state = state
        self.catalogue = catalogue
        self.texts = texts
        self.hall = hall
        self.in_background = in_background
        self.monotonic = monotonic
        self.today = today
        self.intent_of = intent_of
        self.handwriting = handwriting
        self.unanswered_s = unanswered_s
        self.printer: Printer | None = None
        self.maintenance: MaintenanceService | None = None
        self.on_change: Callable[[], None] | None = None
        self.on_speak: Callable[[SpeechKind, tuple[str, ...]], None] | None = None
        self.on_replay: Callable[[Samples], None] | None = None
        self.spoken: tuple[str, ...] = ()  # what was said last, in the language it was said in
        self.utterances = 0  # counts
        self.told = HallNews()  # the hall's news that the visitor has been told
        self.note_hall_news()
        self.somebody_is_here()
        self._note_most_used()

    def somebody_is_here(self) -> None:
        """The visitor did something, or somebody does something for them: the idle clock starts again."""
        idle = self.state.idle
        idle.since = idle.warned_at = self.monotonic()
        idle.offered_help = False

    # showing

    def composer(self) -> Composer:
        return Composer(self.state, self.catalogue, self.texts)

    def screen(self) -> Screen:
        """The screen of now, with the hall's news and, for staff, how long they have to wait."""
        self.state.hall = self._hall_news()
        if self.maintenance and self.state.maintenance and self.state.overlay == "maintenance":
            self.state.maintenance.wait_s = self.maintenance.lock.wait_s()
        if self.state.signing_in:
            self.state.signing_in.wait_s = max(0, ceil(self.state.signing_in.wait_until - self.monotonic()))
        return compose.screen(self.composer())

    def screens(self) -> dict[Lang, Screen]:
        """The same in each language; the language of the moment stays."""
        look, found = self.state.look, {}
        for lang in LANGS:
            self.state.look = replace(look, lang=lang)
            found[lang] = self.screen()
        self.state.look = look
        return found

    def show(self) -> None:
        if self.on_change:
            self.on_change()

    # speaking

    def said(self, key: str) -> str:
        return self.texts.said(key, self.state.look.lang)

    def speak(self, parts: tuple[str, ...], kind: SpeechKind = "screen") -> None:
        self.spoken = parts
        self.utterances += 1
        if self.on_speak:
            self.on_speak(kind, parts)

    def replay(self, samples: Samples) -> None:
        """Let the visitor hear what they have said."""
        if self.on_replay:
            self.on_replay(samples)

    def read_screen(self, kind: SpeechKind = "screen") -> None:
        self.speak(self.screen().say, kind)

    def tell(self, key: str, *then: str, kind: SpeechKind = "error", member: str = "") -> None:
        """Show and say one plain sentence, about a member of a repeat if any; `then` is said after it."""
        self.state.remark = Remark(key, member=member)
        who = (self.composer().who(member),) if member else ()
        self.speak((*who, self.said(key), *then), kind)

    def mention(self, key: str) -> None:
        """Show and say a sentence that nobody has asked for. What is wrong with an answer stays, and is said again."""
        if error := self.screen().error:
            self.speak((error,), "progress")
        else:
            self.tell(key, kind="progress")
        self.show()

    def confirmed(self, what: str, key: str, member: str = "") -> bool:
        """Whether `what`, which loses something, is asked for a second time running; the first time the text `key` is
        shown and said."""
        again = self.state.to_drop == what
        self.state.to_drop = "" if again else what
        if not again:
            self.tell(key, member=member)
        return again

    def report(self, key: str) -> None:
        """Something on the screen has changed by itself: say what."""
        self.speak((self.said(key),), "progress")
        self.show()

    def say_what_is_wrong(self) -> None:
        """The answer was not taken: why, and from the second time on that help is there; each third time staff are
        offered on the screen."""
        mistakes, error = self.visit.mistakes, self.screen().error
        if mistakes % OFFER_AFTER == 0 and not self.state.waits_for_staff:
            self.state.question, self.state.overlay = Disambiguation("in_vain", (Option("help"),)), "which"
            self.speak((error, *self.screen().say), "error")
        else:
            self.speak((error, *([self.said("voice.take_your_time")] if mistakes > 1 else [])), "error")

    def say_no_more_fits(self) -> None:
        """More was put in than the answer takes: show and say so at once."""
        if self.state.location == "visit":
            self.visit.warn(self.visit.field.when_full)
        else:
            self.state.code_error = Remark("come_back.full")
        self.speak((self.screen().error,), "error")

    def open_trouble(self, reason: str) -> None:
        """Show why no form can be taken, over everything; `reason` is the last part of a `trouble.*` text key."""
        self.state.trouble = reason
        self.state.overlay = "trouble"

    # on paper

    def print(self, paper: Paper, texts: str, is_wanted: Callable[[], bool], of: OrderInHand | None = None) -> None:
        """Print where there is a printer, for the visit or `of` an order. How it went is told by the `texts` .printed
        and .failed if still wanted."""
        told, printer = of or self.state, self.printer
        told.printing = "printing" if printer else ""
        if printer is None:
            return

        def show(printed: bool) -> None:
            if is_wanted():
                told.printing = "printed" if printed else "failed"
                self.report(f"{texts}.{told.printing}")

        self.in_background(lambda: printer.print(paper), show, lambda _: show(False))

    # the visit

    @property
    def visit(self) -> Visit:
        """The visit under way, for handlers that run during a visit only."""
        assert self.state.visit is not None, "this action is offered in a visit only"
        return self.state.visit

    def in_form(self, named: str) -> str:
        """What a button named in one of several forms, which is at hand now (kiosk.screens.common.composer)."""
        service, _, name = named.rpartition(":")
        if self.state.bundle and service:
            self.state.bundle.open(service)
            self.state.visit = self.state.bundle.visit
        return name

    def new_visit(self, service: Service) -> Visit:
        return Visit(self.catalogue, service, self.today, known=self.state.known)

    def load_entry(self) -> None:
        """Come to the present question, of a life event to its present form; what is there of its answer is put in."""
        if bundle := self.state.bundle:
            bundle.go_on()
            self.state.visit = bundle.visit
        visit = self.state.visit
        if visit and visit.stage == "question":
            self.state.entry.begin(visit.field, visit.typed_here, self.today(), visit.choices())
            self.state.entry.begun = visit.beginning
            self._ask_what_is_left(visit)

    def _ask_what_is_left(self, visit: Visit) -> None:
        """Of a question that is offered by a query. One may choose meanwhile: what one chooses is a wish."""
        field, answers, state = visit.field, dict(visit.answers), self.state
        if (query := field.offered_by) is None:
            return
        asked = state.left = Left(field.id)

        def show(counts: Mapping[str, int]) -> None:
            if state.left is asked:
                state.left = Left(field.id, counts)
                if state.location == "visit" and state.visit is visit and visit.field_id == field.id:
                    self.report("left.told" if counts else "left.unknown")

        self.in_background(lambda: left_of(self.hall, query, answers), show, lambda away: show({}))

    def typed(self, change: Callable[[], T]) -> T:
        """Change the entry; the visit keeps what is typed, so that nothing is lost."""
        result = change()
        if self.state.location == "visit":
            self.visit.type(self.state.entry.text)
        return result

    def learn(self, visit: Visit) -> None:
        """What was answered in a form is offered to the others of the same stay."""
        self.state.known.learn(visit.form, visit.given())

    def drop_visit(self) -> None:
        """Forget the form that is being filled in; what was sent is still known of its people."""
        state = self.state
        if state.order:
            state.order.forget_sound()
        if state.assistance:
            state.assistance.vouched_at = None  # who comes next may be somebody else
        state.bundle = state.visit = state.slip = state.card = state.remark = state.code_error = state.left = None
        state.entry.forget()
        state.receipt_numbers = ()
        state.receipt_page = state.printing = state.group = state.errand = ""
        state.sent_on = state.own_form = state.wanted = state.order = None
        state.found = "looking"
        state.visitors += 1

    def forget_people(self) -> None:
        """Nothing is known of anybody."""
        self.state.shown, self.state.known = None, KnownAnswers()

    def wipe(self) -> None:
        """The visitor has gone: back to the first screen."""
        self.next_visitor()
        self.speak(())
        self.show()

    def next_visitor(self) -> None:
        """Nothing of the visitor stays, and the next one starts with the usual look."""
        state = self.state
        if state.assistance:
            self.end_assistance("visit")
        self.drop_visit()
        self.hall.visit_over()
        fresh = SessionState(state.usual_look, state.usual_look, state.entry)
        devices = ("card_reader", "scanner", "prints", "microphone", "tall_panel", "headset")
        stays = (*devices, "idle", "visitors", "asked", "reading_strokes")
        vars(state).update({name: value for name, value in vars(fresh).items() if name not in stays})
        state.idle.covered = (None, None)
        self.note_hall_news()
        self._note_most_used()

    # staff

    def end_assistance(self, by: EndedBy) -> None:
        """Staff do not help here any more, which is written down."""
        helper = self.state.assistance
        assert helper is not None, "only what has begun ends"
        self.state.assistance = None
        who = by if by == "visitor" or by == "staff" else "kiosk"
        self.hall.staff.note(who, "help_ended", str(helper.staff.member), by)
        self.staff_left()

    def staff_left(self) -> None:
        self.in_background(self.hall.staff.left, lambda done: None, lambda away: None)

    def _note_most_used(self) -> None:
        """For the whole visit, so that no button moves; of those that were never used the first count."""
        counts, services = self.hall.usage.counts(), self.catalogue.services
        self.state.most_used = tuple(sorted(services, key=lambda one: -counts.get(one, 0.0))[:MOST_USED])

    # the hall

    def note_hall_news(self) -> HallNews:
        """Count the hall's news as told to the visitor; returns what they had been told before."""
        before, self.told = self.told, self._hall_news()
        self.state.hall = self.told
        return before

    def _hall_news(self) -> HallNews:
        receipts = tuple(self.hall.receipt_state(number) for number in self.state.receipt_numbers)
        call = self.hall.staff_call()
        unanswered = call is not None and call.is_unanswered(self.monotonic(), self.unanswered_s)
        other_ways = call is not None and call.offers_other_ways(self.monotonic())
        own = self.state.own_form
        taken_back = self.hall.taken_back(own.submission) if own else None
        order = self.state.order.number if self.state.order else ""
        where = self.hall.order_state(order) if order else None
        return HallNews(call, unanswered, other_ways, receipts, taken_back, where, self.hall.notices())
