"""Who acts for another: one person, somebody else than the applicant, of age; what is not so, a person looks at."""

from datetime import date

import pytest

from forms import Catalogue, Report, validate

TODAY = date(2026, 11, 23)
APPLICANT, AGENT = "11010519491231002X", "110105196503072146"
CHILD = "110105201011230025"  # sixteen years old on that day
ANSWERS = {
    "purpose": "first",
    "for_whom": "family",
    "agent_name": "李强",
    "agent_resident_id": AGENT,
    "relation": "child",
    "agent_phone": "13900139000",
    "agent_sees": "receipt",
    "name": "王秀英",
    "resident_id": APPLICANT,
    "bank": "rural",
    "photo": "have",
    "pick_up": "hall",
    "phone": "none",
    "consent": "yes",
}


def judged(catalogue: Catalogue, **answers: object) -> Report:
    return validate(catalogue, catalogue.service("social-security-card"), {**ANSWERS, **answers}, TODAY)


def codes(report: Report) -> list[tuple[str, str]]:
    assert report.ok, report.errors
    return [(one.field, one.code) for one in report.warnings if one.field.startswith("agent")]


def test_somebody_else_who_is_of_age_may_act(catalogue: Catalogue) -> None:
    assert codes(judged(catalogue)) == []


def test_an_agent_who_is_the_applicant_is_looked_at_by_a_person(catalogue: Catalogue) -> None:
    assert codes(judged(catalogue, agent_resident_id=APPLICANT)) == [("agent_resident_id", "agent_is_applicant")]


@pytest.mark.parametrize(
    ("day", "young"), [(date(2026, 11, 23), True), (date(2028, 11, 22), True), (date(2028, 11, 23), False)]
)
def test_an_agent_under_18_is_looked_at_by_a_person(catalogue: Catalogue, day: date, young: bool) -> None:
    service = catalogue.service("social-security-card")
    report = validate(catalogue, service, {**ANSWERS, "agent_resident_id": CHILD}, day)
    assert codes(report) == ([("agent_resident_id", "agent_young")] if young else [])


@pytest.mark.parametrize("two", ["李强、王芳", "李强,王芳", "李强；王芳", ["李强", "王芳"]])
def test_two_agents_are_one_too_many_and_said_so(catalogue: Catalogue, two: object) -> None:
    (error,) = judged(catalogue, agent_name=two).errors
    assert (error.field, error.code) == ("agent_name", "agents_several")
    assert "只能有一个人" in error.message.zh


@pytest.mark.parametrize(
    ("name", "is_doubtful"),
    [("李强和王芳", True), ("李强 与 王芳", True), ("欧阳强跟李芳", True), ("Li Qiang and Wang Fang", True)]
    + [(name, False) for name in ("赵和平", "欧阳和平", "和珅", "与谢野晶子", "阿卜杜拉·和加", "Andy Sand", "王 五")],
)
def test_what_looks_like_two_agents_is_taken_and_looked_at_by_a_person(
    catalogue: Catalogue, name: str, is_doubtful: bool
) -> None:
    report = judged(catalogue, agent_name=name)
    assert report.errors == ()
    assert codes(report) == ([("agent_name", "name_several")] if is_doubtful else [])


def test_two_names_of_anybody_else_are_said_so_too(catalogue: Catalogue) -> None:
    (error,) = judged(catalogue, name="王秀英，李强").errors
    assert (error.field, error.code) == ("name", "name_several")


def test_who_acts_for_nobody_is_asked_nothing_about_it(catalogue: Catalogue) -> None:
    report = judged(catalogue, for_whom="self", agent_resident_id=CHILD)
    assert not [name for name in report.normalised if name.startswith("agent")]
    assert codes(report) == []
