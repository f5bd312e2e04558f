"""What own-words requests mean: paraphrases, wrong characters, accents, lost syllables, and what is none of ours."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import ROOT

from forms import Catalogue, load_catalogue
from kiosk.cli import main
from kiosk.intents import CANNOT, HELP
from kiosk.intents.disambiguation import SURE
from kiosk.intents.intent_classifier import IntentClassifier
from kiosk.texts.languages import LANGS

ASSETS = ROOT / "assets"
ALLOWANCE, PENSION, PROGRESS = "old-age-allowance", "pension-certification", "progress-query"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("我八十一了听说国家每个月给点钱", ALLOWANCE),
        ("老母亲九十三了，想问问高龄的补贴怎么申请", ALLOWANCE),
        ("我82了，那个老年补贴怎么办", ALLOWANCE),
        ("养老金那个刷脸今年还没弄", PENSION),
        ("我爸瘫在床上，他的养老金认证我来代办", PENSION),
        ("上个月交的申请批了没有", PROGRESS),
        ("请帮我查一下我的申请办到哪一步了", PROGRESS),
        ("麻烦叫个人过来帮帮我", HELP),
        ("声音太小了，说大声点", HELP),
        ("我来了三趟了，还是没给我办成", CANNOT),
        ("这个机器我弄不来", CANNOT),
        ("I'm 83, where do I get the monthly money for old people?", ALLOWANCE),
        ("they need proof that I am alive for my pension", PENSION),
        ("has my aplication been aproved yet", PROGRESS),
        ("could somebody come and help me", HELP),
        ("I came three times and they still won't do it", CANNOT),
    ],
)
def test_paraphrases(classifier: IntentClassifier, said: str, meant: str) -> None:
    assert classifier.text(said).what == meant


@pytest.mark.parametrize(
    "said",
    ["我不要办高龄津贴", "我不想认证养老金", "高龄津贴我不要", "不办高龄津贴", "别给我办补贴", "bu yao gaoling jintie",
     "not pension", "I don't want the old age allowance", "do not check my pension, I don't want it"],
)  # fmt: skip
def test_what_is_refused_begins_no_service(classifier: IntentClassifier, catalogue: Catalogue, said: str) -> None:
    intent = classifier.text(said)
    assert intent.what not in catalogue.services
    assert not intent.alternatives


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("我不要高龄津贴，我要查进度", PROGRESS),
        ("不是养老金，是八十岁以上那个补贴", ALLOWANCE),
        ("I don't want the allowance, I want the pension check", PENSION),
        ("我不想跑路，在这里办养老认证", PENSION),
        ("我不会办高龄津贴", ALLOWANCE),
        ("以前没人跟我说过有这笔钱，高龄津贴能补办不", ALLOWANCE),
        ("养老金认证要不要户口本", PENSION),
        ("不要机器，找个真人", HELP),
        ("不办了", CANNOT),
    ],
)
def test_what_is_wanted_beside_a_refusal_or_only_looks_like_one_is_understood(
    classifier: IntentClassifier, said: str, meant: str
) -> None:
    assert classifier.text(said).what == meant


def test_a_refusal_that_is_heard_begins_no_service(classifier: IntentClassifier) -> None:
    assert classifier.syllables(["gao", "ling", "jin", "tie"]).what == ALLOWANCE
    assert classifier.syllables(["wo", "bu", "yao", "ban", "gao", "ling", "jin", "tie"]).what is None
    # 村干部帮我 and 补办 sound like 不办: only heard, they refuse nothing.
    assert classifier.syllables(["gao", "ling", "jin", "tie", "neng", "bu", "ban", "bu"]).what == ALLOWANCE


@pytest.mark.parametrize(
    "said",
    ["今天天气真好", "饭卡丢了怎么补", "八十五", "我孙子考上大学了", "喂", "白菜怎么卖", "nice weather",
     "eighty-five", "I lost my ID card", "where is the toilet"],
)  # fmt: skip
def test_what_is_none_of_ours(classifier: IntentClassifier, said: str) -> None:
    assert classifier.text(said).what is None


@pytest.mark.parametrize("said", ["高灵今天", "告零金贴", "gao ling jin tie", "搞林京贴"])
def test_wrong_characters_with_the_right_sounds(classifier: IntentClassifier, said: str) -> None:
    assert classifier.text(said).what == ALLOWANCE


@pytest.mark.parametrize(
    "heard",
    [
        "yang nao jing zi ge yen zen",  # zh and z, n and l, -n and -ng alike
        "yang lao jin zi ren zheng",  # a syllable lost
        "wo lai ban yang mao jin ke ge ren zheng",  # two heard wrong
    ],
)
def test_syllables_as_a_recogniser_hears_them(classifier: IntentClassifier, heard: str) -> None:
    assert classifier.syllables(heard.split()).what == PENSION


@pytest.mark.parametrize("said", ["", "。。！", "😀😀", "   ", "\x00", "1", "啊" * 10_000, "我" * 3 + "x" * 10_000])
@pytest.mark.parametrize("lang", [None, "zh", "en"])
def test_no_request_at_all(classifier: IntentClassifier, said: str, lang: Any) -> None:
    assert classifier.text(said, lang).what is None


def test_several_that_fit_are_all_named(classifier: IntentClassifier) -> None:
    intent = classifier.text("津贴的事和认证的事")
    assert {ALLOWANCE, PENSION} <= {intent.what, *intent.alternatives}


@pytest.mark.parametrize(
    "said",
    [
        "高龄津贴和养老金认证",
        "我要办高龄津贴，还要认证养老金",
        "old-age allowance and pension certification",
    ],
)
def test_two_requests_in_one_are_too_doubtful_to_begin_either(classifier: IntentClassifier, said: str) -> None:
    intent = classifier.text(said)
    assert {intent.what, *intent.alternatives} == {ALLOWANCE, PENSION}
    assert intent.confidence < SURE


@pytest.mark.parametrize("said", ["我今年八十还要每年认证养老金吗", "I am eighty and my pension needs certification"])
def test_an_age_before_an_and_takes_nothing_from_the_request(classifier: IntentClassifier, said: str) -> None:
    assert classifier.text(said).what == PENSION


@pytest.mark.parametrize("said", ["我和老伴都要办高龄津贴", "老伴和我的高龄津贴"])
def test_an_and_that_joins_people_makes_no_second_request(classifier: IntentClassifier, said: str) -> None:
    intent = classifier.text(said)
    assert (intent.what, intent.alternatives) == (ALLOWANCE, ())


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("高齡津貼怎麼申請", ALLOWANCE),
        ("幫幫我，我不會用", HELP),
        ("gaolingjintie", ALLOWANCE),
        ("GAO LING JIN TIE", ALLOWANCE),
        ("gāolíng jīntiē", ALLOWANCE),
        ("yanglaojin renzheng", PENSION),
        ("我想办pension认证", PENSION),
        ("办 old-age allowance", ALLOWANCE),
        ("check一下我的进度", PROGRESS),
    ],
)
def test_however_it_is_written(classifier: IntentClassifier, said: str, meant: str) -> None:
    assert classifier.text(said).what == meant


@pytest.mark.parametrize("said", ["81", "八十一", "一百零八", "13800000000", "eighty-three", "one hundred and two"])
def test_a_number_alone_is_no_request(classifier: IntentClassifier, said: str) -> None:
    assert classifier.text(said).what is None


def test_a_service_taken_away_is_no_longer_meant(assets: Path) -> None:
    (assets / "services" / "pension-certification.yaml").unlink()
    without = IntentClassifier.load(assets, load_catalogue(assets))
    said = ["养老金资格认证", "我来刷脸领养老金", "proof that I am still alive"]
    assert [without.text(one).what for one in said] == [None] * 3
    assert without.text("八十岁老人的补贴怎么领").what == ALLOWANCE


def test_talk_that_is_for_no_kiosk_stays_so_beside_a_new_service(assets: Path) -> None:
    """Only a topic goes that the service is about, not what stood beside it."""
    title = {"zh": "医保缴费", "en": "Health insurance"}
    classifier = IntentClassifier.load(assets, added_service(assets, title=title, phrases={"zh": ["医保缴费"]}))
    assert [classifier.text(one).what for one in ("再见啊", "照片洗好了没有", "卫生间怎么走")] == [None] * 3


def shipped_bus_card(assets: Path) -> Path:
    return assets / "services" / "senior-bus-card.yaml"


def added_service(assets: Path, **changes: Any) -> Catalogue:
    """A county's own service in place of the shipped one, with no more than six requests."""
    shipped_bus_card(assets).unlink(missing_ok=True)
    service = yaml.safe_load((assets / "services" / "progress-query.yaml").read_text("utf-8"))
    service |= {
        "id": "bus-card",
        "title": {"zh": "老年公交卡", "en": "Bus card"},
        "phrases": {"zh": ["老年公交卡", "办公交卡"]},
        "requests": {
            "zh": ["公交卡掉了，想再要一张", "六十五岁坐车不要钱的卡，给我办", "坐车的卡刷不响了", "补一张公交卡",
                   "老年人坐车的卡怎么领", "我把公交卡弄丢了"],
        },
    } | changes  # fmt: skip
    (assets / "services" / "bus-card.yaml").write_text(yaml.safe_dump(service, allow_unicode=True), "utf-8")
    return load_catalogue(assets)


