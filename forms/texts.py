"""Texts of the catalogue, in both languages; what all models of its files share."""

import json
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
GroupId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
NonEmpty = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Strict(BaseModel):
    """A part of a file that may say nothing but what is declared.

    The sentence under each key is what docs/services.md and the schema for editors say of it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, defer_build=True)


def dumped(model: BaseModel, exclude: set[str] | None = None) -> dict[str, Any]:
    """What it says as plain JSON, without what has its default: so it is the same when a program learns more keys."""
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=exclude)


def canonical_json(content: object) -> bytes:
    """The one way to write it, of which hashes are made."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


class Spoken(Strict):
    """How a text is said where that differs from how it is written."""

    zh: NonEmpty | None = None
    """As it is said in Chinese."""
    en: NonEmpty | None = None
    """As it is said in English."""


class Text(Strict):
    """A text in both languages; neither may be missing."""

    zh: NonEmpty
    """The text in Chinese."""
    en: NonEmpty
    """The text in English."""
    spoken: Spoken = Spoken()
    """How it is said, where the ear needs other words than the eye: `{zh: …, en: …}`, either or both."""

    def written(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en

    def said(self, lang: str) -> str:
        return (self.spoken.zh if lang == "zh" else self.spoken.en) or self.written(lang)


def untranslated(text: str) -> Text:
    """A text that is the same in both languages: a number, or what somebody wrote."""
    return Text(zh=text, en=text)


_USUAL_UNITS = {"yuan": "元", "years": "岁", "months": "个月", "days": "天", "people": "人"}


def _unit(given: object) -> object:
    """A usual unit may be written in one word, in either language; another word is the same in both."""
    if not isinstance(given, str):
        return given
    english = {zh: en for en, zh in _USUAL_UNITS.items()}
    return {"zh": _USUAL_UNITS.get(given, given), "en": english.get(given, given)}


# What a number counts: a text, or one word such as yuan or 元.
Unit = Annotated[Text, BeforeValidator(_unit, json_schema_input_type=Text | str)]


class Phrases(Strict):
    """What people say for a thing, most usual first."""

    zh: list[NonEmpty]
    """In Chinese."""
    en: list[NonEmpty] = []
    """In English."""

    def of(self, lang: str) -> list[str]:
        return list(self.zh if lang == "zh" else self.en)


def wrong_with(error: ValidationError) -> str:
    """The first thing that is wrong, in pydantic's words or ours."""
    return error.errors()[0]["msg"].removeprefix("Value error, ")
