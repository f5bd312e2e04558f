"""What of a sentence is compared: for Chinese the sounds and, of what is written, the characters; for English the stems
and spelling of the words.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from sys import intern

from pypinyin import Style, lazy_pinyin

from kiosk.texts.languages import Lang
from voice.recognition.syllables import SYLLABLES

Groups = dict[tuple[str, ...], tuple[str, ...]]  # a word, as its units, to the groups of like words it belongs to

MOST_CHARACTERS = 200  # of one request; what comes after adds nothing
HAN = re.compile(r"[\u3400-\u9fff〇]")
_LETTER = re.compile(r"[a-zA-Z]")
_MARK = re.compile(r"[\u0300-\u036f]")
_KNOWN = frozenset(SYLLABLES)
_LONGEST_SYLLABLE = max(map(len, SYLLABLES))
_DIGITS = "零一二三四五六七八九"
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_HU = {"hu": "fu", "hua": "fa", "huan": "fan", "huang": "fan", "hui": "fei", "hun": "fen"}  # as in Sichuan
_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_COUNTED: Mapping[Lang, str] = {
    "zh": "零一二三四五六七八九十百千万",
    "en": " ".join(["and", "hundred", "thousand", *_ONES, *_TENS]),
}
_ENDINGS = re.compile(r"(?<=[a-z]{3})(ations?|ings?|ed|ies|es|e|s|ly|y|ion|ions)$")


def languages(text: str) -> tuple[Lang, ...]:
    """The languages a text may be in. Words that are all pinyin may be English as well: "he can"."""
    letters = _LETTER.search(text)
    if HAN.search(text):
        return ("zh", "en") if letters else ("zh",)
    return ("zh", "en") if letters and _typed_pinyin(text) else ("en",)


def units(text: str, lang: Lang) -> tuple[str, ...]:
    """A text in the units that are compared: folded syllables, or stems of words."""
    text = text[:MOST_CHARACTERS].lower()
    if lang == "en":
        return tuple(_stem(word) for word in _words(text))
    return folded(syllables(text) if HAN.search(text) else _typed_pinyin(text))


def characters(text: str) -> str:
    """The Chinese characters of a text, one for each of its units; numbers as they are said."""
    return _han(text[:MOST_CHARACTERS])


def syllables(text: str) -> list[str]:
    """A Chinese text as toneless syllables, numbers as they are said; all else is silent."""
    return [intern(one) for one in lazy_pinyin(_han(text), style=Style.NORMAL, v_to_u=False)]


def _han(text: str) -> str:
    return "".join(HAN.findall(re.sub(r"\d+", lambda found: _chinese_number(found[0]), text)))


def _typed_pinyin(text: str) -> list[str]:
    """The syllables of typed pinyin, with tones or without, apart or together; none of any other text."""
    plain = _MARK.sub("", unicodedata.normalize("NFD", text.lower().replace("ü", "v")))
    words = [_parted(word) for word in re.findall(r"[^\W\d_]+", plain)]
    return [one for word in words for one in word] if all(words) else []


def _parted(word: str) -> list[str]:
    """A word of pinyin in as few syllables as it can be; none when it is not pinyin."""
    best: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        starts = range(max(0, end - _LONGEST_SYLLABLE), end)
        ways = [[*before, word[at:end]] for at in starts if (before := best[at]) is not None and word[at:end] in _KNOWN]
        best.append(min(ways, key=len, default=None))
    return best[-1] or []


def only_a_number(said: Sequence[str], lang: Lang) -> bool:
    """Whether nothing but a number was said: an age, a sum or an answer, and no request."""
    return set(said) <= set(units(_COUNTED[lang], lang))


def folded(syllables: Sequence[str]) -> tuple[str, ...]:
    """Toneless syllables, with those alike that many accents say alike: zh/z, ch/c, sh/s, n/l, hu/f, -ng/-n."""
    return tuple(_fold(one) for one in syllables)


def features(said: Sequence[str], lang: Lang, groups: Groups, written: str = "") -> dict[str, float]:
    """What is compared of some units, with its weight before rarity counts. `written`: their characters, of Chinese
    that was not heard.
    """
    single, apart_by, in_a_row = (0.6, 0.6, 0.7) if lang == "zh" else (1.0, 0.3, 0.3)
    found = {f"{one}": single for one in said}
    found |= {f"{a} {b}": 1.0 for a, b in pairwise(said)}
    for apart in (1, 2, 3):  # what stays when a unit between was misheard, lost or put in
        found |= {f"{a} .. {b}": apart_by for a, b in zip(said, said[apart:], strict=False)}
    found |= {" ".join(three): in_a_row for three in zip(said, said[1:], said[2:], strict=False)}
    for size, weight in ((1, 1.0), (2, 1.0), (3, 0.5)):
        found |= {written[at : at + size]: weight for at in range(len(written) - size + 1)}
    if lang == "en":
        found |= {f"*{part}": 0.4 for word in said for part in _spelling(word)}
    meant = sorted(set(kinds(said, groups)))
    found |= {f"#{kind}": 1.0 for kind in meant}
    return found | {f"#{a}+{b}": 0.7 for a, b in combinations(meant, 2)}


def kinds(said: Sequence[str], groups: Groups) -> Iterator[str]:
    """The groups of like words of which there is one in what was said."""
    longest = max(map(len, groups), default=0)
    for start in range(len(said)):
        for size in range(1, longest + 1):
            yield from groups.get(tuple(said[start : start + size]), ())


def _fold(syllable: str) -> str:
    plain = _HU.get(syllable, syllable)
    for strong, weak in _INITIALS:
        if plain.startswith(strong):
            plain = weak + plain[len(strong) :]
            break
    return plain if plain.endswith("ong") else plain.removesuffix("g") if plain.endswith("ng") else plain


def _chinese_number(digits: str) -> str:
    """As people say it: ages and sums in tens, years and long numbers digit by digit."""
    value = int(digits) if len(digits) <= 3 else 1000
    if value >= 1000 or digits.startswith("0"):
        return "".join(_DIGITS[int(digit)] for digit in digits)
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    said = _DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones or not value else "")


def _words(text: str) -> Iterator[str]:
    for word in re.findall(r"[a-z]+|\d+", re.sub(r"['’]", "", text)):
        if word.isdigit() and len(word) <= 2:
            yield from _english_number(int(word))
        else:
            yield word


def _english_number(value: int) -> list[str]:
    if value < 20:
        return [_ONES[value]]
    return [_TENS[value // 10], *([_ONES[value % 10]] if value % 10 else [])]


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word)


def _spelling(word: str) -> Iterator[str]:
    """Pieces of a word, of which most stay when one letter is wrong."""
    if len(word) < 4:
        return
    edged = f"^{word}$"
    for size in (3, 4):
        yield from (edged[at : at + size] for at in range(len(edged) - size + 1))
