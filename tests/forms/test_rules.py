"""One answer at a time: what is taken, how it is tidied, what is said when it cannot be taken."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import Catalogue
from forms.field import Field
from forms.rules import codes, judge
from forms.texts import Text

TODAY = date(2026, 11, 23)
SAME = Text(zh="字", en="word")


def field(kind: str, **more: Any) -> Field:
    if kind == "choice":
        more = {"choices": [{"id": "here", "label": {"zh": "这里", "en": "here"}}], **more}
    return Field(id="it", type=kind, tier="L3", label=SAME, question=SAME, example="1", **more)


def taken(kind: str, raw: object, **more: Any) -> str:
    verdict = judge(field(kind, **more), raw, ["here"], TODAY)
    assert verdict.error is None, verdict
    return verdict.value


def error(kind: str, raw: object, **more: Any) -> str | None:
    return judge(field(kind, **more), raw, ["here"], TODAY).error


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("王秀英", "王秀英"),
        (" 王 秀英　", "王秀英"),
        ("买买提·艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提 ・ 艾力", "买买提·艾力"),
        ("阿不都．热合曼", "阿不都·热合曼"),
        ("王𬭎", "王𬭎"),
        ("买买提•𬭎", "买买提·𬭎"),
        ("𬭎𬬭", "𬭎𬬭"),
        ("㛃㛃", "㛃㛃"),
        ("李〇", "李〇"),
        ("欧阳震华", "欧阳震华"),
        ("Mary O'Connor-Smith", "Mary O'Connor-Smith"),
        ("Mary O’Connor", "Mary O’Connor"),
        ("José Núñez", "José Núñez"),
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("Ｗａｎｇ", "Wang"),
    ],
)
def test_names(raw: str, tidied: str) -> None:
    assert taken("person_name", raw) == tidied


@pytest.mark.parametrize(
    "raw", ["王1", "王@英", "·王英", "王英·", "王··英", "<b>王英</b>", "王\x00英", "\ud800王英", "12"]
)
def test_names_with_what_is_in_no_name(raw: str) -> None:
    assert error("person_name", raw) == "name_characters"


@pytest.mark.parametrize("raw", ["王", "𬭎", "A", "王" * 51])
def test_names_that_are_too_short_or_too_long(raw: str) -> None:
    assert error("person_name", raw) == "name_length"


@pytest.mark.parametrize(
    "raw",
    [
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "110105-19491231-002x",
        "110105　19491231　002x",
    ],
)
def test_id_numbers_are_tidied(raw: str) -> None:
    assert taken("resident_id", raw) == "11010519491231002X"


def test_id_numbers_given_as_numbers() -> None:
    assert taken("resident_id", 110105194912310089) == "110105194912310089"
    assert error("resident_id", 110105491231002) == "resident_id_old"


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("19912345678", "19912345678"),
        ("010-62345678", "01062345678"),
        ("(0312) 2345678", "03122345678"),
        ("（０３１２）２３４５６７８", "03122345678"),
        ("62345678", "62345678"),
        (" none ", "none"),
        ("没有电话", "none"),
    ],
)
def test_phones(raw: str, tidied: str) -> None:
    assert taken("phone", raw) == tidied


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1380013800", "too_few_digits"),
        ("138001380001", "too_many_digits"),
        ("12800138000", "phone_unknown"),
        ("999", "too_few_digits"),
        ("0312", "too_few_digits"),
        ("没有电话机", "phone_characters"),
        ("١٣٨٠٠١٣٨٠٠٠", "phone_characters"),
    ],
)
def test_phones_that_cannot_be_called(raw: str, code: str) -> None:
    assert error("phone", raw) == code


@pytest.mark.parametrize("raw", ["6222020200112233446", "6222 0202 0011 2233 446", "４１１１１１１１１１１１１１１１"])
def test_cards(raw: str) -> None:
    verdict = judge(field("bank_card"), raw, [], TODAY)
    assert (verdict.error, verdict.warning) == (None, None)
    assert verdict.value.isascii()
    assert verdict.value.isdecimal()


def test_a_passbook_is_only_worth_a_second_look() -> None:
    verdict = judge(field("bank_card"), "6222020200112233447", [], TODAY)
    assert (verdict.error, verdict.warning) == (None, "bank_card_check")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("622202020011223", "too_few_digits"),
        ("62220202001122334460", "too_many_digits"),
        ("622202020011223344X", "bank_card_characters"),
    ],
)
def test_cards_that_are_none(raw: str, code: str) -> None:
    assert error("bank_card", raw) == code


def test_receipt_numbers() -> None:
    assert taken("receipt_number", "4000 0000 0002") == "400000000002"
    assert error("receipt_number", "400000000003") == "receipt_number_check"
    assert error("receipt_number", "40000000000") == "too_few_digits"
    assert error("receipt_number", "YLK1:400000000002") == "digits_characters"


def test_other_numbers() -> None:
    assert taken("digits", " １８ ") == "18"
    assert taken("digits", 18) == "18"
    assert error("digits", "十八") == "digits_characters"
    assert error("digits", "123", min_length=4) == "too_few_digits"
    assert error("digits", "12345", max_length=4) == "too_many_digits"
    assert error("digits", "12-3") == "digits_characters", "house 12-3 is not house 123"


def test_choices() -> None:
    assert taken("choice", " here ") == "here"
    assert error("choice", "there") == "not_a_choice"
    assert error("choice", "这里") == "not_a_choice"


def test_consent() -> None:
    assert taken("consent", "yes") == taken("consent", True) == "yes"
    for raw in ("no", "YES!", "", None, "同意"):
        assert error("consent", raw) == "consent_needed"


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [("１８ 号", "18号"), ("3号楼 2 单元 501", "3号楼2单元501"), ("幸福路18号-2（后院）", "幸福路18号-2(后院)"),
     ("Room  5", "Room 5"), ("𠮷祥里5号", "𠮷祥里5号"), (18, "18")],
)  # fmt: skip
def test_an_address(raw: object, tidied: str) -> None:
    assert taken("address", raw) == tidied


@pytest.mark.parametrize("raw", ["-", "、、", "<b>18</b>", "18号\x00", "18号😀", "=1+1"])
def test_what_is_no_address(raw: str) -> None:
    assert error("address", raw) == "address_characters"


def test_an_address_that_is_too_long() -> None:
    assert error("address", "一" * 21) == "address_length"


KINDS = ["person_name", "resident_id", "phone", "bank_card", "receipt_number", "digits", "address", "choice"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("empty", [None, "", "  ", "　", "\t\n"])
def test_nothing_is_missed_only_where_it_is_required(kind: str, empty: object) -> None:
    assert error(kind, empty) == "required"
    if kind != "choice":
        assert judge(field(kind, required=False), empty, [], TODAY).error is None


@pytest.mark.parametrize("raw", ["没有电话", "没有", "无", "None", "none", "No phone"])
def test_having_no_phone_is_an_answer(raw: str) -> None:
    assert taken("phone", raw) == "none"


def test_consent_may_be_a_true_of_json() -> None:
    assert taken("consent", True) == "yes"
    assert error("consent", False) == "consent_needed"


@pytest.mark.parametrize("kind", KINDS)
def test_answers_that_are_no_text(kind: str) -> None:
    for raw in (False, 1.5, float("nan"), [], ["x"], {}, {"a": {"b": [1]}}, 10**5000, -(10**5000)):
        assert error(kind, raw) == "not_text"


@pytest.mark.parametrize("kind", [*KINDS, "consent"])
@given(raw=st.text())
def test_every_error_has_a_code_that_the_field_may_get(kind: str, raw: str) -> None:
    asked = field(kind)
    verdict = judge(asked, raw, ["here"], TODAY)
    for code in (verdict.error, verdict.warning):
        assert code is None or code in codes(asked)


@pytest.mark.parametrize("kind", [*KINDS, "consent"])
def test_huge_answers_are_judged_at_once(kind: str) -> None:
    for raw in ("1" * 300_000, "王" * 300_000, "A " * 150_000, "王·" * 150_000, "(" * 300_000, " -" * 150_000 + "x"):
        assert error(kind, raw) is not None


def test_every_error_of_every_question_names_the_field_and_an_example(catalogue: Catalogue) -> None:
    for service in catalogue.services.values():
        for asked in service.fields:
            for code in [*codes(asked), "not_text"]:
                message = catalogue.message(code, asked)
                for lang in ("zh", "en"):
                    said = message.written(lang)
                    assert asked.label.written(lang) in said, (code, lang, said)
                    if code == "consent_needed":
                        assert ("我同意" if lang == "zh" else "I agree") in said
                    elif code in ("resident_id_check_digit", "receipt_number_check"):
                        assert asked.shown_example not in said, "only a slip: an example would be copied"
                    elif code != "bank_card_check" and not code.startswith(
                        ("chosen_", "signature_")
                    ):  # nothing to type
                        shown = catalogue.all_choices(asked)
                        example = shown[0].label.written(lang) if shown else asked.shown_example
                        assert example in said, (code, lang, said)
                        copied = asked.type in ("resident_id", "bank_card") and asked.example in said
                        assert not copied, "somebody would type it in, and money would go to a stranger"
                    assert "{" not in said
