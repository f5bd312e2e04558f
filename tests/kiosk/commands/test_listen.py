"""`kiosk listen` on whatever it is given: a phrase only when one was said, one plain sentence for what cannot be heard.

Slowness would show as the time limit of the tests: nothing here may take long.
"""

import json
import os
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from project import ASSETS, CLIPS

from kiosk.cli import main
from voice.audio.recordings import RATE, read_wav
from voice.audio.resample import resampled

SAID = "回到上一页"
OTHERS = ["女士", "城镇户口", "放大字体", "返回"]
Sound = NDArray[np.float64]


@pytest.fixture(scope="module")
def speech() -> Sound:
    """SAID, -1 to 1 at RATE."""
    return read_wav(CLIPS / "listed_05_zm_yunyang.opus") / 32768


@pytest.fixture
def phrases(tmp_path: Path) -> Path:
    path = tmp_path / "phrases.txt"
    path.write_text("\n".join([SAID, *OTHERS]), encoding="utf-8")
    return path


def listen(
    capsys: pytest.CaptureFixture[str], file: Path, phrases: Path, status: int = 0
) -> tuple[dict[str, Any] | None, str]:
    """What is told of `file`, None when it cannot be heard, and what stands on stderr."""
    assert main(["listen", str(file), "--phrases", str(phrases), "--json"]) == status
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return (json.loads(out) if out else None), err


def at_rate(sound: Sound, rate: int) -> NDArray[np.int16]:
    return resampled(np.rint(sound * 32767).astype(np.int16), RATE, rate)


HEARD: dict[str, Callable[[Path, Sound], None]] = {
    "16 bit": lambda path, sound: soundfile.write(path, sound, RATE),
    "24 bit": lambda path, sound: soundfile.write(path, sound, RATE, "PCM_24"),
    "32 bit": lambda path, sound: soundfile.write(path, sound, RATE, "PCM_32"),
    "float": lambda path, sound: soundfile.write(path, sound, RATE, "FLOAT"),
    "double": lambda path, sound: soundfile.write(path, sound, RATE, "DOUBLE"),
    "stereo": lambda path, sound: soundfile.write(path, np.stack((sound, sound), 1), RATE),
    "one of two channels": lambda path, sound: soundfile.write(path, np.stack((sound, 0 * sound), 1), RATE),
    "six channels": lambda path, sound: soundfile.write(path, np.stack([sound] * 6, 1), RATE),
    "44.1 kHz": lambda path, sound: soundfile.write(path, at_rate(sound, 44100), 44100),
    "96 kHz": lambda path, sound: soundfile.write(path, at_rate(sound, 96000), 96000),
    "soft": lambda path, sound: soundfile.write(path, sound / 20, RATE),
    "a constant beside it": lambda path, sound: soundfile.write(path, sound / 2 + 0.3, RATE),
}


@pytest.mark.parametrize("kind", HEARD)
def test_every_usual_recording_is_heard(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, speech: Sound, kind: str
) -> None:
    HEARD[kind](tmp_path / "a.wav", speech)
    told, err = listen(capsys, tmp_path / "a.wav", phrases)
    assert told is not None
    assert (told["phrase"], err) == (SAID, "")


def with_header(offset: int, layout: str, value: int) -> Callable[[Path, Sound], None]:
    """A good WAV file with another number in its header."""

    def write(path: Path, sound: Sound) -> None:
        soundfile.write(path, sound, RATE)
        content = bytearray(path.read_bytes())
        struct.pack_into(layout, content, offset, value)
        path.write_bytes(content)

    return write


def cut_to(part: float) -> Callable[[Path, Sound], None]:
    def write(path: Path, sound: Sound) -> None:
        soundfile.write(path, sound, RATE)
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])

    return write


