"""Every utterance of the terminal that is known beforehand: each has a recorded prompt, rendered by `make prompts`."""

from collections.abc import Iterator

from kiosk.catalogue import Catalogue, Field, Service
from kiosk.catalogue.rules import codes
from kiosk.catalogue.schema import Text
from kiosk.screens import Lang
from kiosk.texts import Texts


def fixed_utterances(catalogue: Catalogue, texts: Texts, lang: Lang) -> list[str]:
    """What screens, questions, errors, warnings and choices say, each once, in a stable order."""
    said = [text.said(lang) for service in catalogue.services.values() for text in _of_service(catalogue, service)]
    said += [choice.label.said(lang) for choices in catalogue.lists.values() for choice in choices]
    return list(dict.fromkeys([*texts.fixed(lang), *said]))


def _of_service(catalogue: Catalogue, service: Service) -> Iterator[Text]:
    yield from (service.title, service.summary, service.next, *service.prerequisites)
    for field in service.steps:
        yield from _of_field(catalogue, field)
    yield from (check.message for check in service.checks)


def _of_field(catalogue: Catalogue, field: Field) -> Iterator[Text]:
    yield from (field.label, field.question)
    if field.hint:
        yield field.hint
    yield from (choice.label for choice in field.choices)
    yield from (catalogue.message(code, field) for code in codes(field))
