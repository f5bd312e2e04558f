"""Amounts of money as people write and say them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.field import Field
from forms.rules import judge
from forms.texts import Text
from forms.values.amounts import read_amount

TODAY = date(2026, 11, 23)
SAME = Text(zh="字", en="word")

MEANT = {
    "3500": "3500.00", "3500.5": "3500.50", "3,500.00": "3500.00", "￥3500": "3500.00", "¥35.5元": "35.50",
    "3500元": "3500.00", "3500块钱": "3500.00", "3500元整": "3500.00", "0": "0.00", "1.5万": "15000.00",
    "1万2": "12000.00", "1万2千": "12000.00", "3千500": "3500.00", "３５００": "3500.00", "3500 yuan": "3500.00",
    "三千五": "3500.00", "三千五百": "3500.00", "三千零五": "3005.00", "三千零五十": "3050.00", "两百五": "250.00",
    "一百一": "110.00", "一百零一": "101.00", "一百一十": "110.00", "一百一十一": "111.00", "十五块": "15.00",
    "廿三块": "23.00", "两万零五十块六毛": "20050.60", "一万二": "12000.00", "一万零五": "10005.00",
    "一万五百": "10500.00", "十万": "100000.00", "二百万": "2000000.00", "一亿": "100000000.00", "五": "5.00",
    "八毛": "0.80", "五分": "0.05", "三块五": "3.50", "三块五毛": "3.50", "三块五毛二": "3.52", "三块零五分": "3.05",
    "两块半": "2.50", "半块": "0.50", "六毛五": "0.65", "三点五元": "3.50", "一百二十三点四五": "123.45",
    "三五零零": "3500.00", "一二零零块": "1200.00", "叁仟伍佰元整": "3500.00", "一千二百块整": "1200.00",
    "一千一百一十一块一毛一": "1111.11", "俩块": "2.00", "三元五角": "3.50",
}  # fmt: skip
NOT_MEANT = [
    "五百多", "七八百", "七八块", "三五百", "三千二五", "百八", "万五",
    "-5", "3.555", "三点五五五", "零零", "一百零", "一百零零五", "五块六块",
    "五毛三块", "毛", "块", "元", "好", "三千五百块五百", "十十",
    "三百万万", "12,34", "1e5", "二十三毛", "nan", "infinity", "三块五分毛",
    "一万亿亿", "99999999999999",
]  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), MEANT.items())
def test_what_is_meant(said: str, meant: str) -> None:
    assert str(read_amount(said)) == meant


@pytest.mark.parametrize("said", [*NOT_MEANT, "", "一个亿", "1" * 50, "三" * 300_000])
def test_nothing_is_guessed(said: str) -> None:
    assert read_amount(said) is None


def spoken(value: int) -> str:
    """A number below 100 million as the textbook says it."""
    if value >= 10_000:
        head, tail = divmod(value, 10_000)
        return spoken(head) + "万" + ("" if not tail else ("零" if tail < 1000 else "") + spoken(tail))
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return text


@given(st.integers(1, 99_999_999), st.integers(0, 99))
def test_every_amount_is_read_back(yuan: int, fen: int) -> None:
    amount = Decimal(yuan) + Decimal(fen) / 100
    assert read_amount(f"{amount:.2f}") == read_amount(f"{amount:,.2f}元") == amount
    said = spoken(yuan) + "块" + (f"{'零一二三四五六七八九'[fen // 10]}毛" if fen >= 10 else "")
    if fen % 10:
        said += ("" if fen >= 10 else "零") + f"{'零一二三四五六七八九'[fen % 10]}分"
    assert read_amount(said) == amount


def asked(**more: Any) -> Field:
    return Field(id="income", type="amount", tier="L3", label=SAME, question=SAME, example="1500", **more)


@pytest.mark.parametrize(
    ("raw", "kept", "code"),
    [
        ("三千五", "3500.00", None),
        (3500, "3500.00", None),
        (3500.5, "3500.50", None),
        ("8000.01", "8000.01", "amount_range"),
        ("5", "5.00", "amount_range"),
        ("七八百", "七八百", "amount_unclear"),
        (float("nan"), "nan", "amount_unclear"),
    ],
)
def test_an_amount_is_kept_with_two_decimals(raw: object, kept: str, code: str | None) -> None:
    verdict = judge(asked(min=10, max="8000"), raw, [], TODAY)
    assert (verdict.value, verdict.error) == (kept, code)


def test_a_bound_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="is no amount"):
        asked(max="today")
