"""From a request in somebody's own words to what it means, by the example requests beside each service."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from forms import Catalogue
from forms.reading.mistake import Mistake
from kiosk.derived.apart import apart
from kiosk.derived.results import DerivedResults
from kiosk.intents.intent import CANNOT, HELP, Intent
from kiosk.intents.names import Names, names
from kiosk.intents.own_words import OwnWords, read_own_words
from kiosk.intents.refusals import Refusals
from kiosk.intents.ridge_classifier import RidgeClassifier
from kiosk.intents.sounds import (
    Groups,
    characters,
    features,
    folded,
    kinds,
    languages,
    only_a_number,
    syllables,
    units,
)
from kiosk.texts.languages import LANGS, Lang

log = logging.getLogger(__name__)

Known = TypeVar("Known")
_OTHER = "other"
CERTAIN = 0.25  # the least chance to take a request for what it seems to mean; below disambiguation.SURE it is asked
EVENT = 0.5  # the least chance to take for a life event what asks for no service
_SEVERAL = "several"
LIKELY = 0.15  # the least chance for it to be worth a question
BOTH = 0.9  # the least chance of either side of an "and" to take a request for two
FEWEST_UNITS: Mapping[Lang, int] = {"zh": 2, "en": 1}  # different ones that a request has at least


Examples = list[tuple[str, str]]  # a text, and what it means


def _examples(meant: Iterable[tuple[str, list[str]]]) -> Examples:
    return [(text, name) for name, texts in meant for text in dict.fromkeys(texts)]


def _fitted(examples: Examples, groups: Groups, lang: Lang, *, by_character: bool) -> RidgeClassifier:
    learned = [
        (features(said_so, lang, groups, characters(text) if by_character else ""), name)
        for text, name in examples
        if (said_so := units(text, lang))
    ]
    mixed = None if lang == "zh" and not by_character else _OTHER  # of what is misheard, more would be lost
    return RidgeClassifier.fitted([one for one, _ in learned], [name for _, name in learned], mixed)


def _groups(own_words: OwnWords, lang: Lang) -> Groups:
    """Words that mean alike."""
    groups: Groups = {}
    for kind, words in own_words.alike.items():
        for word in words.of(lang):
            said = units(word, lang)
            groups[said] = (*groups.get(said, ()), kind)
    return groups


def _events_meant(catalogue: Catalogue, own_words: OwnWords, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    """The life events, and beside them everything else that is understood."""
    for event in catalogue.events.values():
        yield event.id, [*names(event, lang), *event.requests.of(lang)]
    for _, texts in _meant(catalogue, own_words, lang):
        yield _OTHER, texts


def _meant(catalogue: Catalogue, own_words: OwnWords, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    called = [name for service in catalogue.services.values() for one in LANGS for name in names(service, one)]
    for service in catalogue.services.values():
        yield service.id, [*names(service, lang), *service.requests.of(lang)]
    yield HELP, own_words.help.of(lang)
    yield CANNOT, own_words.cannot_get_it_done.of(lang)
    topics = own_words.other.values()
    here = {word for topic in topics for word in topic.unless if any(word in name for name in called)}
    for topic in topics:
        if here.isdisjoint(topic.unless):
            beside = [
                one
                for one in topic.requests.of(lang)
                if not any(word in one for word in here) or any(word in one for word in topic.unless)
            ]
            yield _OTHER, [one for one in beside if one not in called]


def _of_no_event(chances: dict[str, float]) -> Intent:
    other = chances.pop(_OTHER)
    best, *rest = sorted(chances, key=lambda name: -chances[name])
    likely = tuple(name for name in rest if chances[name] >= LIKELY)
    if chances[best] >= CERTAIN:
        return Intent(best, round(chances[best], 3), likely)
    if other >= chances[best]:
        likely = ()
    elif chances[best] >= LIKELY:
        likely = (best, *likely)
    return Intent(None, round(chances[best], 3), likely)


def _kept_or_learned(
    derived: DerivedResults, name: str, sources: object, read: Callable[[bytes], Known], learn: Callable[[], bytes]
) -> Known:
    """What was learned before of the same sources, else what is learned now and kept. `read` raises ValueError."""
    made_of = repr(sources).encode()
    if kept := derived.get(name, made_of):
        try:
            return read(kept)
        except ValueError as error:
            log.warning("The kept %s cannot be read (%s): they are learned anew.", name, error)
    written = learn()
    derived.put(name, made_of, written)
    return read(written)


class IntentClassifier:
    """Knows what the services and life events of a catalogue are called and asked for, in both languages.

    A language is learned at the first request in it, in a second or two; what was learned is kept in `derived`. Chinese
    is learned twice: for what is heard, which a terminal needs, by sound alone, for what is written by character too.
    """

    def __init__(self, catalogue: Catalogue, own_words: OwnWords, derived: DerivedResults | None = None) -> None:
        self.mistakes: tuple[Mistake, ...] = ()  # of requests that were left out
        self._catalogue, self._own_words, self._derived = catalogue, own_words, derived
        self._known: dict[tuple[Lang, bool], tuple[RidgeClassifier, Groups, Names]] = {}
        self._events: dict[Lang, tuple[RidgeClassifier, Groups]] = {}  # of a catalogue that has some
        self._refusing: dict[Lang, Refusals] = {}

    @classmethod
    def load(
        cls, assets: Path, catalogue: Catalogue, derived: DerivedResults | None = None, county: Path | None = None
    ) -> "IntentClassifier":
        """Of `assets`/requests.yaml, with what the county adds; when that is broken, names alone are understood."""
        own_words, mistakes = read_own_words(assets, county)
        made = cls(catalogue, own_words, derived)
        made.mistakes = mistakes
        return made

    def learn(self, lang: Lang, *, by_character: bool = False) -> None:
        """Get ready for requests in that language; else the first one waits for it."""
        if (lang, by_character) in self._known:
            return
        self._refusals(lang)
        groups = _groups(self._own_words, lang)
        named = Names([*self._catalogue.services.values(), *self._catalogue.events.values()], lang)
        of_services = _examples(_meant(self._catalogue, self._own_words, lang))
        classifier = self._kept_or_fitted("requests", of_services, groups, lang, by_character=by_character)
        self._known[lang, by_character] = classifier, groups, named
        if self._catalogue.events and lang not in self._events:
            of_events = _examples(_events_meant(self._catalogue, self._own_words, lang))
            groups = groups | {units(word, lang): (_SEVERAL,) for word in self._own_words.several.of(lang)}
            self._events[lang] = self._kept_or_fitted("events", of_events, groups, lang), groups

    def _kept_or_fitted(
        self, what: str, examples: Examples, groups: Groups, lang: Lang, *, by_character: bool = False
    ) -> RidgeClassifier:
        """A phrase, title or example request more, and it is fitted anew."""
        fit = partial(_fitted, examples, groups, lang, by_character=by_character)
        if self._derived is None:
            return fit()
        name = f"{what}-{lang}" + ("-by-character" if by_character else "")
        learn = partial(apart, lambda: fit().written())
        return _kept_or_learned(self._derived, name, (examples, groups), RidgeClassifier.read, learn)

    def sayings(self) -> tuple[tuple[str, ...], ...]:
        """Everything in Chinese that it was taught, as toneless syllables: what a recogniser may expect to hear."""
        taught = (text for _, texts in _events_meant(self._catalogue, self._own_words, "zh") for text in texts)
        return tuple(tuple(syllables(text)) for text in taught)

    def text(self, text: str, lang: Lang | None = None) -> Intent:
        """What a text means. Without `lang` its letters tell the language; where it may be either, the surer counts."""
        intents = [self._written(text, one) for one in ([lang] if lang else languages(text))]
        return max(intents, key=lambda intent: (intent.what is not None, intent.confidence))

    def syllables(self, heard: Sequence[str]) -> Intent:
        """What toneless syllables mean, as the recogniser hears them: some may be wrong or missing."""
        intent = self._intent(folded(heard), "zh")
        return self._but_no_service(intent) if self._refusals("zh").heard(heard) else intent

    def _written(self, text: str, lang: Lang) -> Intent:
        if units(wanted := self._refusals(lang).wanted(text), lang):
            return self._intent_of_written(wanted, lang)
        return self._but_no_service(self._intent_of_written(text, lang))

    def _intent_of_written(self, text: str, lang: Lang) -> Intent:
        return self._intent(units(text, lang), lang, characters(text) if lang == "zh" else "")

    def _but_no_service(self, intent: Intent) -> Intent:
        offered = self._catalogue.services.keys() | self._catalogue.events.keys()
        return Intent(None, 0.0) if intent.what in offered else intent

    def _refusals(self, lang: Lang) -> Refusals:
        if lang not in self._refusing:
            self._refusing[lang] = self._kept_or_learned_refusals(lang)
        return self._refusing[lang]

    def _kept_or_learned_refusals(self, lang: Lang) -> Refusals:
        own, services = self._own_words, self._catalogue.services
        asked = [text for name, texts in _meant(self._catalogue, own, lang) if name in services for text in texts]
        sources = own.refusing.of(lang), own.not_refusing.of(lang), asked

        def learn() -> Refusals:
            return Refusals.learned(*sources, lang)

        if self._derived is None:
            return learn()
        read = partial(Refusals.read, lang=lang)
        return _kept_or_learned(self._derived, f"refusals-{lang}", sources, read, lambda: learn().written())

    def _intent(self, said: Sequence[str], lang: Lang, written: str = "") -> Intent:
        whole = self._intent_of_one(said, lang, written)
        for joint in (units(word, lang) for word in self._own_words.joining.of(lang)):
            for at in range(1, len(said) - len(joint)):
                after = at + len(joint)
                if tuple(said[at:after]) == joint:
                    sides = [
                        self._intent_of_one(said[:at], lang, written[:at]),
                        self._intent_of_one(said[after:], lang, written[after:]),
                    ]
                    wanted = {one.what for one in sides if one.confidence >= BOTH}
                    others = [name for name in self._catalogue.services if name in wanted - {whole.what}]
                    if whole.what in wanted & self._catalogue.services.keys() and others:
                        return Intent(whole.what, 0.5, tuple(others))
        return whole

    def _intent_of_one(self, said: Sequence[str], lang: Lang, written: str) -> Intent:
        if len(set(said)) < FEWEST_UNITS[lang] or only_a_number(said, lang):
            return Intent(None, 0.0)
        self.learn(lang, by_character=bool(written))
        classifier, groups, named = self._known[lang, bool(written)]
        if intent := named.intent(said):
            return intent
        if _OTHER not in classifier.names:  # then anything at all would be taken for a service
            return Intent(None, 0.0)
        intent = _of_no_event(classifier.chances(features(said, lang, groups, written)))
        return intent if named.has_service(said) else self._or_event(intent, said, lang)

    def _or_event(self, intent: Intent, said: Sequence[str], lang: Lang) -> Intent:
        """A service counts more than a life event, unless several errands are asked for."""
        if lang not in self._events:
            return intent
        classifier, groups = self._events[lang]
        chances = classifier.chances(features(said, lang, groups))
        del chances[_OTHER]
        event = max(chances, key=lambda name: chances[name])
        of_service, of_several = intent.what in self._catalogue.services, _SEVERAL in kinds(said, groups)
        least = CERTAIN if of_service else EVENT
        if chances[event] >= least and (of_several or intent.what is None):
            others = (*([intent.what] if intent.what else []), *intent.alternatives)
            return Intent(event, round(chances[event], 3), others)
        if chances[event] >= CERTAIN and intent.what not in (HELP, CANNOT):
            return replace(intent, alternatives=(*intent.alternatives, event))
        return intent
