"""Questions that are asked of several people: the members of a household, insured relatives.

A repeat is written once. Its questions are made for each member, as the answers say how many there are:
`members.1.name`, `members.1.more` (whether there is another one), `members.2.name` …
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import Discriminator, Tag, model_validator
from pydantic import Field as Bounds

from forms.expressions.facts import Facts, Members, Reader
from forms.field import Field
from forms.reading.mistake import FlawError
from forms.texts import Identifier, Strict, Text

MOST = 20  # members
LONGEST = 40  # characters of its name and that of a question: the hall is told of both
MORE = "more"  # the question whether there is another member
CHOICES = "repeat"  # the list of its answers, yes and no


class Repeat(Strict):
    """Questions that are asked again for each member."""

    repeat: Identifier
    """The name of the group: its answers are kept as `members.1.name`, `members.2.name` …"""
    label: Text
    """What one of them is called, as in 第 2 位家人."""
    begin: Text | None = None
    """The question whether there is anybody at all, where `min` is 0."""
    more: Text | None = None
    """The question whether there is another one, asked after each member until the answer is no."""
    min: int = Bounds(1, ge=0)
    """How many there are at least."""
    max: int = Bounds(8, ge=1, le=MOST)
    """How many there are at most; 20 is the highest."""
    steps: tuple[Field, ...] = Bounds(min_length=1)
    """What is asked of each. A condition in here names a question of the same member by its own id. Where two members
    have one ID number, the check screen and the hall point it out."""

    @property
    def id(self) -> str:
        return self.repeat

    @model_validator(mode="before")
    @classmethod
    def _holds_no_repeat(cls, data: Any) -> Any:
        steps = data.get("steps") if isinstance(data, dict) else None
        for at, step in enumerate(steps if isinstance(steps, list | tuple) else ()):
            if isinstance(step, dict) and "repeat" in step:
                said, hint = "there can be no repeat within a repeat", "Put its questions beside the others."
                raise FlawError(said, "steps", at, "repeat", hint=hint)
        return data

    @model_validator(mode="after")
    def _can_be_asked(self) -> "Repeat":
        if self.min > self.max:
            raise FlawError(f"min of repeat {self.id} is more than its max", "min")
        if (self.begin is not None) != (self.min == 0):
            said = f"repeat {self.id} says begin exactly when min is 0: it asks whether there is anybody"
            raise FlawError(said, "begin")
        if (self.more is not None) != (self.min < self.max and self.max > 1):
            raise FlawError(f"repeat {self.id} says more exactly when there may be one more after the first", "more")
        ids = [field.id for field in self.steps]
        if twice := [one for one in ids if ids.count(one) > 1]:
            at = ids.index(twice[0], ids.index(twice[0]) + 1)
            raise FlawError(f"field {twice[0]} is there twice in repeat {self.id}", "steps", at, "id")
        if long := [one for one in ids if len(f"{self.id}.{one}") > LONGEST]:
            said = f"repeat {self.id} and {long[0]} have over {LONGEST} characters together"
            raise FlawError(said, "steps", ids.index(long[0]), "id", hint="Shorten one.")
        if MORE in ids:
            said = f"a field of a repeat cannot be called {MORE}; that asks for the next one"
            raise FlawError(said, "steps", ids.index(MORE), "id")
        return self

    def questions(self, answers: Mapping[str, str]) -> Iterator["MemberField"]:
        """In order, for as many members as the answers open; `answers` may grow while this is read."""
        for place in range(self.max + 1):
            yield from self.of_member(place)
            if self._is_last(place, answers):
                return

    def of_member(self, place: int) -> tuple["MemberField", ...]:
        """All questions of one member, from 1; of 0, whether there is anybody."""
        return self._questions[place]

    def holds(self, field_id: str) -> bool:
        """Whether this is the id of a question of one of its members."""
        return field_id.startswith(f"{self.id}.")

    def field(self, field_id: str) -> "MemberField":
        """The question with this id; KeyError when there is none."""
        return self._by_id[field_id]

    def count(self, answers: Mapping[str, str]) -> int:
        """How many members there are so far."""
        return next(place for place in range(self.max + 1) if self._is_last(place, answers))

    def members(self, answers: Mapping[str, str]) -> Members:
        """What conditions may know of the members."""
        count = self.count(answers)
        each = tuple(self.seen_by(place, answers) for place in range(1, count + 1))
        return Members(each, count == self.max or answers.get(self.more_id(count)) == "no")

    def given_twice(self, answers: Mapping[str, str]) -> Iterator["MemberField"]:
        """Questions that are answered as for an earlier member, where no two people can have the same."""
        seen: set[tuple[str, str]] = set()
        for field in self.questions(answers):
            one = (field.own_id, answers.get(field.id, ""))
            if field.kind.of_one_person and one[1]:
                if one in seen:
                    yield field
                seen.add(one)

    @cached_property
    def readers(self) -> Mapping[str, Reader]:
        """How the answers of a member are read, by the own ids of its questions."""
        return {field.id: field.kind.value for field in self.steps}

    def seen_by(self, place: int, answers: Mapping[str, str]) -> dict[str, str]:
        """The answers as one member's conditions see them: its own by their own ids, which hide those of the form."""
        others = {name: value for name, value in answers.items() if name not in self._own_ids}
        own = {one: answers[full] for one in self._own_ids if (full := f"{self.id}.{place}.{one}") in answers}
        return {**others, **own}

    def more_id(self, place: int) -> str:
        """The id of the question that is asked after this member."""
        return f"{self.id}.{place}.{MORE}"

    @cached_property
    def _by_id(self) -> Mapping[str, "MemberField"]:
        return {field.id: field for of_one in self._questions for field in of_one}

    def _is_last(self, place: int, answers: Mapping[str, str]) -> bool:
        return place == self.max or (place >= self.min and answers.get(self.more_id(place)) != "yes")

    @cached_property
    def _own_ids(self) -> frozenset[str]:
        return frozenset(field.id for field in self.steps)

    @cached_property
    def _questions(self) -> tuple[tuple["MemberField", ...], ...]:
        return tuple(self._made(place) for place in range(self.max + 1))

    def _made(self, place: int) -> tuple["MemberField", ...]:
        asked = [*self.steps] if place else []
        if self.min <= place < self.max:
            asked.append(self._more(place))
        return tuple(self._of(field, place) for field in asked)

    def _more(self, place: int) -> Field:
        question = self.more if place else self.begin
        assert question is not None, "its validator has seen to that"
        example = "no" if place else "yes"
        return Field(
            id=MORE,
            type="choice",
            tier="L2",
            label=self.label,
            question=question,
            example=example,
            choices_from=CHOICES,
        )

    def _of(self, field: Field, place: int) -> "MemberField":
        choice_filter = field.choice_filter
        if choice_filter in self._own_ids:
            choice_filter = f"{self.id}.{place}.{choice_filter}"
        asked = {name: getattr(field, name) for name in Field.model_fields}
        asked |= {"id": f"{self.id}.{place}.{field.id}", "choice_filter": choice_filter}
        return MemberField.model_construct(**asked, repeat=self, place=place)


