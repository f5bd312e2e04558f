"""Each kind of field, as it is put in, shown and said."""

from pkgutil import walk_packages
from typing import Any

import pytest
from field_support import field

import forms.fields
import kiosk.entry.fields
from forms.field import kinds
from kiosk.devices.cards import Card
from kiosk.entry.field_input import FieldInput, Offer, input_of, on_card
from kiosk.entry.strokes import Stroke
from kiosk.texts.strings import Texts
from kiosk.walk.walked_terminal import TODAY
from voice.recognition.dictation import KINDS as HEARD

ALL = sorted(kinds())


def of(kind: str, **more: Any) -> FieldInput:
    return input_of(field(kind, **more))


def test_every_kind_of_field_is_on_both_sides() -> None:
    ours, theirs = (
        {
            module.name.rsplit(".")[-1]
            for module in walk_packages(room.__path__, f"{room.__name__}.")
            if not module.ispkg
        }
        for room in (kiosk.entry.fields, forms.fields)
    )
    assert ours == theirs == set(kinds())


@pytest.mark.parametrize(
    ("kind", "methods", "keys", "word_keys"),
    [
        ("person_name", ("hand", "letters"), ("·",), False),
        ("address", ("digits", "hand", "letters"), (), True),
        ("text", ("hand", "letters", "digits"), (), True),
        ("date", ("cards", "digits"), (), False),
        ("resident_id", ("digits",), ("X",), False),
        ("disability_certificate", ("digits",), ("X",), False),
        ("amount", ("digits",), (".",), False),
        ("choice", (), (), False),
        ("multiple_choice", (), (), False),
        ("material", (), (), False),
        ("half_day", (), (), False),
        ("consent", (), (), False),
        ("signature", ("sign",), (), False),
        *((kind, ("digits",), (), False) for kind in ("phone", "bank_card", "receipt_number", "digits", "number")),
    ],
)
def test_how_it_is_put_in(kind: str, methods: tuple[str, ...], keys: tuple[str, ...], word_keys: bool) -> None:
    assert (of(kind).methods, of(kind).keys, of(kind).word_keys) == (methods, keys, word_keys)