def test_a_county_adds_a_service_by_data_alone(assets: Path) -> None:
    said = "老头子坐车的公交卡不见了，咋办"
    shipped_bus_card(assets).unlink()
    assert IntentClassifier.load(assets, load_catalogue(assets)).text(said).what is None
    assert IntentClassifier.load(assets, added_service(assets)).text(said).what == "bus-card"


def test_a_topic_gives_way_to_a_service_that_is_called_so(assets: Path) -> None:
    said = "办公交卡"  # word for word among what is not for this kiosk
    catalogue = added_service(assets)
    assert IntentClassifier.load(assets, catalogue).text(said).what == "bus-card"
    other = yaml.safe_load((assets / "requests.yaml").read_text("utf-8"))
    assert said in other["other"]["senior_bus_card"]["requests"]["zh"]


def test_a_topic_gives_way_in_english_too(classifier: IntentClassifier) -> None:
    """Its `unless` is written in Chinese."""
    other = yaml.safe_load((ASSETS / "requests.yaml").read_text("utf-8"))["other"]
    said = other["social_security_card"]["requests"]["en"]
    assert {one: classifier.text(one, "en").what for one in said} == dict.fromkeys(said, "social-security-card")


def test_a_service_without_requests_is_known_by_its_phrases(assets: Path) -> None:
    catalogue = added_service(assets, requests={"zh": []})
    assert IntentClassifier.load(assets, catalogue).text("我要办老年公交卡").what == "bus-card"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"help: {zh: [x]}\nhlep: {}\n", "assets/requests.yaml:2: hlep: there is nothing called 'hlep' here"),
        (b"help: {zh: [x]", "assets/requests.yaml:1: this is not valid YAML"),
        (b"\xff", "assets/requests.yaml:1: this is not UTF-8 text"),
    ],
)
def test_a_broken_shipped_file_is_named_and_names_are_still_understood(
    assets: Path, catalogue: Catalogue, content: bytes, told: str
) -> None:
    (assets / "requests.yaml").write_bytes(content)
    classifier = IntentClassifier.load(assets, catalogue)
    assert any(str(one).startswith(told) for one in classifier.mistakes)
    assert classifier.text("高龄津贴").what == ALLOWANCE
    assert classifier.text("老母亲九十三了，想问问高龄的补贴怎么申请").what is None
    assert classifier.text("今天天气真好").what is None