class MemberField(Field):
    """A question of a repeat as it is asked of one member: its id is REPEAT.PLACE.ID, and no file writes it."""

    id: str
    repeat: Repeat
    """Whose questions these are."""
    place: int
    """Which member, from 1; 0 for the question whether there is anybody."""

    @property
    def own_id(self) -> str:
        return self.id.rpartition(".")[2]

    @property
    def asks_for_more(self) -> bool:
        """Whether this asks only for another member."""
        return self.own_id == MORE

    @property
    def siblings(self) -> tuple["MemberField", ...]:
        """All questions of the same member."""
        return self.repeat.of_member(self.place)


def member_of(field: Field) -> str:
    """Whom a question is about: `members.2`; "" for a question of the form itself."""
    return field.id.rpartition(".")[0]


def opens_another(field: Field) -> bool:
    """Whether a question asks only if there is one more, after somebody who is there."""
    return isinstance(field, MemberField) and field.asks_for_more and field.place > 0


def seen_from(field: Field, facts: Facts) -> Facts:
    """The facts as a condition of this field sees them."""
    if not isinstance(field, MemberField):
        return facts
    return facts.of_member(field.repeat.id, field.repeat.seen_by(field.place, facts.answers))


def _step_kind(step: Any) -> str:
    is_repeat = isinstance(step, Repeat) or (isinstance(step, dict) and "repeat" in step)
    return "a repeat" if is_repeat else "a field"


Step = Annotated[
    Annotated[Field, Tag("a field")] | Annotated[Repeat, Tag("a repeat")],
    Discriminator(_step_kind),
]
