"""What people could not get done: hall/work_orders.yaml says what may be chosen, until when it is answered, by whom."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator
from pydantic import Field as Bounds

from forms.texts import Identifier, Strict, Text
from protocol.work_orders.order import OrderState

OFFICE = "{office}"  # in the words of a change: which office it went to
Days = Annotated[int, Bounds(ge=1, le=60)]


class OrderReason(Strict):
    """Why something could not be done, as it is chosen at the kiosk."""

    words: Text
    """What stands on its button."""
    due_days: Days | None = None
    """In how many working days it is answered, where that is not as usual."""


class StateWords(Strict):
    """Where an order stands, for the person who left it."""

    words: Text
    """What is so."""
    next: Text
    """Who does what next."""


def _of_each_state(states: Mapping[OrderState, StateWords]) -> Mapping[OrderState, StateWords]:
    if missing := [state.value for state in OrderState if states and state not in states]:
        raise ValueError(f"there are no words for {', '.join(missing)}")
    return states


class WorkOrderRules(Strict):
    due_days: Days = 5
    """In how many working days an order is answered; days on which the hall is closed do not count."""
    escalates_to: Literal["lead", "admin"] = "lead"
    """Whom it is put before once it is overdue."""
    reasons: dict[Identifier, OrderReason] = Bounds(default_factory=dict)
    """What may be chosen, in the order of the screen."""
    changes: dict[Identifier, Text] = Bounds(default_factory=dict)
    """What was changed because of it, as its person reads it; `{office}` stands for the office that it went to."""
    states: Annotated[dict[OrderState, StateWords], AfterValidator(_of_each_state)] = Bounds(default_factory=dict)
    """Where an order stands: open, in_hand, answered, closed."""

    @model_validator(mode="after")
    def _all_there(self) -> Self:
        if self.reasons and not (self.changes and self.states):
            raise ValueError("reasons, changes and states belong together: the file stands in place of the shipped one")
        return self

    def due_in(self, reason: str | None) -> int:
        """Working days; of a reason that is unknown here as usual."""
        known = self.reasons.get(reason or "")
        return (known.due_days if known else None) or self.due_days
