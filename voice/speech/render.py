"""What the loudspeaker plays for some utterances: recorded clips where there are any, else the live voice."""

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile
from pypinyin import lazy_pinyin

from voice.audio.samples import Samples
from voice.audio.stretch import stretched
from voice.speech.numbers import in_chinese, in_english
from voice.speech.prompts import Prompts, PromptsError, read_clip
from voice.speech.sound import RATE, SENTENCE_END, Lang, SpeechError, Speed, has_words

LENGTH: dict[Speed, float] = {"slow": 1.25, "normal": 1.0, "fast": 0.8}
PAUSE_S = 0.35  # between two utterances, at normal speed
GROUP_PAUSE_S = 0.15  # between the groups of a long number
LONGEST_TEXT = 2000  # characters that are written to one file: about 8 minutes

HANZI = re.compile(r"[一-鿿]+")


log = logging.getLogger(__name__)


class Voice(Protocol):
    """A voice that can say any text."""

    def say(self, text: str, lang: Lang) -> Samples: ...


def render(parts: Sequence[str], lang: Lang, speed: Speed, prompts: Prompts, live: Voice) -> Samples:
    """`parts` spoken one after the other, mono at RATE; empty when there is no word in them."""
    pause = _silence(PAUSE_S)
    spoken: list[Samples] = []
    for piece in (piece for part in parts for piece in pieces(part, lang, prompts)):
        spoken += [_said(piece, lang, prompts, live), pause]
    if not spoken:
        return np.zeros(0, dtype=np.int16)
    return stretched(np.concatenate(spoken[:-1]), RATE, LENGTH[speed])


def _said(piece: str, lang: Lang, prompts: Prompts, live: Voice) -> Samples:
    """The clip of `piece`, or those of its parts; with one missing or damaged, the live voice: never silence."""
    clip = prompts.lookup(piece, lang)
    clips = [clip] if clip else prompts.parts(piece, lang)
    if clips:
        try:
            return np.concatenate([read_clip(one) if one else _silence(GROUP_PAUSE_S) for one in clips])
        except PromptsError as error:
            log.warning("%s The live voice speaks instead.", error)
    return live.say(spoken_form(piece, lang), lang)


def _silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), dtype=np.int16)


def pieces(text: str, lang: Lang, prompts: Prompts) -> Iterator[str]:
    """`text` cut at sentence ends into the longest stretches that have a clip, and single sentences that have none."""
    sentences = SENTENCE_END.split(text)
    start = 0
    while start < len(sentences):
        end = _end_of_clip(sentences, start, lang, prompts)
        if has_words(piece := "".join(sentences[start:end]).strip()):
            yield piece
        start = end


def _end_of_clip(sentences: Sequence[str], start: int, lang: Lang, prompts: Prompts) -> int:
    """Where the longest stretch from `start` on ends that has a clip; after one sentence when none has."""
    end, text = start + 1, sentences[start]
    for at in range(start + 1, len(sentences)):
        text += sentences[at]
        if len(text.strip()) > prompts.longest(lang):
            break
        if prompts.lookup(text, lang):
            end = at + 1
    return end


def spoken_form(text: str, lang: Lang) -> str:
    """`text` as the voices can read it: numbers as they are said, Chinese characters in English as pinyin."""
    if lang == "zh":
        return in_chinese(text)
    # The English voices cannot read characters; a staff member's name may come in them.
    return in_english(HANZI.sub(lambda name: " ".join(lazy_pinyin(name.group())), text))


def speak_to_file(text: str, lang: Lang, out: Path, prompts: Prompts, live: Voice, speed: Speed = "normal") -> float:
    """Writes what the loudspeaker would play as a 16-bit WAV at RATE; gives its length in seconds."""
    if len(text) > LONGEST_TEXT:
        raise SpeechError(f"The text is longer than {LONGEST_TEXT} characters: speak it in parts.")
    if any("\ud800" <= character <= "\udfff" for character in text):  # what Python makes of other bytes
        raise SpeechError("The text is not UTF-8: type it again.")
    if out.exists() and not out.is_file():  # a pipe would be waited for
        raise SpeechError(f"{out} is no file: choose another name.")
    samples = render((text,), lang, speed, prompts, live)
    if not len(samples):
        raise SpeechError("There is no word to speak in the text: give some words.")
    try:
        soundfile.write(out, samples, RATE, format="WAV", subtype="PCM_16")
    except (OSError, UnicodeError, soundfile.LibsndfileError) as error:
        raise SpeechError(f"{out} cannot be written: choose a file in a folder that exists.") from error
    return len(samples) / RATE
