"""The terminal's own fixed texts, from assets/strings.yaml."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from forms import CatalogueError
from forms.flaws.of_texts import flaws_of_braces, placeholders
from forms.reading.folders import Folders
from forms.reading.mistake import Flaw, Mistake, did_you_mean
from forms.texts import Phrases, Text
from kiosk.texts.words import Words

# A text key, and what stands in its braces, to the text in the language of the moment.
Translate = Callable[..., str]


class Texts:
    """Texts and phrases by key. CatalogueError when a file that was changed lacks one, or has other {words}."""

    def __init__(
        self,
        strings: Mapping[str, Text],
        phrases: Mapping[str, Phrases],
        words: Words,
        mistakes: Sequence[Mistake] = (),
    ) -> None:
        self.mistakes = tuple(mistakes)  # of the county's texts, which were left out
        self._strings = strings
        self._phrases = phrases
        self.words = words

    @classmethod
    def load(cls, assets: Path, county: Path | None = None) -> "Texts":
        """Read strings.yaml and words.txt, the county's over the shipped; CatalogueError when those are broken."""
        folders = Folders(assets)
        strings = folders.items("strings.yaml", Text, "strings", also=("phrases",))
        phrases = folders.items("strings.yaml", Phrases, "phrases", also=("strings",))
        if folders.mistakes:
            raise CatalogueError(str(folders.mistakes[0]))
        if county is None:
            return cls(strings, phrases, Words.load(assets))
        own = Folders(assets, county, shipped=False)
        strings |= own.items("strings.yaml", Text, "strings", partial(_flaws, strings), ("phrases",))
        phrases |= own.items("strings.yaml", Phrases, "phrases", partial(_unknown, phrases), ("strings",))
        mistakes = list(dict.fromkeys(own.mistakes))  # the file was read twice
        return cls(strings, phrases, Words.load(assets, county, mistakes), mistakes)

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

    def with_words(self, lang: str) -> list[str]:
        """Every text of words, as spoken, with its {words} in braces."""
        said = [text.said(lang) for text in self._strings.values()]
        return [text for text in said if any(character.isalnum() for character in text)]

    def text(self, key: str) -> Text:
        """In both languages."""
        if key not in self._strings:
            raise CatalogueError(f"strings.yaml has no text {key!r}: put it back.")
        return self._strings[key]


def _flaws(shipped: Mapping[str, Text], key: str, text: Text) -> Iterator[Flaw]:
    """Of a county's text in place of a shipped one: the program fills in the same words."""
    yield from _unknown(shipped, key, text)
    if key in shipped:
        known = shipped[key]
        yield from flaws_of_braces(text, placeholders(known.zh) | placeholders(known.en))


def _unknown(shipped: Mapping[str, Any], key: str, _: Any) -> Iterator[Flaw]:
    if key not in shipped:
        yield Flaw((), f"the terminal has no text {key!r}", did_you_mean(key, shipped) or "Take it out.")


def capital(label: str) -> str:
    """A label at the beginning of a line: labels are written for the middle of a sentence."""
    return label[0].upper() + label[1:]


def _filled(key: str, text: str, values: Mapping[str, Any]) -> str:
    try:
        return text.format(**values)
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        may = ", ".join(f"{{{name}}}" for name in values) or "none"
        raise CatalogueError(f"strings.yaml: the braces in {key!r} are wrong; it may have: {may}.") from error
