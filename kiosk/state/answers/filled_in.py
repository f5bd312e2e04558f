"""The answers of one form, and what is known by them: which questions are asked, how it is judged, how it ends."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID, uuid5

from forms import Catalogue, Choice, Field, Report, Service, relevant_fields, validate
from forms.definition import Definition
from forms.expressions.facts import Facts
from forms.field import FOR_WHOM
from forms.repeats import member_of
from forms.service import Ending
from forms.texts import canonical_json
from forms.validate import check_field, known_facts
from kiosk.state.answers.known_answers import Form, Known
from kiosk.state.answers.on_record import Records
from protocol.receipts.new_number import new_receipt_number
from protocol.wire import AnswerSource, OnRecord

_REQUESTS = UUID("7f4b6e0a-6c1d-5f53-9a52-2f1a3f0c9b6e")  # the namespace of their ids


class FilledIn:
    """Answers live here only, in memory, until they are sent or the visitor leaves."""

    def __init__(
        self,
        catalogue: Catalogue,
        service: Service,
        today: Callable[[], date],
        definition: Definition | None = None,
    ) -> None:
        """`definition` is that of the service where it is known already."""
        self.catalogue = catalogue
        self.service = service
        self._definition = definition
        self._today = today
        self.number = new_receipt_number()  # drawn before sending, so that a form sent twice is known to be one
        self.answers: dict[str, str] = {}  # tidied and right
        self.typed: dict[str, str] = {}  # as typed, right or wrong: nothing typed is lost
        self.done: set[str] = set()  # fields answered or left empty on purpose
        self.sources: dict[str, Known] = {}  # where each answer came from
        self.reused: set[str] = set()  # fields of which the answer was taken over
        self.records = Records()

    @property
    def definition(self) -> Definition:
        """What this form is shown and judged by."""
        if self._definition is None:
            self._definition = Definition.of(self.catalogue, self.service)
        return self._definition

    @property
    def request_id(self) -> UUID:
        """Of what the hall is asked: the same for the same answers, so that it does once what is asked twice."""
        return uuid5(_REQUESTS, f"{self.number} {canonical_json(self.answers).decode()}")

    @property
    def today(self) -> date:
        return self._today()

    def fields(self) -> list[Field]:
        """The questions of this visit, given the answers so far."""
        return relevant_fields(self.catalogue, self.service, self.answers, self.today)

    def expected(self) -> list[Field]:
        """The questions of this visit, if the open ones get their examples as answers."""
        expected: dict[str, str] = {}
        for field in self.service.fields_for(expected):
            expected[field.id] = self.answers.get(field.id, "") if field.id in self.done else field.example
        return relevant_fields(self.catalogue, self.service, expected, self.today)

    @property
    def due_here(self) -> list[Choice]:
        """The answers for which staff are called as soon as the form is sent."""
        given = ((field, self.answers.get(field.id, "")) for field in self.fields())
        chosen = (one for field, value in given for one in self.catalogue.chosen(field, value, self.answers))
        return [one for one in chosen if one.when_sent == "call_staff"]

    def report(self) -> Report:
        """The whole form judged by the rules that the hall uses too."""
        return validate(self.catalogue, self.service, self.answers, self.today)

    @property
    def facts(self) -> Facts:
        """What is known by the answers so far."""
        return known_facts(self.catalogue, self.service, self.answers, self.today)

    @property
    def ending(self) -> Ending:
        """How it ends after sending, by the answers."""
        return self.service.ending(self.facts)

    @property
    def form(self) -> Form:
        return Form(self.catalogue, self.service, self.today, self.answers, frozenset(self.done))

    def given(self) -> Mapping[str, Known]:
        """What was answered, with where it came from."""
        return {name: known for name, known in self.sources.items() if name in self.done}

    def came_from(self) -> dict[str, AnswerSource]:
        """Where answers came from that were not put in on this form today, and what was on record instead."""
        against = self.records.contradicted(self.form)
        records = {name: OnRecord(value=one.value, as_of=one.at) for name, one in against.items()}
        sources = {
            name: AnswerSource(
                source=one.source,
                at=one.at,
                checked=one.checked,
                reused=name in self.reused,
                on_record=records.get(name),
            )
            for name, one in self.given().items()
        }
        here_today = AnswerSource(source="said", at=self.today)
        return {name: source for name, source in sources.items() if source != here_today}

    def _give(self, field_id: str, known: Known) -> None:
        before = self.sources.get(field_id)
        if not before or before.value != known.value or known.checked:
            self.sources[field_id] = known
            self.reused.discard(field_id)
        self.answers[field_id] = known.value
        self.done.add(field_id)

    def _open_questions(self) -> list[str]:
        return [field.id for field in self.fields() if field.id not in self.done]

    def _said_now(self, value: str) -> Known:
        return Known(value, "said", self.today)

    def _forget_what_no_longer_fits(self) -> None:
        """Drop answers that an earlier answer has made impossible (a village of another town)."""
        for field in self.fields():
            if field.id in self.done:
                _, error, _ = check_field(self.catalogue, field, self.answers.get(field.id), self.answers, self.today)
                if error:
                    self._forget(field.id)

    def _forget_the_person(self) -> None:
        """It is for another than before: nothing that was answered of them counts, and nothing taken over shows."""
        self._forget_records(lambda one: not one.of_agent)
        for field in self.fields():
            if field.topic not in ("", FOR_WHOM) and not member_of(field) and not field.of_agent:
                typed = "" if field.id in self.reused else self.typed.get(field.id, "")
                self._forget(field.id)
                self.typed[field.id] = typed

    def _forget_records(self, of: Callable[[Field], bool]) -> None:
        """They are about another person, and so is what was taken over from them."""
        for name in [name for name in self.records.found if of(self.service.field(name))]:
            if (known := self.sources.get(name)) and known.source == "provider":
                self._forget(name)
            self.records.forget(name)

    def _forget(self, field_id: str) -> None:
        self.done.discard(field_id)
        self.reused.discard(field_id)
        for values in (self.answers, self.typed, self.sources):
            values.pop(field_id, None)

    def _move(self, source: str, target: str) -> None:
        self._forget(target)
        for values in (self.answers, self.typed):
            if source in values:
                values[target] = values[source]
        if source in self.done:
            self.done.add(target)
