"""Corpora: folders (or tar files beside a manifest) of clips, and which clips are for training or development only."""

import csv
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voice.recognition.pinyin import phones_of, readings

MANIFEST = "manifest.tsv"
COLUMNS = ("file", "text", "pinyin", "speaker", "licence")
DEVELOPMENT_SPEAKERS = ("s18", "s19", "s20", "s21")  # students that no training clip comes from


class CorpusError(Exception):
    """A corpus cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Clip:
    """One utterance: its file and what is said, as text or (one syllable, with tone) as pinyin."""

    path: Path
    text: str
    pinyin: str
    speaker: str

    def phones(self) -> tuple[str, ...]:
        """The sounds of the clip. ValueError when the text is not Mandarin that the model has sounds for."""
        if self.pinyin:
            return phones_of([syllable.rstrip("012345").replace("uu", "v") for syllable in self.pinyin.split()])
        if not all("\u4e00" <= character <= "\u9fff" for character in self.text):
            raise ValueError(f"“{self.text}” is not all Chinese characters.")
        return phones_of(readings(self.text)[0])


def unpack(folder: Path, into: Path) -> None:
    """Unpacks the tar files of `folder` (once) and puts its manifest beside them."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        raise CorpusError(f"{folder} is no corpus: it has no {MANIFEST} (docs/voice.md says what it holds).")
    into.mkdir(parents=True, exist_ok=True)
    for packed in sorted(folder.glob("*.tar")):
        if not (into / packed.stem).exists():
            with tarfile.open(packed) as tar:
                tar.extractall(into, filter="data")
    (into / MANIFEST).write_bytes(manifest.read_bytes())


def read_manifest(folder: Path) -> list[Clip]:
    """The clips of a corpus folder, in the manifest's order."""
    with (folder / MANIFEST).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Clip(folder / row["file"], row["text"], row["pinyin"], row["speaker"]) for row in rows]


def usable(clips: Sequence[Clip]) -> list[tuple[Clip, tuple[str, ...]]]:
    """The clips whose sounds are known, with these."""
    found = []
    for clip in clips:
        try:
            phones = clip.phones()
        except ValueError:
            continue
        found.append((clip, phones))
    return found
