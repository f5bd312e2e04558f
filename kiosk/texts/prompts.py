"""Every utterance of the terminal that is known beforehand: each has a recorded prompt, rendered by `make prompts`.

Of a text in which an amount, a day or another number is filled in, the words around it are recorded, and all parts of
numbers once: voice/speech/slots.py puts them together.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from forms import Catalogue, Service, load_catalogue, mask
from forms.expressions.parameters import Parameter, as_value, values_of
from forms.home.counters import CounterErrand
from forms.home.events import LifeEvent
from forms.load import something_of
from forms.repeats import MemberField
from forms.rules import BOUNDED, COUNTED, SAME_AS_ANOTHER, codes
from forms.shown.filled_texts import filled, has_placeholders
from forms.texts import Text
from forms.values.amounts import amount_in_words
from forms.values.days import day_in_words
from kiosk.texts.languages import LANGS, Lang
from kiosk.texts.strings import Texts, capital
from kiosk.texts.words_of_hall import words_of_hall
from voice.speech.slots import SLOT, fragments, number_texts
from voice.speech.sound import SENTENCE_END, has_words

A_NUMBER, A_DAY = "7", "2026-01-01"  # anything that is written as all of its kind are
# What texts of the terminal call numbers; in the other braces are names, or what was said before.
NUMBERS = frozenset(("at", "count", "missing", "number", "of", "place", "seconds", "step"))
NUMERIC = ("amount", "date", "number")  # kinds of field


def all_fixed_utterances(assets: Path, county: Path | None = None) -> dict[Lang, list[str]]:
    """By language; CatalogueError when a file is broken."""
    catalogue, texts = something_of(load_catalogue(assets, county)), Texts.load(assets, county)
    of_hall = [*words_of_hall(catalogue, assets, county)]
    return {lang: fixed_utterances(catalogue, texts, lang, of_hall) for lang in LANGS}


def fixed_utterances(catalogue: Catalogue, texts: Texts, lang: Lang, of_hall: Sequence[Text] = ()) -> list[str]:
    """What screens, questions, errors, warnings, choices and the hall say, each once, in a stable order."""
    said = [text.said(lang) for errand in catalogue.counters.errands for text in _of_errand(errand)]
    said += [group.title.said(lang) for group in catalogue.groups.values()]
    said += [text.said(lang) for event in catalogue.events.values() for text in _of_event(event)]
    said += [shown.said(lang) for shown in catalogue.pictures.values()]
    in_lists = [choice for choices in catalogue.lists.values() for choice in choices]
    said += [text.said(lang) for one in in_lists for text in (one.label, one.detail) if text]
    said += [one for words in of_hall for one in _recorded(words.said(lang), lang, lambda name: None)]
    for service in catalogue.services.values():
        said += _of_repeats(service, texts, lang)
        for text in _of_service(catalogue, service):
            said += _recorded(text.said(lang), lang, partial(_stand_in, catalogue, service, lang))
    said += _of_messages(catalogue, lang)
    number = partial(_number_of_the_terminal, lang)
    in_braces = [one for text in texts.with_words(lang) for one in _recorded(text, lang, number)]
    return list(dict.fromkeys([*in_braces, *said, *number_texts(lang)]))


def _recorded(text: str, lang: Lang, stand_in: Callable[[str], str | None]) -> Iterator[str]:
    """A text without braces whole; else each sentence, where a number is filled in the words around it.

    A sentence in which a name stands, or anything else that nobody can record, is left to the live voice.
    """
    if not has_placeholders(text):
        yield text
        return
    for sentence in _sentences(text):
        spoken = filled(sentence, stand_in)
        if not has_placeholders(spoken):
            yield from fragments(spoken, lang) if spoken != sentence else (sentence,)


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in SENTENCE_END.split(text) if has_words(one)]


def _number_of_the_terminal(lang: Lang, name: str) -> str | None:
    if name == "day":
        return day_in_words(A_DAY, lang)
    return A_NUMBER if name in NUMBERS else None


def _stand_in(catalogue: Catalogue, service: Service, lang: Lang, name: str) -> str | None:
    """What is said for {name} in a text of the service, some number for any; None when it cannot be recorded."""
    if (parameter := catalogue.parameters.get(name)) is not None:
        value = as_value(values_of(parameter)[-1])
        if isinstance(value, Decimal):
            is_money = isinstance(parameter, Parameter) and parameter.is_money
            return amount_in_words(Decimal(A_NUMBER), lang) if is_money else A_NUMBER
        return day_in_words(A_DAY, lang) if isinstance(value, date) else value
    calculation = service.calculations.get(name)
    field = calculation.field if calculation else service.field(name)
    if catalogue.all_choices(field):
        return None
    if mask(field, field.example) != field.example:
        return catalogue.messages["as_filled_in"].said(lang)
    if field.type not in NUMERIC:
        return None
    return field.kind.in_words(field, A_DAY if field.type == "date" else A_NUMBER, lang)


def _of_service(catalogue: Catalogue, service: Service) -> Iterator[Text]:
    yield from (service.title, service.summary, service.next, *service.prerequisites)
    for outcome in service.outcomes:
        yield from (outcome.next, *outcome.papers)
    yield from (text for text in (service.handled, *(one.handled for one in service.outcomes)) if text)
    yield from (one.label for one in service.calculate if one.shown)
    for field in service.fields:
        yield from (field.label, field.question)
        yield from (text for text in (field.hint, field.explain) if text)
        yield from (choice.label for choice in field.choices)
    yield from (check.message for check in service.checks)


def _of_repeats(service: Service, texts: Texts, lang: Lang) -> Iterator[str]:
    """Of whom a question is asked, and how many are in: for as many as there may be."""
    for repeat in service.repeats.values():
        for place in range(1, repeat.max + 1):
            yield texts.said("member.who", lang, place=place, label=capital(repeat.label.written(lang)))
            yield texts.said("member.count", lang, count=place)


def _of_event(event: LifeEvent) -> Iterator[Text]:
    yield from (event.title, event.line, *(one.detail for one in event.services))


def _of_errand(errand: CounterErrand) -> Iterator[Text]:
    yield from (errand.title, errand.counter, *errand.papers, errand.hours)


def _of_messages(catalogue: Catalogue, lang: Lang) -> Iterator[str]:
    """What is said of answers: the words around the name of the question and around numbers, and each example once."""
    for field in (field for service in catalogue.services.values() for field in service.fields):
        label = field.label.written(lang)
        yield label
        of_another = (SAME_AS_ANOTHER,) if isinstance(field, MemberField) and field.kind.of_one_person else ()
        for code in (*codes(field), *of_another):
            for sentence in _sentences(catalogue.message(code, field, A_NUMBER).said(lang)):
                if field.shown_example in sentence:
                    yield sentence
                elif label in sentence or code in COUNTED + BOUNDED:
                    yield from fragments(sentence.replace(label, SLOT, 1), lang)
                else:
                    yield sentence
