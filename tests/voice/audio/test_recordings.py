"""Reading recordings: any rate, width and number of channels; one plain sentence for anything else."""

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voice.audio.recordings import RATE, AudioError, read_wav


def tone(rate: int, seconds: float = 1.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000])
@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24", "FLOAT", "PCM_U8"])
def test_every_rate_and_width_gives_the_same_tone(tmp_path: Path, rate: int, subtype: str) -> None:
    soundfile.write(tmp_path / "a.wav", tone(rate), rate, subtype=subtype)
    samples = read_wav(tmp_path / "a.wav")
    assert samples.dtype == np.int16
    assert len(samples) == pytest.approx(RATE, abs=40)
    assert np.argmax(np.abs(np.fft.rfft(samples[: RATE - 100]))) == pytest.approx(440, abs=4)


def test_channels_are_mixed(tmp_path: Path) -> None:
    both = np.stack((tone(RATE), np.zeros(RATE)), axis=1)
    soundfile.write(tmp_path / "a.wav", both, RATE)
    assert np.abs(read_wav(tmp_path / "a.wav")).max() == pytest.approx(0.25 * 32767, rel=0.01)


@pytest.mark.parametrize("kept", [44 + RATE, 44 + 2 * RATE - 2, 46])
def test_recording_that_is_cut_off_is_said_so(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, tone(RATE), RATE)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(AudioError, match=r" is cut off, .*: copy or record it again\.$"):
        read_wav(path)


@pytest.mark.parametrize("size", [0, 0x7FFFFFFF, 0xFFFFFFFF, 3])
def test_sizes_that_a_recorder_could_not_know_are_no_fault(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, tone(RATE), RATE)
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, 4, size)
    struct.pack_into("<I", content, 40, max(size, 0x7FFFFFFF))
    path.write_bytes(content)
    assert len(read_wav(path)) == RATE


def broken(folder: Path) -> dict[str, Path]:
    files = {
        name: folder / f"{name}.wav"
        for name in ("missing", "empty", "n" * 300, "text", "header", "short", "long", "folder")
    }
    files["empty"].write_bytes(b"")
    files["text"].write_text("not sound\n" * 100)
    soundfile.write(files["header"], np.zeros(0), RATE)
    soundfile.write(files["short"], tone(RATE, 0.1), RATE)
    soundfile.write(files["long"], np.zeros(RATE * 61, np.int16), RATE)
    files["folder"].mkdir()
    return files


@pytest.mark.parametrize("kind", ["missing", "empty", "n" * 300, "text", "header", "short", "long", "folder"])
def test_what_cannot_be_heard_is_one_plain_sentence(tmp_path: Path, kind: str) -> None:
    with pytest.raises(AudioError, match=r": .*\.$"):
        read_wav(broken(tmp_path)[kind])