UNHEARD: dict[str, tuple[Callable[[Path, Sound], object], str]] = {
    "missing": (lambda path, sound: None, "There is no file"),
    "folder": (lambda path, sound: path.mkdir(), "There is no file"),
    "pipe": (lambda path, sound: os.mkfifo(path), "There is no file"),
    "empty": (lambda path, sound: path.write_bytes(b""), "is not a sound file"),
    "text": (lambda path, sound: path.write_text("sound\n" * 1000), "is not a sound file"),
    "noise of bytes": (lambda path, sound: path.write_bytes(bytes(range(256)) * 200), "is not a sound file"),
    "header alone": (lambda path, sound: soundfile.write(path, sound[:0], RATE), "holds less than 0.2 seconds"),
    "a moment": (lambda path, sound: soundfile.write(path, sound[:1600], RATE), "holds less than 0.2 seconds"),
    "15.1 s": (lambda path, sound: soundfile.write(path, np.zeros(241600), RATE), "is longer than 15 seconds"),
    "10 minutes": (lambda path, sound: soundfile.write(path, np.zeros(600 * RATE), RATE), "is longer than 15 seconds"),
    "half": (cut_to(0.5), "is cut off"),
    "nearly all": (cut_to(0.99), "is cut off"),
    "half a header": (cut_to(0.0004), "is cut off"),
    "not a number": (
        lambda path, sound: soundfile.write(path, np.append(sound, np.nan), RATE, "FLOAT"),
        "holds broken samples",
    ),
    "no channel": (with_header(22, "<H", 0), "is not a sound file"),
    "65,535 channels": (with_header(22, "<H", 65535), "is not a sound file"),
    "no rate": (with_header(24, "<I", 0), "is not a sound file"),
    "no bits": (with_header(34, "<H", 0), "is not a sound file"),
    "unknown coding": (with_header(20, "<H", 99), "is not a sound file"),
    "2 GHz": (with_header(24, "<I", 2_000_000_000), "holds less than 0.2 seconds"),
    "9,999,991 Hz": (
        lambda path, sound: soundfile.write(path, np.zeros(2_100_000), 9_999_991),
        "has 9999991 samples a second",
    ),
    "no length": (with_header(40, "<I", 0), "holds less than 0.2 seconds"),
}


@pytest.mark.parametrize("kind", UNHEARD)
def test_what_cannot_be_heard_is_one_plain_sentence_at_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, speech: Sound, kind: str
) -> None:
    write, sentence = UNHEARD[kind]
    write(tmp_path / "a.wav", speech)
    started = time.monotonic()
    told, err = listen(capsys, tmp_path / "a.wav", phrases, status=1)
    assert time.monotonic() - started < 5
    assert told is None
    assert sentence in err
    assert err.count("\n") == 1
    assert err.endswith(".\n")


@pytest.mark.parametrize("size", [0x7FFFFFFF, 0xFFFFFFFF])
def test_header_of_a_recorder_that_did_not_know_the_length_is_no_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, speech: Sound, size: int
) -> None:
    with_header(40, "<I", size)(tmp_path / "a.wav", speech)
    told, _ = listen(capsys, tmp_path / "a.wav", phrases)
    assert told is not None
    assert told["phrase"] == SAID


