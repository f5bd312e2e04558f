"""One form: what is known of the people of this stay, so that nothing is asked twice. Gone when the visitor leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from forms import Catalogue, Field, Service
from forms.field import FOR_WHOM, PERSON_NAME, PERSON_NUMBER
from forms.repeats import member_of
from forms.service import Reuse
from forms.validate import check_field, is_asked

Source = Literal["said", "card", "provider"]
Person = str  # an ID number; of the visitor ""
VISITOR: Person = ""
SELF = "self"  # the answer about for_whom of whoever does it for themselves


@dataclass(frozen=True)
class Known:
    """An answer, where it came from and on which day; `checked`: an ID card on the reader has confirmed it.

    Of what a provider has told, `at` is the day of its record, None where it does not say.
    """

    value: str = field(repr=False)
    source: Source
    at: date | None
    checked: bool = False

    def is_taken(self, reuse: Reuse, today: date) -> bool:
        """Whether a service takes it as it is."""
        limit = reuse.max_age_days
        young = limit is None or (self.at is not None and (today - self.at).days <= limit)
        return young and (self.checked or not reuse.checked)


@dataclass(frozen=True)
class Form:
    """A form that is being filled in, as far as reuse looks at it; `done` are the questions that were answered.

    `for_whom`: what another form of the same life event was told of whom it is for.
    """

    catalogue: Catalogue
    service: Service
    today: date
    answers: Mapping[str, str]
    done: frozenset[str]
    for_whom: str = ""

    @cached_property
    def asked(self) -> tuple[Field, ...]:
        """The questions that are asked by what is answered."""
        return tuple(self.asked_with({}))

    def asked_with(self, also: Mapping[str, Known]) -> Iterator[Field]:
        """The same, as if what is put into `also` while this is read were answered too."""
        known: dict[str, str] = {}
        facts = self.catalogue.facts(self.service, known, self.today)
        for one in self.service.fields_for(known):
            asked = is_asked(one, facts)
            if asked:
                yield one
                if one.id in self.done:
                    known[one.id] = self.answers.get(one.id, "")
                elif one.id in also:
                    known[one.id] = also[one.id].value
            elif asked is False:
                known[one.id] = ""

    def told(self, topic: str, member: str = "") -> str:
        """What was answered about that of the person of the form, or of a member: "members.2"; "" for nothing."""
        about = (one for one in self.asked if one.topic == topic and member_of(one) == member and not one.of_agent)
        return next((self.answers.get(one.id, "") for one in about if one.id in self.done), "")

    @property
    def agents_number(self) -> str:
        """The ID number of who acts for another; "" for none."""
        about = (one for one in self.asked if one.of_agent and one.topic == PERSON_NUMBER)
        return next((self.answers.get(one.id, "") for one in about if one.id in self.done), "")

    @property
    def for_another(self) -> bool | None:
        """Whether it is for somebody else; None where the form does not ask, or was not answered yet."""
        told = self.told(FOR_WHOM) or self.for_whom
        return told != SELF if told else None


def same_person(one: Field, other: Field) -> bool:
    """Whether both are asked of the same one, as far as a form tells."""
    return (member_of(one), one.of_agent) == (member_of(other), other.of_agent)


@dataclass(frozen=True)
class Offer:
    """What may be taken over at one touch: answers by their questions, and of whom they are."""

    person: Person | None = None  # None: of the visitor only what is asked of whoever stands here
    lines: Mapping[str, Known] = field(default_factory=dict)
    place: int = 1  # 2 after the first person was turned down


@dataclass
class KnownAnswers:
    """It never leaves memory but in the draft that a crash needs."""

    people: dict[Person, dict[str, Known]] = field(default_factory=dict, repr=False)  # what is known about what

    def learn(self, form: Form, given: Mapping[str, Known]) -> None:
        """Keep what was answered in a form, each for the person whom it is about."""
        number = form.told(PERSON_NUMBER)
        visitors = self.of(VISITOR, PERSON_NUMBER)
        if number and visitors not in ("", number) and self._whose(form, "") == VISITOR:
            self.people[visitors] = self.people.pop(VISITOR)  # so the visitor is another than they seemed
        for one in form.asked:
            person = VISITOR if one.of_agent else self._whose(form, member_of(one))
            known = given.get(one.id)
            if one.topic and person is not None and known and known.value == form.answers[one.id]:
                self.people.setdefault(person, {})[one.topic] = known
        if (last := self._whose(form, "")) in self.people:
            self.people[last] = self.people.pop(last)
        own = self.of(VISITOR, PERSON_NUMBER)
        if own and own in self.people:
            self.people[VISITOR] = {**self.people.pop(own), **self.people[VISITOR]}

    def of(self, person: Person, topic: str) -> str:
        """The answer alone; "" for none."""
        known = self.people.get(person, {}).get(topic)
        return known.value if known else ""

    def about(self, form: Form, question: Field) -> Known | None:
        """What is known of that, about whom this form asks it."""
        person = VISITOR if question.of_agent else self._whose(form, member_of(question))
        return self.people.get(person, {}).get(question.topic) if person is not None else None

    def offer(
        self,
        form: Form,
        about: Field,
        turned_down: Sequence[Person],
        taken: Person | None,
        found: Mapping[str, Known],
    ) -> Offer:
        """What is known of the open questions of whoever `about` is about: of an agent; of `taken`, where answers of
        that person were taken over before; of the person of the form before, where it is open for whom this one is;
        else of whoever fits best. What is not known so may be `found` on record."""
        member, place = member_of(about), len(turned_down) + 1
        own = Offer(None, self._lines(form, about, None, found), place)
        if about.of_agent:
            return own
        people = [who for who in self._candidates(form, about) if who not in turned_down]
        if taken is not None:
            people = [who for who in people if who == taken]
        elif name := form.told(PERSON_NAME, member):
            people = [who for who in people if self.of(who, PERSON_NAME) in ("", name)]
        offers = [Offer(who, self._lines(form, about, who, found), place) for who in people]
        if about.topic == FOR_WHOM:
            return next((one for one in offers if about.id in one.lines), own)
        more = [one for one in offers if len(one.lines) > len(own.lines)]
        return max(more, key=lambda one: len(one.lines), default=own)

    def _candidates(self, form: Form, about: Field) -> list[Person]:
        """Of whom the questions may be: the visitor first and then whoever was named last; where that is the question,
        whoever a form was filled in for last."""
        member = member_of(about)
        if about.topic == FOR_WHOM:
            return [*reversed(self.people)]
        everybody = [VISITOR, *(who for who in reversed(self.people) if who != VISITOR)]
        if number := form.told(PERSON_NUMBER, member):
            may_be = (number,) if member or form.for_another else (number, "")  # "": nobody has said it yet
            return [VISITOR if self.of(VISITOR, PERSON_NUMBER) in may_be else number]
        if member:
            names = {member_of(one) for one in form.asked}
            there = {form.told(PERSON_NUMBER, one) for one in names}
            known = {who: self.of(who, PERSON_NUMBER) for who in everybody}
            return [who for who, number in known.items() if number and number not in there]
        match form.for_another:
            case None:
                return everybody
            case False:  # the visitor may be one of those who were named, as a member of a repeat
                return [VISITOR] if self.of(VISITOR, PERSON_NUMBER) else everybody
            case True:
                return everybody[1:]

    def _whose(self, form: Form, member: str) -> Person | None:
        """About whom the questions of a form are, or of a member; None while that is not known."""
        number = form.told(PERSON_NUMBER, member)
        if number and number == self.of(VISITOR, PERSON_NUMBER):
            return VISITOR
        if member or form.for_another:
            return number or None
        return number if form.for_another is None and number in self.people else VISITOR

    def _lines(self, form: Form, about: Field, person: Person | None, found: Mapping[str, Known]) -> dict[str, Known]:
        """Of an agent what is asked of them alone, else what is asked of that person, or member, alone."""
        lines: dict[str, Known] = {}
        for one in form.asked_with(lines):
            known = None
            if one.id not in form.done and same_person(one, about):
                known = self._known(form, one, person) or found.get(one.id)
            if known and self.takes(form, one, known, lines):
                lines[one.id] = known
            elif one.topic == FOR_WHOM and one.id not in form.done:
                break  # of whom the rest is asked is open
        return lines

    def _known(self, form: Form, one: Field, person: Person | None) -> Known | None:
        if not one.topic:
            return None
        who = VISITOR if one.of_agent else person
        known = self.people.get(who, {}).get(one.topic) if who is not None else None
        if one.topic == FOR_WHOM:
            return known if known and (known.value == SELF) == (who == VISITOR) else None
        if known is None and form.for_another is False and not member_of(one):
            # It is the visitor, who may have been named as a member of a form before.
            known = self.people.get(VISITOR, {}).get(one.topic)
        return known

    @staticmethod
    def takes(form: Form, one: Field, known: Known, lines: Mapping[str, Known]) -> bool:
        """Whether it is a right answer here, beside the `lines`; one that only a card gives has to come from a card."""
        if not known.is_taken(form.service.reuse, form.today):
            return False
        if one.card_itself and not (known.source == "card" and known.checked):
            return False
        answers = {**form.answers, **{name: line.value for name, line in lines.items()}}
        return check_field(form.catalogue, one, known.value, answers, form.today)[1] is None
