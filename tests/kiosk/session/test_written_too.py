"""Everything spoken is also written: who cannot hear misses nothing, calls included."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from project import HOME_VISIT
from pydantic import BaseModel
from rehearsed import hall_says, wait
from sampled import sample

from forms import Catalogue, Text, load_catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.session.handlers.idle import Times
from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.languages import LANGS, Lang
from kiosk.texts.strings import Texts

# What is said in other words than it is written: where all of these stand, {words} filled in, nothing is missed.
NAMED = (
    "acknowledged", "en_route", "remote", "remote_own", "remote_here", "remote_hall", "arrived", "assisting",
)  # fmt: skip
IN_OTHER_WORDS = {
    **{f"help.who.{step}": (f"help.title.{step}",) for step in NAMED},
    "assist.consent_say": ("assist.consent",),
    "idle.say": ("idle.title", "idle.button"),
    "idle.save": ("idle.line", "save.button"),
    "idle.left_30": ("idle.line",),
    "idle.left_20": ("idle.line",),
    "idle.left_10": ("idle.line", "idle.button"),
    "which.right": ("which.not_it",),
    "promise.stay": ("promise.acknowledged",),
}


def texts_in(thing: Any) -> Iterator[Text]:
    """Every text of a catalogue."""
    if isinstance(thing, Text):
        yield thing
    elif isinstance(thing, dict):
        for one in thing.values():
            yield from texts_in(one)
    elif isinstance(thing, list | tuple):
        for one in thing:
            yield from texts_in(one)
    elif isinstance(thing, BaseModel):
        yield from texts_in([getattr(thing, name) for name in type(thing).model_fields])


def strings_in(thing: Any) -> Iterator[str]:
    """All that stands on a screen."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from strings_in(one)
    elif is_dataclass(thing):
        for one in fields(thing):
            if one.name not in ("say", "said", "called", "phrases", "name", "kind", "action", "icon"):
                yield from strings_in(getattr(thing, one.name))


def close(text: str) -> str:
    """Without what only keeps the digits of a number apart."""
    return re.sub(r"[\s,，]", "", text)


class Witness:
    """Hears everything, and looks at the screen while it is said and once the action is over."""

    def __init__(self, terminal: Rehearsal, catalogue: Catalogue, texts: Texts, lang: Lang) -> None:
        self.terminal, self.lang, self.texts = terminal, lang, texts
        self.heard: list[tuple[str, str]] = []  # what was said, and what stood there meanwhile
        known = [text for _, text in texts.items()]
        known += texts_in([*catalogue.services.values(), dict(catalogue.lists), catalogue.counters])
        in_the_field = ("ui.write", "ui.spell", "search.nothing")
        self.by_widgets = [texts.said(key, lang) for key in in_the_field]  # where people write or spell
        self.written = {text.said(lang): text.written(lang) for text in known}
        terminal.session.on_speak(lambda kind, parts: self.heard.extend((part, self.screen()) for part in parts))

    def screen(self) -> str:
        return "\n".join(strings_in(self.terminal.session.screen()))

    def only_spoken(self) -> list[str]:
        """What was said since the last time and was written nowhere."""
        now, heard = self.screen(), self.heard[:]
        self.heard.clear()
        return [part for part, then in heard if not self.stands(part, then + "\n" + now)]

    def stands(self, part: str, screen: str) -> bool:
        if self.written.get(part, part) in screen or part in self.by_widgets or close(part) in close(screen):
            return True
        if (digits := re.sub(r"[ ,]", "", part)).isdigit():  # a number that is said digit by digit
            return digits in screen.replace(" ", "")
        others = next((keys for key, keys in IN_OTHER_WORDS.items() if self.texts.said(key, self.lang) == part), ())
        return bool(others) and all(re.search(self.pattern(key), screen) for key in others)

    def pattern(self, key: str) -> str:
        return re.sub(r"\\{\w+\\}", ".+", re.escape(self.texts.text(key).written(self.lang)))


def test_on_a_walk_through_every_screen(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, lang: Lang) -> None:
    """Of half of the services in each language; `make walks` takes all."""
    terminal = Rehearsal(catalogue, texts, pinyin, Look(lang=lang))
    witness = Witness(terminal, catalogue, texts, lang)
    shown_by_cards = ("chosen.now", "search.found", "event.taken", "event.left_out")  # by ticks and names on them
    by_cards = {texts.said(key, lang) for key in shown_by_cards}
    names = [*sample(catalogue.services, LANGS.index(lang), 2), *catalogue.events]
    walked = ((label, witness.only_spoken()) for label, _ in terminal.walk(names))
    missed = {label: only for label, only in walked if set(only) - by_cards}
    assert missed == {}


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    chosen: Lang = request.param
    return chosen


