"""What is heard for a text: clips, live voice, pauses, speeds, numbers."""

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voice.audio.loudness import SPEECH_LUFS, levelled, loudness
from voice.audio.resample import Resampler, resampled
from voice.audio.samples import Samples
from voice.audio.stretch import stretched
from voice.speech.live import LiveVoice, LiveVoiceError
from voice.speech.prompts import Prompts
from voice.speech.render import PAUSE_S, SpeechError, pieces, render, speak_to_file, spoken_form
from voice.speech.sound import RATE, Lang

PAUSE = int(PAUSE_S * RATE)


def tone(seconds: float, hertz: float = 440.0, rate: int = RATE) -> Samples:
    return (8000 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(np.int16)


def main_frequency(samples: Samples, rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate / len(samples))


class Scribe:
    """A live voice that writes down what it is asked to say; every text takes a tenth of a second."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def say(self, text: str, lang: Lang) -> Samples:
        self.texts.append(text)
        return np.full(RATE // 10, 99, dtype=np.int16)


@pytest.fixture
def prompts(tmp_path: Path) -> Prompts:
    """Clips of half a second each."""
    texts = ["您好。", "请坐。您好。", "请坐。您好。慢慢来。", "返回", "您叫什么名字？"]
    clips = {text: f"zh/{number}.wav" for number, text in enumerate(texts)}
    (tmp_path / "zh").mkdir()
    for name in clips.values():
        soundfile.write(tmp_path / name, np.full(RATE // 2, 55, dtype=np.int16), RATE)
    return Prompts(tmp_path, {"zh": clips, "en": {}})


@pytest.mark.parametrize(
    ("parts", "seconds", "live"),
    [
        (["返回"], 0.5, []),
        (["您好。", "返回"], 0.5 + PAUSE_S + 0.5, []),
        (["您好。您叫什么名字？"], 0.5 + PAUSE_S + 0.5, []),  # joined, found by its sentences
        (["请坐。您好。返回"], 0.5 + PAUSE_S + 0.5, []),
        (["请坐。您好。慢慢来。"], 0.5, []),  # the longest clip wins
        (["您好。王秀英。"], 0.5 + PAUSE_S + 0.1, ["王秀英。"]),
        ([" 返回 "], 0.5, []),
        (["", "……"], 0.0, []),
    ],
)
def test_clips_are_used_where_there_are_any(
    prompts: Prompts, parts: list[str], seconds: float, live: list[str]
) -> None:
    scribe = Scribe()
    assert len(render(parts, "zh", "normal", prompts, scribe)) == pytest.approx(seconds * RATE, abs=2)
    assert scribe.texts == live


def test_a_lost_or_damaged_clip_is_spoken_by_the_live_voice(prompts: Prompts) -> None:
    for text, breaks in (("返回", Path.unlink), ("您好。", lambda clip: clip.write_bytes(b"no sound"))):
        clip = prompts.lookup(text, "zh")
        assert clip is not None
        breaks(clip)
        scribe = Scribe()
        assert len(render([text], "zh", "normal", prompts, scribe))
        assert scribe.texts == [text]
    assert len(prompts.problems()) == 2  # kiosk doctor says so


@pytest.mark.parametrize(("speed", "factor"), [("slow", 1.25), ("normal", 1.0), ("fast", 0.8)])
def test_speed_changes_how_long_it_takes(prompts: Prompts, speed: str, factor: float) -> None:
    spoken = render(["您好。", "返回"], "zh", speed, prompts, Scribe())  # type: ignore[arg-type]
    assert len(spoken) == pytest.approx((RATE + PAUSE) * factor, abs=2)


@pytest.mark.parametrize("factor", [0.8, 1.25, 1.5])
def test_slower_and_faster_speech_keeps_its_pitch_and_loudness(factor: float) -> None:
    out = stretched(tone(2), RATE, factor)
    assert len(out) == pytest.approx(2 * RATE * factor, abs=1)
    assert main_frequency(out, RATE) == pytest.approx(440, abs=1)
    assert loudness(out, RATE) == pytest.approx(loudness(tone(2), RATE), abs=0.2)


def test_chinese_names_are_read_in_english_too() -> None:
    assert spoken_form("王秀英 is coming on 2026-11-23", "en") == "wang xiu ying is coming on 23 November 2026"
    assert spoken_form("2026-11-23", "zh") == "二零二六年十一月二十三日"


def test_speak_to_file_writes_what_is_heard(prompts: Prompts, tmp_path: Path) -> None:
    out = tmp_path / "out.wav"
    assert speak_to_file("您好。返回", "zh", out, prompts, Scribe()) == pytest.approx(1 + PAUSE_S, abs=0.001)
    info = soundfile.info(out)
    assert (info.samplerate, info.channels, info.subtype) == (RATE, 1, "PCM_16")


def test_speak_to_file_says_what_is_wrong(prompts: Prompts, tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="give some words"):
        speak_to_file(" 。", "zh", tmp_path / "out.wav", prompts, Scribe())
    with pytest.raises(SpeechError, match="folder that exists"):
        speak_to_file("返回", "zh", tmp_path / "nowhere" / "out.wav", prompts, Scribe())
    with pytest.raises(SpeechError, match="longer than 2000 characters"):
        speak_to_file("您" * 2001, "zh", tmp_path / "out.wav", prompts, Scribe())
    with pytest.raises(SpeechError, match="not UTF-8"):
        speak_to_file("您\udcff", "zh", tmp_path / "out.wav", prompts, Scribe())
    os.mkfifo(tmp_path / "pipe")
    for no_file in ("pipe", "."):
        with pytest.raises(SpeechError, match="is no file"):
            speak_to_file("返回", "zh", tmp_path / no_file, prompts, Scribe())


def test_many_sentences_are_cut_in_no_time(prompts: Prompts) -> None:
    """Looking for a clip of each stretch of them would take hours."""
    assert len(list(pieces("请坐。您好。王秀英。" * 5000, "zh", prompts))) == 10_000


def test_the_live_voice_speaks_both_languages_as_loud_as_the_clips(capfd: pytest.CaptureFixture[str]) -> None:
    live = LiveVoice()
    chinese, english = live.say("请叫王秀英来。", "zh"), live.say("Please sit down", "en")
    again = live.say("请叫王秀英来。", "zh")
    live.close()
    assert 1.0 < len(chinese) / RATE < 4.0
    assert 0.5 < len(english) / RATE < 3.0
    for spoken in (chinese, english):
        assert loudness(spoken, RATE) == pytest.approx(SPEECH_LUFS, abs=1.0)
    assert again is chinese  # kept
    assert capfd.readouterr().out == ""


def test_the_live_voice_reads_chinese_characters() -> None:
    """espeak-ng 1.51 says the same English words, “Chinese letter”, for every character: 20 would take far longer."""
    live = LiveVoice()
    seconds = len(live.say("请您把身份证放在读卡区然后慢慢往前走", "zh")) / RATE
    live.close()
    assert 18 / 5.5 < seconds < 18 / 2.5


def test_the_live_voice_forgets_when_told() -> None:
    live = LiveVoice()
    before = live.say("王秀英", "zh")
    live.forget()
    assert live.say("王秀英", "zh") is not before
    live.close()


def test_the_live_voice_refuses_nothing_to_say() -> None:
    live = LiveVoice()
    with pytest.raises(ValueError, match="no word"):
        live.say("……", "zh")
    live.close()


def test_a_live_voice_that_cannot_start_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("espeakng_loader.get_library_path", lambda: "/nowhere/libespeak-ng.so")
    live = LiveVoice()
    with pytest.raises(LiveVoiceError, match="make setup"):
        live.say("您好", "zh")
    live.close()


def test_an_engine_that_writes_nothing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveVoice()
    live.say("您好", "zh")
    monkeypatch.setattr("voice.speech.live.LONGEST_RUN_S", 0.01)
    monkeypatch.setattr(live._engine, "runAndWait", lambda: None)
    with pytest.raises(LiveVoiceError, match="did not speak"):
        live.say("再见", "zh")
    live.close()


def test_a_full_disk_is_told_and_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    live = LiveVoice()
    with monkeypatch.context() as broken:
        broken.setattr("voice.speech.live.tempfile.TemporaryDirectory", full)
        with pytest.raises(LiveVoiceError, match="free some space"):
            live.say("您好", "zh")
    assert len(live.say("您好", "zh"))
    live.close()


def test_loudness_is_that_of_the_standard() -> None:
    """BS.1770: a 997 Hz sine at full scale on one channel is -3.01 LUFS."""
    sine = np.rint(32767 * np.sin(2 * np.pi * 997 * np.arange(5 * RATE) / RATE)).astype(np.int16)
    assert loudness(sine, RATE) == pytest.approx(-3.01, abs=0.1)
    assert loudness(np.zeros(RATE, dtype=np.int16), RATE) == float("-inf")


def test_levelling_makes_quiet_and_loud_alike_and_never_clips() -> None:
    for quieter in (1, 20):
        assert loudness(levelled(tone(1) // quieter, RATE), RATE) == pytest.approx(SPEECH_LUFS, abs=0.1)
    click = np.zeros(RATE, dtype=np.int16)
    click[::6000] = 3000
    assert np.abs(levelled(click, RATE).astype(int)).max() < 32767


@pytest.mark.parametrize(("rate_in", "rate_out"), [(48000, 16000), (44100, 16000), (22050, 24000), (24000, 48000)])
def test_resampling_in_chunks_keeps_the_tone_without_seams(rate_in: int, rate_out: int) -> None:
    source = tone(1, 1000, rate_in)
    resampler = Resampler(rate_in, rate_out)
    chunks = [resampler(chunk) for chunk in np.array_split(source, 37)]
    whole = np.concatenate([*chunks, resampler.flush()])
    assert np.array_equal(whole, resampled(source, rate_in, rate_out))
    assert len(whole) == pytest.approx(rate_out, abs=1)
    inner = slice(rate_out // 10, -rate_out // 10)
    assert np.abs(whole - tone(1, 1000, rate_out)[: len(whole)].astype(int))[inner].max() < 4


def test_resampling_down_drops_what_would_fold_back() -> None:
    assert np.abs(resampled(tone(1, 11000, 48000), 48000, 16000)[500:-500].astype(int)).max() < 10
