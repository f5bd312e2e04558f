"""Finding one of 300 names."""

import pytest
from field_support import field
from long_list import NAMES, choices
from pypinyin import lazy_pinyin

from forms import Choice
from kiosk.entry.search import PAGE, ListSearch, is_searched


@pytest.fixture
def search() -> ListSearch:
    return ListSearch(choices())


def found(search: ListSearch, query: str) -> list[str]:
    search.clear()
    for one in query:
        search.add(one)
    return [one.label.zh for one in search.found]


def test_nothing_put_in_leaves_the_whole_list(search: ListSearch) -> None:
    assert len(search.found) == len(NAMES) == 300
    assert [one.label.zh for one in search.page] == NAMES[:PAGE]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("xrmyy", "县人民医院"),
        ("xianrenminyiyuan", "县人民医院"),
        ("xianrmyy", "县人民医院"),
        ("rmyy", "县人民医院"),
        ("cph", "县人民医院"),
        ("people", "县人民医院"),
        ("县", "县人民医院"),
        ("县院", "县人民医院"),
        ("民yy", "县人民医院"),
        ("lvlz", "吕梁庄卫生室"),
        ("lulz", "吕梁庄卫生室"),
        ("cazw", "长安镇卫生院"),
        ("zazw", "长安镇卫生院"),
    ],
)
def test_letters_and_characters_find_a_name(search: ListSearch, query: str, name: str) -> None:
    assert name in found(search, query)
    assert len(found(search, query)) < 30


def test_who_begins_so_comes_first(search: ListSearch) -> None:
    both = found(search, "yy")
    assert both[0] == "阳岩村卫生室"
    assert "县人民医院" in both


def test_every_name_is_found_by_its_own_first_letters(search: ListSearch) -> None:
    for name in NAMES[::15]:
        assert name in found(search, "".join(one[0] for one in lazy_pinyin(name)))


def test_what_is_none_finds_nothing_and_erasing_brings_names_back(search: ListSearch) -> None:
    assert found(search, "xrmyyq") == []
    search.erase()
    assert [one.label.zh for one in search.found] == ["县人民医院"]
    search.clear()
    assert len(search.found) == 300


def test_pages_go_round(search: ListSearch) -> None:
    first = search.page
    seen = {one.id for one in first}
    for _ in range(300 // PAGE - 1):
        search.more()
        seen |= {one.id for one in search.page}
    assert len(seen) == 300
    search.more()
    assert search.page == first


def test_no_more_than_twenty_letters(search: ListSearch) -> None:
    assert all(search.add("a") for _ in range(20))
    assert not search.add("a")


def test_a_name_that_repeats_a_letter_is_looked_through_at_once() -> None:
    same = Choice.model_validate({"id": "it", "label": {"zh": "啊" * 200, "en": "aaaaaaaa " * 30}})
    search = ListSearch([same])
    for one in "aaaaaaaaaaaaaaaaaaab":
        search.add(one)
    assert search.found == []


def test_long_lists_are_searched_and_short_ones_where_they_say_so() -> None:
    many = choices()
    assert is_searched(field("choice"), many[:17])
    assert not is_searched(field("choice"), many[:16])
    assert is_searched(field("choice", search=True), many[:2])
    assert not is_searched(field("multiple_choice"), many)
