import pytest

from forms import Catalogue
from kiosk.entry.answer_entry import CANDIDATES, Pad, grouped
from kiosk.entry.pinyin import PinyinTable
from kiosk.walk.walked_terminal import TODAY


@pytest.fixture
def pad(pinyin: PinyinTable) -> Pad:
    return Pad(pinyin)


def on(pad: Pad, catalogue: Catalogue, field: str, text: str = "") -> Pad:
    pad.begin(catalogue.service("old-age-allowance").field(field), text, TODAY)
    return pad


def test_digits_come_one_by_one_and_go_one_by_one(pad: Pad, catalogue: Catalogue) -> None:
    on(pad, catalogue, "resident_id")
    for digit in "110X":
        pad.add(digit)
    pad.erase()
    assert pad.text == "110"
    pad.clear()
    assert pad.text == ""
    pad.erase()
    assert pad.text == ""


@pytest.mark.parametrize(
    ("field", "longest"), [("resident_id", 18), ("phone", 12), ("bank_card", 19), ("house_number", 40)]
)
def test_what_is_too_much_is_dropped(pad: Pad, catalogue: Catalogue, field: str, longest: int) -> None:
    on(pad, catalogue, field)
    for _ in range(longest + 3):
        pad.add("1")
    assert pad.text == "1" * longest


def test_a_name_by_pinyin(pad: Pad, catalogue: Catalogue) -> None:
    on(pad, catalogue, "name", "王")
    for letter in "xiu":
        pad.letter(letter)
    assert "秀" in pad.candidates
    assert len(pad.candidates) <= CANDIDATES
    pad.pick("秀")
    assert (pad.text, pad.letters, pad.candidates) == ("王秀", "", ())


def test_an_address_in_three_ways_and_the_one_chosen_is_kept(pinyin: PinyinTable, catalogue: Catalogue) -> None:
    pad = on(Pad(pinyin, by_hand=True), catalogue, "house_number")
    assert (pad.way, pad.ways) == ("digits", ("digits", "hand", "letters"))
    pad.add("18")
    pad.add("单元")
    pad.go("hand")
    pad.pick("院")
    assert pad.text == "18单元院"
    on(pad, catalogue, "name")
    pad.go("letters")
    on(pad, catalogue, "house_number")
    assert pad.way == "hand"
    pad.letter("l")
    assert pad.way == "letters", "a letter comes from a keyboard"


def test_an_address_without_handwriting(pad: Pad, catalogue: Catalogue) -> None:
    assert on(pad, catalogue, "house_number").ways == ("digits", "letters")


def test_a_letter_that_leads_nowhere_is_not_taken(pad: Pad, catalogue: Catalogue) -> None:
    on(pad, catalogue, "name")
    for letter in "wxyangz":
        pad.letter(letter)
    assert pad.letters == "wang"


def test_erase_takes_a_letter_before_a_character(pad: Pad, catalogue: Catalogue) -> None:
    on(pad, catalogue, "name", "王")
    pad.letter("x")
    pad.erase()
    assert (pad.text, pad.letters) == ("王", "")
    pad.erase()
    assert pad.text == ""


def test_more_goes_round_and_shows_every_character(pad: Pad, catalogue: Catalogue, pinyin: PinyinTable) -> None:
    on(pad, catalogue, "name")
    for letter in "wang":
        pad.letter(letter)
    first, seen = pad.candidates, list(pad.candidates)
    for _ in range(1000):
        pad.more()
        if pad.candidates == first:
            break
        seen += pad.candidates
    assert seen == pinyin.candidates("wang")


def test_no_phone_is_not_a_text_to_type_behind(pad: Pad, catalogue: Catalogue) -> None:
    on(pad, catalogue, "phone", "none").add("1")
    assert pad.text == "1"
    on(pad, catalogue, "phone", "none").erase()
    assert pad.text == ""


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("resident_id", "11010519491231002X", "110105 19491231 002X"),
        ("resident_id", "1101051", "110105 1"),
        ("phone", "13800138000", "138 0013 8000"),
        ("bank_card", "6222020200112233446", "6222 0202 0011 2233 446"),
        ("receipt_number", "400000000002", "4000 0000 0002"),
        ("digits", "18", "18"),
        ("phone", "", ""),
    ],
)
def test_numbers_are_grouped_as_they_are_read(kind: str, text: str, shown: str) -> None:
    assert grouped(kind, text) == shown
