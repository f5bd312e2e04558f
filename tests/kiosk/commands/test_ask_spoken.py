"""`kiosk ask --wav`: a spoken request does what it does on the home screen."""

import json
from pathlib import Path

import pytest
from project import ASSETS, ROOT

from forms import Catalogue
from kiosk.cli import main
from kiosk.derived.results import DerivedResults
from kiosk.entry.pinyin import PinyinTable
from kiosk.intents import CANNOT, HELP
from kiosk.intents.intent_classifier import IntentClassifier
from kiosk.intents.sounds import syllables
from kiosk.operations.settings import Settings
from kiosk.operations.spoken_requests import HomeScreen
from kiosk.texts.strings import Texts
from voice.recognition.recogniser import Heard

CLIPS = ROOT / "tests" / "voice" / "clips"


@pytest.fixture(scope="module")
def home(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, derived: Path) -> HomeScreen:
    return HomeScreen(catalogue, texts, pinyin, IntentClassifier.load(ASSETS, catalogue, DerivedResults(derived)))


def in_own_words(said: str) -> Heard:
    return Heard(" ".join(syllables(said)), None, 0.1, syllables=tuple(syllables(said)))


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("我来交合作医疗的钱", "medical-insurance-payment"),
        ("要去省城住院，先来备个案", "out-of-area-medical"),
        ("麻烦叫个人过来帮帮我", HELP),
        ("我来了三趟了，还是没给我办成", CANNOT),
        ("今天天气真好", None),
    ],
)
def test_own_words(home: HomeScreen, said: str, service: str | None) -> None:
    meant = home.meant(in_own_words(said))
    assert (meant.service, meant.asks) == (service, ())


def test_a_phrase_begins_its_errand_with_its_own_confidence(home: HomeScreen) -> None:
    meant = home.meant(Heard("交医保", "交医保", 0.97))
    assert (meant.service, meant.asks, meant.confidence) == ("medical-insurance-payment", (), 0.97)


def test_between_two_phrases_it_asks(home: HomeScreen) -> None:
    meant = home.meant(Heard("", None, 0.4, between=("交医保", "高龄津贴")))
    assert meant.service is None
    assert {*meant.asks} == {"medical-insurance-payment", "old-age-allowance"}


def test_a_life_event_opens_or_is_asked_about_beside_a_service(home: HomeScreen) -> None:
    opened = home.meant(in_own_words("老人满八十，能办的几样一起办"))
    assert (opened.service, opened.event, opened.asks) == (None, "turning-eighty", ())
    named = home.meant(Heard("搬来跟子女住", "搬来跟子女住", 0.97))
    assert (named.service, named.event, named.confidence) == (None, "moving-in-with-children", 0.97)
    asked = home.meant(Heard("", None, 0.4, between=("满八十岁了", "高龄津贴")))
    assert (asked.service, asked.event, {*asked.asks}) == (None, None, {"turning-eighty", "old-age-allowance"})


def test_two_errands_in_one_request_are_asked_about(home: HomeScreen) -> None:
    meant = home.meant(in_own_words("我要办高龄津贴，还要认证养老金"))
    assert meant.service is None
    assert {*meant.asks} == {"old-age-allowance", "pension-certification"}


def test_the_name_of_a_group_offers_what_is_in_it(home: HomeScreen) -> None:
    meant = home.meant(Heard("看病和医保", "看病和医保", 0.9))
    assert meant.service is None
    assert "medical-insurance-payment" in meant.asks


def test_what_was_said_before_changes_nothing(home: HomeScreen) -> None:
    first = home.meant(in_own_words("我来交合作医疗的钱"))
    assert home.meant(in_own_words("我来交合作医疗的钱")) == first


def test_one_line_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, derived: Path
) -> None:
    monkeypatch.setattr(Settings, "derived_folder", derived)
    files = [CLIPS / "listed_00_zf_xiaoyi.opus", CLIPS / "outside_02_zm_yunyang.opus", tmp_path / "none.wav"]
    assert main(["ask", "--wav", *map(str, files), "--json"]) == 1
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [(line["file"], line["service"]) for line in lines] == [
        (str(files[0]), "old-age-allowance"),
        (str(files[1]), None),
    ]
    assert all(set(line) == {"file", "service", "event", "asks", "heard", "confidence", "ms"} for line in lines)
    assert "There is no file" in told.err


@pytest.mark.parametrize(
    "words", [["ask"], ["ask", "高龄津贴", "--wav", "a.wav"], ["ask", "--wav", "a.wav", "--lang", "en"]]
)
def test_wrong_use(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(main(words))
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
