"""When the hall is open, from assets/hall/opening_hours.yaml."""

from functools import lru_cache

from backend.foundation.settings import Settings
from backend.hall.files import read_hall_data
from backend.hall.hall import Hall
from forms.hall.opening_hours import OpeningHours


def read(settings: Settings) -> OpeningHours:
    """The county's file in place of the shipped one, unless it is broken; SetupError when the shipped one is."""
    advice = 'write hours like "08:30-11:30", and a reason to be closed in zh and en'
    return read_hall_data(settings, "opening_hours.yaml", advice, lambda shipped, own: own)


@lru_cache(maxsize=1)
def _read(settings: Settings, stamp: str) -> OpeningHours:
    """`stamp` is another one when a file has changed."""
    return read(settings)


def hours_of(hall: Hall) -> OpeningHours:
    """As they are written now."""
    return _read(hall.files.settings, hall.files.stamp)
