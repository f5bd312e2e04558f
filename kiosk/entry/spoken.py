"""The meaning of what was said: yes or no, a choice, digits, a correction of digits given before.

Dates and amounts are read by forms, which hall and `kiosk validate` use too.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from forms.values import numerals
from forms.values.amounts import read_amount
from forms.values.counts import read_count
from forms.values.dates import DateError, read_date

_YES = re.compile("(对|是|好|行|嗯|可以|愿意|同意|没错|没问题)(的|了|啊|吧)?|(yes|yeah|ok|okay|right|correct)")
_NO = re.compile("(不|不是|不对|不行|不要|不好|不可以|不愿意|不同意|没有|错)(的|了|啊|吧)?|(no|nope|wrong)")
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_REPEATED = re.compile("(?:双|两个|二个)(.)|([三四五六])个(.)")
_ORDINAL = re.compile(
    "(?:我?[选要])?(?:(倒数第|第)([一二两三四五六七八九十0-9]+)(?:个|项|种|条|位|号)?|([一二三四五六七八九十0-9]+)号)"
)
_FROM_THE_END = re.compile("(?:我?[选要])?最(?:后|下面|底下)的?(?:那?一?[个项种条])?")
_FROM_THE_START = re.compile("(?:我?[选要])?(?:最上面|最前面|头)的?(?:那?一?[个项种条])")
_PLACE = re.compile(
    "改?(?:第([一二三四五六七八九十0-9]+)|最后([一两二三四1-4]?))(位|个|组)"
    "(?:(?:改成|改为|换成|应该是|是)(.+)|不对|错了|改一下)?"
)


def yes_no(said: str) -> bool | None:
    """True for 对, 是的, 同意 …; False for 不对, 不同意 …; None for anything else."""
    plain = said.strip().lower()
    if _NO.fullmatch(plain):
        return False
    return True if _YES.fullmatch(plain) else None


def digits(said: str) -> str | None:
    """一三八零零, 幺三双八, 三个零, 零零二叉, one three eight: the digits, perhaps with a last X; None for others."""
    plain = unicodedata.normalize("NFKC", said).strip().lower()
    if re.fullmatch("[a-z ]+", plain):
        words = ["zero" if word in ("oh", "o") else word for word in plain.split()]
        if not all(word in (*_ENGLISH, "x") for word in words):
            return None
        whole = "".join("X" if word == "x" else str(_ENGLISH.index(word)) for word in words)
        return whole if "X" not in whole[:-1] else None
    plain = re.sub(r"[\s,，。.、\-]|杠", "", plain)
    plain = re.sub("(叉|艾克斯|埃克斯|x)$", "X", plain)
    plain = _REPEATED.sub(lambda found: (found[1] or found[3]) * int(numerals.ROW.get(found[2] or "二", "2")), plain)
    row = plain.removesuffix("X")
    figures = numerals.row(row) if row else ""
    return None if figures is None else (figures + plain[len(row) :]) or None


def number(said: str) -> str | None:
    """A house number and the like: 十八号, 一百零五, 一零五; None for other words."""
    plain = said.strip().removesuffix("号")
    if row := digits(plain):
        return row
    value = numerals.number(plain)
    return None if value is None else str(value)


def choice(said: str, names: Sequence[Sequence[str]]) -> int | None:
    """Which of some things was meant, from 0; `names[n]` are the names of the n-th. None: it may be several, or none.

    By place (第二个, 二号, 最后一个, 倒数第二个), by name, or by a part of a name that only one of them has.
    """
    plain = re.sub(r"[\s，。、,.]", "", said.lower())
    if (place := _place_in(plain, len(names))) is not None:
        return place if 0 <= place < len(names) else None
    for fits in (
        lambda name: name == plain,
        lambda name: len(plain) > 1 and plain in name,
        lambda name: len(name) > 1 and name in plain and not re.search("不|没", plain),
    ):
        found = [at for at, called in enumerate(names) if any(fits(name.lower().replace(" ", "")) for name in called)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def short_name(name: str) -> str:
    """What people call a place: 城关 for 城关镇; other names as they are."""
    return re.sub("(?<=[\u4e00-\u9fff]{2})(镇|乡|村|街道|社区|居委会|村委会)$", "", name)


def _place_in(plain: str, many: int) -> int | None:
    if _FROM_THE_END.fullmatch(plain):
        return many - 1
    if _FROM_THE_START.fullmatch(plain):
        return 0
    ordinal = _ORDINAL.fullmatch(plain)
    place = numerals.number(ordinal[2] or ordinal[3]) if ordinal else None
    if ordinal is None or place is None:
        return None
    return many - int(place) if ordinal[1] == "倒数第" else int(place) - 1


@dataclass(frozen=True)
class Correction:
    """What is to become of the digits given before.

    `of` digits or groups, the `place`-th from 1, or from the end (-1 the last), `count` of them; `becomes` the right
    digits, "" while they are not said yet. `erase` takes the last digit back, `clear` all.
    """

    of: Literal["digit", "group", "erase", "clear"]
    place: int = 0
    count: int = 1
    becomes: str = ""


def correction(said: str) -> Correction | None:
    """改第三位, 第三位改成五, 第三组不对, 最后一位是X, 最后四位不对, 退一个, 清空, 重新说; None for anything else."""
    plain = re.sub(r"[\s，。、]", "", said)
    if re.fullmatch("(退|删)(一|1)?(个|位|格)|删掉|退格", plain):
        return Correction("erase")
    if re.fullmatch("清空|清除|重新(说|填|来|输)|重来|全删|都不对|(全|都)删掉", plain):
        return Correction("clear")
    found = _PLACE.fullmatch(plain)
    if found is None:
        return None
    becomes = digits(found[4]) if found[4] else ""
    of: Literal["digit", "group"] = "group" if found[3] == "组" else "digit"
    count = int(numerals.number(found[2]) or 1) if found[2] else 1
    place = int(numerals.number(found[1]) or 0) if found[1] else -count
    if becomes is None or place == 0 or (of == "group" and count > 1):
        return None
    return Correction(of, place, count, becomes)


def value(kind: str, said: str, today: date) -> str | None:
    """What was dictated (voice.recognition.dictation.KINDS): digits, an ISO date, yuan, how many.

    None for no whole value.
    """
    if kind == "date":
        try:
            return read_date(said, today).isoformat()
        except DateError:
            return None
    if kind == "amount":
        amount = read_amount(said)
        return None if amount is None else str(amount)
    if kind == "count":
        count = read_count(said)
        return None if count is None else str(count)
    if kind == "choice":
        place = _place_in(said, 100)
        return str(place + 1) if place is not None and place < 50 else None
    return number(said) if kind == "number" else digits(said)
