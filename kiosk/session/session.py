"""What the window, the microphone and the devices of one terminal talk to; nothing here knows Qt."""

from collections.abc import Callable, Sequence
from datetime import date

from forms import Catalogue
from kiosk.devices.cards import Card
from kiosk.devices.printers import Printer
from kiosk.entry.answer_entry import AnswerEntry
from kiosk.entry.pinyin import PinyinTable
from kiosk.entry.strokes import HandwritingReader, Stroke
from kiosk.hall.service import HallService
from kiosk.intents import Intent
from kiosk.screens.common.model import Screen
from kiosk.session import scan_input, speech_input
from kiosk.session.common.maintenance_service import MaintenanceService
from kiosk.session.common.presenter import InBackground, Presenter
from kiosk.session.handlers import (
    handwriting_input,
    help,
    idle,
    maintenance,
    navigation,
    orders,
    save_and_return,
    settings,
)
from kiosk.session.handlers.idle import Times
from kiosk.session.perform import perform
from kiosk.state.actions import AnyAction
from kiosk.state.draft import Draft, draft_of
from kiosk.state.look import Look
from kiosk.state.session_state import HeadsetState, Remark, SessionState
from kiosk.texts.languages import Lang
from kiosk.texts.speech_kinds import SpeechKind
from kiosk.texts.strings import Texts
from voice.audio.samples import Samples


