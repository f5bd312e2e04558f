"""Computed values, the ends that follow from them, and rules that count from or until a day."""

from datetime import date

import pytest
from every_kind import ID
from rent_subsidy import ANSWERS, rent_subsidy

from forms import Catalogue, Report, validate
from forms.service import Ending
from forms.validate import known_facts, relevant_fields

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def subsidy(catalogue: Catalogue) -> Catalogue:
    return rent_subsidy(catalogue)


def judged(catalogue: Catalogue, today: date = TODAY, **changed: str) -> Report:
    return validate(catalogue, catalogue.service(ID), {**ANSWERS, **changed}, today)


def ending(catalogue: Catalogue, today: date = TODAY, **changed: str) -> Ending:
    service = catalogue.service(ID)
    return service.ending(known_facts(catalogue, service, {**ANSWERS, **changed}, today))


def test_values_are_computed_each_of_those_before(subsidy: Catalogue) -> None:
    assert judged(subsidy).calculated == {"half_rent": "175.00", "subsidy": "175.00", "left": "250.00"}
    assert judged(subsidy, income="1000").calculated["subsidy"] == "0.00"
    assert judged(subsidy, rent="5000").calculated["subsidy"] == "500.00"


def test_a_value_of_an_answer_that_is_not_right_is_not_known(subsidy: Catalogue) -> None:
    assert judged(subsidy, income="plenty").calculated == {"half_rent": "175.00", "subsidy": None, "left": None}


def test_a_parameter_is_that_of_the_day(subsidy: Catalogue) -> None:
    assert judged(subsidy, date(2027, 1, 1)).calculated["half_rent"] == "280.00"
    assert judged(subsidy, date(2023, 12, 31)).calculated["half_rent"] is None


def test_a_question_may_hang_on_what_is_computed(subsidy: Catalogue) -> None:
    def asked(**answers: str) -> bool:
        return "landlord" in [one.id for one in relevant_fields(subsidy, subsidy.service(ID), answers, TODAY)]

    assert asked(**ANSWERS)
    assert not asked(**{**ANSWERS, "rent": "100"})
    assert not asked(name="王秀英")  # not known yet


def test_a_check_tells_with_numbers_and_counts_from_and_until_its_day(subsidy: Catalogue) -> None:
    def codes(today: date, income: str) -> list[str]:
        return [one.code for one in judged(subsidy, today, income=income).warnings]

    (warning,) = judged(subsidy, income="1200").warnings
    assert warning.message.zh == "收入是1,200元，线是1,000元。"
    assert warning.message.said("en") == "Income what you filled in, the line 1,000 yuan."
    assert codes(date(2026, 11, 22), "600") == ["before"]
    assert codes(TODAY, "600") == []
    assert codes(date(2027, 1, 1), "600") == ["later"]
    assert codes(date(2023, 1, 1), "600") == ["cannot_know", "before"]  # the line is not known: a person looks


def test_the_end_has_its_own_papers_and_handler(subsidy: Catalogue) -> None:
    service = subsidy.service(ID)
    theirs = ending(subsidy)
    assert theirs.next == service.outcomes[1].next
    assert [one.zh for one in theirs.papers] == ["租房合同", "{kind}的照片"]
    assert theirs.handled == service.outcomes[1].handled
    assert ending(subsidy, income="2000") == Ending(service.next, (), service.handled)
    assert ending(subsidy, date(2026, 1, 1)).next == service.outcomes[0].next
