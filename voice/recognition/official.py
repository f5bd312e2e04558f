"""Hears with a vosk model that brings words of its own, such as the official vosk-model-small-cn-0.22.

Such a model takes no graphs of ours; vosk makes a grammar for it, out of the words that it knows. Two decoders hear the
same sound: one with the grammar, the other any words. A phrase counts when the first hears all its words and nothing
else, and what the second hears sounds nearly the same. Everything else is refused.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import vosk
from numpy.typing import NDArray

from voice.audio.recordings import RATE
from voice.recognition.decoder import padded
from voice.recognition.model import LOOKAHEAD, PAUSES, ModelError, check_files, open_model, private_folder
from voice.recognition.phrases import sound_out
from voice.recognition.pinyin import phones_of, readings
from voice.recognition.quality import is_narrow, is_spoken
from voice.recognition.recogniser import Heard, Recogniser, beginnings
from voice.speech.numbers import ZH_DIGITS

LEAST_AGREEMENT = 0.5  # of the sounds; below, the stand-in of the tests accepts phrases outside the list
UNKNOWN = "[unk]"  # the model's word for what it does not know
_LONGEST_WORD = 8  # characters
_MEND = "install it again with kiosk voice install-model."


def check_official(model_dir: Path) -> None:
    """ModelError unless the model in the folder is whole."""
    check_files(model_dir, LOOKAHEAD, _MEND)


class OfficialRecogniser(Recogniser):
    """A Recogniser whose phrases are rows of words that the model knows; `reasons` name words it lacks.

    `confidence` is how much of the sounds agree, 0 to 1: no chance measured on speakers.
    """

    def __init__(self, model_dir: Path, phrases: Sequence[str]) -> None:
        self._free = _of_any_list(model_dir)
        listed = sound_out(phrases)
        reasons = dict(listed.unheard)
        self._sounds: dict[str, list[tuple[str, ...]]] = {}
        self._said: dict[str, str] = {}  # words joined by spaces -> phrase
        for sounds, phrase in listed.sounds.items():
            self._sounds.setdefault(phrase, []).append(sounds)
        for phrase in self._sounds:
            rows, lacking = in_words(phrase, self._knows)
            self._said.update({" ".join(row): phrase for row in rows})
            if lacking:
                reasons[phrase] = f"“{phrase}” has “{lacking}”, a word that this voice model does not know."
        self._grammar = json.dumps([*self._said, UNKNOWN], ensure_ascii=False)
        super().__init__(self._free, beginnings(listed.sounds), reasons)

    def _hear(self, samples: NDArray[np.int16]) -> Heard:
        found, confidence, syllables = self._decide(samples) if is_spoken(samples) else (None, 0.0, ())
        phrase = found if confidence >= LEAST_AGREEMENT and not is_narrow(samples) else None
        return Heard(phrase or " ".join(syllables), phrase, confidence, syllables=syllables)

    def _decide(self, samples: NDArray[np.int16]) -> tuple[str | None, float, tuple[str, ...]]:
        """The phrase that the grammar hears, how much of its sounds was heard freely too, and what was heard freely."""
        syllables = _syllables(_text(vosk.KaldiRecognizer(self._free, RATE), samples))
        phrase = self._said.get(_text(vosk.KaldiRecognizer(self._free, RATE, self._grammar), samples))
        if phrase is None or not syllables:
            return None, 0.0, syllables
        heard = phones_of(syllables)
        return phrase, max(agreement(heard, sounds) for sounds in self._sounds[phrase]), syllables

    def _knows(self, word: str) -> bool:
        return bool(self._free.vosk_model_find_word(word) >= 0)


def in_words(phrase: str, knows: Callable[[str], bool]) -> tuple[list[list[str]], str]:
    """The rows of known words that `phrase` may be said in, each the fewest; or none, and what of it is not known.

    A one in a number is also said 幺.
    """
    text = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", phrase).lower()).replace("〇", "零")
    spoken = [text.translate(ZH_DIGITS), text.replace("1", "幺").translate(ZH_DIGITS)]
    rows, lacking = [], ""
    for way in dict.fromkeys(spoken):
        row = _fewest_words(way, knows)
        unknown = [word for word in row if not knows(word)]
        if unknown:
            lacking = lacking or unknown[0]
        else:
            rows.append(row)
    return rows, "" if rows else lacking


def _fewest_words(text: str, knows: Callable[[str], bool]) -> list[str]:
    """`text` cut into as few words as can be; a character that is in no known word stays alone."""
    best: list[tuple[int, list[str]]] = [(0, [])]  # for each start of the text: unknown characters * 1000 + words
    for end in range(1, len(text) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST_WORD), end):
            word = text[start:end]
            if len(word) == 1 or knows(word):
                cost, words = best[start]
                ways.append((cost + (1 if knows(word) else 1000), [*words, word]))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def agreement(heard: Sequence[str], expected: Sequence[str]) -> float:
    """How much of two rows of sounds is the same: 1 less the edit distance over the longer one's length."""
    row = list(range(len(expected) + 1))
    for done, sound in enumerate(heard, 1):
        before, row = row, [done]
        for at, other in enumerate(expected, 1):
            row.append(min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (sound != other)))
    return 1 - row[-1] / max(len(heard), len(expected), 1)


@lru_cache(maxsize=1)
def _of_any_list(model_dir: Path) -> Any:
    """The vosk.Model of the folder, checked and read once, with our pauses in place of its own."""
    check_official(model_dir)
    with private_folder() as private:
        for part in model_dir.resolve().iterdir():
            if part.name != "conf":
                (private / part.name).symlink_to(part)
        (private / "conf").mkdir()
        for part in (model_dir / "conf").resolve().iterdir():
            if part.name != "model.conf":
                (private / "conf" / part.name).symlink_to(part)
        settings = (model_dir / "conf" / "model.conf").read_text(encoding="utf-8")
        (private / "conf" / "model.conf").write_text(settings + PAUSES, encoding="utf-8")
        model = open_model(private)
    if model.vosk_model_find_word(UNKNOWN) < 0:
        raise ModelError(f"The voice model in {model_dir} has no word {UNKNOWN}, so it cannot refuse: use another.")
    return model


def _text(decoder: Any, samples: NDArray[np.int16]) -> str:
    decoder.AcceptWaveform(padded(samples))
    text: str = json.loads(decoder.FinalResult())["text"]
    return text


def _syllables(text: str) -> tuple[str, ...]:
    """Of recognised words, the toneless syllables of the Chinese ones."""
    hanzi = "".join(re.findall(r"[\u4e00-\u9fff]", text))
    return readings(hanzi)[0] if hanzi else ()
