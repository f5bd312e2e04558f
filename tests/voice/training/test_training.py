"""The training pipeline's parts that need no network: corpora, augmentation, choosing when to accept."""

import tarfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy", reason="needs requirements/train.txt")
pytest.importorskip("kaldi_native_fbank", reason="needs requirements/train.txt")

from voice.recognition.bundled import Evidence
from voice.training.clips.augment import augmented, mixed, rms, shifted, trimmed
from voice.training.clips.corpus import CorpusError, read_manifest, unpack, usable
from voice.training.clips.features import RATE, SIZE, mfcc
from voice.training.evaluate import Trial, fit


def corpus(folder: Path) -> Path:
    folder.mkdir()
    rows = [
        "file\ttext\tpinyin\tspeaker\tlicence",
        "words/a.opus\t返回\t\tx\tMIT",
        "words/b.opus\t\tnv3\ty\tMIT",
        "c\tOK吧\t\tz\tMIT",
    ]
    (folder / "manifest.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "words").mkdir()
    (folder / "words" / "a.opus").write_bytes(b"a")
    with tarfile.open(folder / "words.tar", "w") as tar:
        tar.add(folder / "words", "words")
    return folder


def test_packed_corpus_is_unpacked_beside_its_manifest(tmp_path: Path) -> None:
    unpack(corpus(tmp_path / "packed"), tmp_path / "out")
    clips = read_manifest(tmp_path / "out")
    assert clips[0].path.read_bytes() == b"a"
    assert [phones for _, phones in usable(clips)] == [("f", "an", "h", "ui"), ("n", "v")]


def test_folder_without_manifest_is_one_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"is no corpus"):
        unpack(tmp_path, tmp_path / "out")


def test_features_are_forty_a_hundredth_of_a_second() -> None:
    assert mfcc(np.random.default_rng(1).standard_normal(RATE).astype(np.float32) * 1000).shape == (98, SIZE)


def test_augmentation_is_seeded_and_stays_in_range() -> None:
    wave = np.random.default_rng(1).standard_normal(RATE).astype(np.float32) * 3000
    first, again = (augmented(wave, [wave], np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(first, again)
    assert np.abs(first).max() <= 32768


def test_mixing_shifting_and_trimming_do_what_they_say() -> None:
    wave = np.sin(np.arange(RATE) / 10).astype(np.float32) * 1000
    noise = np.random.default_rng(1).standard_normal(RATE).astype(np.float32)
    assert rms(mixed(wave, noise, 20) - wave) == pytest.approx(rms(wave) / 10, rel=0.01)
    assert len(shifted(wave, 0.8)) == len(wave) / 0.8
    padded = np.concatenate((np.zeros(RATE, np.float32), wave, np.zeros(RATE, np.float32)))
    assert len(trimmed(padded)) == pytest.approx(len(wave), abs=RATE // 5)


def test_acceptance_separates_what_was_said_from_what_was_not() -> None:
    dice = np.random.default_rng(1)
    trials = []
    for _ in range(200):
        inside = dice.random() < 0.5
        lost = dice.normal(1 if inside else 10, 1)
        trials.append(
            Trial(
                "甲" if inside else None, "clean", "s18", Evidence(("甲",), ("jia",), {"lost": lost, "sounds": 3.0}, {})
            )
        )
    bias, weights, least = fit(trials)
    assert weights["lost"] < 0
    chances = [1 / (1 + np.exp(-(bias + weights["lost"] * t.found.features["lost"]))) for t in trials]
    false = [chance for chance, t in zip(chances, trials, strict=True) if t.said is None and chance >= least]
    assert len(false) <= 0.06 * sum(t.said is None for t in trials)
