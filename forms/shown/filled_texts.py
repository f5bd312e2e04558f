"""Texts in which {id} of a field, a calculation or a parameter stands for what it is now."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from forms.catalogue import Catalogue
from forms.expressions.facts import Facts, as_text
from forms.expressions.parameters import Parameter
from forms.field import Field
from forms.service import Service
from forms.shown.masks import mask
from forms.texts import Spoken, Text
from forms.values.amounts import amount_in_words
from forms.values.days import day_in_words

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def has_placeholders(text: str) -> bool:
    return bool(_PLACEHOLDER.search(text))


def filled(text: str, word: Callable[[str], str | None]) -> str:
    """The text with what `word` says for each {id}; one for which it says None stays as it is."""
    return _PLACEHOLDER.sub(lambda found: word(found[1]) or found[0], text)


@dataclass(frozen=True)
class Words:
    """What the names in the texts of a service stand for now.

    `beside`: the question that is asked; within a repeat its texts name the questions of the same member.
    """

    catalogue: Catalogue
    service: Service
    facts: Facts
    beside: Field | None = None

    def written(self, name: str, lang: str) -> str | None:
        """As people read it; None when nothing has this name."""
        if field := self._field(name):
            answer = self._answer(name)
            if not answer:
                return self._plain("not_known_yet" if answer is None else "left_empty", lang)
            return self._in_words(field, answer, lang)
        if name in self.catalogue.parameters:
            return self._parameter(name, lang)
        return None

    def said(self, name: str, lang: str) -> str | None:
        """As anybody may hear it: a private answer is only said to be what was filled in."""
        return self._plain("as_filled_in", lang) if self.private(name) else self.written(name, lang)

    def private(self, name: str) -> tuple[Field, str] | None:
        """The field and answer behind a name where others must not hear it; what the screen itself offers is heard."""
        field, answer = self._field(name), self._answer(name)
        if field is None or not answer or self.catalogue.all_choices(field) or mask(field, answer) == answer:
            return None
        return field, answer

    def fill(self, text: Text) -> Text:
        """The text with everything filled in, as it is written and as anybody may hear it."""
        if not any(map(has_placeholders, (text.zh, text.en, text.said("zh"), text.said("en")))):
            return text
        zh, en = (filled(text.written(lang), partial(self.written, lang=lang)) for lang in ("zh", "en"))
        zh_said, en_said = (filled(text.said(lang), partial(self.said, lang=lang)) for lang in ("zh", "en"))
        return Text(zh=zh, en=en, spoken=Spoken(zh=zh_said, en=en_said))

    def _field(self, name: str) -> Field | None:
        if calculation := self.service.calculations.get(name):
            return calculation.field
        try:
            return self.service.field(name, self.beside)
        except KeyError:
            return None

    def _answer(self, name: str) -> str | None:
        if calculation := self.service.calculations.get(name):
            return calculation.answer(self.facts)
        return self.facts.answers.get(name)

    def _in_words(self, field: Field, answer: str, lang: str) -> str:
        if chosen := self.catalogue.chosen(field, answer, self.facts.answers):
            return ("、" if lang == "zh" else ", ").join(one.label.written(lang) for one in chosen)
        return field.kind.in_words(field, answer, lang)

    def _parameter(self, name: str, lang: str) -> str:
        parameter, value = self.catalogue.parameters[name], self.facts.parameter(name)
        if value is None:
            return self._plain("not_known_yet", lang)
        if isinstance(value, Decimal) and isinstance(parameter, Parameter) and parameter.is_money:
            return amount_in_words(value, lang)
        return day_in_words(as_text(value), lang) if isinstance(value, date) else as_text(value)

    def _plain(self, code: str, lang: str) -> str:
        return self.catalogue.messages[code].written(lang)
