"""Findings 17-23: line breaks, turned writing and invisible characters in the names of staff."""

import pytest
from accounts_support import log_in
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.names import plain_name

REFUSED = {
    "line break": "李芳\r\n王强",
    "end of line": "李芳\n",
    "tab": "李\t芳",
    "turned": "李芳\u202e",
    "isolated": "\u2066李芳",
    "right-to-left mark": "\u200f李芳",
    "zero-width": "李\u200b芳",
    "joiner": "李\u200d芳",
    "byte order mark": "\ufeff李芳",
    "soft hyphen": "李\u00ad芳",
    "filler": "李\u3164芳",
    "variation": "李\ufe0f芳",
    "private": "李\ue000",
    "surrogate": "李\ud800",
    "line separator": "李\u2028芳",
    "nul": "李\x00",
    "two spaces": "Li  Fang",
    "nothing": "  ",
    "too long": "李" * 21,
    "sign": "李芳<b>",
}


@pytest.mark.parametrize("name", REFUSED.values(), ids=REFUSED.keys())
def test_a_name_that_is_none_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(ValueError, match="without invisible characters: type it anew"):
        plain_name(name)


@pytest.mark.parametrize("name", ["李芳", "阿依古丽·买买提", "Li Fang", "O'Brien-Smith", "柜台 3", "王强（大）", "གསོ"])
def test_names_of_people_are_taken(name: str) -> None:
    assert plain_name(name)


def test_the_same_name_typed_otherwise_is_the_same() -> None:
    assert plain_name(" Ｌｉ　Ｆａｎｇ ") == plain_name("Li Fang")


@given(st.text(max_size=30))
def test_whatever_is_typed_a_name_is_one_visible_line(text: str) -> None:
    try:
        name = plain_name(text)
    except ValueError:
        return
    assert name.isprintable()
    assert plain_name(name) == name


def test_the_login_page_is_told_so(client: TestClient, pins: list[str]) -> None:
    answer = log_in(client, pins[0], "李芳\u202e")
    assert answer.status_code == 422
    assert "invisible" in answer.text
    assert "\u202e" not in answer.text
    assert "u202e" not in answer.text
