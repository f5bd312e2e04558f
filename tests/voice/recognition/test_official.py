"""The recogniser for models with words of their own, on the stand-in made here and on the official model.

The official one is heard with when OFFICIAL_MODEL names the folder that `kiosk voice install-model` put it in.
"""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from standin_model import make, missing_tools
from test_bundled import MODEL, clips, part, unspoken

from voice.audio.recordings import RATE, AudioError, read_wav
from voice.recognition.bundled import BundledRecogniser
from voice.recognition.choice import check_any, recogniser_for
from voice.recognition.install import write_manifest
from voice.recognition.model import LOOKAHEAD, MANIFEST, ModelError
from voice.recognition.official import OfficialRecogniser, agreement, in_words
from voice.recognition.recogniser import Heard, Recogniser

OFFICIAL = os.environ.get("OFFICIAL_MODEL", "")


@pytest.fixture(scope="module")
def standin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if missing := missing_tools():
        pytest.skip(missing)
    model = make(tmp_path_factory.mktemp("models") / "standin")
    write_manifest(model)
    return model


@pytest.fixture(scope="module", params=["standin", "official"])
def model(request: pytest.FixtureRequest) -> Path:
    if request.param == "official":
        return Path(OFFICIAL) if OFFICIAL else pytest.skip("OFFICIAL_MODEL names no installed official model")
    folder: Path = request.getfixturevalue("standin")
    return folder


@pytest.fixture(scope="module")
def kiosk(model: Path) -> Recogniser:
    return recogniser_for(model, part("listed"))


@pytest.fixture(scope="module")
def heard(kiosk: Recogniser) -> list[tuple[Heard, str, Path]]:
    """Of every clip of the list: what was heard, what was said."""
    return [(kiosk.hear(read_wav(clip)), said, clip) for clip, said in clips("listed")]


def test_what_the_folder_holds_decides_who_hears(model: Path) -> None:
    assert type(recogniser_for(model, ["返回"])) is OfficialRecogniser
    assert type(recogniser_for(MODEL, ["返回"])) is BundledRecogniser


def test_phrases_of_the_list_are_heard_or_refused_but_never_taken_for_another(
    heard: list[tuple[Heard, str, Path]],
) -> None:
    assert all(one.phrase in (said, None) for one, said, _ in heard)
    assert sum(one.phrase == said for one, said, _ in heard) >= len(heard) / 2
    assert all(one.confidence >= 0.5 and one.text == said for one, said, _ in heard if one.phrase)


@pytest.mark.parametrize(("clip", "said"), clips("outside"), ids=lambda value: getattr(value, "stem", ""))
def test_phrase_outside_the_list_is_refused_and_its_syllables_are_told(
    kiosk: Recogniser, clip: Path, said: str
) -> None:
    heard = kiosk.hear(read_wav(clip))
    assert heard.phrase is None
    assert heard.syllables
    assert heard.text == " ".join(heard.syllables)


@pytest.mark.parametrize("sound", [pytest.param(sound, id=name) for name, sound in unspoken()])
def test_no_speech_is_no_phrase(kiosk: Recogniser, sound: np.ndarray) -> None:
    assert kiosk.hear(sound).phrase is None


def test_faint_hiss_is_nobody_speaking(kiosk: Recogniser) -> None:
    hiss = (np.random.default_rng(1).standard_normal(2 * RATE) * 30).astype(np.int16)
    assert kiosk.hear(hiss).text == ""


@pytest.mark.parametrize("seconds", [0, 0.1, 61])
def test_too_short_or_long_is_one_plain_sentence(kiosk: Recogniser, seconds: float) -> None:
    with pytest.raises(AudioError, match=r": .*\.$"):
        kiosk.hear(np.zeros(int(seconds * RATE), np.int16))


