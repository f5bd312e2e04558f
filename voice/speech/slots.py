"""Sentences put together of recorded parts: with another amount, or the name of another question, the voice stays.

“每月350元，发到卡里。” is said by the clips “每月{}”, “三百”, “五十元” and “{}，发到卡里。”, “电话还没有填。” by “电话”
and “{}还没有填。”: {} is where a number stands, or a text that is recorded itself.
"""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise, product

from voice.speech.numbers import (
    COUNTED,
    DATE,
    DIGITS,
    LONG_NUMBER,
    MONEY,
    MONTHS,
    NUMBER,
    PERCENT,
    SIGNED_MONEY,
    THOUSANDS,
    TIME,
    YEAR,
    in_chinese,
    in_english,
    whole_number,
)
from voice.speech.sound import Lang, has_words

SLOT = "{}"
PAUSE = ""  # between two groups of a long number
YEARS = range(2015, 2046)  # that are recorded
_STOPS = "，、；：。,;:."
_BOUNDARY: dict[Lang, re.Pattern[str]] = {"zh": re.compile(""), "en": re.compile(r"(?=\s)|(?<=\s)|^|$|(?<!\w)|(?!\w)")}
_LONGEST = 6  # characters (zh) or words (en) of a recorded number

_MONTH = "|".join(MONTHS)
_ENGLISH_DAY = re.compile(
    rf"(?<!\d)\d{{1,2}} (?:{_MONTH})(?: \d{{4}})?(?!\d)|(?:{_MONTH}) \d{{1,2}}(?:, \d{{4}})?(?!\d)"
)
_CHINESE_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")  # of no year
_NUMBERS: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile(
        "|".join(
            one.pattern for one in (SIGNED_MONEY, DATE, _CHINESE_DAY, YEAR, TIME, MONEY, PERCENT, LONG_NUMBER, NUMBER)
        )
    ),
    "en": re.compile(
        "|".join(one.pattern for one in (SIGNED_MONEY, DATE, _ENGLISH_DAY, TIME, PERCENT, LONG_NUMBER, NUMBER))
    ),
}


def fragments(sentence: str, lang: Lang) -> list[str]:
    """What has to be recorded of a sentence with numbers or with {}: all that is said around them, places marked."""
    between = [one for piece in _between(_plain(sentence), lang) for one in _around_slots(piece)]
    return [one for one in between if has_words(one)]


def parts(sentence: str, lang: Lang, recorded: Container[str]) -> list[str] | None:
    """The recorded texts that say it together, PAUSE among them; None when one is missing."""
    sentence = _plain(sentence)
    said: list[str] = []
    for fragment, number in zip(_between(sentence, lang), [*_NUMBERS[lang].finditer(sentence), None], strict=True):
        words = fragment.replace(SLOT, "")
        said += [PAUSE] if said and words[:1] in [*_STOPS] else []
        of_words = _parts_of_words(fragment, lang, recorded) if has_words(words) else []
        of_number = _cut(_in_words(number, lang), lang, recorded) if number else []
        if of_words is None or of_number is None:
            return None
        said += [*of_words, *([PAUSE] if number and words[-1:] in [*_STOPS] else []), *of_number]
    while said and said[-1] == PAUSE:
        said.pop()
    return said


def _parts_of_words(fragment: str, lang: Lang, recorded: Container[str]) -> list[str] | None:
    """A fragment whole, or the longest recorded text within it with what is recorded around that."""
    if fragment in recorded:
        return [fragment]
    bounds = [found.start() for found in _BOUNDARY[lang].finditer(fragment)]
    starts = [at for at in bounds if _may_stand(fragment[:at].strip() + SLOT, recorded)]
    ends = [at for at in bounds if _may_stand(SLOT + fragment[at:].strip(), recorded)]
    spans = [span for span in product(starts, ends) if span[0] < span[1]]
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        said = fragment[:start].strip() + SLOT, fragment[start:end].strip(), SLOT + fragment[end:].strip()
        if said[1] in recorded and SLOT not in said[1] and (has_words(said[0]) or has_words(said[2])):
            return [one for one in said if has_words(one)]
    return None


def _may_stand(around: str, recorded: Container[str]) -> bool:
    return not has_words(around) or around in recorded


def without_places(text: str, lang: Lang) -> str:
    """A fragment as it is read out: it goes on where something follows."""
    words = text.replace(SLOT, "").strip().lstrip(_STOPS + "”’")
    return words + ("，" if lang == "zh" else ",") * (text.endswith(SLOT) and words[-1].isalnum())


def _around_slots(text: str) -> list[str]:
    """ "{}要{}位" is "{}要{}" and "{}位": each with its own places."""
    return _marked(text.split(SLOT))


def _marked(pieces: Sequence[str]) -> list[str]:
    """Each piece of a sentence with {} where the next one begins, and where the one before ends."""
    last = len(pieces) - 1
    return [SLOT * (at > 0) + piece.strip() + SLOT * (at < last) for at, piece in enumerate(pieces)]


