"""Phrases that nobody could tell apart by ear: of services, of the choices of a question, of a screen's own buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from forms import Catalogue, Field, Service
from forms.home.events import LifeEvent
from kiosk.checks.finding import Finding, Place
from kiosk.checks.parts import questions_of
from kiosk.intents.sounds import units
from kiosk.texts.languages import Lang
from kiosk.texts.strings import Texts
from voice.recognition.phrases import spoken_ways

# What moves through a visit, by the keys of strings.yaml. Said a moment late, it is heard by the next screen.
NAVIGATION = (
    *("start", "next", "back", "home", "ready", "send", "send_anyway", "send_again", "save", "come_back", "errands"),
    *("explain", "undo", "help", "call", "repeat", "cannot"),
)
_sound = cache(units)  # each phrase is compared with many
OTHER_WORDS = "Give one of the two other words."


@dataclass(frozen=True)
class Said:
    """Words that somebody may say, what they are for, and where they stand."""

    words: str
    means: str
    place: Place = ()


def of_services(catalogue: Catalogue, texts: Texts, own: Sequence[str], lang: Lang) -> Iterator[Finding]:
    """Of the services and life events `own`: what is said for another one, a group, a button of the home screen too."""
    taken = _navigation(texts, lang)
    for group in catalogue.groups.values():
        title = group.title.written(lang)
        taken += [Said(words, f"the group “{title}”") for words in (title, *group.phrases.of(lang))]
    offered: list[Service | LifeEvent] = [*catalogue.services.values(), *catalogue.events.values()]
    for service in sorted(offered, key=lambda one: one.id in own):  # theirs is what has to change
        said = [
            Said(service.title.written(lang), _named(service, lang), ("title", lang)),
            *(
                Said(words, _named(service, lang), ("phrases", lang, at))
                for at, words in enumerate(service.phrases.of(lang))
            ),
        ]
        if service.id in own:
            yield from _clashes(service, said, taken, lang)
        taken += said


def of_choices(texts: Texts, service: Service, lang: Lang) -> Iterator[Finding]:
    """Of each question with choices: what is said for two of them, or for a button of its screen."""
    buttons = _navigation(texts, lang)
    for place, field in questions_of(service):
        yield from _of_field(service, place, field, buttons, lang)


def _of_field(service: Service, step: Place, field: Field, buttons: Sequence[Said], lang: Lang) -> Iterator[Finding]:
    taken: dict[str | None, list[Said]] = {}
    for at, choice in enumerate(field.choices):
        beside = taken.setdefault(choice.within, [*buttons])  # a village of another town is never on the same screen
        place = (*step, "choices", at)
        means = f"“{choice.label.written(lang)}” ({choice.id})"
        said = [Said(choice.label.written(lang), means, (*place, "label", lang))]
        phrases = choice.phrases.of(lang)
        said += [Said(words, means, (*place, "phrases", lang, nth)) for nth, words in enumerate(phrases)]
        yield from _clashes(service, said, beside, lang)
        beside += said


def _clashes(
    service: Service | LifeEvent, said: Sequence[Said], taken: Sequence[Said], lang: Lang
) -> Iterator[Finding]:
    by_sound = {_sound(one.words, lang): one for one in reversed(taken)}
    for one in said:
        if (other := by_sound.get(_sound(one.words, lang))) and other.means != one.means:
            how = "is said for" if one.words == other.words else f"sounds like “{other.words}”, which is said for"
            yield Finding(service.id, one.place, f"“{one.words}” {how} {other.means} too", OTHER_WORDS)


def unheard(service: Service | LifeEvent) -> Iterator[Finding]:
    """Phrases that cannot be heard, and what has none."""
    yield from _unheard(service, ("phrases",), service.phrases.of("zh"))
    if isinstance(service, LifeEvent):
        return
    for place, field in questions_of(service):
        for at, choice in enumerate(field.choices):
            yield from _unheard(service, (*place, "choices", at, "phrases"), choice.phrases.of("zh"))


def _unheard(service: Service | LifeEvent, place: Place, phrases: Sequence[str]) -> Iterator[Finding]:
    if not phrases:
        yield Finding(service.id, place, "nothing can be said for it", "Add phrases: {zh: [what people say]}.")
    for at, words in enumerate(phrases):
        try:
            spoken_ways(words)
        except ValueError as error:
            yield Finding(service.id, (*place, "zh", at), str(error), "Write it as it is said, in Chinese.")


def _navigation(texts: Texts, lang: Lang) -> list[Said]:
    return [Said(words, "a button of every visit") for key in NAVIGATION for words in texts.phrases(key, lang)]


def _named(service: Service | LifeEvent, lang: Lang) -> str:
    return f"“{service.title.written(lang)}” ({service.id})"
