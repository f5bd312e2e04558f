"""How numbers, dates, times and money are read aloud, as words: each voice would read digits in its own way.

Numbers of five digits or more, and those that begin with 0, are read digit by digit in groups: an ID number, a
telephone number, a receipt. Amounts of money stay numbers.
"""

import re
from itertools import accumulate, pairwise

DIGITS = "零一二三四五六七八九"
ZH_DIGITS = str.maketrans("0123456789", DIGITS)
MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip
GROUPS = {18: (6, 8, 4), 11: (3, 4, 4)}  # as people read out an ID number and a mobile number; others in fours
COUNTED = "个位张件次天元年岁人份页遍步块笔户"  # before these 2 is 两

_MONTH, _DAY = r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
DATE = re.compile(rf"(?<!\d)(\d{{4}})(?:[-/.]{_MONTH}[-/.]{_DAY}(?!\d)|年{_MONTH}月{_DAY}日)")
YEAR = re.compile(r"(?<!\d)(\d{4})年")
TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
SIGNED_MONEY = re.compile(r"[¥￥]\s?(\d+(?:\.\d{1,2})?)")
MONEY = re.compile(r"(?<![\d.])(\d+)(?:\.(\d)(\d)?)?元")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
LONG_NUMBER = re.compile(r"(?:\d{17}[Xx]|\d{5,}|(?<![\d.:])0\d+)(?![\d.]*\s?(?:元|yuan))")
CALLED = re.compile(r"(?<=[打拨话]) ?(\d{3,5})(?!\d)|(?<=[Cc]all )(\d{3,5})(?!\d)")  # 120 or 12345, which is no count
NUMBER = re.compile(r"(?<![A-Za-z\d.])(\d+)(?:\.(\d+))?(?![A-Za-z\d])")


def in_chinese(text: str) -> str:
    """`text` with every number in Chinese characters, as people say it."""
    text = SIGNED_MONEY.sub(r"\1元", THOUSANDS.sub("", text))
    text = DATE.sub(_chinese_date, text)
    text = YEAR.sub(lambda found: found[1].translate(ZH_DIGITS) + "年", text)
    text = TIME.sub(_chinese_time, text)
    text = CALLED.sub(lambda found: found[1].translate(ZH_DIGITS).replace("一", "幺") if found[1] else found[0], text)
    text = LONG_NUMBER.sub(lambda found: "，".join(_groups(found.group())).translate(ZH_DIGITS), text)
    text = MONEY.sub(_chinese_money, text)
    text = PERCENT.sub(lambda found: "百分之" + found[1], text)
    return NUMBER.sub(_chinese_number, text)


def in_english(text: str) -> str:
    """`text` with dates, money and long numbers as they are said in English; other numbers stay digits."""
    text = SIGNED_MONEY.sub(r"\1 yuan", THOUSANDS.sub("", text))
    text = DATE.sub(_english_date, text)
    text = CALLED.sub(lambda found: " ".join(found[2]) if found[2] else found[0], text)
    return LONG_NUMBER.sub(lambda found: ", ".join(" ".join(group) for group in _groups(found.group())), text)


def whole_number(value: int) -> str:
    """0 to 999,999,999,999 in Chinese: 一千零五, 十八, 两万三千."""
    if value == 0:
        return DIGITS[0]
    said = ""
    for unit, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part, value = divmod(value, size)
        if part:
            gap = DIGITS[0] if said and part < 1000 else ""
            said += gap + ("两" if part == 2 and unit else _below_ten_thousand(part)) + unit
    return said.removeprefix("一") if said.startswith("一十") else said


def _below_ten_thousand(value: int) -> str:
    said, gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, value = divmod(value, size)
        if digit:
            said += DIGITS[0] * (gap and bool(said)) + ("两" if digit == 2 and unit == "千" else DIGITS[digit]) + unit
        gap = not digit
    return said


def _groups(digits: str) -> list[str]:
    ends = accumulate(GROUPS.get(len(digits), (4,) * -(-len(digits) // 4)), initial=0)
    return [digits[start:end] for start, end in pairwise(ends)]


def _chinese_date(found: re.Match[str]) -> str:
    year, month, day = (part for part in found.groups() if part)
    return f"{year.translate(ZH_DIGITS)}年{whole_number(int(month))}月{whole_number(int(day))}日"


def _english_date(found: re.Match[str]) -> str:
    year, month, day = (part for part in found.groups() if part)
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def _chinese_time(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2])
    hours = "两点" if hour == 2 else whole_number(hour) + "点"
    return hours + (f"{DIGITS[0] * (minute < 10)}{whole_number(minute)}分" if minute else "")


def _chinese_money(found: re.Match[str]) -> str:
    yuan, jiao, fen = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    whole = "两元" if yuan == 2 else whole_number(yuan) + "元"
    small = f"{DIGITS[jiao]}角" if jiao else DIGITS[0] if fen else ""
    return whole + small + (f"{DIGITS[fen]}分" if fen else "")


def _chinese_number(found: re.Match[str]) -> str:
    after, before = found.string[found.end() :].lstrip()[:1], found.string[: found.start()].rstrip()[-1:]
    if found.group() == "2" and after and after in COUNTED and before != "第":
        return "两"
    return whole_number(int(found[1])) + (f"点{found[2].translate(ZH_DIGITS)}" if found[2] else "")
