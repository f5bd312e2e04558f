"""One errand: which question is asked, what was answered, where back and change lead. No texts, no screens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID, uuid5

from forms import Catalogue, Choice, Field, Problem, Report, Service, Text, relevant_fields, validate
from forms.definition import Definition
from forms.expressions.facts import Facts
from forms.repeats import Repeat, seen_from
from forms.service import Ending
from forms.shown.filled_texts import Words
from forms.texts import canonical_json
from forms.validate import check_field, known_facts
from kiosk.entry.field_input import input_of
from kiosk.state.receipt_number import new_receipt_number

Stage = Literal["prerequisites", "question", "check", "sent"]
_REQUESTS = UUID("7f4b6e0a-6c1d-5f53-9a52-2f1a3f0c9b6e")  # the namespace of their ids


@dataclass(frozen=True)
class _Before:
    """How things stood before one answer was given, or one member was taken out."""

    field: Field
    repeat: Repeat | None  # that a member was taken out of
    answers: dict[str, str]
    typed: dict[str, str]
    done: frozenset[str]
    changing: bool


class Visit:
    """Answers live here only, in memory, until they are sent or the visitor leaves."""

    def __init__(
        self, catalogue: Catalogue, service: Service, today: Callable[[], date], definition: Definition | None = None
    ) -> None:
        """`definition` is that of the service where it is known already."""
        self.catalogue = catalogue
        self._definition = definition
        self.service = service
        self.stage: Stage = "prerequisites"
        self.answers: dict[str, str] = {}  # tidied and right
        self.typed: dict[str, str] = {}  # as typed, right or wrong: nothing typed is lost
        self.problem: Problem | None = None  # with the answer just given
        self.mistakes = 0  # in a row on this question
        self.done: set[str] = set()  # fields answered or left empty on purpose
        self.changing = False
        self.number = new_receipt_number()  # drawn before sending, so that a form sent twice is known to be one
        self._today = today
        self.field_id = service.fields[0].id if service.fields else ""  # a query may ask nothing
        self._past: list[_Before] = []

    @property
    def definition(self) -> Definition:
        """What this form is shown and judged by."""
        if self._definition is None:
            self._definition = Definition.of(self.catalogue, self.service)
        return self._definition

    def take_up(
        self,
        stage: Stage,
        field_id: str,
        answers: dict[str, str],
        typed: dict[str, str],
        done: set[str],
        changing: bool,
        number: str,
    ) -> None:
        """Go on where a visit was left (kiosk.state.draft); what today's form no longer accepts is asked again."""
        self.stage, self.changing, self.number = stage, changing, number
        self.typed = {name: text for name, text in typed.items() if self.service.asks(name)}
        for field in self.service.fields_for(self.answers):
            if field.id in done:
                raw = answers.get(field.id, "")
                value, error, _ = check_field(self.catalogue, field, raw, self.answers, self._today())
                if not error:
                    self.answers[field.id] = value
                    self.done.add(field.id)
        if stage != "prerequisites":
            self._ask_or_check(field_id, at_check=stage != "question")

    def _ask_or_check(self, field_id: str, *, at_check: bool) -> None:
        """To that question unless an earlier one is open, or it is not asked any more."""
        asked = [field.id for field in self.fields()]
        earlier = asked[: asked.index(field_id)] if field_id in asked else asked
        if at_check or field_id not in asked or set(earlier) & set(self._open_questions()):
            self.changing = True  # only what is open is asked
            self._to_check_or_open_question()
        else:
            self._ask(field_id)

    @property
    def request_id(self) -> UUID:
        """Of what the hall is asked: the same for the same answers, so that it does once what is asked twice."""
        return uuid5(_REQUESTS, f"{self.number} {canonical_json(self.answers).decode()}")

    def fields(self) -> list[Field]:
        """The questions of this visit, given the answers so far."""
        return relevant_fields(self.catalogue, self.service, self.answers, self._today())

    @property
    def field(self) -> Field:
        """What is asked now, with the bounds of today."""
        return self.catalogue.bounded(self.service.field(self.field_id), self._today())

    @property
    def step(self) -> tuple[int, int]:
        """The number of this question, from 1, and of how many, if the open ones get their examples as answers."""
        expected: dict[str, str] = {}
        for field in self.service.fields_for(expected):
            expected[field.id] = self.answers.get(field.id, "") if field.id in self.done else field.example
        ids = [one.id for one in relevant_fields(self.catalogue, self.service, expected, self._today())]
        return ids.index(self.field_id) + 1, len(ids)

    @property
    def due_here(self) -> list[Choice]:
        """The answers for which staff are called as soon as the form is sent."""
        given = ((field, self.answers.get(field.id, "")) for field in self.fields())
        chosen = (one for field, value in given for one in self.catalogue.chosen(field, value, self.answers))
        return [one for one in chosen if one.when_sent == "call_staff"]

    def choices(self) -> list[Choice]:
        return self.catalogue.choices(self.field, self.answers)

    def begin(self) -> None:
        """From the prerequisites to the first question."""
        self._ask(self.field_id)

    def type(self, text: str) -> None:
        """Replace what is typed for this question."""
        self.typed[self.field_id] = text
        self.problem = None

    def answer(self) -> bool:
        """Judge what is typed; go on when it is right, else say why in `problem` and stay."""
        field = self.field
        raw = self.typed.get(field.id, "")
        value, error, _ = check_field(self.catalogue, field, raw, self.answers, self._today())
        if error:
            self.problem = error
            self.mistakes += 1
            return False
        if field.last_of:
            self.typed[field.id] = value  # the rest of a whole number is nobody's business
        self._remember(field)
        self.answers[field.id] = value
        self.done.add(field.id)
        self._forget_what_no_longer_fits()
        self._go_on()
        return True

    def complain(self, code: str) -> None:
        """The answer is not complete or not clear yet: its problem is the field's message of that code. Stay."""
        self.warn(code)
        self.mistakes += 1

    def warn(self, code: str) -> None:
        """As `complain`, of what is no wrong answer: more was put in than fits."""
        message = self.catalogue.message(code, self.field, self.typed.get(self.field_id, ""))
        self.problem = Problem(self.field_id, code, message)

    def back(self) -> bool:
        """One screen back, losing nothing; False when this is the first screen."""
        ids = [field.id for field in self.fields()]
        if self.stage == "check":
            self._ask(ids[-1])
        elif self.stage == "sent" and self.service.kind == "query" and self.service.steps:
            self.stage = "check"
        elif self.stage == "question" and self.changing and not self._open_questions():
            self._to_check_or_open_question()
        elif self.stage == "question" and self.field_id != ids[0]:
            self._ask(ids[ids.index(self.field_id) - 1])
        elif self.stage == "question":
            self.stage = "prerequisites"
        else:
            return False
        return True

    @property
    def can_be_saved(self) -> bool:
        """Whether this visit can be saved for another day."""
        return self.service.kind == "application" and self.stage in ("question", "check")

    @property
    def can_undo(self) -> bool:
        return bool(self._past) and self.stage in ("question", "check")

    def undo(self) -> Text:
        """Take the last answer back: its question is asked again, or it is as it was before it was changed.

        A member who was taken out is there again. Returns what it was about.
        Nothing that is typed is lost, here or on the question that was left; a choice is as it was.
        """
        before = self._past.pop()
        field = before.field
        self.answers, self.done = dict(before.answers), set(before.done)
        self.changing = before.changing
        if before.repeat:
            others = {name: text for name, text in self.typed.items() if not before.repeat.holds(name)}
            self.typed = {**before.typed, **others}
            self._to_check_or_open_question()
            return before.repeat.label
        self.typed = {**before.typed, **self.typed}
        if before.changing or not input_of(field).methods:
            self.typed[field.id] = before.answers.get(field.id, "")
        if before.changing:
            self._to_check_or_open_question()
        else:
            self._ask(field.id)
        return field.label

    def add_member(self, repeat: Repeat) -> None:
        """From the check screen to the questions for one more, all of them empty."""
        more = repeat.of_member(repeat.count(self.answers))[-1]
        for place in range(more.place + 1, repeat.max + 1):  # of somebody who was there before and is not any more
            for field in repeat.of_member(place):
                self._forget(field.id)
        self.changing = True
        self._ask(more.id)
        self.type("yes")
        self.answer()

    def remove_member(self, repeat: Repeat, place: int) -> None:
        """Take one member out, on the check screen; those after move up."""
        self._remember(repeat.of_member(place)[0], repeat)
        last, size = repeat.count(self.answers), len(repeat.steps)
        for at in range(place, last):
            for field, after in zip(repeat.of_member(at)[:size], repeat.of_member(at + 1)[:size], strict=True):
                self._move(after.id, field.id)
        for field in repeat.of_member(last):
            self._forget(field.id)
        no_more = repeat.more_id(last - 1)
        self.answers[no_more] = self.typed[no_more] = "no"
        self.done.add(no_more)
        self.changing = True
        self._to_check_or_open_question()

    def fill(self, given: Mapping[str, str]) -> None:
        """Answer several questions of this visit at once; at the first that is not right it stays. A question that
        none of them answers is asked still."""
        here = self.field_id if self.stage == "question" and self.field_id not in given else ""
        for field in self.service.fields_for(self.answers):
            if field.id in given and field in self.fields():
                self._ask(field.id)
                self.type(given[field.id])
                if not self.answer():
                    return
        if here:
            self._ask(here)

    def change(self, field_id: str) -> None:
        """From the check screen to one question, and then straight back."""
        self.changing = True
        self._ask(field_id)

    def report(self) -> Report:
        """The whole form judged by the rules that the hall uses too."""
        return validate(self.catalogue, self.service, self.answers, self._today())

    @property
    def facts(self) -> Facts:
        """What is known by the answers so far."""
        return known_facts(self.catalogue, self.service, self.answers, self._today())

    @property
    def words(self) -> Words:
        """What {id} stands for in the texts of this visit; of the question that is asked, too."""
        asked = self.field if self.stage == "question" else None
        facts = seen_from(asked, self.facts) if asked else self.facts
        return Words(self.catalogue, self.service, facts, asked)

    @property
    def ending(self) -> Ending:
        """How it ends after sending, by the answers."""
        return self.service.ending(self.facts)

    def _ask(self, field_id: str) -> None:
        self.stage = "question"
        self.field_id = field_id
        self.problem = None
        self.mistakes = 0

    def _go_on(self) -> None:
        if self.changing:
            self._to_check_or_open_question()
            return
        ids = [field.id for field in self.fields()]
        place = ids.index(self.field_id) + 1
        if place < len(ids):
            self._ask(ids[place])
        else:
            self._to_check_or_open_question()

    def _to_check_or_open_question(self) -> None:
        """A changed answer can open new questions: ask those first."""
        if unanswered := self._open_questions():
            self._ask(unanswered[0])
        else:
            self.changing = False
            self.stage = "check"
            self.problem = None

    def _open_questions(self) -> list[str]:
        return [field.id for field in self.fields() if field.id not in self.done]

    def _forget_what_no_longer_fits(self) -> None:
        """Drop answers that an earlier answer has made impossible (a village of another town)."""
        for field in self.fields():
            if field.id in self.done:
                _, error, _ = check_field(
                    self.catalogue, field, self.answers.get(field.id), self.answers, self._today()
                )
                if error:
                    self._forget(field.id)

    def _forget(self, field_id: str) -> None:
        self.done.discard(field_id)
        self.answers.pop(field_id, None)
        self.typed.pop(field_id, None)

    def _move(self, source: str, target: str) -> None:
        self._forget(target)
        for values in (self.answers, self.typed):
            if source in values:
                values[target] = values[source]
        if source in self.done:
            self.done.add(target)

    def _remember(self, field: Field, repeat: Repeat | None = None) -> None:
        """So that `undo` can take back what comes now."""
        now = (dict(self.answers), dict(self.typed), frozenset(self.done), self.changing)
        self._past.append(_Before(field, repeat, *now))
