"""Which texts of a service are too long: each of its screens is laid out on a small panel, in every size of text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from itertools import takewhile
from typing import Any

from PySide6.QtWidgets import QWidget

from forms import Catalogue, Service
from kiosk.checks.finding import Finding, Place
from kiosk.checks.parts import texts_of
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Screen
from kiosk.state.look import Look
from kiosk.texts.languages import LANGS, Lang
from kiosk.texts.strings import Texts
from kiosk.walk.glance import glance
from kiosk.walk.walked_terminal import WalkedTerminal
from ui.look.theme import TextSize, Theme
from ui.processes.application import application
from ui.speech.listener import Hearing
from ui.widgets.touch import TouchGuard
from ui.window.view import View

SIZE_PX, DIAGONAL_MM = (1920, 1080), 381.0  # 15 inch, lying: the smallest panel that a kiosk has
LARGEST_FIRST: tuple[TextSize, ...] = ("L", "M", "S")  # what has room in one size has room in the smaller ones
_BRACES = re.compile(r"\{[^}]*\}")
_IN_WORDS = {"zh": "Chinese", "en": "English"}


def too_long(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, services: Sequence[Service]) -> Iterator[Finding]:
    """Of each screen of these services that does not fit the longest text, once a language."""
    application()
    for lang in LANGS:
        terminal = WalkedTerminal(catalogue, texts, pinyin, Look(lang=lang))
        panel = _Panel(terminal, texts, lang)
        terminal.do("start")
        for service in services:
            found = {one.place: one for one in panel.of_service(service)}
            yield from found.values()


class _Panel:
    """A view that nobody sees."""

    def __init__(self, terminal: WalkedTerminal, texts: Texts, lang: Lang) -> None:
        words = terminal.session.words
        self._terminal, self._lang = terminal, lang
        self._seen: set[Screen] = set()
        self._themes = {size: Theme(SIZE_PX, DIAGONAL_MM, size, words=words) for size in LARGEST_FIRST}
        self._window = QWidget()
        self._view = View(
            self._window, self._themes["L"], TouchGuard(lambda: 0.0), lambda key, **values: texts(key, lang, **values)
        )
        self._view.resize(*SIZE_PX)

    def of_service(self, service: Service) -> Iterator[Finding]:
        yield from self._of_screen(service)
        for _ in glance(self._terminal, service):
            yield from self._of_screen(service)

    def _of_screen(self, service: Service) -> Iterator[Finding]:
        screen = self._terminal.session.screen()
        if screen in self._seen:
            return
        self._seen.add(screen)
        if sizes := [*takewhile(lambda size: not self._has_room(screen, size), LARGEST_FIRST)]:
            place, text = self._longest(service, screen)
            yield Finding(
                service.id,
                place,
                f"“{text}” is too long: a 15 inch panel has no room for the screen {screen.name} in "
                f"{_IN_WORDS[self._lang]}, text size {', '.join(sizes)}",
                "Make it shorter, or take something else from that screen.",
            )

    def _has_room(self, screen: Screen, size: TextSize) -> bool:
        return self._view.has_room(screen, self._themes[size], Hearing("idle"))

    def _longest(self, service: Service, screen: Screen) -> tuple[Place, str]:
        shown = "\n".join(_strings(screen))
        found = [
            ((*place, self._lang), text.written(self._lang))
            for place, text in texts_of(service)
            if all(part in shown for part in _BRACES.split(text.written(self._lang)))
        ]
        return max(found, key=lambda one: len(one[1]), default=((), screen.title))


def _strings(part: Any) -> Iterator[str]:
    """Everything that is written on a screen."""
    if isinstance(part, str):
        yield part
    elif is_dataclass(part):
        for one in fields(part):
            yield from _strings(getattr(part, one.name))
    elif isinstance(part, tuple):
        for one in part:
            yield from _strings(one)
