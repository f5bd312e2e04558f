"""What may be named at one place of a service, or about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from forms.calculations import Calculation
from forms.expressions.references import references
from forms.field import Field
from forms.reading.mistake import Flaw, did_you_mean
from forms.repeats import Repeat
from forms.service import Service


@dataclass
class Asked:
    """What is asked before that place, and what is computed of it."""

    fields: dict[str, Field] = field(default_factory=dict)
    repeats: dict[str, Repeat] = field(default_factory=dict)
    computed: dict[str, Calculation] = field(default_factory=dict)

    @classmethod
    def by(cls, service: Service) -> "Asked":
        """All that a service asks and computes."""
        asked = cls({step.id: step for step in service.steps if isinstance(step, Field)}, dict(service.repeats))
        asked.compute(service.calculate)
        return asked

    def of(self, repeat: str = "") -> dict[str, Field]:
        """The fields by how they are named, among the members of a repeat where one is given."""
        members = self.repeats[repeat].steps if repeat in self.repeats else ()
        values = {name: one.field for name, one in self.computed.items()}
        return {**values, **self.fields, **{one.id: one for one in members}}

    def compute(self, calculations: Iterable[Calculation]) -> None:
        """Take up what can be computed by now."""
        for one in calculations:
            if not list(unknown(self, one.calculation)):
                self.computed.setdefault(one.id, one)


def unknown(asked: Asked, part: object) -> Iterator[Flaw]:
    """The fields and repeats that a condition or value names and that are not there before it."""
    for one in references(part):
        if one.what == "field" and one.name not in asked.of(one.inside):
            yield not_asked(one.name, asked.of(one.inside)).under(one.path)
        if one.what == "repeat" and one.name not in asked.repeats:
            yield Flaw(one.path, f"there is no repeat {one.name!r} before it", did_you_mean(one.name, asked.repeats))


def not_asked(name: str, asked: Mapping[str, object]) -> Flaw:
    hint = did_you_mean(name, asked) or f"Asked before it are: {', '.join(asked) or 'none'}."
    return Flaw((), f"it names {name}, which is not asked before it", hint)