@pytest.mark.parametrize(
    ("kind", "more", "heard"),
    [
        ("phone", {}, "phone"),
        ("resident_id", {}, "id"),
        ("disability_certificate", {}, "id"),
        ("bank_card", {}, "digits"),
        ("receipt_number", {}, "digits"),
        ("address", {}, "number"),
        ("date", {}, "date"),
        ("amount", {}, "amount"),
        ("number", {}, "count"),
        ("choice", {}, "choice"),
        ("multiple_choice", {}, "choice"),
        ("material", {}, "choice"),
        ("half_day", {}, "choice"),
        ("consent", {}, "choice"),
        ("person_name", {}, None),
        ("text", {}, None),
        ("signature", {}, None),
        ("digits", {"max_length": 6}, "number"),
        ("digits", {"max_length": 7}, "digits"),
        ("digits", {"min_length": 2, "max_length": 4}, "digits"),
    ],
)
def test_how_it_is_dictated(kind: str, more: dict[str, int], heard: str | None) -> None:
    assert of(kind, **more).dictation(field(kind, **more)) == heard
    assert heard is None or heard in HEARD


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        ("phone", "13800138000", "138 0013 8000", "138 0013 8000"),
        ("phone", "none", "没有电话", "No phone"),
        ("resident_id", "11010519491231002X", "110105 19491231 002X", "110105 19491231 002X"),
        ("date", "1945-03-08", "1945年3月8日", "March 8, 1945"),
        ("amount", "1500.50", "1,500.50元", "1,500.50 yuan"),
        ("address", "18号", "18号", "18号"),
        ("person_name", "王秀英", "王秀英", "王秀英"),
        ("signature", "[[[1,2]]]", "已签字", "signed"),
    ],
)
def test_how_it_is_shown(texts: Texts, kind: str, value: str, zh: str, en: str) -> None:
    shown = of(kind).shown
    assert (shown(field(kind), value, texts, "zh"), shown(field(kind), value, texts, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        ("phone", "13800138000", "已填写11位，最后两位0 0", "11 digits, ending in 0 0"),
        ("bank_card", "6222020200112233446", "已填写19位，最后两位4 6", "19 digits, ending in 4 6"),
        ("digits", "1234", "已填写4位", "4 digits"),
        ("person_name", "王秀英", "已经填好", "filled in"),
        ("text", "李先生", "已经填好", "filled in"),
        ("signature", "[[[1,2]]]", "已经填好", "filled in"),
        ("address", "18号", "已经填好", "filled in"),
        ("amount", "1500.50", "已经填好", "filled in"),
        ("number", "3", "已经填好", "filled in"),
        ("date", "1945-03-08", "已经填好，3月8日", "filled in, March 8"),
    ],
)
def test_what_is_said_of_a_private_answer(kind: str, value: str, zh: str, en: str) -> None:
    assert (of(kind).said(value, "zh"), of(kind).said(value, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("kind", "more", "dictated", "private", "public"),
    [
        ("phone", {}, "0013", "0 0 1 3", "0 0 1 3"),
        ("phone", {}, "13800", "5位", "1 3 8 0 0"),
        ("digits", {"max_length": 8}, "12", "1 2", "1 2"),
        ("digits", {"max_length": 7}, "12", "2位", "1 2"),
        ("address", {}, "18", "2位", "1 8"),
        ("date", {}, "1945-03-08", "3月8日", "1945年3月8日"),
        ("amount", {}, "12.50", "", "12.50元"),
        ("amount", {}, "12.00", "", "12元"),
        ("number", {"unit": {"zh": "人", "en": "people"}}, "3", "", "3 人"),
    ],
)
def test_what_was_dictated_is_said_back(
    kind: str, more: dict[str, Any], dictated: str, private: str, public: str
) -> None:
    said = of(kind, **more).read_back
    assert said(field(kind, tier="L3", **more), dictated, "zh") == private
    assert said(field(kind, tier="L1", **more), dictated, "zh") == public


def test_what_is_counted_stands_behind_a_number(texts: Texts) -> None:
    people = field("number", unit={"zh": "人", "en": "people"})
    assert input_of(people).shown(people, "1200", texts, "zh") == "1200 人"
    assert input_of(people).shown(people, "3", texts, "en") == "3 people"
    assert of("number").shown(field("number"), "3", texts, "zh") == "3"


def test_amounts_and_dates_in_english() -> None:
    assert of("amount").read_back(field("amount", tier="L1"), "12.50", "en") == "12.50 yuan"
    assert of("date").read_back(field("date", tier="L1"), "1945-03-08", "en") == "March 8, 1945"


def test_answers_with_a_button_of_their_own(texts: Texts) -> None:
    offers = {kind: of(kind).offers for kind in ALL if of(kind).offers}
    assert offers == {
        "phone": (Offer("no_phone", "no-phone", "no_phone", "none"),),
        "consent": (
            Offer("consent.yes", "yes", "consent_yes", "yes"),
            Offer("consent.no", "no", "consent_no", None, "decline"),
        ),
    }
    for offer in (one for some in offers.values() for one in some):
        assert texts.has(offer.text)
        assert texts.phrases(offer.phrases, "zh")


def test_a_card_a_receipt_and_an_agreement() -> None:
    card = Card("11010519491231002X", "王秀英")
    told = {kind: said for kind in ALL if (said := on_card(field(kind), card))}
    assert told == {"person_name": "王秀英", "resident_id": "11010519491231002X"}
    assert on_card(field("phone"), card) == ""
    assert [kind for kind in ALL if of(kind).from_receipt] == ["receipt_number"]
    assert [kind for kind in ALL if of(kind).agreement] == ["consent"]


def test_only_a_date_has_cards_and_an_example_to_type_like() -> None:
    asked = field("date", min="1946-01-01", max="today")
    steps = input_of(asked).steps
    assert steps is not None
    assert (steps(asked, TODAY).least.isoformat(), steps(asked, TODAY).most) == ("1946-01-01", TODAY)
    assert input_of(asked).placeholder(asked) == "1945 03 08"
    assert [kind for kind in ALL if of(kind).steps or of(kind).placeholder(field(kind))] == ["date"]


class Recorded:
    """A hand (kiosk.entry.field_input.Hand) that writes down what it does."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def do(self, action: str, value: str | None = None) -> None:
        self.done.append(action if value is None else f"{action} {value}")

    def write(self, stroke: Stroke) -> None:
        self.done.append("stroke")


def walked(kind: str) -> list[str]:
    """What the walk does on such a question, and in brackets what it shows."""
    hand = Recorded()
    for picture in of(kind).walk(hand, field(kind)):
        hand.done.append(f"[{picture}]")
    return hand.done


def test_the_walk_shows_every_method_of_input() -> None:
    assert walked("date") == [
        "calendar moon", "step 194", "[year]", "step 1945", "[month]", "step 1", "[day]", "step 24", "[moon]",
        "calendar sun", "erase", "[sun]", "way digits", "[digits]", "clear",
    ]  # fmt: skip
    assert walked("person_name") == [
        "way hand", "stroke", "stroke", "stroke", "stroke", "[written]", "next", "[unpicked]", "rub_out",
        "letter w", "letter a", "letter n", "letter g", "[composing]", "clear",
    ]  # fmt: skip
    assert walked("address") == ["way hand", "[hand]", "way letters", "[letters]", "way digits"]
    assert walked("text") == ["way letters", "[letters]", "way digits", "[digits]", "way hand"]
    assert walked("phone") == []
