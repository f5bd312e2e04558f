"""Numbers of the queue: some people were served, one did not come, one is at the counter, the others wait."""

from functools import partial

from backend.demo.kiosk import PlayedKiosk
from backend.demo.place import MINUTE_S, Place
from backend.queue.calling import NOON, call_next, end
from backend.queue.tables import Outcome
from backend.queue.tickets import draw
from protocol.queries.queue_ticket import NO_HELP, Half, Inputs

_DRAWN = 14
_CALLED = (Outcome.SERVED, Outcome.SERVED, Outcome.ABSENT, Outcome.SERVED, None)
_LONGEST_AGO_S = 100 * MINUTE_S


def add_numbers(place: Place) -> None:
    """All of today: shortly after midnight they follow each other the faster. The hall of the demo is open whenever
    somebody looks at it, so what the county says of its hours does not count here."""
    begins, _ = place.hall.moments_of(place.hall.day_of(place.hours.end))
    pace = min(1.0, (place.hours.end - begins).total_seconds() / _LONGEST_AGO_S)
    half: Half = "morning" if place.hours.end.astimezone().time() < NOON else "afternoon"
    service = next(one for one in place.hall.catalogue.services.values() if one.query == "queue_ticket")
    matters, helps = (
        [one.id for one in place.hall.catalogue.choices(service.field(field), {})] for field in ("matter", "mobility")
    )
    for at in range(_DRAWN):
        inputs = Inputs(
            id=place.new_id(),
            matter=place.dice.choice(matters),
            slot="now",
            senior=place.dice.choice(("yes", "no")),
            mobility=place.dice.choice([NO_HELP, NO_HELP, *helps]),
        )
        ago_s = pace * (_LONGEST_AGO_S - at * 6 * MINUTE_S - MINUTE_S)
        place.hours.add(ago_s, partial(_draw, place, place.any_kiosk(), inputs, half))
    for at, outcome in enumerate(_CALLED):
        place.hours.add(pace * (40 - at * 8) * MINUTE_S, partial(_call, place, outcome))


def _draw(place: Place, kiosk: PlayedKiosk, inputs: Inputs, half: Half) -> None:
    draw(place.hall, kiosk.id, inputs, half)


def _call(place: Place, outcome: Outcome | None) -> None:
    number = call_next(place.hall, None, place.clerk)
    if outcome:
        end(place.hall, number, outcome, place.clerk)
