"""Numbers, dates, times and money, as people say them."""

import pytest

from voice.speech.numbers import in_chinese, in_english, whole_number


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "零"), (2, "二"), (10, "十"), (18, "十八"), (22, "二十二"), (105, "一百零五"), (110, "一百一十"),
        (1005, "一千零五"), (1050, "一千零五十"), (2000, "两千"), (10000, "一万"), (10500, "一万零五百"),
        (20010, "两万零一十"), (100000, "十万"), (120000, "十二万"), (1000001, "一百万零一"), (220000000, "两亿两千万"),
    ],
)  # fmt: skip
def test_whole_numbers(value: int, said: str) -> None:
    assert whole_number(value) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("比如：11010519491231002X", "比如：一一零一零五，一九四九一二三一，零零二X"),
        ("请打13800138000。", "请打一三八，零零一三，八零零零。"),
        ("最后两位 07", "最后两位 零七"),
        ("一共10000元，18位，0.5，2026年", "一共一万元，十八位，零点五，二零二六年"),
        ("每月100元，一次2元", "每月一百元，一次两元"),
        ("¥1,500.50，12.05元", "一千五百元五角，十二元零五分"),
        ("2026-11-23 和 1949年12月3日", "二零二六年十一月二十三日 和 一九四九年十二月三日"),
        ("上午8:30，下午2:05，14:00", "上午八点三十分，下午两点零五分，十四点"),
        ("涨了5%，第2步，2步，2号窗口，2月", "涨了百分之五，第二步，两步，二号窗口，二月"),
        ("请打急救电话 120，或者打12345", "请打急救电话幺二零，或者打幺二三四五"),
        ("VIP3 和 A4", "VIP3 和 A4"),
        ("没有数", "没有数"),
    ],
)
def test_in_chinese(text: str, said: str) -> None:
    assert in_chinese(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Call 12345", "Call 1 2 3 4 5"),
        ("Please call 120 at once", "Please call 1 2 0 at once"),
        ("From 9:00 to 14:05", "From 9:00 to 14:05"),
        ("On 1949-12-03", "On 3 December 1949"),
        ("¥1,500 or 10000 yuan, step 2", "1500 yuan or 10000 yuan, step 2"),
    ],
)
def test_in_english(text: str, said: str) -> None:
    assert in_english(text) == said