def test_no_sentence_of_the_bench_is_among_the_examples(catalogue: Catalogue) -> None:
    """Else the bench would measure nothing."""
    text = (ASSETS / "requests.yaml").read_text("utf-8")
    files = [path for folder in ("services", "events") for path in (ASSETS / folder).glob("*.yaml")]
    text += "".join(path.read_text("utf-8") for path in files)
    lines = [line.strip() for line in text.splitlines()]
    examples = {plain(line.removeprefix("- ")) for line in lines if line.startswith("- ")}
    names = {
        plain(one) for service in catalogue.services.values() for lang in LANGS for one in service.phrases.of(lang)
    }
    for path in (ROOT / "bench" / "asking").glob("*.tsv"):
        with path.open(encoding="utf-8") as file:
            rows = {plain(row["text"]) for row in csv.DictReader(file, delimiter="\t")}
        shared = len((rows & examples) - names)
        assert shared == 0, f"{shared} of {path.name}"  # which they are is nobody's to read


def plain(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def test_ask_prints_one_line_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "高龄津贴", "今天天气真好", "", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["text"] for line in lines] == ["高龄津贴", "今天天气真好", ""]
    assert [line["service"] for line in lines] == [ALLOWANCE, None, None]
    assert all(set(line) == {"text", "service", "event", "confidence", "alternatives"} for line in lines)
    assert lines[0]["confidence"] > 0.9


def test_ask_tells_a_life_event_beside_no_service(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["ask", "我妈满八十了，能办的几样一趟办了", "满八十岁了", "我妈满八十了，那个补贴怎么领", "--json"]) == 0
    )
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["service"], line["event"]) for line in lines] == [
        (None, "turning-eighty"),
        (None, "turning-eighty"),
        (ALLOWANCE, None),
    ]


def test_ask_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "help", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("help\thelp\t")


def test_ask_waits_for_no_database_and_no_recogniser() -> None:
    program = (
        "import sys; from kiosk.cli import main; main(['ask', '高龄津贴']); "
        "print([name for name in ('sqlalchemy', 'vosk', 'PySide6', 'requests') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