def number_texts(lang: Lang) -> list[str]:
    """All that has to be recorded for any number, day, time or sum of money."""
    return list(dict.fromkeys(_chinese_numbers() if lang == "zh" else _english_numbers()))


def _plain(text: str) -> str:
    return THOUSANDS.sub("", text)


def _between(text: str, lang: Lang) -> list[str]:
    """The text around its numbers: "每月{}", "{}，发到卡里。"."""
    ends = [0, *(end for found in _NUMBERS[lang].finditer(text) for end in found.span()), len(text)]
    return _marked([text[start:end] for start, end in list(pairwise(ends))[::2]])


def _in_words(number: re.Match[str], lang: Lang) -> str:
    """A number as it is said where it stands: 2 is 两 before 位, 二 after 第."""
    if lang == "en":
        return _english_words(number)
    before = "第" if number.string[: number.start()].rstrip().endswith("第") else ""
    after = number.string[number.end() :].lstrip()[:1]
    after = after if after and after in COUNTED else ""
    said = in_chinese(before + number.group() + after)
    return said.removeprefix(before).removesuffix(after)


def _cut(words: str, lang: Lang, recorded: Container[str]) -> list[str] | None:
    """Words of a number cut into the longest texts that are recorded; None when there is a rest."""
    said: list[str] = []
    for group in re.split("[，,]", words):
        left: Sequence[str] = group if lang == "zh" else group.split()
        said += [PAUSE] if said else []
        while left:
            wanted = ("" if lang == "zh" else " ").join
            length = next((n for n in range(_LONGEST, 0, -1) if wanted(left[:n]) in recorded), 0)
            if not length:
                return None
            said.append(wanted(left[:length]))
            left = left[length:]
    return said


def _english_words(match: re.Match[str]) -> str:
    """As recorded words: "350" is "300 and 50", "14:05" is "14 oh 5"."""
    number = SIGNED_MONEY.sub(r"\1 yuan", match.group())
    if found := TIME.fullmatch(number):
        hour, minute = int(found[1]), int(found[2])
        return f"{hour} {'o’clock' if minute == 0 else f'oh {minute}' if minute < 10 else minute}"
    if LONG_NUMBER.match(match.string, match.start()) or DATE.fullmatch(number):
        return in_english(number)
    if _ENGLISH_DAY.fullmatch(number):
        return number
    amount, _, unit = number.replace("%", " percent").partition(" ")
    whole, _, decimals = amount.partition(".")
    decimals = decimals.rstrip("0")
    said = [*_english_whole(int(whole)), *(["point", *decimals] if decimals else []), *([unit] if unit else [])]
    return " ".join(said)


def _english_whole(value: int) -> Iterator[str]:
    for name, size in (("million", 1_000_000), ("thousand", 1000)):
        many, value = divmod(value, size)
        if many:
            yield from (*_english_whole(many), name)
            if not value:
                return
            if value < 100:
                yield f"and {value}"
                return
    hundreds, rest = divmod(value, 100)
    if hundreds:
        yield str(hundreds * 100)
    if rest or not hundreds:
        yield f"and {rest}" if hundreds else str(rest)


def _chinese_numbers() -> Iterator[str]:
    counted = [whole_number(value) for value in range(100)]
    counted += [f"一{whole_number(value)}" for value in range(10, 20)]
    counted += [f"{DIGITS[digit]}百" for digit in range(1, 10)]
    counted += [f"{'两' if digit == 2 else DIGITS[digit]}千" for digit in range(1, 10)]
    counted += [f"零{DIGITS[digit]}" for digit in range(1, 10)]
    yield from counted
    yield from ("两", "万", "亿", "点", "百分之", "X")
    yield from (f"{one}元" for one in (*counted, "两", "万", "亿"))
    yield from (f"{DIGITS[digit]}角" for digit in range(1, 10))
    yield from (f"{whole_number(minute)}分" for minute in range(1, 60))
    yield from (f"零{DIGITS[digit]}分" for digit in range(1, 10))
    yield from (f"{'两' if hour == 2 else whole_number(hour)}点" for hour in range(25))
    yield from (in_chinese(f"{year}年") for year in YEARS)
    yield from (f"{whole_number(month)}月" for month in range(1, 13))
    yield from (f"{whole_number(day)}日" for day in range(1, 32))
    yield from ("".join(pair) for pair in product(DIGITS, DIGITS))


def _english_numbers() -> Iterator[str]:
    yield from (str(value) for value in (*range(100), *range(100, 1000, 100), *YEARS))
    yield from (f"and {value}" for value in range(1, 100))
    yield from (f"oh {minute}" for minute in range(1, 10))
    yield from (f"{first} {second}" for first, second in product(range(10), range(10)))
    yield from ("o’clock", "thousand", "million", "point", "percent", "yuan", "X", *MONTHS)
