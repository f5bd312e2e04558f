"""The forms of one life event: filled in one after the other, looked at together, sent at once."""

from collections.abc import Callable, Collection, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import partial

from forms import Catalogue, Field, Service, Text
from forms.definition import Definition
from forms.field import FOR_WHOM, PERSON_NUMBER
from forms.home.events import EventErrand, LifeEvent
from forms.repeats import Repeat, member_of
from forms.service import Prerequisite
from forms.validate import check_field, known_facts
from kiosk.state.answers.known_answers import VISITOR, Form, Known, KnownAnswers
from kiosk.state.answers.told import Origin, Told, told_by
from kiosk.state.visit import Visit


class FormOfBundle(Visit):
    """One of the forms. What those before it were told is taken over without a screen."""

    def __init__(
        self,
        catalogue: Catalogue,
        service: Service,
        today: Callable[[], date],
        definition: Definition | None = None,
        known: KnownAnswers | None = None,
    ) -> None:
        super().__init__(catalogue, service, today, definition, known)
        self.origins: dict[str, Origin] = {}  # where what was taken over was answered first
        self.before: Callable[[], tuple[Told, KnownAnswers]] = lambda: (Told(), KnownAnswers())
        self.for_whom: Callable[[], str] = str  # what any form was told of it
        self.past_of_all: list[FormOfBundle] = []  # whose answer came last, in all forms of the bundle
        self.left_out: Collection[str] = ()  # services of the bundle that are not filled in

    @property
    def form(self) -> Form:
        return replace(super().form, for_whom=self.for_whom())

    @property
    def shared(self) -> dict[str, Origin]:
        """What came from another form that is taken and is as it was there."""
        from_others = ((name, origin) for name, origin in self.origins.items() if name in self.reused)
        return {name: origin for name, origin in from_others if origin.service not in self.left_out}

    @property
    def is_done(self) -> bool:
        return self.stage == "check"

    @property
    def has_own(self) -> bool:
        """Whether anything is asked here that no form before was told."""
        return bool(self._seen())

    @property
    def can_undo(self) -> bool:
        return bool(self.past_of_all) and self.stage in ("known", "question", "check")

    def go_on(self) -> None:
        """To the first question, or to what is open; it may be that nothing is."""
        if self.stage == "prerequisites":
            self.begin()
        else:
            self.changing = self.changing or self.is_done
            self._to_check_or_open_question()

    def follow(self, source: "FormOfBundle") -> None:
        """What was taken over from that form is as it is there now; where that does not fit here, it is asked."""
        given = source.given()
        for name, origin in self.shared.items():
            known = given.get(origin.field) if origin.service == source.service.id else None
            if known and known.value != self.answers.get(name):
                self._follow(name, known)

    def _follow(self, name: str, known: Known) -> None:
        field = self.service.field(name)
        if check_field(self.catalogue, field, known.value, self.answers, self.today)[1]:
            self._forget(name)
            return
        if field.topic == FOR_WHOM:
            self._forget_the_person()
        self._take_line(name, known)
        self._forget_what_no_longer_fits()

    def reuse(self) -> None:
        """Also of a person whom a form before knows: what is theirs there stays the same here."""
        offer, (told, _) = self.offer, self.before()
        number = offer.person or self.known.of(VISITOR, PERSON_NUMBER)
        super().reuse()
        for name, known in offer.lines.items():
            line = told.answers.get((number, self.service.field(name).topic))
            if line and line[0] == known:
                self.origins[name] = line[1]

    def keep_as_own(self, gone: Callable[[Origin], bool]) -> None:
        """What came from there stays, and follows it no more."""
        self.origins = {name: origin for name, origin in self.origins.items() if not gone(origin)}

    def _take_line(self, name: str, known: Known) -> None:
        self._give(name, known)
        self.typed[name] = known.value
        self.reused.add(name)

    def _come_to(self, field_id: str) -> None:
        told, self.known = self.before()
        lines = told.lines(self.form)
        for name, (known, origin) in lines.items():
            self._take_line(name, known)
            self.origins[name] = origin
        if field_id in lines:
            self._ask(field_id)
            self._go_on()
        else:
            super()._come_to(field_id)

    def _seen(self) -> list[str]:
        shown = self.field_id if self.stage == "question" else ""
        return [one for one in super()._seen() if one == shown or one not in self.shared]

    def _remember(self, field: Field, repeat: Repeat | None = None) -> None:
        super()._remember(field, repeat)
        self.past_of_all.append(self)


