"""What is done at the counters of the hall and not at its kiosks: assets/counters.yaml."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic import Field as Bounds

from forms.reading.mistake import FlawError
from forms.service import ServiceId
from forms.texts import Phrases, Strict, Text


class CounterErrand(Strict):
    """One errand of a counter: what people who have come for it are told."""

    id: ServiceId
    """Its name. Once a service has the same one, the errand is left out by itself."""
    icon: str = "hall"
    """The picture on its button: a file of `icons/`, without `.svg`."""
    picture: str = ""
    """A drawing: a name in `pictures.yaml`."""
    title: Text
    """What it is called."""
    counter: Text
    """Where to go: floor, number and name of the counter."""
    papers: Annotated[tuple[Text, ...], Bounds(min_length=1)]
    """What to bring."""
    hours: Text
    """When the counter is open."""
    phrases: Phrases
    """What people say who come for it."""


def _each_once(errands: tuple[CounterErrand, ...]) -> tuple[CounterErrand, ...]:
    ids = [one.id for one in errands]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise FlawError(f"the errand {twice} is there twice", ids.index(twice, ids.index(twice) + 1), "id")
    return errands


class Counters(Strict):
    """What the hall does at its counters, and its telephone."""

    phone: Annotated[str, StringConstraints(pattern=r"^[0-9][0-9 -]{2,20}$")] | None = None
    """The hall's own telephone number; it stands on receipts."""
    errands: Annotated[tuple[CounterErrand, ...], AfterValidator(_each_once)] = ()
    """The errands, in the order of the screen."""

    def errand(self, errand_id: str) -> CounterErrand:
        """The errand with this id; KeyError when there is none."""
        for errand in self.errands:
            if errand.id == errand_id:
                return errand
        raise KeyError(errand_id)
