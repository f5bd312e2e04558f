"""What the functions of all screens share: words, buttons, phrases, and what every screen has."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from forms import Catalogue, Field, Text, mask
from forms.shown.filled_texts import Words, filled, has_placeholders
from kiosk.devices.printers import Printing
from kiosk.entry.field_input import input_of
from kiosk.entry.privacy import in_full
from kiosk.screens.common.model import Button, HelpBar, Kind, Phrase, Picture, Row, Screen
from kiosk.state.actions import ActionName, AnyAction
from kiosk.state.assistance import name_of
from kiosk.state.hall_news import StaffCall
from kiosk.state.session_state import Remark, SessionState
from kiosk.state.visit import Visit
from kiosk.texts.languages import Lang
from kiosk.texts.strings import Texts, capital
from protocol.calls.messages import Rating
from protocol.calls.states import CallState

_SAY_IT_THEMSELVES = ("help", "receipt", "trouble")  # kinds of screen that tell how things stand with the hall

SPOKEN_CHOICES = 6  # a longer list is read by touch or by key
SHOWN_PHRASES = 10  # more than that nobody reads


def _who_phones(call: StaffCall) -> str:
    """Staff phone where there is a number for them; else the visitor phones the hall, where that has one."""
    if call.has_number:
        return "remote_own"
    if call.phone_here:
        return "remote_here"
    return "remote_hall" if call.hall_phone else "remote"


def code_of(page: str, number: str) -> str:
    """What the code beside a number says: its page at the hall; where it has none the number, for a kiosk's scanner."""
    return page or f"YLK1:{number}"


def in_groups(number: str) -> str:
    """A number as it is read aloud: digit by digit, with a pause after each group."""
    return ", ".join(" ".join(group) for group in number.split())