class Bundle:
    """`visits`: a form for each errand of the event, in order; those of `left_out` are not filled in."""

    def __init__(self, event: LifeEvent, visits: Sequence[FormOfBundle], known: Callable[[], KnownAnswers]) -> None:
        """`known`: what is known of this stay, from before the event."""
        self.event = event
        self.visits = tuple(visits)
        self.left_out: set[str] = set()
        self.at = 0
        self._known = known
        self._past: list[FormOfBundle] = []
        for at, visit in enumerate(self.visits):
            visit.before, visit.for_whom = partial(self._before, at), self._for_whom
            visit.past_of_all, visit.left_out = self._past, self.left_out

    @property
    def visit(self) -> FormOfBundle:
        """The form at hand."""
        return self.visits[self.at]

    @property
    def taken(self) -> list[FormOfBundle]:
        return [one for one in self.visits if one.service.id not in self.left_out]

    def take(self, service: str) -> None:
        """Leave an errand out, or take it again: others follow it again where nothing was changed meanwhile."""
        self.left_out ^= {service}
        self._past.clear()

    @property
    def papers(self) -> list[Prerequisite]:
        """What is needed for all errands that are taken: of one paper, which has one drawing, what says most."""
        papers: dict[str, Prerequisite] = {}
        for one in (paper for visit in self.taken for paper in visit.service.prerequisites):
            name = one.picture or one.zh
            if name not in papers or len(one.zh) > len(papers[name].zh):
                papers[name] = one
        return [*papers.values()]

    def may_fit(self, errand: EventErrand) -> bool:
        """Whether the errand seems to be for them, by what is known: advice, and never a no."""
        if errand.eligible is None:
            return False
        visit = self._of(errand.service)
        lines = {name: known for name, (known, _) in told_by(self.taken).lines(visit.form).items()}
        if not any(one.done for one in self.visits):
            lines = dict(self._known().offer(visit.form, visit.service.fields[0], (), VISITOR, {}).lines)
        answers = {**visit.answers, **{name: known.value for name, known in lines.items()}}
        return errand.eligible.holds(known_facts(visit.catalogue, visit.service, answers, visit.today)) is True

    def go_on(self) -> None:
        """Once the questions of a form are done, to those of the next."""
        if self.visit.is_done:
            self.begin()

    def begin(self) -> None:
        """To the first question that is open; where there is none, every form is at its check."""
        for at, visit in enumerate(taken := self.taken):
            for source in taken[:at]:
                visit.follow(source)
            visit.go_on()
            if not visit.is_done:
                self._go_to(visit)
                return

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be asked."""
        return all(one.is_done for one in self.taken)

    def back(self) -> bool:
        """One screen back, losing nothing; False when this was the first question."""
        earlier = self.taken
        if not self.is_done:
            self.visit.back()
            if self.visit.stage != "prerequisites":
                return True
            earlier = earlier[: earlier.index(self.visit)]
        for visit in reversed(earlier):
            if visit.has_own:
                self._go_to(visit)
                visit.back()
                return True
        return False

    def change(self, field_id: str) -> None:
        """From the check to one question of the form at hand: of a shared answer to where it was given first."""
        if origin := self.visit.shared.get(field_id):
            self.open(origin.service)
            field_id = origin.field
        self.visit.change(field_id)

    def undo(self) -> Text:
        """Take the last answer back, in whichever form it was given."""
        visit = self._past.pop()
        self._go_to(visit)
        return visit.undo()

    def forget_places(self, service: str, repeat: Repeat) -> None:
        """A member is taken out and those after move up, so no other form follows them by their places any more."""
        for visit in self.visits:
            visit.keep_as_own(lambda origin: origin.service == service and repeat.holds(origin.field))

    @property
    def step(self) -> tuple[int, int]:
        """The number of this question, from 1, and of how many in all forms."""
        asked = [*self._expected()]
        return asked.index((self.visit, self.visit.field_id)) + 1, len(asked)

    def _expected(self) -> Iterator[tuple[FormOfBundle, str]]:
        told: set[tuple[bool, str]] = set()
        for visit in self.taken:
            expected = visit.expected()
            about = {one.id: (one.of_agent, one.topic) for one in expected if one.topic and not member_of(one)}
            for one in expected:
                from_before = one.id in visit.shared or (one.id not in visit.done and about.get(one.id) in told)
                if not from_before or (visit is self.visit and one.id == visit.field_id):
                    yield visit, one.id
            told.update(about.values())

    def open(self, service: str) -> None:
        """Have that form at hand."""
        self._go_to(self._of(service))

    def _of(self, service: str) -> FormOfBundle:
        return next(one for one in self.visits if one.service.id == service)

    def _go_to(self, visit: FormOfBundle) -> None:
        self.at = self.visits.index(visit)

    def _for_whom(self) -> str:
        """A form that does not ask is for whom the others are for."""
        asks = ((form, one.id) for form in self.taken for one in form.service.fields if one.topic == FOR_WHOM)
        return next((form.answers[name] for form, name in asks if name in form.done), "")

    def _before(self, at: int) -> tuple[Told, KnownAnswers]:
        """What the forms before this one were told, and what is known of the stay together with it."""
        done = [one for one in self.visits[:at] if one.service.id not in self.left_out]
        known = deepcopy(self._known())
        for one in done:
            known.learn(one.form, one.given())
        return told_by(done), known
