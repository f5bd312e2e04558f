import pytest

from forms import Catalogue
from kiosk.entry.answer_entry import CANDIDATES, AnswerEntry
from kiosk.entry.pinyin import PinyinTable
from kiosk.walk.walked_terminal import TODAY


@pytest.fixture
def entry(pinyin: PinyinTable) -> AnswerEntry:
    return AnswerEntry(pinyin)


def on(entry: AnswerEntry, catalogue: Catalogue, field: str, text: str = "") -> AnswerEntry:
    entry.begin(catalogue.service("old-age-allowance").field(field), text, TODAY)
    return entry


def test_digits_come_one_by_one_and_go_one_by_one(entry: AnswerEntry, catalogue: Catalogue) -> None:
    on(entry, catalogue, "resident_id")
    for digit in "110X":
        entry.add(digit)
    entry.erase()
    assert entry.text == "110"
    entry.clear()
    assert entry.text == ""
    entry.erase()
    assert entry.text == ""


@pytest.mark.parametrize(
    ("field", "longest"), [("resident_id", 18), ("phone", 11), ("bank_card", 19), ("house_number", 40)]
)
def test_what_is_too_much_is_not_taken(entry: AnswerEntry, catalogue: Catalogue, field: str, longest: int) -> None:
    on(entry, catalogue, field)
    assert [entry.add("1") for _ in range(longest + 3)] == [True] * longest + [False] * 3
    assert entry.text == "1" * longest


@pytest.mark.parametrize("said", ["42", "11010519491231002X42"], ids=["the rest", "all of it"])
def test_a_dictation_goes_on_with_what_stands_there_or_takes_its_place(
    entry: AnswerEntry, catalogue: Catalogue, said: str
) -> None:
    certificate = catalogue.service("disability-subsidy").field("certificate")
    entry.begin(certificate, "11010519491231002X", TODAY)
    entry.begun = entry.text
    assert entry.put(said)
    assert entry.text == "11010519491231002X42"
    assert not entry.put(said)


def test_a_name_by_pinyin(entry: AnswerEntry, catalogue: Catalogue) -> None:
    on(entry, catalogue, "name", "王")
    for letter in "xiu":
        entry.letter(letter)
    assert "秀" in entry.candidates
    assert len(entry.candidates) <= CANDIDATES
    entry.pick("秀")
    assert (entry.text, entry.letters, entry.candidates) == ("王秀", "", ())


def test_an_address_in_three_ways_and_the_one_chosen_is_kept(pinyin: PinyinTable, catalogue: Catalogue) -> None:
    entry = on(AnswerEntry(pinyin, by_hand=True), catalogue, "house_number")
    assert (entry.method, entry.methods) == ("digits", ("digits", "hand", "letters"))
    entry.add("18")
    entry.add("单元")
    entry.use("hand")
    entry.pick("院")
    assert entry.text == "18单元院"
    on(entry, catalogue, "name")
    entry.use("letters")
    on(entry, catalogue, "house_number")
    assert entry.method == "hand"
    entry.letter("l")
    assert entry.method == "letters", "a letter comes from a keyboard"


def test_an_address_without_handwriting(entry: AnswerEntry, catalogue: Catalogue) -> None:
    assert on(entry, catalogue, "house_number").methods == ("digits", "letters")


def test_a_letter_that_leads_nowhere_is_not_taken(entry: AnswerEntry, catalogue: Catalogue) -> None:
    on(entry, catalogue, "name")
    for letter in "wxyangz":
        entry.letter(letter)
    assert entry.letters == "wang"


def test_erase_takes_a_letter_before_a_character(entry: AnswerEntry, catalogue: Catalogue) -> None:
    on(entry, catalogue, "name", "王")
    entry.letter("x")
    entry.erase()
    assert (entry.text, entry.letters) == ("王", "")
    entry.erase()
    assert entry.text == ""


def test_more_goes_round_and_shows_every_character(
    entry: AnswerEntry, catalogue: Catalogue, pinyin: PinyinTable
) -> None:
    on(entry, catalogue, "name")
    for letter in "wang":
        entry.letter(letter)
    first, seen = entry.candidates, list(entry.candidates)
    for _ in range(1000):
        entry.more()
        if entry.candidates == first:
            break
        seen += entry.candidates
    assert seen == pinyin.candidates("wang")


def test_no_phone_is_not_a_text_to_type_behind(entry: AnswerEntry, catalogue: Catalogue) -> None:
    on(entry, catalogue, "phone", "none").add("1")
    assert entry.text == "1"
    on(entry, catalogue, "phone", "none").erase()
    assert entry.text == ""
