"""What was learned of requests is kept: learned anew only when they change, and never worse for it."""

import logging
import os
from pathlib import Path

import pytest

from forms import Catalogue
from forms.texts import Phrases
from kiosk.derived.results import DerivedResults
from kiosk.intents import intent_classifier
from kiosk.intents.intent_classifier import IntentClassifier
from kiosk.intents.own_words import OwnWords, Topic
from kiosk.intents.ridge_classifier import RidgeClassifier

ASKED = {"zh": "我八十一了听说国家每个月给点钱", "en": "has my application been approved"}
SERVICES = ("old-age-allowance", "opening-hours")


@pytest.fixture(scope="module")
def own_words() -> OwnWords:
    """Few, so that they are learned in no time."""
    few = Phrases(zh=["帮帮我", "我不会用"], en=["please help me", "I am lost"])
    no_words = Phrases(zh=[])
    return OwnWords(
        help=few, cannot_get_it_done=Phrases(zh=["办不成", "跑了三趟"], en=["it never works"]),
        other={"chat": Topic(requests=Phrases(zh=["今天天气好", "吃了没"], en=["nice weather"]))},
        joining=no_words, several=no_words, refusing=no_words, not_refusing=no_words,
        alike={"money": Phrases(zh=["钱"], en=["money"])},
    )  # fmt: skip


@pytest.fixture
def few(catalogue: Catalogue) -> Catalogue:
    return Catalogue({name: catalogue.services[name] for name in SERVICES}, {}, {}, {})


@pytest.fixture
def fits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many examples were learned from, each time that something was."""
    found: list[int] = []
    fitted = RidgeClassifier.fitted

    def counted(examples: list[dict[str, float]], classes: list[str], mixed: str | None) -> RidgeClassifier:
        found.append(len(examples))
        return fitted(examples, classes, mixed)

    monkeypatch.setattr(intent_classifier.RidgeClassifier, "fitted", counted)
    monkeypatch.setattr(intent_classifier, "apart", lambda make: make())  # else another process would count
    return found


def test_it_is_learned_once_and_understands_the_same(
    few: Catalogue, own_words: OwnWords, tmp_path: Path, fits: list[int]
) -> None:
    for lang in ("zh", "en"):
        alone = IntentClassifier(few, own_words).text(ASKED[lang], lang)
        first, again = (
            IntentClassifier(few, own_words, DerivedResults(tmp_path)).text(ASKED[lang], lang) for _ in range(2)
        )
        assert first == again == alone
    assert len(fits) == 4  # without a folder, and once with it


def test_what_refuses_is_known_before_anybody_speaks(
    few: Catalogue, own_words: OwnWords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a second of work, in which a press for help would wait."""
    taught = own_words.model_copy(update={"refusing": Phrases(zh=["不查"])})
    before, kept = (IntentClassifier(few, taught, DerivedResults(tmp_path)) for _ in range(2))
    before.learn("zh")
    monkeypatch.delattr("kiosk.intents.refusals.Refusals.learned")
    kept.learn("zh")
    assert kept.text("大厅几点开门").what == "opening-hours"
    assert kept.text("不查大厅几点开门").what is None


def test_one_request_more_is_learned(few: Catalogue, own_words: OwnWords, tmp_path: Path, fits: list[int]) -> None:
    IntentClassifier(few, own_words, DerivedResults(tmp_path)).learn("zh")
    hours = few.services["opening-hours"]
    told = hours.model_copy(update={"requests": Phrases(zh=[*hours.requests.zh, "大门啥辰光开"])})
    more = Catalogue({**few.services, hours.id: told}, {}, {}, {})
    assert IntentClassifier(more, own_words, DerivedResults(tmp_path)).text("大门啥辰光开").what == "opening-hours"
    assert fits[1] == fits[0] + 1


def test_another_program_learns_anew(
    few: Catalogue, own_words: OwnWords, tmp_path: Path, fits: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in (b"one", b"other"):
        monkeypatch.setattr("kiosk.derived.results._program", lambda version=version: version)
        IntentClassifier(few, own_words, DerivedResults(tmp_path)).learn("zh")
    assert len(fits) == 2


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "text", "folder"])
def test_a_damaged_file_is_learned_anew_and_told_in_the_log(
    few: Catalogue, own_words: OwnWords, tmp_path: Path, fits: list[int], caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    IntentClassifier(few, own_words, DerivedResults(tmp_path)).learn("zh", by_character=True)
    (file,) = tmp_path.glob("requests-*")
    whole = file.read_bytes()
    flipped = bytes([whole[-9] ^ 1])
    content = {"cut": whole[:-7], "flipped": whole[:-9] + flipped + whole[-8:], "empty": b"", "text": b"hello" * 90}
    file.unlink()
    if damage == "folder":
        file.mkdir()
    else:
        file.write_bytes(content[damage])
    intent = IntentClassifier(few, own_words, DerivedResults(tmp_path)).text(ASKED["zh"])
    assert intent == IntentClassifier(few, own_words).text(ASKED["zh"])
    assert "made anew" in caplog.text
    assert len(fits) == 3


def test_what_somebody_else_put_there_is_not_run(
    few: Catalogue, own_words: OwnWords, tmp_path: Path, fits: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    """A file with the right hashes and another content: no pickle is ever opened."""
    derived = DerivedResults(tmp_path)
    put, derived.put = derived.put, lambda *given: put(*given[:2], b"cos\nsystem\n(S'touch run'\ntR.")  # type: ignore[method-assign]
    IntentClassifier(few, own_words, derived).learn("zh", by_character=True)
    assert IntentClassifier(few, own_words, DerivedResults(tmp_path)).text("大厅几点开门").what == "opening-hours"
    assert "learned anew" in caplog.text


@pytest.mark.parametrize("written", [b"", b"PK\x03\x04", RidgeClassifier.fitted([{"a": 1.0}], ["x"]).written()[:-30]])
def test_what_is_no_classifier_is_said_so(written: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - numpy's words
        RidgeClassifier.read(written)


def test_without_a_folder_to_write_to_it_works_all_the_same(
    few: Catalogue, own_words: OwnWords, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("no folder")
    caplog.set_level(logging.INFO)
    classifier = IntentClassifier(few, own_words, DerivedResults(tmp_path / "data" / "derived"))
    assert classifier.text("大厅几点开门").what == "opening-hours"
    assert "each time" in caplog.text


def test_two_that_learn_at_once_leave_one_whole_file(few: Catalogue, own_words: OwnWords, tmp_path: Path) -> None:
    derived = DerivedResults(tmp_path)
    for _ in range(2):
        IntentClassifier(few, own_words, derived).learn("zh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["refusals-zh", "requests-zh"]
    assert os.stat(tmp_path / "requests-zh").st_mode & 0o077 == 0
