"""Phrase lists: what each phrase sounds like, and which phrases cannot be told by ear."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice.recognition.pinyin import phones_of, readings
from voice.speech.numbers import ZH_DIGITS, in_chinese

_LETTERS = {
    "a": "ei", "b": "bi", "c": "sei", "d": "di", "e": "yi", "f": "ai fu", "g": "ji", "h": "ei chi", "i": "ai",
    "j": "jie", "k": "kei", "l": "ai lou", "m": "ai mu", "n": "en", "o": "ou", "p": "pi", "q": "kou", "r": "a",
    "s": "ai si", "t": "ti", "u": "you", "v": "wei", "w": "da bu liu", "x": "ai ke si", "y": "wai", "z": "zei",
}  # fmt: skip
_LONGEST_PHRASE = 40  # characters
_MOST_WAYS = 8
_HANZI = re.compile(r"[\u4e00-\u9fff]")


class PhrasesError(Exception):
    """A phrase list cannot be used; the message is one plain sentence."""


@dataclass(frozen=True)
class PhraseList:
    """Which phrase a row of sounds means; `unheard` are phrases that can never be told, with the reason."""

    sounds: Mapping[tuple[str, ...], str]
    unheard: Mapping[str, str]


def read_phrases(path: Path) -> list[str]:
    """The phrases of a UTF-8 file, one a line; empty lines and lines with # are left out. PhrasesError."""
    try:
        if not path.is_file():  # a pipe would be waited for, a device read for ever
            raise PhrasesError(f"The phrase list {path} is no file: check the name.")
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise PhrasesError(f"The phrase list {path} cannot be read: check the name.") from error
    except UnicodeDecodeError as error:
        raise PhrasesError(f"The phrase list {path} is not UTF-8 text: save it as UTF-8.") from error
    phrases = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not phrases:
        raise PhrasesError(f"The phrase list {path} holds no phrase: write one a line.")
    return phrases


def sound_out(phrases: Sequence[str]) -> PhraseList:
    """What each phrase may sound like. Of phrases that sound alike the first is kept; a repeated one counts once."""
    sounds: dict[tuple[str, ...], str] = {}
    unheard: dict[str, str] = {}
    for phrase in dict.fromkeys(phrases):
        try:
            ways = spoken_ways(phrase)
        except ValueError as error:
            unheard[phrase] = str(error)
            continue
        same = sounds.get(ways[0])
        if same is not None:
            unheard[phrase] = f"“{phrase}” sounds like “{same}”."
            continue
        for way in ways:
            sounds.setdefault(way, phrase)
    return PhraseList(sounds, unheard)


def spoken_ways(phrase: str) -> list[tuple[str, ...]]:
    """The rows of sounds that may be `phrase`, most usual first. ValueError, with the reason, when there is none.

    Punctuation is silent, numbers are read digit by digit or as numbers, up to three Latin letters by name; words of
    other languages have no sounds here.
    """
    plain = unicodedata.normalize("NFKC", phrase).lower()  # １２３ and ＶＩＰ are 123 and VIP
    if len(plain) > _LONGEST_PHRASE:
        raise ValueError(f"“{phrase[:12]}…” is longer than {_LONGEST_PHRASE} characters.")
    ways = _ways(plain.translate(ZH_DIGITS), phrase)
    if "1" in plain:  # in numbers of rooms and telephones a one is read yāo
        ways += [["yao" if syllable == "yi" else syllable for syllable in ways[0]]]
    ways += _ways(in_chinese(plain).translate(ZH_DIGITS), phrase)
    try:
        return list(dict.fromkeys(phones_of(way) for way in ways))
    except ValueError as error:
        raise ValueError(f"“{phrase}” has a character whose sound is not known.") from error


def _ways(text: str, phrase: str) -> list[list[str]]:
    """The rows of syllables that may be `text`, the spelt out `phrase`."""
    ways: list[list[str]] = [[]]
    for piece in re.findall(r"[\u4e00-\u9fff〇]+|[a-z]+|[^\W_]", text):
        if _HANZI.match(piece) or piece[0] == "〇":
            options = [list(way) for way in readings(piece.replace("〇", "零"))]
        elif len(piece) <= 3 and set(piece) <= set(_LETTERS):
            options = [" ".join(_LETTERS[letter] for letter in piece).split()]
        else:
            raise ValueError(f"“{phrase}” has “{piece}”, which is not Mandarin: this voice model cannot hear it.")
        ways = [way + option for way in ways for option in options][:_MOST_WAYS]
    if not ways[0]:
        raise ValueError(f"“{phrase}” has no word in it.")
    return ways