def tones(*hertz: float) -> Sound:
    return np.concatenate([0.5 * np.sin(2 * np.pi * f * np.arange(RATE // 3) / RATE) for f in hertz])


TIME = np.arange(2 * RATE) / RATE
HISS = np.random.default_rng(7).standard_normal(2 * RATE)
NOT_SPEECH: dict[str, tuple[Sound, str]] = {
    "silence": (np.zeros(2 * RATE), "Nobody speaks in"),
    "silence of 15 s": (np.zeros(15 * RATE), "Nobody speaks in"),
    "faint hiss": (HISS * 0.0005, "Nobody speaks in"),
    "loud hiss": (HISS * 0.1, ""),
    "hiss that comes and goes": (HISS * 0.1 * (1 + np.sin(2 * np.pi * 4 * TIME)), ""),
    "hum": (0.3 * np.sin(2 * np.pi * 50 * TIME), ""),
    "beeps": (0.5 * np.sin(2 * np.pi * 1000 * TIME) * (np.sin(2 * np.pi * 4 * TIME) > 0), ""),
    "tune": (tones(262, 294, 330, 349, 392, 330), ""),
    "chord": (sum((0.2 * np.sin(2 * np.pi * f * TIME) for f in (220, 277, 330)), np.zeros(2 * RATE)), ""),
    "siren": (0.5 * np.sin(2 * np.pi * (100 * TIME + 900 * TIME**2)), ""),
    "overdriven": (np.sign(np.sin(2 * np.pi * 150 * TIME)), "turn the microphone down"),
    "clicks": ((np.arange(2 * RATE) % 4000 == 0) * 0.9, ""),
}


@pytest.mark.parametrize("kind", NOT_SPEECH)
def test_nothing_is_guessed_where_nobody_speaks(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, kind: str
) -> None:
    sound, sentence = NOT_SPEECH[kind]
    soundfile.write(tmp_path / "a.wav", sound, RATE, "FLOAT")
    told, err = listen(capsys, tmp_path / "a.wav", phrases)
    assert told is not None
    assert told["phrase"] is None
    assert sentence in err


@pytest.mark.parametrize("gain", [10, 50])
def test_clipped_speech_is_heard_or_refused_and_said_to_be_clipped(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, speech: Sound, gain: float
) -> None:
    soundfile.write(tmp_path / "a.wav", np.clip(speech * gain, -1, 1), RATE)
    told, err = listen(capsys, tmp_path / "a.wav", phrases)
    assert told is not None
    assert told["phrase"] in (SAID, None)
    assert "turn the microphone down" in err


def test_8_khz_is_refused_and_said_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, speech: Sound
) -> None:
    soundfile.write(tmp_path / "a.wav", at_rate(speech, 8000), 8000)
    told, err = listen(capsys, tmp_path / "a.wav", phrases)
    assert told is not None
    assert told["phrase"] is None
    assert "record it at 16 kHz or more." in err


def test_samples_without_a_header_are_one_plain_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path
) -> None:
    (tmp_path / "a.raw").write_bytes(bytes(64000))
    _, err = listen(capsys, tmp_path / "a.raw", phrases, status=1)
    assert err.endswith(" is not a sound file that can be read: save it as a WAV file.\n")


def test_one_bad_file_does_not_stop_the_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, speech: Sound
) -> None:
    (tmp_path / "bad.wav").write_bytes(b"")
    soundfile.write(tmp_path / "good.wav", speech, RATE)
    files = [str(tmp_path / name) for name in ("bad.wav", "good.wav", "none.wav")]
    assert main(["listen", *files, "--phrases", str(phrases), "--json"]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["phrase"] for line in out.splitlines()] == [SAID]
    assert err.count("\n") == 2


LISTS: dict[str, tuple[str, str | None, str]] = {
    "repeated": (f"{SAID}\n" * 5, SAID, ""),
    "sounding alike": (f"{SAID}\n回道上一夜\n", SAID, "“回道上一夜” sounds like “回到上一页”."),
    "English": (f"Help me\n{SAID}\n", SAID, "“Help me” has “help”, which is not Mandarin"),
    "letters": (f"VIP窗口\nＶＩＰ\nA4纸\n{SAID}\n", SAID, ""),
    "digits": (f"12345\n１２３\n2026年3月\n{SAID}\n", SAID, ""),
    "rare characters": (f"龘靐\n𠀀𠮷\n{SAID}\n", SAID, "“𠀀𠮷” has “𠀀”, which is not Mandarin"),
    "other languages": (f"こんにちは\n안녕\n{SAID}\n", SAID, "“안녕” has “안”, which is not Mandarin"),
    "emoji": (f"👴🏻\n{SAID}❤️\n", f"{SAID}❤️", "“👴🏻” has no word in it."),
    "byte order mark": (f"\ufeff{SAID}\n", SAID, ""),
    "other line ends": (f"返回\r\n{SAID}\r下一步", SAID, ""),
    "punctuation": (f"！！！\n“{SAID}”。\n", f"“{SAID}”。", "“！！！” has no word in it."),
    "invisible characters": (f"回到\u200b上一页\n{chr(0)}返回\n", "回到\u200b上一页", ""),
    "a very long line": (
        "回" * 100_000 + f"\n{SAID}\n",
        SAID,
        "“回回回回回回回回回回回回…” is longer than 40 characters.",
    ),
    "many ways to read": ("行" * 40 + f"\n{SAID}\n", SAID, ""),
    "nothing that can be heard": ("Yes\n😀\n", None, "“😀” has no word in it."),
    "without what was said": ("返回\n女士\n", None, ""),
}


@pytest.mark.parametrize("kind", LISTS)
def test_any_list_is_taken_and_what_cannot_be_heard_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, speech: Sound, kind: str
) -> None:
    content, phrase, sentence = LISTS[kind]
    phrases.write_text(content, encoding="utf-8", newline="")
    soundfile.write(tmp_path / "a.wav", speech, RATE)
    told, err = listen(capsys, tmp_path / "a.wav", phrases)
    assert told is not None
    assert told["phrase"] == phrase
    assert sentence in err
    assert bool(err) == bool(sentence)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n \n\t\n", b"# only this\n", SAID.encode("gbk"), SAID.encode("utf-16"), bytes(range(256)), None],
    ids=["empty", "blank", "comment", "GBK", "UTF-16", "bytes", "missing"],
)
def test_list_that_cannot_be_used_is_wrong_use_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, content: bytes | None
) -> None:
    phrases.unlink() if content is None else phrases.write_bytes(content)
    told, err = listen_wrongly(capsys, tmp_path / "a.wav", phrases)
    assert told == ""
    assert err.startswith("The phrase list ")
    assert err.count("\n") == 1