class Session:
    """Screens show `screen()` and report through `do()` and `hear()`; `state` is for reading."""

    def __init__(
        self,
        catalogue: Catalogue,
        texts: Texts,
        pinyin: PinyinTable,
        hall: HallService,
        in_background: InBackground,
        monotonic: Callable[[], float],
        today: Callable[[], date],
        intent_of: Callable[[Sequence[str]], Intent],  # of toneless syllables
        times: Times = Times(),  # noqa: B008 - frozen
        usual_look: Look = Look(),  # noqa: B008 - frozen
        handwriting: HandwritingReader | None = None,  # None: names are spelled
    ) -> None:
        self.state = SessionState(usual_look, usual_look, AnswerEntry(pinyin, by_hand=handwriting is not None))
        self.texts = texts
        self.words = texts.words.with_names_of(catalogue)  # that no line ends within
        self._times = times
        self._presenter = Presenter(
            self.state,
            catalogue,
            texts,
            hall,
            in_background,
            monotonic,
            today,
            intent_of,
            handwriting,
            times.unanswered,
        )

    # what is shown and said

    def screen(self) -> Screen:
        return self._presenter.screen()

    def screens(self) -> dict[Lang, Screen]:
        """The screen of now as it would be in each language."""
        return self._presenter.screens()

    @property
    def look(self) -> Look:
        return self.state.look

    def on_change(self, show: Callable[[], None] | None) -> None:
        """`show` is called whenever the screen may have changed."""
        self._presenter.on_change = show

    def on_speak(self, speak: Callable[[SpeechKind, tuple[str, ...]], None]) -> None:
        """`speak` is told what to say, in `look.lang`."""
        self._presenter.on_speak = speak

    def on_replay(self, play: Callable[[Samples], None]) -> None:
        """`play` is told what the visitor has said, to be heard again."""
        self._presenter.on_replay = play

    def to_say(self) -> tuple[str, ...]:
        """What was said last."""
        return self._presenter.spoken

    @property
    def utterances(self) -> int:
        """How often something was said."""
        return self._presenter.utterances

    # what people do

    def do(self, action: AnyAction, value: str | None = None) -> None:
        """Carry out a button's action; one that the present screen does not offer is ignored, as a late press is."""
        perform(self._presenter, action, value)

    def key_pressed(self) -> None:
        """Any key of the keypad begins a visit on the attract screen, as a touch anywhere does."""
        if self.screen().kind == "attract":
            navigation.begin_unseen(self._presenter, "keys.begin")

    def hear(
        self, phrase: str | None, *, between: tuple[str, ...] = (), syllables: tuple[str, ...] = (), dictated: str = ""
    ) -> None:
        """Something was said: one of the screen's phrases, or None (kiosk.session.speech_input)."""
        speech_input.take(self._presenter, phrase, between, syllables, dictated)

    def record(self, samples: Samples) -> None:
        """More of what is said while the screen `records`, at 16 kHz; it stays in memory until it is kept or left."""
        orders.said(self._presenter, samples)

    def write(self, stroke: Stroke) -> None:
        """A line was drawn on the writing field, in heights of the field; ignored where there is no such field."""
        handwriting_input.write(self._presenter, stroke)

    def somebody_is_here(self) -> None:
        """The screen was touched: the idle clock starts again, even if nothing else follows."""
        self._presenter.somebody_is_here()

    def remind(self, key: str, **values: str) -> None:
        """Show and say one plain sentence about what is to be done; none with no key."""
        self.state.remark = Remark(key, values) if key else None
        if key:
            self._presenter.speak((self._presenter.composer().words(self.state.remark),), "error")
        self._presenter.show()

    # the devices around the screen

    def equip(self, *, card_reader: bool = False, scanner: bool = False, printer: Printer | None = None) -> None:
        """Which devices there are."""
        self.state.card_reader, self.state.scanner, self._presenter.printer = card_reader, scanner, printer
        self.state.prints = printer is not None

    def scanned(self, text: str) -> None:
        """The scanner has read a code."""
        scan_input.scanned(self._presenter, text)

    def card_read(self, card: Card) -> None:
        """An ID card was laid on the reader."""
        scan_input.card_read(self._presenter, card)

    def microphone_is(self, *, available: bool) -> None:
        """The microphone came or went."""
        orders.microphone_is(self._presenter, available=available)

    def panel_is(self, *, tall: bool) -> None:
        """Whether the upper half of the panel is out of reach for who sits; whoever tells it shows the screen anew."""
        self.state.tall_panel = tall

    def headset_is(self, headset: HeadsetState) -> None:
        """The headset came or went."""
        settings.headset_is(self._presenter, headset)

    # staff

    def maintained_by(self, service: MaintenanceService | None) -> None:
        """What stands behind the maintenance screen; None: there is none."""
        self._presenter.maintenance = service

    def open_maintenance(self) -> None:
        """Staff made the sign that docs/maintenance.md describes."""
        maintenance.open_maintenance(self._presenter)

    # time, and other processes

    def tick(self) -> None:
        """Call twice a second: looks for news of calls and forms, and at the idle clock."""
        presenter = self._presenter
        before, news = presenter.note_hall_news(), self.state.hall
        if (news.call and news.call.told) != (before.call and before.call.told):
            presenter.somebody_is_here()  # somebody is being helped
            if self.state.overlay == "idle":
                self.state.overlay = self.state.beneath
            help.tell_news(presenter)
        elif (news.unanswered and not before.unanswered) or (news.other_ways and not before.other_ways):
            help.tell_news(presenter)
        elif news.escalation > before.escalation:
            presenter.speak((self.texts.said(f"help.escalated_{news.escalation}", self.look.lang),), "news")
        elif (news.receipt != before.receipt and presenter.screen().kind == "receipt") or (
            news.taken_back != before.taken_back and self.state.own_form
        ):
            presenter.speak(presenter.screen().say[:2], "progress")
        elif news.order != before.order:
            orders.tell_news(presenter)
        if news != before:
            presenter.show()
        idle.tick(presenter, self._times)

    def draft(self) -> Draft:
        """What the visitor would have to do again if this session ended now."""
        return draft_of(self.state)

    def restore(self, draft: Draft) -> None:
        """Show what a visitor saw before. DraftError when the errand is gone."""
        save_and_return.restore(self._presenter, draft)

    def wipe(self) -> None:
        """The visitor has gone: nothing of them stays."""
        self._presenter.wipe()
