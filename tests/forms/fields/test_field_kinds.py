"""What kiosk and hall know of each kind of field beside its rule."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from catalogue_support import mistakes_in
from field_support import field
from pydantic import ValidationError

from forms import Catalogue, mask
from forms.discovery import discover
from forms.field import Asked, FieldKind, as_text, kinds
from forms.fields.date import bounds
from forms.rules import all_codes, codes, judge

TODAY = date(2026, 11, 23)
KINDS = sorted(kinds())


def wrong(kind: str, **settings: Any) -> str:
    """What is said of a field with such settings."""
    with pytest.raises(ValidationError) as told:
        field(kind, **settings)
    return str(told.value.errors()[0]["msg"])


def test_a_type_that_no_module_makes_is_refused_and_the_known_ones_are_named() -> None:
    assert wrong("colour") == "Input should be " + ", ".join(map(repr, KINDS[:-1])) + f" or {KINDS[-1]!r}"
    assert "phone" in KINDS
    assert "Input should be" in wrong("phone", type=["phone"])


def test_a_module_that_says_nothing_of_its_kind_is_found_at_once() -> None:
    with pytest.raises(TypeError, match=r"forms\.values\.\w+ has no KIND: define one, a FieldKind"):
        discover("forms.values", "KIND", FieldKind)


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        ("resident_id", "11010519491231002X", "1****************X"),
        ("disability_certificate", "11010519491231002X42", "1*****************42"),
        ("bank_card", "6222020200112233446", "***************3446"),
        ("phone", "13800138000", "138******00"),
        ("phone", "none", "none"),
        ("person_name", "王秀英", "王**"),
        ("address", "18号", "***"),
        ("address", "none", "****"),
        ("date", "1945-03-08", "**********"),
        ("amount", "1500.50", "*******"),
        ("receipt_number", "400000000002", "************"),
        ("digits", "1234", "****"),
        ("number", "12", "**"),
        ("text", "李先生", "***"),
        ("text", "字" * 50, "*" * 20),
        ("signature", "[[[120,310],[480,305]]]", "*" * 20),
        ("signature", "mark", "mark"),
        ("phone", "1", "1*1"),
        ("phone", "", ""),
    ],
)
def test_what_others_may_see(kind: str, value: str, seen: str) -> None:
    for tier in ("L3", "L4"):
        assert mask(field(kind, tier=tier), value) == seen
    for tier in ("L1", "L2"):
        assert mask(field(kind, tier=tier), value) == value


@pytest.mark.parametrize(
    ("kind", "text", "groups"),
    [
        ("resident_id", "11010519491231002X", "110105 19491231 002X"),
        ("resident_id", "1101051", "110105 1"),
        ("disability_certificate", "11010519491231002X42", "110105 19491231 002X 42"),
        ("phone", "13800138000", "138 0013 8000"),
        ("phone", "03122345678", "0312 2345 678"),
        ("phone", "01062345678", "010 6234 5678"),
        ("phone", "02062345678", "020 6234 5678"),
        ("phone", "09912345678", "0991 2345 678"),
        ("bank_card", "6222020200112233446", "6222 0202 0011 2233 446"),
        ("receipt_number", "400000000002", "4000 0000 0002"),
        ("date", "19450308", "1945 03 08"),
        ("digits", "123456", "1234 56"),
        ("address", "18号", "18号"),
        ("phone", "1380013800012", "138 0013 8000 12"),
        ("phone", "", ""),
    ],
)
def test_numbers_stand_in_groups_as_they_are_read(kind: str, text: str, groups: str) -> None:
    assert kinds()[kind].grouped(text) == groups


@pytest.mark.parametrize(
    ("kind", "text", "longest"),
    [
        *(("resident_id", "", 18), ("bank_card", "6", 19), ("receipt_number", "4", 12), ("person_name", "王", 30)),
        *(("phone", "", 12), ("phone", "0", 12), ("phone", "1", 11), ("date", "", 8), ("amount", "", 11)),
        *(("digits", "", 20), ("address", "", 20), ("number", "", 9), ("text", "", 20)),
    ],
)
def test_how_much_can_be_typed(kind: str, text: str, longest: int) -> None:
    assert field(kind).longest(text) == longest


def test_the_walk_has_a_wrong_answer_where_a_wrong_one_is_worth_a_picture() -> None:
    shown = {kind: kinds()[kind].wrong_example for kind in KINDS if kinds()[kind].wrong_example}
    assert {"person_name", "resident_id", "bank_card", "receipt_number"} <= set(shown)
    for kind, text in shown.items():
        assert judge(field(kind), text, [], TODAY).error, f"{text} is a right {kind}"


@pytest.mark.parametrize("kind", KINDS)
def test_only_ids_and_cards_hide_their_example(kind: str) -> None:
    example = "11010519491231002X"
    hidden = kind in ("resident_id", "bank_card", "disability_certificate")
    shown = field(kind, example="1945-03-08" if kind == "date" else example).shown_example
    assert shown == ("110105……002X" if hidden else "1945-03-08" if kind == "date" else example)


def test_an_age_is_told_by_an_id_number_or_a_birthday() -> None:
    assert [kind for kind in KINDS if kinds()[kind].tells_age] == ["date", "resident_id"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_is_missing_has_a_message(kind: str) -> None:
    own = {"consent": "consent_needed", "multiple_choice": "none_chosen", "signature": "signature_needed"}
    empty = own.get(kind, "required")
    assert judge(field(kind), "", [], TODAY).error == empty
    assert codes(field(kind)) == tuple(dict.fromkeys((empty, *kinds()[kind].codes)))
    assert {empty, *kinds()[kind].codes, "not_text", "unknown_field"} <= all_codes()
    if kind != "consent":
        assert codes(field(kind, required=False)) == kinds()[kind].codes


# settings


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_own_settings(kind: str) -> None:
    given = {
        "choices": [{"id": "here", "label": {"zh": "这里", "en": "here"}}],
        "choices_from": "towns",
        "choice_filter": "town",
        "keys": ["号"],
        "min": "1945-03-08",
        "max": "today",
        "unit": {"zh": "人", "en": "people"},
        "search": True,
        "pattern": "1.*",
        "pattern_message": {"zh": "不一样", "en": "not so"},
    }
    listed = ("choices", "choices_from", "choice_filter")
    known = {
        "date": ("min", "max"),
        "amount": ("min", "max"),
        "number": ("min", "max", "unit"),
        "half_day": ("min", "max"),
        "address": ("keys",),
        "text": ("keys", "pattern", "pattern_message"),
        "digits": ("pattern", "pattern_message"),
        "choice": (*listed, "search"),
        "multiple_choice": (*listed, "min", "max"),
    }.get(kind, ())
    for name, value in given.items():
        if name not in known:
            assert wrong(kind, **{name: value}).endswith(f"field it has the type {kind} and no use for {name}")


@pytest.mark.parametrize("bound", ["gestern", "1945-2-3", "", "5"])
def test_a_bound_of_a_date_is_a_day_or_today(bound: str) -> None:
    assert f"its min {bound!r} is no day" in wrong("date", min=bound)
    assert f"its max {bound!r} is no day" in wrong("date", max=bound)
    field("date", min="1900-01-31", max="today")


@pytest.mark.parametrize("setting", ["min", "max", "example"])
def test_a_day_that_no_calendar_has_is_said_so(setting: str) -> None:
    assert f"'2026-11-31' is a day that does not exist (its {setting})" in wrong("date", **{setting: "2026-11-31"})


@pytest.mark.parametrize("bound", ["viel", "today", "", "nan", "inf"])
def test_a_bound_of_an_amount_is_a_number(bound: str) -> None:
    assert f"its min {bound!r} is no amount" in wrong("amount", min=bound)
    assert f"its max {bound!r} is no amount" in wrong("amount", max=bound)
    field("amount", min=0, max="20000.50")


@pytest.mark.parametrize("bound", ["many", "-1", "1.5", "", "1000000000"])
def test_a_bound_of_a_number_is_a_whole_number(bound: str) -> None:
    assert f"{bound!r} is no number" in wrong("number", min=bound)
    assert f"{bound!r} is no number" in wrong("number", max=bound)
    assert "its max is less than" in wrong("number", min=8, max=3)
    field("number", min=1, max="20")


@pytest.mark.parametrize("example", ["一九四五年三月八号", "1945-3-8", "19450308"])
def test_an_example_of_a_date_is_written_as_it_is_kept(example: str) -> None:
    assert "to be written like 1945-03-08" in wrong("date", example=example)


def test_an_address_has_eight_different_keys_at_most() -> None:
    field("address", keys=list("号楼室组巷路院村"))
    assert "8 different keys" in wrong("address", keys=list("号楼室组巷路院村里"))
    assert "8 different keys" in wrong("address", keys=["号", "号"])


def test_a_choice_has_choices_from_one_place() -> None:
    field("choice", choices_from="towns", choices=[])
    assert "not both" in wrong("choice", choices_from="towns")
    assert "has to have choices" in wrong("choice", choices=[])


def test_who_does_not_agree_is_offered_help() -> None:
    assert "has to be required" in wrong("consent", required=False)


# text


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("李先生", "李先生", None),
        ("  房租，每月　500元！ ", "房租，每月 500元！", None),
        ("𠮷野家", "𠮷野家", None),
        ("ئۇيغۇر", "ئۇيغۇر", None),
        ("e\u0301", "é", None),
        ("😀", "😀", None),
        *(
            (f"李{one}生", f"李{one}生", "text_characters")
            for one in "\n\t\x00\x7f\u202e\u200b\ue000\ud800\uffff\u2028"
        ),
        ("李", "李", "text_length"),
        ("字" * 20, "字" * 20, None),
        ("字" * 21, "字" * 21, "text_length"),
    ],
)
def test_a_text_is_one_line_of_whatever_can_be_seen(raw: str, value: str, code: str | None) -> None:
    verdict = judge(field("text", min_length=2 if code else 1), raw, [], TODAY)
    assert (verdict.value, verdict.error) == (value, code)


@pytest.mark.parametrize("settings", [{"max_length": 101}, {"min_length": 0}, {"min_length": 5, "max_length": 4}])
def test_a_text_is_short(settings: dict[str, int]) -> None:
    assert "1 to 100 characters" in wrong("text", **settings)
    assert "8 different keys" in wrong("text", keys=["号", "号"])


# patterns


@pytest.mark.parametrize(
    ("kind", "pattern", "raw", "code"),
    [
        ("digits", "(19|20)[0-9]{6}", "1998 0123", None),
        ("digits", "(19|20)[0-9]{6}", "29980123", "pattern"),
        ("digits", "(19|20)[0-9]{6}", "199801234", "pattern"),
        ("digits", "[0-9]{3}", "12a", "digits_characters"),
        ("text", "GB[0-9]{4}", "GB1234", None),
        ("text", "GB[0-9]{4}", "GB1234x", "pattern"),
        ("text", "(a|a)*b", "a" * 100, "pattern"),
    ],
)
def test_an_answer_is_written_as_its_pattern_says(kind: str, pattern: str, raw: str, code: str | None) -> None:
    asked = field(kind, pattern=pattern, max_length=100, example="19980123")
    assert judge(asked, raw, [], TODAY).error == code
    assert "pattern" in codes(asked)


def test_a_pattern_says_in_its_own_words_what_is_wrong(catalogue: Catalogue) -> None:
    own = field("digits", pattern="1.*", pattern_message={"zh": "要从 1 开始。", "en": "It begins with 1."})
    assert catalogue.message("pattern", own, "2").zh == "要从 1 开始。"
    usual = catalogue.message("pattern", field("digits", pattern="1.*", example="12"), "2")
    assert "12" in usual.zh
    assert "a pattern_message needs a pattern" in wrong("text", pattern_message={"zh": "不", "en": "no"})
    assert "no regular expression" in wrong("text", pattern="(")


# several choices

FOUR = [{"id": one, "label": {"zh": one, "en": one}, "alone": one == "nothing"} for one in ("a", "b", "c", "nothing")]
IDS = ["a", "b", "c", "nothing"]


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("c a", "a c", None),
        (["c", "a"], "a c", None),
        ("a  a", "a", None),
        ("nothing", "nothing", None),
        ("a nothing", "a nothing", "chosen_alone"),
        ("a d", "a d", "not_a_choice"),
        ("a,b", "a,b", "not_a_choice"),
        ("a b c", "a b c", "chosen_too_many"),
        ("", "", "none_chosen"),
        ([], "", "none_chosen"),
        (["a b"], "", "not_text"),
        ([1], "", "not_text"),
        ({"a": True}, "", "not_text"),
    ],
)
def test_several_choices_are_kept_in_the_order_of_the_offer(raw: object, value: str, code: str | None) -> None:
    verdict = judge(field("multiple_choice", choices=FOUR, max=2), raw, IDS, TODAY)
    assert (verdict.value, verdict.error) == (value, code)


def test_none_of_several_is_enough_and_so_is_nothing_where_it_may_be_empty() -> None:
    two = field("multiple_choice", choices=FOUR, min=2, required=False)
    assert judge(two, "a", IDS, TODAY).error == "chosen_too_few"
    assert judge(two, "nothing", IDS, TODAY).error is None
    assert judge(two, [], IDS, TODAY).error is None


def test_bounds_of_several_choices_can_be_kept_to() -> None:
    assert "is no number" in wrong("multiple_choice", min="0")
    assert "is no number" in wrong("multiple_choice", max="many")
    assert "its max is less than" in wrong("multiple_choice", choices=FOUR, min=3, max=2)
    assert "only 4 choices" in wrong("multiple_choice", choices=FOUR, min=5)
    assert "alone is for" in wrong("choice", choices=FOUR)


# bounds


def test_a_date_without_bounds_takes_what_the_lunar_tables_know() -> None:
    assert bounds(field("date"), TODAY) == (date(1900, 1, 31), date(2100, 12, 31))
    assert bounds(field("date", min="1946-01-01", max="today"), TODAY) == (date(1946, 1, 1), TODAY)
    assert bounds(field("date", min="today"), TODAY) == (TODAY, date(2100, 12, 31))


def test_bounds_as_messages_name_them() -> None:
    born, income = field("date", max="today"), field("amount", min=10)
    assert born.kind.bounds(born, "zh") == {"min": "1900年1月31日", "max": "今天"}
    assert born.kind.bounds(born, "en") == {"min": "January 31, 1900", "max": "today"}
    wanted = field("date", min="2026-11-23")
    assert wanted.kind.bounds(wanted, "en") == {"min": "November 23, 2026", "max": "December 31, 2100"}
    assert income.kind.bounds(income, "zh") == {"min": "10", "max": "99999999.99"}
    assert field("amount").kind.bounds(field("amount"), "zh")["min"] == "0"
    assert field("phone").kind.bounds(field("phone"), "zh") == {}


@pytest.mark.parametrize(
    ("raw", "code"),
    [("10", None), ("9.99", "amount_range"), ("20", None), ("20.01", "amount_range"), ("很多", "amount_unclear")],
)
def test_an_amount_lies_between_its_bounds(raw: str, code: str | None) -> None:
    assert judge(field("amount", min=10, max=20), raw, [], TODAY).error == code


@pytest.mark.parametrize(("raw", "code"), [("99999999.99", None), ("100000000", "amount_range"), ("0", None)])
def test_an_amount_without_bounds(raw: str, code: str | None) -> None:
    assert judge(field("amount"), raw, [], TODAY).error == code


@pytest.mark.parametrize(
    ("kind", "short", "long"),
    [("digits", "too_few_digits", "too_many_digits"), ("address", "address_length", "address_length")],
)
def test_lengths_count_their_ends(kind: str, short: str, long: str) -> None:
    bounded = field(kind, min_length=3, max_length=4)
    told = [judge(bounded, "1" * many, [], TODAY).error for many in range(2, 6)]
    assert told == [short, None, None, long]


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("8000", "8000", None),
        ("13800138000", "8000", None),
        ("010 6512 3456", "3456", None),
        ("1380013", "1380013", "not_last_digits"),
        ("800", "800", "too_few_digits"),
    ],
)
def test_who_gives_the_whole_number_gives_its_last_digits(raw: str, value: str, code: str | None) -> None:
    last = field("digits", min_length=4, max_length=4, last_of="phone")
    verdict = judge(last, raw, [], TODAY)
    assert (verdict.value, verdict.error) == (value, code)
    assert judge(field("digits", min_length=4, max_length=4), "13800138000", [], TODAY).error == "too_many_digits"


def test_last_digits_are_those_of_a_number() -> None:
    with pytest.raises(ValidationError, match="address is not"):
        field("digits", last_of="address")
    with pytest.raises(ValidationError, match="last_of"):
        field("phone", last_of="phone")


@pytest.mark.parametrize(("many", "code"), [(1, "name_length"), (2, None), (50, None), (51, "name_length")])
def test_a_name_has_two_to_fifty_characters(many: int, code: str | None) -> None:
    assert judge(field("person_name"), "王" * many, [], TODAY).error == code


def test_the_dot_of_a_name_is_no_letter() -> None:
    assert judge(field("person_name"), "王·英", [], TODAY).error is None
    assert judge(field("person_name"), "A-", [], TODAY).error == "name_characters"


@pytest.mark.parametrize(("many", "code"), [(15, "too_few_digits"), (16, None), (19, None), (20, "too_many_digits")])
def test_a_card_has_sixteen_to_nineteen_digits(many: int, code: str | None) -> None:
    assert judge(field("bank_card"), "6" * many, [], TODAY).error == code


# answers of JSON


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("x", "x"),
        (18, "18"),
        (-5, "-5"),
        (True, None),
        (1.5, None),
        (None, None),
        (10**30 - 1, "9" * 30),
        (10**30, None),
    ],
)
def test_an_answer_of_json_as_text(raw: object, text: str | None) -> None:
    assert as_text(raw) == text


def test_numbers_with_a_point_are_amounts_only() -> None:
    assert judge(field("amount"), 12.5, [], TODAY).value == "12.50"
    assert judge(field("amount"), True, [], TODAY).error == "not_text"
    assert judge(field("digits"), 12.5, [], TODAY).error == "not_text"


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        *((raw, "3", None) for raw in (3, 3.0, "3", " ３ ", "三", "三个", "三口人", "仨", "3人", "3 people")),
        *((raw, "12", None) for raw in ("十二", "12", "012", "十二个人", "一十二")),
        *((("一零五"), "105", None), ("1,200", "1200", None), ("两千零三", "2003", None), (0, "0", None)),
        *((raw, raw, "number_unclear") for raw in ("七八个", "十来个", "三点五", "3.5", "多", "--3", "1,2")),
        *((1.5, "1.5", "number_unclear"), (float("inf"), "inf", "number_unclear")),
        *((-3, "-3", "number_range"), (10_000, "10000", "number_range")),
    ],
)
def test_a_number_is_written_or_said_as_people_count(raw: object, value: str, code: str | None) -> None:
    verdict = judge(field("number", unit={"zh": "人", "en": "people"}), raw, [], TODAY)
    assert (verdict.value, verdict.error) == (value, code)


@pytest.mark.parametrize(("raw", "code"), [("0", "number_range"), ("1", None), ("20", None), ("21", "number_range")])
def test_a_number_lies_between_its_bounds(raw: str, code: str | None) -> None:
    assert judge(field("number", min=1, max=20), raw, [], TODAY).error == code


def test_consent_of_json() -> None:
    assert kinds()["consent"].read(True) == "yes"
    assert kinds()["consent"].read(False) == "no"
    assert kinds()["consent"].read("yes") == "yes"


def test_a_choice_is_judged_by_what_is_on_offer() -> None:
    rule = kinds()["choice"].judge
    assert rule("here", Asked(field("choice"), TODAY, ["here"])).error is None
    assert rule("here", Asked(field("choice"), TODAY)).error == "not_a_choice"


def test_the_catalogue_says_which_file_has_a_wrong_setting(assets: Path) -> None:
    path = assets / "fields.yaml"
    path.write_text(path.read_text("utf-8").replace("type: phone", "type: phone\n  keys: [号]"), "utf-8")
    told = mistakes_in(assets)
    line = path.read_text("utf-8").splitlines().index("  keys: [号]") + 1
    assert told[0] == f"assets/fields.yaml:{line}: phone > keys: field phone has the type phone and no use for keys."