def test_list_from_a_pipe_is_not_waited_for(capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    told, err = listen_wrongly(capsys, tmp_path / "a.wav", tmp_path / "pipe")
    assert (told, err) == ("", f"The phrase list {tmp_path / 'pipe'} is no file: check the name.\n")


def listen_wrongly(capsys: pytest.CaptureFixture[str], file: Path, phrases: Path) -> tuple[str, str]:
    assert main(["listen", str(file), "--phrases", str(phrases), "--json"]) == 2
    return tuple(capsys.readouterr())


def test_five_thousand_phrases_are_taken(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, speech: Sound
) -> None:
    dice = np.random.default_rng(5)
    characters = list("我你他上下一二三天地人口手大小多少来去年月日水火山石田土办查返补贴老幼男女高低长")
    rows = {"".join(dice.choice(characters, dice.integers(3, 9))) for _ in range(5000)}
    phrases.write_text("\n".join([*sorted(rows), SAID]), encoding="utf-8")
    soundfile.write(tmp_path / "a.wav", speech, RATE)
    told, _ = listen(capsys, tmp_path / "a.wav", phrases)
    assert told is not None
    assert told["phrase"] in (SAID, None)


@pytest.mark.parametrize("harm", ["gone", "empty", "cut off", "altered"])
@pytest.mark.parametrize("part", ["am/final.mdl", "conf/mfcc.conf", "acceptance.json", "SHA256SUMS"])
def test_damaged_model_is_one_plain_sentence(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    phrases: Path,
    monkeypatch: pytest.MonkeyPatch,
    part: str,
    harm: str,
) -> None:
    model = copied_model(tmp_path / "model")
    content = (model / part).read_bytes()
    if harm == "gone":
        (model / part).unlink()
    else:
        broken = {"empty": b"", "cut off": content[: len(content) // 2], "altered": b"x" + content[1:]}
        (model / part).write_bytes(broken[harm])
    monkeypatch.setenv("YINLING_VOICE_MODEL", str(model))
    told, err = listen(capsys, tmp_path / "a.wav", phrases, status=1)
    assert told is None
    assert err.startswith("The voice model")
    assert err.endswith(": install the kiosk again.\n")


def copied_model(folder: Path) -> Path:
    bundled = ASSETS / "voice_model"
    for path in (path for path in bundled.rglob("*") if path.is_file()):
        target = folder / path.relative_to(bundled)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return folder


def test_full_disk_is_one_plain_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phrases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("voice.recognition.model.tempfile.TemporaryDirectory", full)
    _, err = listen(capsys, tmp_path / "a.wav", phrases, status=1)
    assert err == "The voice model cannot be prepared (No space left on device): free some disk space.\n"
