"""Whether texts are written as docs/writing.md asks: short, one word for a thing, with the stops of their language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from forms import Catalogue, Text
from forms.load import read_model
from forms.texts import Strict
from kiosk.texts.languages import LANGS, Lang

_SENTENCE_ENDS: Mapping[Lang, str] = {"zh": r"[。！？；…]+", "en": r"[.!?;:…]+(?:\s|$)"}
_BRACES = re.compile(r"\{\w+\}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff}][,;:?!()]|[,;:?!()][\u4e00-\u9fff{]|[\u4e00-\u9fff]\.")
_FULL_WIDTH = re.compile(r"[，。；：？！（）、“”]")
_QUOTED = re.compile(r"“[^”]*”")


class _Size(Strict):
    zh: int
    en: int

    def of(self, lang: Lang) -> int:
        return self.zh if lang == "zh" else self.en


class _Longest(Strict):
    sentence: _Size
    button: _Size
    choice: _Size
    heading: _Size


class _Never(Strict):
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Term(Strict):
    """What one thing is called, and what it is never called."""

    means: str
    zh: str
    en: str
    never: _Never


class Wording(Strict):
    """assets/wording.yaml: how long texts may be, and one word for each thing."""

    longest: _Longest
    terms: tuple[Term, ...]

    @classmethod
    def load(cls, assets: Path) -> "Wording":
        """CatalogueError naming what is broken."""
        return read_model(cls, assets / "wording.yaml")

    def faults(self, text: Text) -> Iterator[str]:
        """What is not as it should be, each a plain sentence without its stop."""
        for lang in LANGS:
            for written in {text.written(lang), text.said(lang)}:
                yield from self.written_faults(written, lang)

    def written_faults(self, written: str, lang: Lang) -> Iterator[str]:
        plain = _BRACES.sub("", written)
        yield from _stops(written, lang)
        for term in self.terms:
            for word in term.never.zh if lang == "zh" else term.never.en:
                if _has(plain, word, lang):
                    yield f"“{word}” is called “{term.zh if lang == 'zh' else term.en}” here"
        most = self.longest.sentence.of(lang)
        for sentence in re.split(_SENTENCE_ENDS[lang], plain):
            if (size := _size(sentence, lang)) > most:
                yield f"“{sentence.strip()}” has {size} {'characters' if lang == 'zh' else 'words'}, at most {most}"

    def long_label(self, written: str, lang: Lang, kind: str) -> Iterator[str]:
        """When a button, choice or heading (`kind`) is too long to be taken in at a glance."""
        most = getattr(self.longest, kind).of(lang)
        if len(written) > most:
            yield f"“{written}” has {len(written)} characters, a {kind} at most {most}"


def remarks(wording: Wording, catalogue: Catalogue) -> Iterator[str]:
    """What a county should write better in its data files, each as one sentence naming file and place."""
    for code, text in catalogue.messages.items():
        yield from (f"messages.yaml: {code}: {fault}." for fault in wording.faults(text))
    for service in catalogue.services.values():
        for place, text in texts_in(service):
            yield from (f"{service.id}.yaml: {place}: {fault}." for fault in wording.faults(text))
        labels = chain(
            [("title", service.title)],
            *(
                [(f"{field.id} > {choice.id}", choice.label) for choice in field.choices or ()]
                for field in service.fields
            ),
        )
        yield from _of_labels(wording, f"{service.id}.yaml", labels)
    for event in catalogue.events.values():
        for place, text in texts_in(event):
            yield from (f"events/{event.id}.yaml: {place}: {fault}." for fault in wording.faults(text))
        yield from _of_labels(wording, f"events/{event.id}.yaml", [(event.id, event.title)])
    for name, group in catalogue.groups.items():
        yield from (f"groups.yaml: {name}: {fault}." for fault in wording.faults(group.title))
        yield from _of_labels(wording, "groups.yaml", [(name, group.title)])
    for errand in catalogue.counters.errands:
        for place, text in texts_in(errand, errand.id):
            yield from (f"counters.yaml: {place}: {fault}." for fault in wording.faults(text))
        yield from _of_labels(wording, "counters.yaml", [(errand.id, errand.title)])


def _of_labels(wording: Wording, file: str, labels: Iterable[tuple[str, Text]]) -> Iterator[str]:
    for place, text in labels:
        kind = "heading" if place == "title" else "choice"
        for lang in LANGS:
            yield from (f"{file}: {place}: {fault}." for fault in wording.long_label(text.written(lang), lang, kind))


def texts_in(part: Any, place: str = "") -> Iterator[tuple[str, Text]]:
    """Every text in a part of the catalogue, with its place: "steps > phone > question"."""
    if isinstance(part, Text):
        yield place, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts_in(getattr(part, name), f"{place} > {name}" if place else name)
    elif isinstance(part, list | tuple):
        for number, one in enumerate(part, 1):
            yield from texts_in(one, f"{place} > {getattr(one, 'id', number)}")


def _stops(written: str, lang: Lang) -> Iterator[str]:
    if lang == "zh" and (found := _HALF_WIDTH.search(written)):
        yield f"“{found[0]}” in Chinese takes the full-width stop"
    if lang == "en" and (found := _FULL_WIDTH.search(_QUOTED.sub("", written))):
        yield f"“{found[0]}” in English takes the half-width stop"
    if lang == "en" and (found := _HAN.search(written)):
        yield f"“{found[0]}” is not English"


def _has(plain: str, word: str, lang: Lang) -> bool:
    return word in plain if lang == "zh" else bool(re.search(rf"\b{re.escape(word)}s?\b", plain, re.IGNORECASE))


def _size(sentence: str, lang: Lang) -> int:
    return len(re.findall(r"\w", sentence)) if lang == "zh" else len(sentence.split())
