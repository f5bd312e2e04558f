"""The recogniser with the bundled model on real sound: phrases it must hear and phrases it must refuse."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from project import CLIPS, ROOT

from voice.audio.recordings import RATE, AudioError, read_wav
from voice.audio.resample import resampled
from voice.recognition.bundled import BundledRecogniser, Evidence
from voice.recognition.model import ACCENTS, ACCEPTANCE, MANIFEST, Acceptance, ModelError, accent_costs
from voice.recognition.pinyin import readings

MODEL = ROOT / "assets" / "voice_model"
LIST = ROOT / "voice" / "training" / "clips" / "development.txt"
PAIR = ("老年补贴", "回到上一页")


def part(name: str) -> list[str]:
    return LIST.read_text(encoding="utf-8").split(f"[{name}]\n")[1].split("[")[0].split()


def clips(kind: str) -> list[tuple[Path, str]]:
    return [(path, part(kind)[int(path.name.split("_")[1])]) for path in sorted(CLIPS.glob(f"{kind}_*.opus"))]


def spoken(text: str) -> np.ndarray:
    """A recording of `text` without the silence around it."""
    samples = read_wav(next(path for path, said in clips("listed") if said == text))
    loud = np.flatnonzero(np.abs(samples) > 200)
    return samples[loud[0] : loud[-1]]


@pytest.fixture(scope="module")
def kiosk() -> BundledRecogniser:
    return BundledRecogniser(MODEL, part("listed"))


@pytest.mark.parametrize(("clip", "said"), clips("listed"), ids=lambda value: getattr(value, "stem", ""))
def test_phrase_of_the_list_is_heard(kiosk: BundledRecogniser, clip: Path, said: str) -> None:
    heard = kiosk.hear(read_wav(clip))
    assert (heard.phrase, heard.text) == (said, said)
    assert 0.5 <= heard.confidence <= 1


@pytest.mark.parametrize(("clip", "said"), clips("outside"), ids=lambda value: getattr(value, "stem", ""))
def test_phrase_outside_the_list_is_refused_and_its_syllables_are_told(
    kiosk: BundledRecogniser, clip: Path, said: str
) -> None:
    heard = kiosk.hear(read_wav(clip))
    assert heard.phrase is None
    assert heard.text.replace(" ", "").isalpha()


@pytest.mark.parametrize(("clip", "said"), clips("listed"), ids=lambda value: getattr(value, "stem", ""))
def test_what_is_heard_depends_on_the_list(clip: Path, said: str) -> None:
    others = [phrase for phrase in part("listed") if phrase != said]
    assert BundledRecogniser(MODEL, others).hear(read_wav(clip)).phrase != said
    assert BundledRecogniser(MODEL, [said, "完全不同的句子"]).hear(read_wav(clip)).phrase == said


@pytest.mark.parametrize(("clip", "said"), clips("listed"), ids=lambda value: getattr(value, "stem", ""))
def test_telephone_sound_is_refused(kiosk: BundledRecogniser, clip: Path, said: str) -> None:
    telephone = resampled(resampled(read_wav(clip), RATE, 8000), 8000, RATE)
    assert kiosk.hear(telephone).phrase is None


def unspoken() -> Iterator[tuple[str, np.ndarray]]:
    dice = np.random.default_rng(1)
    seconds = 2 * RATE
    yield "silence", np.zeros(seconds, np.int16)
    yield "hiss", (dice.standard_normal(seconds) * 30).astype(np.int16)
    yield "loud noise", (dice.standard_normal(seconds) * 5000).clip(-32768, 32767).astype(np.int16)
    yield "tone", (8000 * np.sin(2 * np.pi * 300 * np.arange(seconds) / RATE)).astype(np.int16)
    yield "clipped", np.where(np.arange(seconds) % 80 < 40, 32767, -32768).astype(np.int16)
    yield "click", np.eye(1, seconds, RATE, dtype=np.int16)[0] * 30000


@pytest.mark.parametrize("sound", [pytest.param(sound, id=name) for name, sound in unspoken()])
def test_no_speech_is_no_phrase(kiosk: BundledRecogniser, sound: np.ndarray) -> None:
    assert kiosk.hear(sound).phrase is None


@pytest.mark.parametrize("seconds", [0, 0.1, 61])
def test_too_short_or_long_is_one_plain_sentence(kiosk: BundledRecogniser, seconds: float) -> None:
    with pytest.raises(AudioError, match=r": .*\.$"):
        kiosk.hear(np.zeros(int(seconds * RATE), np.int16))


def test_stream_answers_after_the_phrase_and_again_after_the_next(kiosk: BundledRecogniser) -> None:
    (first, said_first), (second, said_second) = clips("listed")[:2]
    pause = np.zeros(2 * RATE, np.int16)
    stream = np.concatenate((pause, read_wav(first), pause, read_wav(second), pause)).tobytes()
    kiosk.reset()
    answers = [kiosk.feed(stream[at : at + 3200]) for at in range(0, len(stream), 3200)]
    assert [answer.phrase for answer in answers if answer] == [said_first, said_second]


def answers(recogniser: BundledRecogniser, *pieces: np.ndarray) -> list[str | None]:
    stream = np.concatenate(pieces).tobytes()
    recogniser.reset()
    heard = [recogniser.feed(stream[at : at + 3200]) for at in range(0, len(stream), 3200)]
    return [one.phrase for one in heard if one]


def quiet(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE), np.int16)


def test_phrase_with_a_pause_inside_is_heard_as_one() -> None:
    first, second = (spoken(text) for text in PAIR)
    both = BundledRecogniser(MODEL, ["".join(PAIR)])
    assert answers(both, quiet(1), first, quiet(0.9), second, quiet(1))[-1] == "".join(PAIR)


@pytest.mark.parametrize("pause", [0.2, 0.35, 0.5])
def test_beginning_of_a_longer_phrase_waits_for_the_rest(pause: float) -> None:
    first, second = (spoken(text) for text in PAIR)
    both = BundledRecogniser(MODEL, [PAIR[0], "".join(PAIR)])
    assert answers(both, quiet(1), first, quiet(pause), second, quiet(1)) == ["".join(PAIR)]
    assert answers(both, quiet(1), first, quiet(1)) == [PAIR[0]]


def test_reset_forgets_what_was_fed(kiosk: BundledRecogniser) -> None:
    clip = read_wav(clips("listed")[0][0]).tobytes()
    kiosk.reset()
    assert kiosk.feed(clip[: len(clip) // 4 * 2]) is None
    kiosk.reset()
    pieces = [kiosk.feed(bytes(3200)) for _ in range(20)]
    assert pieces == [None] * 20


def test_phrases_that_cannot_be_heard_are_told_and_the_rest_works() -> None:
    clip, said = clips("listed")[0]
    recogniser = BundledRecogniser(MODEL, ["Help me", said, "老年补贴", "😀"])
    assert recogniser.unheard == ("Help me", "😀")
    assert recogniser.hear(read_wav(clip)).phrase == said


@pytest.mark.parametrize("phrases", [[], ["Cancel"]])
def test_list_with_nothing_to_hear_refuses_everything(phrases: list[str]) -> None:
    assert BundledRecogniser(MODEL, phrases).hear(read_wav(clips("listed")[0][0])).phrase is None


@pytest.mark.parametrize("harm", ["gone", "no manifest", "one byte", "a file less"])
def test_missing_or_damaged_model_is_one_plain_sentence(tmp_path: Path, harm: str) -> None:
    model = tmp_path / "model"
    if harm != "gone":
        shutil.copytree(MODEL, model)
    if harm == "no manifest":
        (model / MANIFEST).unlink()
    if harm == "one byte":
        content = bytearray((model / "am" / "final.mdl").read_bytes())
        content[100_000] ^= 1
        (model / "am" / "final.mdl").write_bytes(content)
    if harm == "a file less":
        (model / "conf" / "mfcc.conf").unlink()
    with pytest.raises(ModelError, match=r": install the kiosk again\.$"):
        BundledRecogniser(model, ["返回"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"least": 0.491', '"least": "0.491"'),
        ('"least": 0.491', '"least": NaN'),
        ('"least": 0.491', '"least": 0.491, "other": 1'),
        ('"lost": -0.2512367840745409', '"lost": "a"'),
        ('"weights": {', '"weights": [], "x": {'),
    ],
)
def test_acceptance_with_no_numbers_is_one_plain_sentence(tmp_path: Path, old: str, new: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    path = model / ACCEPTANCE
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")
    manifest = (model / MANIFEST).read_text(encoding="utf-8")
    changed = hashlib.sha256(path.read_bytes()).hexdigest()
    (model / MANIFEST).write_text(manifest.replace(digest, changed), encoding="utf-8")
    with pytest.raises(ModelError, match=r"is missing or damaged: install the kiosk again\.$"):
        BundledRecogniser(model, ["返回"])


def test_model_is_small() -> None:
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 12_000_000


# Nearer than 1 to the next phrase is nearer than 50 in 100.
BY_MARGIN = Acceptance(
    bias=-1.0, weights={"margin": 1.0}, least=0.5, least_margin=0.0, filler_cost=1.0, request_cost=3.0
)
# Whatever it is, it was clearly said.
CLEAR = replace(BY_MARGIN, bias=10.0, least_margin=1.5)


def found(margin: float, margin_to_third: float, *phrases: str) -> Evidence:
    return Evidence(phrases, ("hui", "dao"), {"margin": margin}, {"margin": margin_to_third})


@pytest.mark.parametrize(
    ("acceptance", "evidence", "phrase", "between"),
    [
        (BY_MARGIN, found(5, 9, "返回", "换回"), "返回", ()),
        (BY_MARGIN, found(0.1, 9, "返回", "换回"), None, ("返回", "换回")),
        (BY_MARGIN, found(0.1, 0.2, "返回", "换回"), None, ()),  # a third is as near: none of them
        (BY_MARGIN, found(0.1, 9, "返回"), None, ()),
        (CLEAR, found(1.6, 9, "返回", "换回"), "返回", ()),
        (CLEAR, found(1.4, 9, "返回", "换回"), None, ("返回", "换回")),
        (CLEAR, found(1.2, 1.4, "返回", "换回"), None, ()),
    ],
)
def test_of_two_phrases_that_cannot_be_told_apart_neither_is_taken(
    monkeypatch: pytest.MonkeyPatch,
    acceptance: Acceptance,
    evidence: Evidence,
    phrase: str | None,
    between: tuple[str, ...],
) -> None:
    recogniser = BundledRecogniser(MODEL, ["返回", "换回"])
    monkeypatch.setattr(recogniser, "_acceptance", acceptance)
    monkeypatch.setattr(recogniser, "evidence", lambda samples: evidence)
    clear = read_wav(clips("listed")[0][0])
    heard = recogniser.hear(clear)
    assert (heard.phrase, heard.between) == (phrase, between)
    assert heard.text == (phrase or "hui dao")
    muffled = recogniser.hear(resampled(resampled(clear, RATE, 8000), 8000, RATE))
    assert (muffled.phrase, muffled.between) == (None, ())


def test_what_is_freely_heard_follows_known_requests() -> None:
    said = [(readings(text)[0], read_wav(clip)) for clip, text in (*clips("outside"), *clips("listed"))]
    plain = BundledRecogniser(MODEL, ["需要帮助"])
    asked = BundledRecogniser(MODEL, ["需要帮助"], own_words=tuple(syllables for syllables, _ in said))
    for syllables, samples in said:
        assert asked.hear(samples).phrase == plain.hear(samples).phrase, syllables
    right = {
        recogniser: sum(recogniser.hear(samples).syllables == syllables for syllables, samples in said)
        for recogniser in (plain, asked)
    }
    assert right[asked] > max(right[plain], len(said) / 3)


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"{",
        '{"口音": 1}'.encode("gbk"),
        b"[]",
        b'{"default": 1}',
        b'{"default": {"zh": 1}}',
        b'{"default": {"xx": {"z": 1}}}',
        b'{"default": {"zh": {"xx": 1}}}',
        b'{"default": {"zh": {"z": "1"}}}',
        b'{"default": {"zh": {"z": -1}}}',
        b'{"default": {"zh": {"z": NaN}}}',
    ],
)
def test_missing_or_damaged_accents_are_one_plain_sentence(tmp_path: Path, content: bytes | None) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    (tmp_path / "model" / ACCENTS).unlink()
    if content is not None:
        (tmp_path / "model" / ACCENTS).write_bytes(content)
    with pytest.raises(ModelError, match=rf"{ACCENTS} is missing or damaged: install the kiosk again\.$"):
        BundledRecogniser(tmp_path / "model", ["返回"])


def test_unknown_accent_names_the_known_ones() -> None:
    with pytest.raises(ModelError, match=r"^There is no accent 'martian'\. The accents: .*default.*sichuan.*\.$"):
        accent_costs(MODEL, "martian")
    assert accent_costs(MODEL, "default")
