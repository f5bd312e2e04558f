"""Texts say what is filled in, computed and set, as people read it and as anybody may hear it."""

from datetime import date

import pytest
from every_kind import ID
from rent_subsidy import ANSWERS, rent_subsidy

from forms import Catalogue, Text
from forms.shown.filled_texts import Words
from forms.validate import known_facts

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def subsidy(catalogue: Catalogue) -> Catalogue:
    return rent_subsidy(catalogue)


def fill(catalogue: Catalogue, text: str, answers: dict[str, str] = ANSWERS, today: date = TODAY) -> Text:
    service = catalogue.service(ID)
    words = Words(catalogue, service, known_facts(catalogue, service, answers, today))
    return words.fill(Text(zh=text, en=text))


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("{subsidy}", "175元", "175 yuan"),
        ("{rent_share} {income_limit}", "0.5 1000元", "0.5 1,000 yuan"),
        ("{kind}", "楼房", "A flat"),
        ("{moved_in}", "2021年5月1日", "May 1, 2021"),
        ("{nothing_of_that_name}", "{nothing_of_that_name}", "{nothing_of_that_name}"),
        ("no braces", "no braces", "no braces"),
    ],
)
def test_as_people_read_it(subsidy: Catalogue, text: str, zh: str, en: str) -> None:
    filled = fill(subsidy, text)
    assert (filled.zh.replace(",", ""), filled.en) == (zh, en)


def test_what_is_not_known_yet_or_left_empty_is_said_so(subsidy: Catalogue) -> None:
    assert fill(subsidy, "{subsidy} {income}", {}).en == "(not known yet) (not known yet)"
    assert fill(subsidy, "{landlord}", {**ANSWERS, "landlord": ""}).zh == "（没有填）"
    assert fill(subsidy, "{rent_share}", today=date(2023, 12, 31)).zh == "（还不清楚）"


def test_private_answers_are_not_said_aloud(subsidy: Catalogue) -> None:
    filled = fill(subsidy, "{name}，{income}，{left}，{subsidy}")
    assert filled.zh == "王秀英，600元，250元，175元"
    assert filled.said("zh") == "您填的，您填的，您填的，175元"


def test_a_text_with_words_of_its_own_for_the_ear_keeps_them(subsidy: Catalogue) -> None:
    service = subsidy.service(ID)
    words = Words(subsidy, service, known_facts(subsidy, service, ANSWERS, TODAY))
    text = Text.model_validate({"zh": "{subsidy}", "en": "{subsidy}", "spoken": {"zh": "大约{subsidy}"}})
    assert words.fill(text).said("zh") == "大约175元"
