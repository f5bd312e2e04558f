"""What people say in their own words that is no service, and words that mean alike: requests.yaml."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from forms.load import read_model
from forms.reading.examine import Examined, examine
from forms.reading.folders import Folders
from forms.reading.mistake import Mistake
from forms.texts import Phrases, Strict


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
    refusing: Phrases
    not_refusing: Phrases
    alike: dict[str, Phrases]


class AddedWords(Strict):
    """What a county adds to them; its topics and groups of words stand in place of those of the same name."""

    help: Phrases = Phrases(zh=[])
    cannot_get_it_done: Phrases = Phrases(zh=[])
    other: Mapping[str, Topic] = MappingProxyType({})
    joining: Phrases = Phrases(zh=[])
    refusing: Phrases = Phrases(zh=[])
    not_refusing: Phrases = Phrases(zh=[])
    alike: Mapping[str, Phrases] = MappingProxyType({})


def read_own_words(assets: Path, county: Path | None = None) -> tuple[OwnWords, tuple[Mistake, ...]]:
    """The shipped words with the county's, and what is wrong in those; CatalogueError when the shipped are broken."""
    shipped = read_model(OwnWords, assets / "requests.yaml")
    folders = Folders(assets, county, shipped=False)
    for _, document in folders.documents("requests.yaml"):
        examined: Examined[AddedWords] = examine(AddedWords, document.data)
        for flaw in examined.flaws:
            folders.tell(document, flaw)
        if examined.value is not None and not examined.flaws:
            shipped = _with(shipped, examined.value)
    return shipped, tuple(folders.mistakes)


def _with(shipped: OwnWords, added: AddedWords) -> OwnWords:
    whole: dict[str, object] = {"other": {**shipped.other, **added.other}, "alike": {**shipped.alike, **added.alike}}
    for name in ("help", "cannot_get_it_done", "joining", "refusing", "not_refusing"):
        one, more = getattr(shipped, name), getattr(added, name)
        whole[name] = Phrases(zh=[*one.zh, *more.zh], en=[*one.en, *more.en])
    return OwnWords.model_validate(whole)