@pytest.fixture
def played(assets: Path, texts: Texts, pinyin: PinyinTable, lang: Lang) -> Witness:
    """At the question for a day of birth: nothing else is asked by cards."""
    shutil.copy(HOME_VISIT, assets / "services")
    catalogue = load_catalogue(assets)
    terminal = Rehearsal(catalogue, texts, pinyin, Look(lang=lang))
    for action, value in (("start", None), ("choose", "home-visit"), ("next", None)):
        terminal.session.do(action, value)
    return Witness(terminal, catalogue, texts, lang)


def call(t: Rehearsal) -> None:
    t.session.do("help")
    t.session.do("resume")


# What people, staff and the clock do, one after the other, at one question.
PLAY: dict[str, Callable[[Rehearsal], object]] = {
    "help": lambda t: t.session.do("help"),
    "help, again": lambda t: t.session.do("help"),
    "no need to come": lambda t: t.session.do("cancel_help"),
    "called": call,
    "a page has shown it": lambda t: hall_says(t, state="notified"),
    "a minute": lambda t: wait(t, Times().unanswered),
    "somebody comes": lambda t: hall_says(t, state="acknowledged", staff="李芳"),
    "they are done": lambda t: hall_says(t, state="closed"),
    "called, no page is open": lambda t: (call(t), hall_says(t, staff_page_open=False)),
    "it is called off": lambda t: (t.session.do("help"), t.session.do("cancel_help")),
    "called without the line": lambda t: (setattr(t.hall, "offline", True), call(t)),
    "the line is back": lambda t: (setattr(t.hall, "offline", False), hall_says(t, reached_hall=True)),
    "they come and go": lambda t: (hall_says(t, state="acknowledged", staff="李芳"), hall_says(t, state="closed")),
    "a part of the date": lambda t: t.session.do("step", t.session.screen().entry.cards[0].value),  # type: ignore[union-attr]
    "another calendar": lambda t: t.session.do("calendar", "moon"),
    "erased": lambda t: t.session.do("erase"),
    "40 quiet seconds": lambda t: wait(t, Times().offer_help),
    "not understood": lambda t: t.session.hear(None),
    "not understood again": lambda t: t.session.hear(None),
    "not what was meant": lambda t: t.session.hear(None, dictated="不对"),
    "an unknown code": lambda t: t.session.scanned("6901234567892"),
    "the headset": lambda t: (t.session.headset_is("plugged in"), t.session.do("settings")),
    "heard in it": lambda t: t.session.do("set", "headset=on"),
    "pulled out": lambda t: t.session.headset_is("unplugged"),
    "a saved form cannot be kept": lambda t: (t.session.do("resume"), setattr(t.hall.drafts, "full", True)),
    "save": lambda t: t.session.do("save"),
    "again, please": lambda t: t.session.do("repeat"),
    "are you still there": lambda t: wait(t, Times().idle_warning),
    "15 seconds left": lambda t: wait(t, 31),
}


def test_at_a_question_whatever_happens(played: Witness) -> None:
    missed = {}
    for what, happens in PLAY.items():
        happens(played.terminal)
        if only := played.only_spoken():
            missed[what] = only
    assert missed == {}


@pytest.mark.parametrize(
    "said",
    [["一三八"], ["一三八", "对"], ["一三八", "不对"], ["一三八", "退一个"], ["一三八", "重新填"],
     ["一三八", "第二位是五"], ["一三八", "第九位不对"], ["一三八", "最后两位不对"]],
)  # fmt: skip
def test_what_is_replied_to_dictation(played: Witness, said: list[str]) -> None:
    session = played.terminal.session
    for given in ("19450308", "1500.5", "20300501", "12", "11010519491231002X"):
        for character in given:
            session.do("type", character)
        session.do("next")
    assert session.screen().name == "question-phone"
    for words in said:
        played.only_spoken()
        session.hear(None, dictated=words)
    read_back = session.to_say()[:1] if len(session.to_say()) > 1 else ()  # its digits are those of the keypad
    assert [part for part in played.only_spoken() if part not in read_back] == []