class Composer:
    """The state of this moment, in the language of this moment."""

    def __init__(self, state: SessionState, catalogue: Catalogue, texts: Texts) -> None:
        self.state = state
        self.catalogue = catalogue
        self.of_visit = state.visit.catalogue if state.visit else catalogue  # a form begun earlier keeps its own
        self.texts = texts
        self.lang: Lang = state.look.lang
        self.headset = state.look.headset
        self.call = state.hall.call

    def of(self, visit: Visit) -> "Composer":
        """The same for another of the forms that are filled in together."""
        return Composer(replace(self.state, visit=visit), self.catalogue, self.texts)

    def in_form(self, visit: Visit, name: str) -> str:
        """How a button names a question, repeat or member of a form: on screens of several, with its service."""
        return f"{visit.service.id}:{name}" if self.state.bundle else name

    def make(
        self,
        name: str,
        kind: Kind,
        title: str,
        *,
        phrases: list[Phrase],
        lines: tuple[str, ...] = (),
        written_lines: tuple[str, ...] = (),
        title_said: tuple[str, ...] = (),
        say_between: tuple[str, ...] = (),
        say_after: tuple[str, ...] = (),
        notices: tuple[str, ...] = (),
        **rest: Any,
    ) -> Screen:
        """A screen with what every screen has: help, tools, notices, and all of it as speech.

        `title` and `lines` are text keys where there are such keys; other titles and `written_lines` are text already.
        """
        keyed, help_bar = self.texts.has(title), self.help_bar(on_its_screen=kind == "help")
        help_phrases = self.phrases("help", "help", shown=help_bar.state == "idle")
        spoken = (
            *(title_said or (self.said(title),)),
            *say_between,
            *(self.said(line) for line in lines),
            *say_after,
        )
        remark = self.words(self.state.remark)
        cannot = self.phrases("cannot", "cannot") if self.offers_order(kind) else []
        return Screen(
            name=name,
            kind=kind,
            title=self.t(title) if keyed else title,
            lines=(*(self.t(line) for line in lines), *written_lines),
            help=help_bar,
            tools=self.tools(kind),
            remark=remark,
            reach=self.reach(),
            notices=(
                *filter(None, [remark]),
                *notices,
                *(self.t(f"notice.{key}") for key in self.state.hall.notices if kind not in _SAY_IT_THEMSELVES),
            ),
            say=spoken,
            phrases=self.sayable([*phrases, *help_phrases, *cannot], can_repeat=kind != "attract"),
            **rest,
        )

    def tools(self, kind: Kind) -> tuple[Button, ...]:
        other = "en" if self.lang == "zh" else "zh"
        language = self.button("lang", "tool.language", other, icon="language")
        if kind == "attract":
            return (language,)
        repeat = self.button("repeat", "tool.repeat", icon="repeat")
        settings = self.button("settings", "tool.settings", icon="settings")
        cannot = (self.button("cannot", "cannot.button"),) if self.offers_order(kind) else ()
        without = ("settings", "idle", "trouble", "which", "explain", "card", "practice")
        return (repeat, *(() if kind in without else (settings,)), *cannot, language)

    def offers_order(self, kind: Kind) -> bool:
        """Whether it can be said here that something could not be done: on all screens but those on which nobody is
        yet, or which are that already; nowhere in a county without reasons."""
        return (
            bool(self.catalogue.work_orders.reasons)
            and kind not in ("attract", "idle")
            and self.state.overlay not in ("order", "maintenance")
        )

    def reach(self) -> Button | None:
        """For who sits before a tall panel: it stands at the lower edge of every screen."""
        if not self.state.tall_panel:
            return None
        other = "lower" if self.state.look.reach == "whole" else "whole"
        return self.button("set", f"reach.{other}", f"reach={other}", icon="reach")

    def help_bar(self, *, on_its_screen: bool = False) -> HelpBar:
        call = self.call
        if call is None or not call.is_open:
            return HelpBar("idle", self.button("help", "help.button", icon="help"))
        if self.state.hall.other_ways and not on_its_screen:
            key = "help.button_other"
        elif not call.is_taken:
            key = "help.button_calling"
        elif on_its_screen and call.is_here:
            key = "help.again"  # they may have gone without a word
        else:
            key = "help.button_done" if on_its_screen or call.is_with_somebody else "help.button_called"
        button = self.button("help", key, icon="help")
        return HelpBar(call.state, button, self.t(f"help.bar.{self.bar_step}", staff=call.staff))

    @property
    def bar_step(self) -> str:
        """As `call_step`; after five minutes without a person that there are other ways."""
        return "other_ways" if self.state.hall.other_ways else self.call_step

    @property
    def call_step(self) -> str:
        """How far the call has come, for who waits: its state, or local (there is none), offline, handed_back,
        unanswered, of a remote one who phones whom, and not_done where the visitor has said so."""
        call = self.call
        if call is None:
            return "local"
        if call.is_open and not call.is_at_hall and not call.is_with_somebody:
            return "offline"
        if call.was_handed_back and call.staff_page_open:
            return "handed_back"
        if self.state.hall.unanswered:
            return "unanswered"
        if call.state is CallState.REMOTE:
            return _who_phones(call)
        return "not_done" if call.rating is Rating.BAD else call.state

    def back(self) -> Button:
        return self.button("back", "back", icon="back")

    def button(
        self, action: ActionName, key: str, value: str | None = None, *, icon: str = "", selected: bool = False
    ) -> Button:
        return Button(action, self.t(key), value, icon=icon, selected=selected)

    def plain_row(self, label_key: str, value: str) -> Row:
        label = self.t(label_key)
        return Row(label, value, say=(label, value))

    def listed(self, things: Iterable[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(things)

    def on_paper(self, row: Row) -> str:
        return f"{row.label}{'：' if self.lang == 'zh' else ': '}{row.value}"

    def how_to_keep(self, texts: str, printing: Printing | None = None) -> str:
        """Which of the `texts` says how a number gets home: on paper, or by hand where nothing is printed.

        Who has called staff already asks them once they come: the button that calls says something else by then.
        """
        how = (self.state.printing if printing is None else printing) or "keep"
        by_hand = how in ("keep", "failed")
        return f"{texts}.{how}_called" if by_hand and self.state.waits_for_staff else f"{texts}.{how}"

    def choices_aloud(self, choices: Sequence[Text]) -> tuple[str, ...]:
        """What there is to choose from, for who cannot see it."""
        return tuple(self.aloud(one) for one in choices) if len(choices) <= SPOKEN_CHOICES else ()

    def phrases(self, key: str, action: AnyAction, value: str | None = None, *, shown: bool = False) -> list[Phrase]:
        return self.own_phrases(self.texts.phrases(key, self.lang), action, value, shown=int(shown))

    def own_phrases(self, said: list[str], action: AnyAction, value: str | None, *, shown: int = 0) -> list[Phrase]:
        """Phrases for one action, the first `shown` of them listed under 您可以说."""
        return [Phrase(text, action, value, shown=place < shown) for place, text in enumerate(said)]

    def sayable(self, phrases: list[Phrase], can_repeat: bool) -> tuple[Phrase, ...]:
        """Each wording once, with those that ask for a repeat; of the phrases to be listed only the first ten are."""
        once: dict[str, Phrase] = {}
        for phrase in [*phrases, *(self.phrases("repeat", "repeat") if can_repeat else [])]:
            once.setdefault(phrase.text, phrase)
        beyond = [phrase.text for phrase in once.values() if phrase.shown][SHOWN_PHRASES:]
        return tuple(replace(one, shown=False) if one.text in beyond else one for one in once.values())

    def text(self, text: Text) -> str:
        """As it is read now, with what {id} of a field, calculation or parameter of this errand stands for."""
        return self.filled(text.written(self.lang))

    def filled(self, written: str) -> str:
        """A text of this errand in the language of now, with the same filled in."""
        words = self._words(written)
        return filled(written, lambda name: self._word(words, name)) if words else written

    def _word(self, words: Words, name: str) -> str | None:
        private = words.private(name)
        return mask(*private) if private and self.covers(*private) else words.written(name, self.lang)

    def covers(self, field: Field, value: str) -> bool:
        """Whether staff who help here may not see this answer whole just now."""
        helper, visit = self.state.assisted, self.state.visit
        if helper is None or mask(field, value) == value:
            return False
        return visit is None or not helper.shows(name_of(visit, field.id))

    def aloud(self, text: Text) -> str:
        """As it is said now, to whoever hears it now."""
        said = text.said(self.lang)
        words = self._words(said)
        return filled(said, lambda name: self._word_aloud(words, name)) if words else said

    def _words(self, text: str) -> Words | None:
        visit = self.state.visit
        return visit.words if visit and has_placeholders(text) else None

    def _word_aloud(self, words: Words, name: str) -> str | None:
        written = words.written(name, self.lang)
        private = words.private(name)
        return self.private_said(*private, written) if private and written else written

    def t(self, key: str, **values: Any) -> str:
        return self.texts(key, self.lang, **values)

    def longest(self, keys: Sequence[str]) -> str:
        """Of several texts, the one that needs the most room."""
        return max((self.t(key) for key in keys), key=len)

    def words(self, remark: Remark | None) -> str:
        """A remark in the language of now; "" for none."""
        if remark is None:
            return ""
        text = self.t(remark.key, **remark.values)
        return self.t("member.named", who=self.who(remark.member), name=text) if remark.member else text

    def who(self, member: str) -> str:
        """第 2 位家人, for "members.2"."""
        assert self.state.visit is not None, "members are those of a visit"
        repeat, _, place = member.partition(".")
        label = self.state.visit.service.repeats[repeat].label
        return self.t("member.who", place=place, label=self.label_of(label))

    def said(self, key: str, **values: Any) -> str:
        return self.texts.said(key, self.lang, **values)

    def private_said(self, field: Field, value: str, shown: str) -> str:
        """A private answer as it may be said to whoever hears it now."""
        return in_full(shown) if self.headset else input_of(field).said(value, self.lang)

    def picture(self, name: str) -> Picture | None:
        """None also for a drawing that a form begun earlier had, and that is gone."""
        shows = self.catalogue.pictures.get(name)
        return Picture(name, self.text(shows)) if shows else None

    def label(self, field: Field) -> str:
        return self.label_of(field.label)

    def label_of(self, text: Text) -> str:
        """A label at the beginning of a line."""
        return capital(self.text(text))

    def aside(self) -> tuple[Button, ...]:
        """The buttons beside going on: take the last answer back, save the visit for another day."""
        visit, found = self.state.visit, []
        if visit and visit.can_undo:
            found.append(self.button("undo", "undo.button", icon="undo"))
        if self.state.can_save:
            found.append(self.button("save", "save.button", icon="slip"))
        return tuple(found)

    def aside_phrases(self) -> list[Phrase]:
        return [phrase for button in self.aside() for phrase in self.phrases(button.action, button.action)]