def test_stream_answers_after_each_phrase(kiosk: Recogniser, heard: list[tuple[Heard, str, Path]]) -> None:
    surest = [(clip, said) for one, said, clip in sorted(heard, key=lambda one: -one[0].confidence)[:2]]
    pause = np.zeros(RATE, np.int16)
    stream = np.concatenate([pause, *(np.append(read_wav(clip), pause) for clip, _ in surest)]).tobytes()
    kiosk.reset()
    answers = [kiosk.feed(stream[at : at + 3200]) for at in range(0, len(stream), 3200)]
    assert [answer.phrase for answer in answers if answer] == [said for _, said in surest]


def test_words_that_the_model_lacks_are_named_and_the_rest_is_heard(standin: Path) -> None:
    clip, said = clips("listed")[1]
    recogniser = recogniser_for(standin, ["龘龘之家", "Help me", said])
    assert recogniser.unheard == ("Help me", "龘龘之家")
    assert recogniser.reasons["龘龘之家"] == "“龘龘之家” has “龘”, a word that this voice model does not know."
    assert recogniser.hear(read_wav(clip)).phrase == said


@pytest.mark.parametrize("phrases", [[], ["Cancel"], ["龘"]])
def test_list_with_nothing_to_hear_refuses_everything(standin: Path, phrases: list[str]) -> None:
    assert recogniser_for(standin, phrases).hear(read_wav(clips("listed")[1][0])).phrase is None


@pytest.mark.parametrize("part", [*LOOKAHEAD, "conf/model.conf", "graph/disambig_tid.int", MANIFEST])
@pytest.mark.parametrize("harm", ["gone", "cut off", "altered"])
def test_damaged_model_is_one_plain_sentence_before_vosk_reads_it(
    tmp_path: Path, standin: Path, part: str, harm: str
) -> None:
    model = shutil.copytree(standin, tmp_path / "model")
    content = (model / part).read_bytes()
    if harm == "gone":
        (model / part).unlink()
    else:
        (model / part).write_bytes(content[: len(content) // 2] + (b"" if harm == "cut off" and content else b"x"))
    with pytest.raises(ModelError, match=r": install it again with kiosk voice install-model\.$"):
        recogniser_for(model, ["返回"])
    with pytest.raises(ModelError):
        check_any(model)


def test_model_that_cannot_refuse_is_not_used(tmp_path: Path, standin: Path) -> None:
    model = make(tmp_path / "model", unknown="[other]")
    write_manifest(model)
    with pytest.raises(ModelError, match=r"has no word \[unk\], so it cannot refuse: use another\.$"):
        recogniser_for(model, ["返回"])


def test_no_model_at_all_is_one_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^There is no voice model in .*: .*install-model\.$"):
        recogniser_for(tmp_path / "none", ["返回"])


KNOWN = {"老年", "老", "年", "津贴", "津", "贴", "年津", "号窗口", "窗", "口老年", "一", "幺", "号", "vip", "窗口"}


@pytest.mark.parametrize(
    ("phrase", "rows", "lacking"),
    [
        ("老年津贴", [["老年", "津贴"]], ""),  # not 老 年津 贴
        ("号窗口老年", [["号窗口", "老年"]], ""),  # not 号 窗 口老年
        ("老年，津贴！", [["老年", "津贴"]], ""),
        ("1号", [["一", "号"], ["幺", "号"]], ""),
        ("１号", [["一", "号"], ["幺", "号"]], ""),
        ("VIP窗口", [["vip", "窗口"]], ""),
        ("老年补贴", [], "补"),
        ("2号", [], "二"),
    ],
)
def test_phrase_is_cut_into_the_fewest_known_words(phrase: str, rows: list[list[str]], lacking: str) -> None:
    assert in_words(phrase, KNOWN.__contains__) == (rows, lacking)


def test_agreement_is_what_is_the_same_of_the_longer() -> None:
    assert agreement("abcd", "abcd") == 1
    assert agreement("abcd", "abd") == 0.75
    assert agreement("", "abd") == 0
