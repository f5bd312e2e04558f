"""One errand: which question is asked, what was answered, where back and change lead. No texts, no screens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from forms import Catalogue, Choice, Field, Problem, Service, Text
from forms.definition import Definition
from forms.field import FOR_WHOM, PERSON_NUMBER
from forms.repeats import Repeat, member_of, seen_from
from forms.shown.filled_texts import Words
from forms.validate import check_field
from kiosk.entry.field_input import input_of
from kiosk.state.answers.filled_in import FilledIn
from kiosk.state.answers.known_answers import Known, KnownAnswers, Offer, Person, Source, same_person

Stage = Literal["prerequisites", "known", "question", "check", "sent"]


@dataclass(frozen=True)
class _Before:
    """How things stood before one answer was given, or one member was taken out."""

    field: Field
    repeat: Repeat | None  # that a member was taken out of
    answers: dict[str, str]
    typed: dict[str, str]
    done: frozenset[str]
    sources: dict[str, Known]
    reused: frozenset[str]
    changing: bool


class Visit(FilledIn):
    """The way through one form."""

    def __init__(
        self,
        catalogue: Catalogue,
        service: Service,
        today: Callable[[], date],
        definition: Definition | None = None,
        known: KnownAnswers | None = None,
    ) -> None:
        """`definition`: that of the service, if it is there already; `known`: what may be offered instead of asking."""
        super().__init__(catalogue, service, today, definition)
        self.known = known or KnownAnswers()
        self.stage: Stage = "prerequisites"
        self.problem: Problem | None = None  # with the answer just given
        self.mistakes = 0  # in a row on this question
        self.changing = False
        self.amends: tuple[UUID, str] | None = None  # the form that this one corrects, and its receipt number
        self.beside: tuple[tuple[Text, str], ...] = ()  # what was sent with that one: titles and receipt numbers
        self.by_staff = False  # who have looked at card and face: what only a card answers may be typed
        self.field_id = service.fields[0].id if service.fields else ""  # a query may ask nothing
        self._past: list[_Before] = []
        self._taken: dict[str, Person] = {}  # whose answers were taken over, for the form ("") or a member
        self._turned_down: dict[str, list[Person]] = {}

    def take_up(
        self,
        stage: Stage,
        field_id: str,
        answers: dict[str, str],
        typed: dict[str, str],
        done: set[str],
        changing: bool,
        number: str,
        sources: Mapping[str, Known] | None = None,
    ) -> None:
        """Go on where a visit was left (kiosk.state.draft); what today's form no longer accepts is asked again."""
        self.stage, self.changing, self.number = stage, changing, number
        self.typed = {name: text for name, text in typed.items() if self.service.asks(name)}
        for field in self.service.fields_for(self.answers):
            if field.id in done:
                raw = answers.get(field.id, "")
                value, error, _ = check_field(self.catalogue, field, raw, self.answers, self.today)
                if not error:
                    self.answers[field.id] = value
                    self.done.add(field.id)
                    known = (sources or {}).get(field.id)
                    self.sources[field.id] = known if known else self._said_now(value)
        if stage != "prerequisites":
            self._ask_or_check(field_id, at_check=stage not in ("question", "known"))

    def _ask_or_check(self, field_id: str, *, at_check: bool) -> None:
        """To that question unless an earlier one is open, or it is not asked any more."""
        asked = [field.id for field in self.fields()]
        earlier = asked[: asked.index(field_id)] if field_id in asked else asked
        if at_check or field_id not in asked or set(earlier) & set(self._open_questions()):
            self.changing = True  # only what is open is asked
            self._to_check_or_open_question()
        else:
            self._come_to(field_id)

    @property
    def step(self) -> tuple[int, int]:
        """The number of this question, from 1, and of how many."""
        ids = [one.id for one in self.expected()]
        return ids.index(self.field_id) + 1, len(ids)

    @property
    def field(self) -> Field:
        """What is asked now, with the bounds of today."""
        field = self.catalogue.bounded(self.service.field(self.field_id), self.today)
        return field.model_copy(update={"card_itself": False}) if self.by_staff and field.card_itself else field

    def choices(self) -> list[Choice]:
        return self.catalogue.choices(self.field, self.answers)

    @property
    def words(self) -> Words:
        """What {id} stands for in the texts of this visit; of the question that is asked, too."""
        asked = self.field if self.stage == "question" else None
        facts = seen_from(asked, self.facts) if asked else self.facts
        return Words(self.catalogue, self.service, facts, asked)

    def begin(self) -> None:
        """From the prerequisites to the first question."""
        self._come_to(self.field_id)

    @property
    def typed_here(self) -> str:
        """What is typed for this question; while nothing is, what is known that its answer begins with."""
        return self.typed.get(self.field_id) or self.beginning

    @property
    def beginning(self) -> str:
        """What is known that the answer to this question begins with."""
        about = input_of(self.field).begins_with
        if not about or self.known_here or self.field_id in self.done:
            return ""
        return self.form.told(about, member_of(self.field))

    def type(self, text: str) -> None:
        """Replace what is typed for this question."""
        self.typed[self.field_id] = text
        self.problem = None

    def answer(self) -> bool:
        """Judge what is typed; go on when it is right, else say why in `problem` and stay."""
        field = self.field
        value, error, _ = check_field(self.catalogue, field, self.typed_here, self.answers, self.today)
        if error:
            self.problem = error
            self.mistakes += 1
            return False
        if field.last_of:
            self.typed[field.id] = value  # the rest of a whole number is nobody's business
        self._remember(field)
        if field.topic == FOR_WHOM and self.answers.get(field.id) != value:
            self._taken.pop("", None)
            if field.id in self.answers:
                self._turned_down.pop("", None)
                self._forget_the_person()
        if field.topic == PERSON_NUMBER and self.answers.get(field.id, value) != value:
            self._forget_records(lambda one: same_person(one, field))
        self._give(field.id, self._said_now(value))
        self._forget_what_no_longer_fits()
        self._go_on()
        return True

    # what is known already

    @property
    def offer(self) -> Offer:
        """What may be taken over instead of asking."""
        member = member_of(self.field)
        turned_down, taken = self._turned_down.get(member, ()), self._taken.get(member)
        return self.known.offer(self.form, self.field, turned_down, taken, self.records.found)

    @property
    def known_here(self) -> Known | None:
        """What may be taken over at the question itself, as nothing else is known of whom it is about."""
        open_here = self.stage == "question" and self.field_id not in self.done
        return None if not open_here or self._stands_apart else self._offered.get(self.field_id)

    def reuse(self) -> None:
        """Take all over that is offered."""
        offer, field = self.offer, self.field
        self._remember(field)
        self._take(offer)
        for field_id, known in offer.lines.items():
            self.typed[field_id] = known.value
            self._give(field_id, known)
            self.reused.add(field_id)
        self._to_check_or_open_question()

    def correct(self, field_id: str) -> None:
        """Ask one question of those that are offered; the others are offered again afterwards, but for those by which
        this one is asked at all: they are taken over."""
        offer = self.offer
        self._take(offer)
        for name, known in offer.lines.items():
            if field_id in [one.id for one in self.fields()]:
                break
            self._give(name, known)
            self.reused.add(name)
        self.typed[field_id] = offer.lines[field_id].value
        self._ask(field_id)

    def _take(self, offer: Offer) -> None:
        self.records.show(offer.lines)
        if offer.person is not None:
            self._taken[member_of(self.field)] = offer.person

    def turn_down(self) -> None:
        """It is about somebody else: offer the answers of another person, or ask."""
        offer = self.offer
        if offer.person is not None:
            self._turned_down.setdefault(member_of(self.field), []).append(offer.person)
        for field_id, known in offer.lines.items():
            if self.typed.get(field_id) == known.value:
                del self.typed[field_id]  # it is somebody else's
        self._forget_records(lambda one: one.id in offer.lines)
        self._come_to(self.field_id)

    def find(self, found: Mapping[str, Known]) -> bool:
        """This is on record. Whether the present question is shown with it, as nobody has begun to answer it."""
        self.records.found |= found
        untouched = self.stage == "question" and not {self.field_id} & {*self.done, *filter(self.typed.get, self.typed)}
        if untouched:
            self._come_to(self.field_id)
        return self.stage == "known"

    def complain(self, code: str) -> None:
        """The answer is not complete or not clear yet: its problem is the field's message of that code. Stay."""
        self.warn(code)
        self.mistakes += 1

    def warn(self, code: str) -> None:
        """As `complain`, of what is no wrong answer: more was put in than fits."""
        message = self.catalogue.message(code, self.field, self.typed_here)
        self.problem = Problem(self.field_id, code, message)

    def back(self) -> bool:
        """One screen back, losing nothing; False when this is the first screen."""
        ids = self._seen()
        if self.stage == "check":
            self._ask(ids[-1])
        elif self.stage == "sent" and self.service.kind == "query" and self.service.steps:
            self.stage = "check"
        elif self.stage == "question" and (self._stands_apart or (self.changing and not self._open_questions())):
            self._to_check_or_open_question()
        elif self.stage in ("known", "question") and self.field_id != ids[0]:
            self._ask(ids[ids.index(self.field_id) - 1])
        elif self.stage in ("known", "question"):
            self.stage = "prerequisites"
        else:
            return False
        return True

    @property
    def can_be_saved(self) -> bool:
        """Whether this visit can be saved for another day."""
        return self.service.kind == "application" and self.stage in ("known", "question", "check")

    @property
    def can_undo(self) -> bool:
        return bool(self._past) and self.stage in ("known", "question", "check")

    def undo(self) -> Text:
        """Take the last answer back: its question is asked again, or it is as it was before it was changed.

        A member who was taken out is there again. Returns what it was about.
        Nothing that is typed is lost, here or on the question that was left; a choice is as it was.
        """
        before = self._past.pop()
        field = before.field
        for name in self.reused - before.reused:
            self.typed.pop(name, None)  # nobody has typed it
        self.answers, self.done = dict(before.answers), set(before.done)
        self.sources, self.reused = dict(before.sources), set(before.reused)
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
            self._come_to(field.id)
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

    def fill(self, given: Mapping[str, str], source: Source = "said", *, checked: bool = False) -> None:
        """Answer several questions of this visit at once; at the first that is not right it stays. A question that
        none of them answers is asked still."""
        here = self.field_id if self.stage in ("known", "question") and self.field_id not in given else ""
        for field in self.service.fields_for(self.answers):
            if field.id in given and field in self.fields():
                self._ask(field.id)
                self.type(given[field.id])
                if not self.answer():
                    return
                if source != "said":
                    self.sources[field.id] = Known(self.answers[field.id], source, self.today, checked)
        if here:
            self._come_to(here)

    def change(self, field_id: str) -> None:
        """From the check screen to one question, and then straight back."""
        self.changing = True
        self._ask(field_id)

    def come_back(self, stage: Stage, field_id: str, *, answered: bool) -> None:
        """To where the visitor was; where that question was `answered` meanwhile or is gone, to what is open."""
        if stage in ("known", "question", "check") and self.stage in ("known", "question", "check"):
            self._ask_or_check(field_id, at_check=stage == "check" or answered)

    def _ask(self, field_id: str) -> None:
        self.stage = "question"
        self.field_id = field_id
        self.problem = None
        self.mistakes = 0

    def _come_to(self, field_id: str) -> None:
        """To a question; where its answer is known, mostly to what is known instead."""
        self._ask(field_id)
        if field_id not in self.done and self._stands_apart:
            self.stage = "known"

    @property
    def _offered(self) -> Mapping[str, Known]:
        return self.offer.lines if self.known.people or self.records.found else {}

    @property
    def _stands_apart(self) -> bool:
        """Whether its answer stands on a screen of what is known: with others, or as its question has no room for it:
        it may be left empty, only a card gives it, or an office has told it and may be wrong."""
        offered = self._offered
        if (known := offered.get(self.field_id)) is None:
            return False
        has_room = self.field.required and not self.field.card_itself and known.source != "provider"
        return len(offered) > 1 or not has_room

    def _go_on(self) -> None:
        ids = [field.id for field in self.fields()]
        place = ids.index(self.field_id)
        after = next((one for one in ids[place + 1 :] if one not in self.reused), None)
        if self.changing or after is None or set(ids[:place]) & set(self._open_questions()):
            self._to_check_or_open_question()
        else:
            self._come_to(after)

    def _to_check_or_open_question(self) -> None:
        """A changed answer can open new questions: ask those first."""
        if unanswered := self._open_questions():
            self._come_to(unanswered[0])
        else:
            self.changing = False
            self.stage = "check"
            self.problem = None

    def _seen(self) -> list[str]:
        """The questions that are shown one after the other."""
        return [field.id for field in self.fields()]

    def _remember(self, field: Field, repeat: Repeat | None = None) -> None:
        """So that `undo` can take back what comes now."""
        given = (dict(self.answers), dict(self.typed), frozenset(self.done), dict(self.sources), frozenset(self.reused))
        self._past.append(_Before(field, repeat, *given, self.changing))
