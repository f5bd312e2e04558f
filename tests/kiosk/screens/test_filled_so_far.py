"""How much of an answer is said to be filled in."""

from dataclasses import replace

import pytest

from kiosk.screens.common.model import Entry
from kiosk.screens.compose import filled_so_far
from kiosk.state.look import Look

ZH, EN = Look(), Look(lang="en")


@pytest.mark.parametrize(
    ("entry", "zh", "en"),
    [
        (Entry("it", "digits"), "还没有填", "nothing filled in"),
        (Entry("it", "digits", value="138"), "已填3位", "3 filled in"),
        (Entry("it", "name", value="王秀"), "已填2个字", "2 characters filled in"),
        (Entry("it", "hand", value="王"), "已填1个字", "1 characters filled in"),
        (Entry("it", "address", value="18号"), "已填3个字", "3 characters filled in"),
        (Entry("it", "date", value="1945年3月"), "正在填", "partly filled in"),
        (Entry("it", "date", value="19450308"), "已填8位", "8 filled in"),
    ],
)
def test_how_much_there_is_but_not_what(entry: Entry, zh: str, en: str) -> None:
    assert (filled_so_far(entry, ZH), filled_so_far(entry, EN)) == (zh, en)


def test_what_there_is_in_the_headset_only() -> None:
    entry, alone = Entry("it", "digits", value="138001", display="138 001"), replace(ZH, headset=True)
    assert filled_so_far(entry, alone) == "1 3 8 0 0 1"
    assert filled_so_far(Entry("it", "name", value="王秀"), alone) == "王秀"
    assert filled_so_far(Entry("it", "digits"), alone) == "还没有填"
