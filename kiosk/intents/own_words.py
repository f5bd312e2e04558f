"""What people say in their own words that is no service, and words that mean alike: requests.yaml."""

from pathlib import Path
from typing import Any

from pydantic import Field

from forms.reading.examine import Examined, examine
from forms.reading.folders import Folders
from forms.reading.mistake import Mistake
from forms.texts import Phrases, Strict

FILE = "requests.yaml"


class Topic(Strict):
    """Requests that are not for this kiosk.

    They are left out once a service's title or phrases have a word of `unless`, and so is what other topics have of it
    that has no word of their own.
    """

    unless: tuple[str, ...] = ()
    requests: Phrases


class OwnWords(Strict):
    """assets/requests.yaml."""

    help: Phrases
    cannot_get_it_done: Phrases
    other: dict[str, Topic]
    joining: Phrases
    several: Phrases
    refusing: Phrases
    not_refusing: Phrases
    alike: dict[str, Phrases]


class AddedWords(Strict):
    """What a county adds to them; its topics and groups of words stand in place of those of the same name."""

    help: Phrases = Phrases(zh=[])
    cannot_get_it_done: Phrases = Phrases(zh=[])
    other: dict[str, Topic] = Field(default_factory=dict)
    joining: Phrases = Phrases(zh=[])
    several: Phrases = Phrases(zh=[])
    refusing: Phrases = Phrases(zh=[])
    not_refusing: Phrases = Phrases(zh=[])
    alike: dict[str, Phrases] = Field(default_factory=dict)


NOTHING = OwnWords.model_validate(AddedWords().model_dump())


def read_own_words(assets: Path, county: Path | None = None) -> tuple[OwnWords, tuple[Mistake, ...]]:
    """The shipped words with the county's, and what is wrong in them; NOTHING when the shipped are broken."""
    folders = Folders(assets, county)
    words: OwnWords | None = None
    for source, document in folders.documents(FILE):
        examined: Examined[Any] = examine(OwnWords if source == "shipped" else AddedWords, document.data)
        for flaw in examined.flaws:
            folders.tell(document, flaw)
        if examined.value is not None and not examined.flaws:
            words = examined.value if source == "shipped" else words and _with(words, examined.value)
    return words or NOTHING, tuple(folders.mistakes)


def _with(shipped: OwnWords, added: AddedWords) -> OwnWords:
    whole: dict[str, object] = {"other": {**shipped.other, **added.other}, "alike": {**shipped.alike, **added.alike}}
    for name in ("help", "cannot_get_it_done", "joining", "several", "refusing", "not_refusing"):
        one, more = getattr(shipped, name), getattr(added, name)
        whole[name] = Phrases(zh=[*one.zh, *more.zh], en=[*one.en, *more.en])
    return OwnWords.model_validate(whole)
