"""The spoken prompts that ship with the kiosk: which recorded clip says which text."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from voice.audio.resample import resampled
from voice.audio.samples import Samples
from voice.speech.slots import parts
from voice.speech.sound import LANGS, RATE, Lang, SpeechError

INDEX = "index.json"


class PromptsError(SpeechError):
    """The prompts folder, or a clip in it, cannot be used."""


class Prompts:
    """Clips by language and exact text, from `index.json`: {"made_with": …, "zh": {text: file}, "en": {…}}."""

    def __init__(self, folder: Path, clips: Mapping[Lang, Mapping[str, str]], trouble: str = "") -> None:
        self._folder = folder
        self.trouble = trouble  # one sentence for staff: why clips are left out
        self._clips = clips
        self._longest = {lang: max(map(len, clips[lang]), default=0) for lang in LANGS}

    @classmethod
    def load(cls, folder: Path, county: Path | None = None) -> "Prompts":
        """Those of the folder, and over them a county's own where it has any; PromptsError for the folder alone."""
        index = read_index(folder)
        own: Mapping[str, Any] = {}
        trouble = ""
        if county is not None and os.path.lexists(county / INDEX):
            try:
                own = read_index(county)
            except PromptsError as error:
                trouble = str(error)
        return cls(folder, {lang: index[lang] | _in_folder(own.get(lang, {}), county) for lang in LANGS}, trouble)

    @classmethod
    def none(cls, folder: Path, trouble: str = "") -> "Prompts":
        """No clips at all: the live voice says everything."""
        return cls(folder, {lang: {} for lang in LANGS}, trouble)

    def lookup(self, text: str, lang: Lang) -> Path | None:
        """The clip that says `text`, None when there is none."""
        name = self._clips[lang].get(text.strip())
        return self._folder / name if name else None

    def parts(self, text: str, lang: Lang) -> list[Path | None] | None:
        """The clips that together say a sentence, None among them for a short pause; None when one is missing."""
        found = parts(text.strip(), lang, self._clips[lang])
        return None if found is None else [self._folder / self._clips[lang][one] if one else None for one in found]

    def longest(self, lang: Lang) -> int:
        """Characters of the longest text that has a clip."""
        return self._longest[lang]

    def missing(self, texts: Mapping[Lang, Sequence[str]]) -> dict[Lang, list[str]]:
        """Those of `texts` that have no clip."""
        return {lang: [text for text in wanted if self.lookup(text, lang) is None] for lang, wanted in texts.items()}

    def problems(self) -> list[str]:
        """Indexed clips that are gone or unreadable, one plain sentence each; empty when all is well."""
        found = []
        for text, name in (clip for lang in LANGS for clip in self._clips[lang].items()):
            try:
                if soundfile.info(self._folder / name).frames == 0:
                    found.append(f"The spoken prompt {name} (“{text}”) is empty: run make prompts.")
            except soundfile.LibsndfileError:
                found.append(f"The spoken prompt {name} (“{text}”) is missing or damaged: run make prompts.")
        return found


def _in_folder(clips: Mapping[str, str], folder: Path | None) -> dict[str, str]:
    return {text: str(folder / name) for text, name in clips.items()} if folder else {}


def read_index(folder: Path) -> dict[str, Any]:
    """The index of a prompts folder; PromptsError when it is missing or not an index."""
    path = folder / INDEX
    if not path.is_file():
        raise PromptsError(f"There are no spoken prompts in {folder}: run make prompts.")
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise PromptsError(f"The list of spoken prompts {path} cannot be read: run make prompts.") from error
    if not isinstance(index, dict) or not all(_are_clips(index.get(lang)) for lang in LANGS):
        written = '{"zh": {TEXT: FILE}, "en": {TEXT: FILE}}'
        raise PromptsError(f"The list of spoken prompts {path} has to be {written}: mend it, or run make prompts.")
    return index


def _are_clips(clips: Any) -> bool:
    return isinstance(clips, dict) and all(isinstance(name, str) for name in clips.values())


def read_clip(path: Path) -> Samples:
    """A clip as mono samples at RATE; PromptsError when it cannot be read."""
    try:
        samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise PromptsError(f"The spoken prompt {path} is missing or damaged: run make prompts.") from error
    return resampled(np.ascontiguousarray(samples[:, 0]), rate, RATE)
