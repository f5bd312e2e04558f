"""What the forms of a life event were told so far: those after them take it over without a screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forms import Field
from forms.field import FOR_WHOM, PERSON_NUMBER
from forms.repeats import member_of
from kiosk.state.answers.filled_in import FilledIn
from kiosk.state.answers.known_answers import Form, Known, KnownAnswers

APPLICANT, AGENT = "applicant", "agent"
About = tuple[str, str]  # whom (the applicant, the agent, or an ID number) and what


@dataclass(frozen=True)
class Origin:
    """The question that was answered first."""

    service: str
    field: str


Line = tuple[Known, Origin]


@dataclass(frozen=True)
class Told:
    """`for_whom`: the answer to for whom the forms are; "" where none of them asks."""

    answers: Mapping[About, Line] = field(default_factory=dict, repr=False)
    for_whom: str = ""

    def lines(self, form: Form) -> dict[str, Line]:
        """What is taken over in a form, by its questions. Who a member is, is never guessed."""
        known: dict[str, Known] = {}
        lines: dict[str, Line] = {}
        if self.for_whom and form.told(FOR_WHOM) not in ("", self.for_whom):
            return lines  # it is for somebody else than the forms before
        for one in form.asked_with(known):
            found = None if one.id in form.done else self._line(form, one)
            if found and KnownAnswers.takes(form, one, found[0], known):
                known[one.id], lines[one.id] = found[0], found
        return lines

    def _line(self, form: Form, one: Field) -> Line | None:
        return next((self.answers[about] for about in _abouts(form, one) if about in self.answers), None)


def told_by(forms: Iterable[FilledIn]) -> Told:
    """What these forms were told, each answer by the first that asked for it."""
    answers: dict[About, Line] = {}
    for_whom = ""
    for filled in forms:
        form, given = filled.form, filled.given()
        for_whom = for_whom or form.told(FOR_WHOM)
        for one in form.asked:
            known = given.get(one.id)
            if known and known.value == form.answers[one.id]:
                for about in _abouts(form, one):
                    answers.setdefault(about, (known, Origin(filled.service.id, one.id)))
    return Told(answers, for_whom)


def _abouts(form: Form, one: Field) -> list[About]:
    """As what other forms know a question: by whose it is, and by that person's ID number once it is told."""
    if not one.topic:
        return []
    member = member_of(one)
    number = form.agents_number if one.of_agent else form.told(PERSON_NUMBER, member)
    whose = "" if member else AGENT if one.of_agent else APPLICANT
    return [(whom, one.topic) for whom in (whose, number) if whom]
