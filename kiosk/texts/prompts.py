"""Every utterance of the terminal that is known beforehand: each has a recorded prompt, rendered by `make prompts`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import RootModel

from forms import Catalogue, Field, Service, load_catalogue
from forms.home.counters import CounterErrand
from forms.load import read_model, something_of
from forms.rules import COUNTED, codes
from forms.shown.filled_texts import has_placeholders
from forms.texts import Text
from kiosk.texts.languages import LANGS, Lang
from kiosk.texts.strings import Texts, capital


class _Statuses(RootModel[dict[str, Text]]):
    """assets/hall/progress.yaml and steps.yaml: the hall's words for where a form stands and who does what next."""


def all_fixed_utterances(assets: Path, county: Path | None = None) -> dict[Lang, list[str]]:
    """By language; CatalogueError when a file is broken."""
    catalogue, texts = something_of(load_catalogue(assets, county)), Texts.load(assets, county)
    files = [read_model(_Statuses, assets / "hall" / name) for name in ("progress.yaml", "steps.yaml")]
    statuses = [words for file in files for words in file.root.values()]
    return {lang: fixed_utterances(catalogue, texts, lang, statuses) for lang in LANGS}


def fixed_utterances(catalogue: Catalogue, texts: Texts, lang: Lang, statuses: Sequence[Text] = ()) -> list[str]:
    """What screens, questions, errors, warnings, choices and the hall's statuses say, each once, in a stable order."""
    said = [text.said(lang) for service in catalogue.services.values() for text in _of_service(catalogue, service)]
    said += [text.said(lang) for errand in catalogue.counters.errands for text in _of_errand(errand)]
    said += [group.title.said(lang) for group in catalogue.groups.values()]
    said += [shown.said(lang) for shown in catalogue.pictures.values()]
    said += [choice.label.said(lang) for choices in catalogue.lists.values() for choice in choices]
    said += [status.said(lang) for status in statuses]
    said += [one for service in catalogue.services.values() for one in _of_repeats(service, texts, lang)]
    return list(dict.fromkeys([*texts.fixed(lang), *(one for one in said if not has_placeholders(one))]))


def _of_service(catalogue: Catalogue, service: Service) -> Iterator[Text]:
    yield from (service.title, service.summary, service.next, *service.prerequisites)
    for outcome in service.outcomes:
        yield from (outcome.next, *outcome.papers)
    yield from (text for text in (service.handled, *(one.handled for one in service.outcomes)) if text)
    yield from (one.label for one in service.calculate if one.shown)
    for field in service.fields:
        yield from _of_field(catalogue, field)
    yield from (check.message for check in service.checks)


def _of_repeats(service: Service, texts: Texts, lang: Lang) -> Iterator[str]:
    """Of whom a question is asked, and how many are in: for as many as there may be."""
    for repeat in service.repeats.values():
        for place in range(1, repeat.max + 1):
            yield texts.said("member.who", lang, place=place, label=capital(repeat.label.written(lang)))
            yield texts.said("member.count", lang, count=place)


def _of_errand(errand: CounterErrand) -> Iterator[Text]:
    yield from (errand.title, errand.counter, *errand.papers, errand.hours)


def _of_field(catalogue: Catalogue, field: Field) -> Iterator[Text]:
    yield from (field.label, field.question)
    yield from (text for text in (field.hint, field.explain) if text)
    yield from (choice.label for choice in field.choices)
    yield from (catalogue.message(code, field) for code in codes(field) if code not in COUNTED)
