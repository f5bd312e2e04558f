"""Who acts for another: what a person at the hall should look at. Nothing here keeps anyone from sending."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from forms.expressions.arithmetic import months_old
from forms.field import Field
from forms.repeats import member_of

ADULT = 18  # years: 民法典（2020年）第十七条、第十八条
AGENT, SEES = "agent", "agent_sees"  # whose a question is; the id of the one that says what the agent may see
ALL = "all"  # its answer where the agent may see more than how far a form is
IS_APPLICANT, YOUNG = "agent_is_applicant", "agent_young"
CODES = (IS_APPLICANT, YOUNG)


def doubts(fields: Sequence[Field], answers: Mapping[str, str], today: date) -> Iterator[tuple[Field, str]]:
    """The agent's number is that of whom it is for, or tells that they are no adult."""
    applicants = {
        answers[field.id]
        for field in fields
        if field.kind.of_one_person and field.whose != AGENT and not member_of(field) and answers.get(field.id)
    }
    for field in fields:
        number = answers.get(field.id, "")
        if field.whose != AGENT or not field.kind.of_one_person or not number:
            continue
        if number in applicants:
            yield field, IS_APPLICANT
        if (months := months_old(number, today)) is not None and months < 12 * ADULT:
            yield field, YOUNG


def sees_all(answers: Mapping[str, object]) -> bool:
    """Whether the agent may see all of a form; how far it is, they may always see."""
    return answers.get(SEES) == ALL
