"""Whatever is answered: no kind of field fails on it, and none takes what is wrong.

`make examples` tries 5,000 answers a kind; here it is a few. What is right is worked out in right_answers.py.
"""

from datetime import date
from typing import Any

import pytest
from field_support import field
from hypothesis import given, note, settings
from hypothesis import strategies as st
from right_answers import CHOICES, RIGHT, TODAY, luhn

from forms.field import Field, Verdict, kinds
from forms.rules import codes, judge

EXAMPLES = 5_000 if settings.get_current_profile_name() == "many" else 25

NEAR = {
    "resident_id": ("11010519491231002X", "110105193812310028"),
    "disability_certificate": ("11010519491231002X42", "11010519491231002X11"),
    "bank_card": ("6222020200112233446", "6228480031234567894"),
    "receipt_number": ("400000000002",),
    "phone": ("13800138000", "03122345678", "没有电话"),
    "date": ("1945-03-08", "一九四五年三月初八", "2000-02-29", "19000228", "农历1944年闰四月初五"),
    "amount": ("1500.50", "三千五", "两万零五十块六毛"),
    "number": ("12", "三口人", "一零五"),
    "digits": ("12345678",),
    "person_name": ("王秀英", "古丽·买买提", "Li Min"),
    "address": ("幸福路18号", "3号楼2单元501"),
    "text": ("李先生", "e\u0301"),
    "choice": CHOICES,
    "half_day": CHOICES,
    "material": CHOICES,
    "multiple_choice": ("here there", "there here", "nothing"),
    "consent": ("yes",),
    "signature": ("[[[120,310],[480,305]],[[500,290]]]", "[[[0,0],[6000,2000]]]", "mark"),
}
STRANGE = "\x00\n\t \u200b\u202e\ue000\ufeff０１２Ｘ零一二三十百万元·-—.。,，X"


def asked(kind: str) -> Field:
    listed = [
        {"id": one, "label": {"zh": one, "en": one}, "alone": one == "nothing" and kind == "multiple_choice"}
        for one in CHOICES
    ]
    return field(kind, **({"choices": listed} if kind in ("choice", "multiple_choice") else {}))


def judged(of: Field, raw: object) -> Verdict:
    return judge(of, raw, CHOICES, date(*TODAY))


@st.composite
def near(draw: st.DrawFn, kind: str) -> str:
    """A right answer with a few characters changed, put in or taken out."""
    text = [*draw(st.sampled_from(NEAR[kind]))]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        one = draw(st.sampled_from([*"".join(NEAR[kind]), *STRANGE, *"0123456789"]))
        text[at : at + draw(st.integers(0, 1))] = draw(st.sampled_from([[], [one]]))
    return "".join(text)


def whatever(kind: str) -> st.SearchStrategy[Any]:
    """Text, text that is nearly right, and any other JSON."""
    single = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    of_ids = st.lists(st.sampled_from([*CHOICES, "", " ", "here there"]), max_size=4)
    inside = st.lists(single, max_size=3) | st.dictionaries(st.text(), single, max_size=2)
    anything = single | inside | st.lists(inside, max_size=2)
    return st.one_of(near(kind), near(kind), st.text(STRANGE + "".join(NEAR[kind]), max_size=30), of_ids, anything)


def test_every_kind_is_tried() -> None:
    assert set(RIGHT) == set(NEAR) == set(kinds())
    for kind, right in NEAR.items():
        for text in right:
            assert not judged(asked(kind), text).error, (kind, text)


@pytest.mark.parametrize("kind", sorted(NEAR))
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_nothing_fails_and_nothing_wrong_is_taken(kind: str, data: st.DataObject) -> None:
    raw, of = data.draw(whatever(kind)), asked(kind)
    verdict = judged(of, raw)
    note(f"{verdict}")
    assert verdict.error in (None, "not_text", *codes(of))
    assert verdict.warning in (None, *codes(of))
    if verdict.error is None:
        assert RIGHT[kind](verdict.value)
        assert judged(of, verdict.value) == verdict, "what is kept is what is taken again"
        of.kind.value(verdict.value)
    if kind == "bank_card" and verdict.error is None:
        assert (verdict.warning is None) == luhn(verdict.value)


@pytest.mark.parametrize("kind", ["resident_id", "receipt_number"])
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_one_wrong_digit_is_always_found(kind: str, data: st.DataObject) -> None:
    right = data.draw(st.sampled_from(NEAR[kind]))
    at = data.draw(st.integers(0, len(right) - 1))
    other = data.draw(st.sampled_from([one for one in "0123456789" if one != right[at]]))
    assert judged(asked(kind), right[:at] + other + right[at + 1 :]).error
