"""One thing in a life that brings several errands: assets/events/NAME.yaml."""

from collections.abc import Collection, Mapping
from typing import Annotated

from pydantic import Field as Bounds

from forms.expressions.conditions import Condition
from forms.service import ServiceId
from forms.texts import GroupId, Phrases, Strict, Text

FEWEST, MOST = 2, 6  # errands of an event: one alone is found by its own name, and a screen shows no more than six
GROUP = "events"  # of an event that says no group


class EventErrand(Strict):
    """One of the errands that an event brings."""

    service: ServiceId
    """The service, which is an application. Where a kiosk does not offer it, the event shows the others."""
    detail: Text
    """One line beside its title: for whom it is, and what it brings them."""
    eligible: Condition | None = None
    """A condition over the questions of that service. It is advice only: where it is not true of what is known, the
    kiosk says that it may not fit, and it can be taken all the same."""


class LifeEvent(Strict):
    """One thing in a life: the errands that it brings are filled in one after the other, and handed in together."""

    id: ServiceId
    """Its name, which is that of its file: small letters, digits and `-`. Never change it."""
    group: GroupId = GROUP
    """The group of `groups.yaml` under which it stands on the home screen."""
    order: int = 100
    """Where it stands in its group: the lower comes first."""
    icon: str
    """The picture on its button: a file of `icons/`, without `.svg`."""
    title: Text
    """What has happened, as people say it."""
    line: Text
    """One line beside the title: what can be done about it in one go."""
    phrases: Phrases
    """What may be said instead of touching it."""
    requests: Phrases = Phrases(zh=[])
    """Sentences of people whom it has happened to; the kiosk learns from them. Thirty or more are good."""
    services: Annotated[tuple[EventErrand, ...], Bounds(min_length=FEWEST, max_length=MOST)]
    """Its errands, two to six, in the order in which they are filled in."""

    @property
    def as_begun(self) -> "LifeEvent":
        """What somebody who has begun it still needs, should it be offered no more."""
        errands = tuple(one.model_copy(update={"eligible": None}) for one in self.services)
        return self.model_copy(update={"services": errands, "requests": Phrases(zh=[])})


def shown_with(events: Mapping[str, LifeEvent], services: Collection[str]) -> dict[str, LifeEvent]:
    """Of each event the errands that are among these services; an event with fewer than two of them is left out."""
    left: dict[str, LifeEvent] = {}
    for name, event in events.items():
        errands = tuple(one for one in event.services if one.service in services)
        if len(errands) >= FEWEST:
            left[name] = event.model_copy(update={"services": errands})
    return left
