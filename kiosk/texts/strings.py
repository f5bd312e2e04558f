"""The terminal's own fixed texts, from assets/strings.yaml."""

import string
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from forms import CatalogueError
from forms.load import read_model
from forms.texts import Phrases, Strict, Text
from kiosk.texts.words import Words

# A text key, and what stands in its braces, to the text in the language of the moment.
Translate = Callable[..., str]


class _File(Strict):
    strings: dict[str, Text]
    phrases: dict[str, Phrases]


class Texts:
    """Texts and phrases by key. CatalogueError when a file that was changed lacks one, or has other {words}."""

    def __init__(self, strings: Mapping[str, Text], phrases: Mapping[str, Phrases], words: Words) -> None:
        self._strings = strings
        self._phrases = phrases
        self.words = words

    @classmethod
    def load(cls, assets: Path) -> "Texts":
        """Read strings.yaml and words.txt; CatalogueError naming what is broken."""
        file = read_model(_File, assets / "strings.yaml")
        return cls(file.strings, file.phrases, Words.load(assets))

    def __repr__(self) -> str:
        return f"Texts({self._strings!r}, {self._phrases!r})"

    def __call__(self, key: str, lang: str, **values: Any) -> str:
        """The text as written, its {words} filled in."""
        return _filled(key, self.text(key).written(lang), values)

    def items(self) -> Iterable[tuple[str, Text]]:
        return self._strings.items()

    def has(self, key: str) -> bool:
        return key in self._strings

    def said(self, key: str, lang: str, **values: Any) -> str:
        """The text as spoken."""
        return _filled(key, self.text(key).said(lang), values)

    def phrases(self, key: str, lang: str) -> list[str]:
        """What may be said for an action."""
        if key not in self._phrases:
            raise CatalogueError(f"strings.yaml has no phrases for {key!r}: put them back.")
        return self._phrases[key].of(lang)

    def fixed(self, lang: str) -> list[str]:
        """Every text of words, without a {word} to fill in, as spoken: these have recorded prompts."""
        said = [text.said(lang) for text in self._strings.values()]
        words = [text for text in said if any(character.isalnum() for character in text)]
        return [text for text in words if not any(name for _, name, _, _ in string.Formatter().parse(text))]

    def text(self, key: str) -> Text:
        """In both languages."""
        if key not in self._strings:
            raise CatalogueError(f"strings.yaml has no text {key!r}: put it back.")
        return self._strings[key]


def _filled(key: str, text: str, values: Mapping[str, Any]) -> str:
    try:
        return text.format(**values)
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        may = ", ".join(f"{{{name}}}" for name in values) or "none"
        raise CatalogueError(f"strings.yaml: the braces in {key!r} are wrong; it may have: {may}.") from error
