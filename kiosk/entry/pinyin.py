"""Chinese characters for pinyin letters typed one by one, names' characters first."""

import re
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

from forms import CatalogueError


class PinyinTable:
    """Which characters a syllable can be; the usual ones of names first, then the common, then the rare."""

    def __init__(self, name_characters: str) -> None:
        named = re.findall(r"([^\W\da-z])([a-z]*)", name_characters)  # a character, and its reading in a surname
        rank = {one: place for place, one in reversed(list(enumerate(named)))}
        table: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        plain = cache(_plain)  # some dozen characters share a reading
        for code, readings in PINYIN_DICT.items():
            if not _is_han(code):
                continue
            character = chr(code)
            unnamed = 10_000 + _commonness(character)
            for place, syllable in enumerate(map(plain, readings.split(","))):
                # The second reading of a character comes after the first readings of others, except in surnames.
                usual = (character, "" if place == 0 else syllable)
                order = rank.get(usual, unnamed + place * 5_000)
                table[syllable].append((order, code, character))
        self._table = {syllable: _in_order(entries) for syllable, entries in table.items()}
        self._syllables = sorted(self._table)

    @classmethod
    def load(cls, assets: Path) -> "PinyinTable":
        """Of name_characters.txt; CatalogueError when it cannot be read."""
        path = assets / "name_characters.txt"
        try:
            return _table(path.read_text("utf-8").replace("\n", ""))
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{path} cannot be read as UTF-8 text: put the file back.") from error

    def candidates(self, letters: str) -> list[str]:
        """Characters for the letters typed so far: of the whole syllable, else of the syllables that begin so."""
        exact = self._table.get(letters, "")
        if exact or not letters:
            return list(exact)
        longer = [self._table[syllable][:4] for syllable in self._syllables if syllable.startswith(letters)]
        return list(dict.fromkeys(character for group in longer for character in group))


@cache
def readings(character: str) -> tuple[str, ...]:
    """The syllables that a character may be read as, without tones, ü as v and as u; none of what is no character."""
    plain = [_plain(one) for one in PINYIN_DICT.get(ord(character), "").split(",") if one]
    return tuple(dict.fromkeys([*plain, *(one.replace("v", "u") for one in plain)]))


@cache
def _table(name_characters: str) -> PinyinTable:
    return PinyinTable(name_characters)


def _is_han(code: int) -> bool:
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x323AF


def _plain(reading: str) -> str:
    """A reading without tone, ü written as v."""
    plain = reading.replace("ü", "v")
    for marked in "ǖǘǚǜ":
        plain = plain.replace(marked, "v")
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if letter.isascii())


def _commonness(character: str) -> int:
    """Characters of GB 2312 level 1 (the 3,755 common ones) before level 2 before the rest."""
    try:
        first = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 20_000
    return 0 if first < 0xD8 else 10_000


def _in_order(entries: list[tuple[int, int, str]]) -> str:
    return "".join(dict.fromkeys(character for _, _, character in sorted(entries)))
