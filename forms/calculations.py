"""Values that a service computes of the answers: nobody fills them in."""

from functools import cached_property

from forms.expressions.conditions import Expression, value_of
from forms.expressions.facts import Facts, Value, as_text
from forms.field import Choices, Field, FieldType, Tier
from forms.texts import Identifier, Strict, Text, Unit


class Calculation(Strict):
    """A value that is computed of the answers, such as the money somebody may get."""

    id: Identifier
    """Its name, which stands beside those of the fields: conditions, values and texts may name it."""
    type: FieldType
    """The kind of field that its value looks like: `amount`, `number`, `date` …"""
    tier: Tier = "L2"
    """How private it is, as of a field. From `L3` on it is not said aloud, and covered at the hall."""
    label: Text
    """Its short name, as it stands on the check screen, the receipt and at the hall."""
    calculation: Expression
    """A value: how it is computed, of answers, parameters and earlier calculations."""
    shown: bool = False
    """Whether it stands on the check screen, the receipt and at the hall."""
    unit: Unit | None = None
    """Of a number: what is counted."""
    choices: Choices = ()
    """Of a choice: what each value is called."""

    def value(self, facts: Facts) -> Value | None:
        return value_of(self.calculation, facts)

    def answer(self, facts: Facts) -> str | None:
        """The value as the answer of a field of its type is kept; None while it is not known."""
        value = self.value(facts)
        return None if value is None else f"{value:.2f}" if self.type == "amount" and value != "" else as_text(value)

    @cached_property
    def field(self) -> Field:
        """A field of which this could be the answer: what shows and masks answers shows this too."""
        return Field.model_construct(
            id=self.id,
            type=self.type,
            tier=self.tier,
            label=self.label,
            question=self.label,
            example="",
            unit=self.unit,
            choices=self.choices,
        )
