"""Signatures: what is taken, what a person looks at, and what is none."""

import json
from datetime import date

import pytest
from field_support import field

from forms.field import Verdict
from forms.rules import LONGEST, judge

TODAY = date(2026, 11, 23)
NAME = "[[[330,250],[750,240]],[[540,260],[530,720]]]"


def judged(raw: object, **more: object) -> Verdict:
    return judge(field("signature", **more), raw, ["mark"], TODAY)


@pytest.mark.parametrize("raw", [NAME, json.loads(NAME), f" {NAME} ".replace(",", ", "), NAME.replace("330", "330.4")])
def test_a_signature_is_kept_in_one_way_whoever_wrote_its_json(raw: object) -> None:
    assert judged(raw) == Verdict(NAME)


@pytest.mark.parametrize(
    "little",
    [
        "[[[500,500]]]",  # one dot
        "[[[500,500]],[[510,500]]]",  # two dots close by
        "[[[500,500]],[[1500,500]]]",  # two dots, and nothing drawn
        "[[[500,500],[599,500]]]",  # 9.9 mm
        "[[" + ",".join(["[500,500],[510,500]"] * 20) + "]]",  # a finger that trembles on one spot
    ],
)
def test_too_little_is_taken_and_a_person_looks(little: str) -> None:
    assert judged(little) == Verdict(little, warning="signature_little")


def test_ten_millimetres_are_enough() -> None:
    assert judged("[[[500,500],[600,500]]]").warning is None


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        *((raw, "signature_unclear") for raw in ("王秀英", "[", "{}", "7", "[7]", "[[]]", "[" * 5000)),
        *((raw, "signature_unclear") for raw in ("[[[1]]]", "[[[1,2,3]]]", "[[1,2]]")),
        *((raw, "signature_unclear") for raw in ('[[["1",2]]]', "[[[true,2]]]", "[[[NaN,2]]]", "[[[1e999,2]]]")),
        *((raw, "signature_unclear") for raw in (7, True, {"strokes": []}, {"mark": 1}, [["mark"]])),
        *((raw, "signature_outside") for raw in ("[[[-1,5],[400,5]]]", "[[[0,0],[6001,0]]]", "[[[0,2001],[500,0]]]")),
        ("[" + ",".join(["[[1,1]]"] * 101) + "]", "signature_large"),
        ("[[" + ",".join(["[1,1]"] * 751) + "]]", "signature_large"),
        ([[[at % 6000, 5] for at in range(100_000)]], "signature_large"),
        (json.dumps([[[at % 6000, 5] for at in range(100_000)]]), "signature_large"),
        *((raw, "signature_needed") for raw in ("", None, [], "[]")),
    ],
)  # fmt: skip
def test_what_is_no_signature_is_said_so(raw: object, code: str) -> None:
    assert judged(raw).error == code


def test_the_largest_signature_is_a_small_answer() -> None:
    lines = [[[6000, 2000]] * 7] * 99 + [[[6000, 2000]] * 57]
    assert judged(lines).error is None
    assert len(judged(lines).value) <= LONGEST


def test_a_mark_is_an_answer_and_nothing_may_be_one_where_none_is_needed() -> None:
    assert judged("mark") == Verdict("mark")
    assert judged([], required=False) == Verdict("")
