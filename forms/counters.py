"""What is done at the counters of the hall and not at its kiosks: assets/counters.yaml."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic import Field as Bounds

from forms.service import ServiceId
from forms.texts import Phrases, Strict, Text


class CounterErrand(Strict):
    """One errand of a counter: what people who have come for it are told."""

    id: ServiceId
    icon: str = "hall"
    picture: str = ""  # of assets/pictures
    title: Text
    counter: Text
    papers: Annotated[tuple[Text, ...], Bounds(min_length=1)]
    hours: Text
    phrases: Phrases


def _each_once(errands: tuple[CounterErrand, ...]) -> tuple[CounterErrand, ...]:
    ids = [one.id for one in errands]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise ValueError(f"the errand {twice} is there twice")
    return errands


class Counters(Strict):
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9][0-9 -]{2,20}$")] | None = None  # the hall's own
    errands: Annotated[tuple[CounterErrand, ...], AfterValidator(_each_once)] = ()

    def errand(self, errand_id: str) -> CounterErrand:
        """The errand with this id; KeyError when there is none."""
        for errand in self.errands:
            if errand.id == errand_id:
                return errand
        raise KeyError(errand_id)
