"""What one terminal is doing. Screens show `screen()` and report through `do()` and `hear()`; nothing here knows Qt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from forms import Catalogue, Service
from kiosk.devices.cards import Card
from kiosk.devices.printers import Printer
from kiosk.entry.answer_entry import Pad, Way
from kiosk.entry.handwriting import Recogniser, Stroke
from kiosk.entry.pinyin import PinyinTable
from kiosk.hall.service import CannotKeep, Desk, HallAway, ProgressLine, StaffCall
from kiosk.intents import Meaning
from kiosk.intents.disambiguation import Which
from kiosk.operations.maintenance import ACTIONS, Maintenance
from kiosk.screens import compose
from kiosk.screens.model import Look, Place, Screen
from kiosk.session import headset
from kiosk.session import practice as practising
from kiosk.session import save_and_return as another_day
from kiosk.session import scan_input as presented
from kiosk.session import speech_input as heard
from kiosk.session.hand_reader import HandReader
from kiosk.session.headset import HeadsetState
from kiosk.session.idle import IdleClock, Times
from kiosk.state.slip import Slip
from kiosk.state.visit import Visit
from kiosk.texts.languages import Lang
from kiosk.texts.speech_kinds import SpeechKind
from kiosk.texts.strings import Texts

Remark = tuple[str, Mapping[str, str]]  # a text key, and what stands in its braces
Overlay = Literal["help", "settings", "idle", "trouble", "which", "explain", "card", "practice", "maintenance"]
Printing = Literal["", "printing", "printed", "failed"]
# Runs work off the GUI thread and hands its result, or the HallAway it raised, back on the GUI thread.
InBackground = Callable[[Callable[[], Any], Callable[[Any], None], Callable[[HallAway], None]], None]


class Session:
    """The presenter of the whole terminal: which place, which visit, which overlay, and what is to be spoken."""

    def __init__(
        self,
        catalogue: Catalogue,
        texts: Texts,
        pinyin: PinyinTable,
        desk: Desk,
        in_background: InBackground,
        monotonic: Callable[[], float],
        today: Callable[[], date],
        meaning: Callable[[Sequence[str]], Meaning],  # of toneless syllables
        times: Times = Times(),  # noqa: B008 - frozen
        first_look: Look = Look(),  # noqa: B008 - frozen
        handwriting: Recogniser | None = None,  # None: names are spelled
    ) -> None:
        self.catalogue = catalogue
        self.texts = texts
        self.desk = desk
        self.look = first_look
        self.place: Place = "attract"
        self.overlay: Overlay | None = None
        self.trouble = ""
        self.which: Which | None = None
        self.tried: frozenset[str] = frozenset()  # keys, on the practice screen
        self.visit: Visit | None = None
        self.pad = Pad(pinyin, by_hand=handwriting is not None)
        self.receipt_number = ""
        self.found: list[ProgressLine] | Literal["looking", "offline", "staff"] = "looking"
        self.maintenance: Maintenance | None = None
        self._to_drop = ""  # for what unsent answers would be given up, once that was asked
        self.card_reader = False  # whether a card may be laid on one
        self.printer: Printer | None = None
        self.headset: HeadsetState = "none"
        self.slip: Slip | None = None
        self.printing: Printing = ""
        self.card: Card | None = None  # laid on the reader, until the visitor has said yes or no
        self.remarked: Remark | None = None  # about what just happened, until the next action
        self.wronged: Remark | None = None  # the same about the digits of a slip
        self.idle = IdleClock(times, monotonic)
        self.meaning = meaning
        self.unheard = 0  # in a row
        self.utterance = 0
        self.on_change: Callable[[], None] | None = None
        self.on_speak: Callable[[SpeechKind, tuple[str, ...]], None] | None = None
        self._first_look = first_look
        self.in_background = in_background
        self.today = today
        self._hand_reader = HandReader(handwriting)
        self._to_say: tuple[str, ...] = ()
        self._visitor = 0
        self._shown = self._watched()

    # what the screens ask

    def screen(self) -> Screen:
        return compose.screen(self)

    def to_say(self) -> tuple[str, ...]:
        """What `on_speak` was told last, in `look.lang`; `utterance` counts."""
        return self._to_say

    def staff_call(self) -> StaffCall | None:
        return self.desk.staff_call()

    def waits_for_staff(self) -> bool:
        """Whether somebody is called and has not come yet."""
        call = self.staff_call()
        return call is not None and call.state in ("requested", "notified", "acknowledged")

    def looks_as_usual(self) -> bool:
        return self.look == self._first_look

    @property
    def remark(self) -> str:
        """One plain sentence about what just happened, in the language of now."""
        return self._in_words(self.remarked)

    @property
    def wrong_code(self) -> str:
        return self._in_words(self.wronged)

    def _in_words(self, remark: Remark | None) -> str:
        return self.texts(remark[0], self.look.lang, **remark[1]) if remark else ""

    def new_visit(self, service: Service) -> Visit:
        return Visit(self.catalogue, service, self.today)

    def take_up(self, place: Place, look: Look, visit: Visit | None, overlay: Overlay | None = None) -> None:
        """Show what a visitor saw before (kiosk.state.draft): the same question, with what was typed for it."""
        if place in ("slip", "come-back"):  # the key of a slip is in no draft
            place = "visit" if visit else "home"
        self.place, self.visit, self.overlay = place, visit, overlay
        self.look = replace(look, headset=look.headset and self.headset == "plugged in")
        if visit and self.desk.is_kept(visit.number):
            visit.stage, self.receipt_number = "sent", visit.number
        self.load_pad()
        self._shown = self._watched()
        self.read_screen()
        self.show()

    def open_maintenance(self) -> None:
        """Staff made the sign that docs/maintenance.md describes: ask for the PIN, over whatever is on the screen."""
        if self.maintenance:
            self.maintenance.begin()
            self.maintenance.on_change = self.show
            self.overlay = "maintenance"
            self.idle.restart()
            self.speak(())
            self.show()

    # what other modules do for it

    def said(self, key: str) -> str:
        return self.texts.said(key, self.look.lang)

    def speak(self, parts: tuple[str, ...], kind: SpeechKind = "screen") -> None:
        self._to_say = parts
        self.utterance += 1
        if self.on_speak:
            self.on_speak(kind, parts)

    def show(self) -> None:
        if self.on_change:
            self.on_change()

    def tell(self, key: str, *then: str) -> None:
        """Show and say one plain sentence; `then` is said after it."""
        self.remarked = (key, {})
        self.speak((self.said(key), *then), "error")

    def remind(self, key: str, **values: str) -> None:
        """Show and say one plain sentence about what is to be done; none with no key."""
        self.remarked = (key, values) if key else None
        if key:
            self.speak((self.remark,), "error")
        self.show()

    def read_screen(self, kind: SpeechKind = "screen") -> None:
        self.speak(self.screen().say, kind)

    def report(self, key: str) -> None:
        """Something on the screen has changed by itself: say what."""
        self.speak((self.said(key),), "progress")
        self.show()

    def say_what_is_wrong(self) -> None:
        """The answer was not taken: why, and after a second time that help is there."""
        help_offer = (self.said("voice.take_your_time"),) if self._visit().mistakes >= 2 else ()
        self.speak((self.screen().error, *help_offer), "error")

    def load_pad(self) -> None:
        if self.visit and self.visit.stage == "question":
            field = self.visit.field
            self.pad.begin(field, self.visit.typed.get(field.id, ""), self.today())

    def wipe(self) -> None:
        """The visitor has gone: nothing of them stays, and the next one starts with the usual look."""
        self._drop_visit()
        self.desk.visit_over()
        self.place = "attract"
        self.overlay = self.which = None
        self.trouble = ""
        self.look = self._first_look
        self._shown = self._watched()
        self.speak(())
        self.show()

    # what people do

    def do(self, action: str, value: str | None = None, *, saying_first: tuple[str, ...] = ()) -> None:
        """Carry out what a button says. What the present screen does not offer is ignored: a late or double press.

        `saying_first` is spoken before what the next screen says.
        """
        self.idle.restart()
        if not compose.offers(self.screen(), action, value):
            return
        before, spoken = self.screen().name, self.utterance
        if action not in ("repeat", "lang"):
            self.remarked = self.wronged = None
        if action not in ("choose", "finish"):
            self._to_drop = ""
        if self.overlay == "which" and action != "repeat":
            self.overlay = None
        if self.overlay == "maintenance" and self.maintenance and action in ACTIONS:
            self.maintenance.do(action, value)
            if action == "next" and (wrong := self.screen().error):
                self.speak((wrong,), "error")
        else:
            getattr(self, f"_do_{action}")(*([] if value is None else [value]))
        if self.screen().name != before:
            self.unheard = 0
            if self.utterance == spoken:
                self.speak((*saying_first, *self.screen().say))
        self.show()

    def hear(
        self, phrase: str | None, *, between: tuple[str, ...] = (), syllables: tuple[str, ...] = (), dictated: str = ""
    ) -> None:
        """Something was said: one of the screen's phrases, or None (kiosk.session.speech_input)."""
        heard.take(self, phrase, between, syllables, dictated)

    def write(self, stroke: Stroke) -> None:
        """A line was drawn on the writing field, in heights of the field; ignored where there is no such field."""
        entry = self.screen().entry
        if entry is None or entry.kind != "hand" or not stroke:
            return
        self.idle.restart()
        self._typed(lambda: self.pad.draw(stroke))
        self._hand_reader.read(self)
        self.show()

    def scanned(self, text: str) -> None:
        """The scanner has read a code; it is never typed into an answer."""
        self._presented(lambda: presented.code(self, text))

    def headset_is(self, state: HeadsetState) -> None:
        """The headset came or went."""
        headset.came_or_went(self, state)

    def card_read(self, card: Card) -> None:
        """An ID card was laid on the reader: what it says is used only when the visitor agrees."""
        self._presented(lambda: presented.card(self, card))

    def tick(self) -> None:
        """Call twice a second: what has become of calls and forms, and the idle clock."""
        before, watched = self._shown, self._watched()
        self._shown = watched
        if watched[0] != before[0]:
            self.idle.restart()  # somebody is being helped
            if self.overlay == "idle":
                self.overlay = None
            if news := compose.call_news(self, watched[0]):
                self.speak(news, "news")
        elif watched[1] != before[1] and self.screen().kind == "receipt":
            self.speak(self.screen().say[:2], "progress")
        if watched != before:
            self.show()
        self.idle.tick(self)

    # actions, named after the buttons

    def _do_start(self) -> None:
        self.place = "home"

    def _do_home(self) -> None:
        self.overlay = None
        self._drop_visit()
        self.place = "home"

    _do_another = _do_home

    def _do_choose(self, service_id: str) -> None:
        service: Service = self.catalogue.service(service_id)
        if service.kind == "application" and (reason := self.desk.trouble()):
            self._trouble(reason)
            return
        if self.visit is None or self.visit.service.id != service_id:  # else it was left by 上一步: nothing is lost
            if self._asks_first(service_id):
                return
            self.visit = self.new_visit(service)
        self.place = "visit"

    def _asks_first(self, what: str) -> bool:
        """Answers that were not sent are given up for `what` only when it is pressed again."""
        unsent = self.place == "home" and self.visit is not None and bool(self.visit.answers)
        if not unsent or self._to_drop == what:
            self._to_drop = ""
            return False
        self._to_drop = what
        self.tell("home.unsent")
        return True

    def _do_next(self) -> None:
        if self.place == "come-back":
            another_day.try_code(self)
            return
        visit = self._visit()
        if visit.stage == "prerequisites":
            visit.begin()
            self.load_pad()
        elif self.pad.under_way:
            self.tell("name.pick_first")
        elif self.pad.marked:
            self.speak((self.said("dictation.say_group"),))
        else:
            self._do_answer(self.pad.text)

    def _do_answer(self, value: str) -> None:
        visit = self._visit()
        visit.type(value)
        if visit.answer():
            self.load_pad()
        else:
            self.say_what_is_wrong()

    def _do_back(self) -> None:
        if self.place == "come-back" or not self._visit().back():
            self.place = "home"
        self.load_pad()

    def _do_undo(self) -> None:
        field = self._visit().undo()
        self.load_pad()
        done = "undo.changed" if self._visit().stage == "check" else "undo.done"
        self.tell(done, field.label.said(self.look.lang), *self.screen().say)

    def _do_change(self, field_id: str) -> None:
        self._visit().change(field_id)
        self.load_pad()

    def _do_type(self, character: str) -> None:
        self._typed(lambda: self.pad.add(character))

    def _do_letter(self, letter: str) -> None:
        self._typed(lambda: self.pad.letter(letter))

    def _do_pick(self, character: str) -> None:
        self._typed(lambda: self.pad.pick(character))

    def _do_more(self) -> None:
        self.pad.more()

    def _do_undo_stroke(self) -> None:
        self._typed(self.pad.undo_stroke)
        self._hand_reader.read(self)

    def _do_rub_out(self) -> None:
        self._typed(self.pad.rub_out)

    def _do_way(self, way: Way) -> None:
        self.pad.go(way)

    def _do_step(self, number: str) -> None:
        self._typed(lambda: self.pad.step(int(number)))
        self._say_step()

    def _do_calendar(self, name: str) -> None:
        self._typed(lambda: self.pad.calendar(moon=name == "moon"))
        self._say_step()

    def _do_erase(self) -> None:
        self._typed(self.pad.erase)
        if self.pad.way == "cards":
            self._say_step()

    def _do_clear(self) -> None:
        self._typed(self.pad.clear)

    def _do_send(self) -> None:
        visit = self._visit()
        try:
            self.receipt_number = self.desk.keep(visit.service, visit.report().normalised, self.look.lang, visit.number)
        except CannotKeep as error:
            self._trouble(error.reason)
            return
        visit.stage = "sent"
        self.desk.shelf.drop(visit.number)
        self._shown = self._watched()

    def _do_ask(self) -> None:
        visit, visitor = self._visit(), self._visitor
        answers = dict(visit.answers)
        visit.stage = "sent"
        self.found = "looking"

        def show(found: list[ProgressLine] | Literal["offline", "staff"]) -> None:
            if self._visitor == visitor and self.visit is visit:
                self.found = found
                self.read_screen("progress")
                self.show()

        self.in_background(lambda: self.desk.look_up(answers), show, lambda away: show(away.why))

    def _do_finish(self) -> None:
        if self._asks_first("goodbye"):
            return
        self._drop_visit()
        self.place = "goodbye"

    def _do_help(self) -> None:
        if self.overlay != "trouble":
            self.overlay = None  # staff want to know where the person is, not what lay over it
        visit = self.visit if self.place == "visit" else None
        self.desk.call(self.screen().name, visit.service.id if visit else None)
        self._shown = self._watched()
        self.overlay = "help"

    def _do_cancel_help(self) -> None:
        self.desk.cancel_call()
        self._shown = self._watched()
        self.overlay = None
        self.speak((self.said("help.cancelled"),), "news")

    def _do_none_of_them(self) -> None:
        self.speak((self.said("which.again"),))

    def _do_resume(self) -> None:
        self.overlay = None

    def _do_still_here(self) -> None:
        """Back to what the warning covered; staff have to show their PIN anew."""
        self.overlay, self.remarked = self.idle.covered

    def _do_explain(self) -> None:
        self.overlay = "explain"

    def _do_save(self) -> None:
        another_day.save(self)

    def _do_carry_on(self) -> None:
        self.slip, self.place = None, "visit"

    def _do_come_back(self) -> None:
        another_day.ask_for_code(self)

    def _do_take_card(self) -> None:
        presented.use_card(self)
        if self._visit().problem:
            self.say_what_is_wrong()

    def _do_refuse_card(self) -> None:
        self.overlay = self.card = None

    def _do_settings(self) -> None:
        self.overlay = "settings"

    def _do_practice(self) -> None:
        self.overlay, self.tried = "practice", frozenset()

    def _do_try_key(self, key: str) -> None:
        practising.take(self, key)

    def _do_set(self, change: str) -> None:
        name, value = change.split("=")
        if name == "headset":
            headset.use(self, on=value == "on")
            return
        chosen: dict[str, Any] = {name: value}
        self.look = replace(self.look, **chosen)
        if name in ("speed", "volume"):
            self.read_screen()

    def _do_lang(self, lang: Lang) -> None:
        self.look = replace(self.look, lang=lang)
        if self.overlay == "maintenance" and self.maintenance:
            self.maintenance.look_again()
        first = (self.wrong_code or self.remark,)
        self.speak((*filter(None, first), *self.screen().say))

    def _do_repeat(self) -> None:
        screen = self.screen()
        filled = (screen.entry.said,) if screen.entry and screen.entry.value else ()
        first = [text for text in (screen.error, self.remark) if text]
        self.speak((*first, *screen.say, *filled))

    # inside

    def _visit(self) -> Visit:
        assert self.visit is not None, "this action is offered in a visit only"
        return self.visit

    def _typed(self, change: Callable[[], None]) -> None:
        change()
        if self.place == "visit":
            self._visit().type(self.pad.text)

    def _presented(self, take: Callable[[], None]) -> None:
        """Something was held up or laid down: whoever does that is here."""
        self.idle.restart()
        if self.overlay not in ("trouble", "maintenance"):
            self.overlay = self.remarked = None
            take()
            self.show()

    def _say_step(self) -> None:
        self.speak((self.said(f"date.{self.pad.steps.step}"),))

    def _trouble(self, reason: str) -> None:
        self.trouble = reason
        self.overlay = "trouble"

    def _drop_visit(self) -> None:
        """Forget everything the visitor entered."""
        self.visit = None
        self.pad.forget()
        self.slip = self.card = None
        self.receipt_number = self.printing = ""
        self.remarked = self.wronged = None
        self.found = "looking"
        self._visitor += 1

    def _watched(self) -> tuple[StaffCall | None, str, tuple[str, ...]]:
        """What changes by itself and is shown: the call, the form's way to the hall, what does not work."""
        state = self.desk.receipt_state(self.receipt_number) if self.receipt_number else ""
        return self.desk.staff_call(), state, self.desk.notices()
