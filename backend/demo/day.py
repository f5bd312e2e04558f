"""The busy day, put together: who works there, which kiosks there are, and what comes in from when to when."""

from dataclasses import dataclass
from random import Random

from backend.accounts.permissions import Role
from backend.demo.calls import add_calls
from backend.demo.forms import add_forms
from backend.demo.kiosk import VERSION, PlayedKiosk, enrolled
from backend.demo.numbers import add_numbers
from backend.demo.orders import add_orders
from backend.demo.place import DAY_S, Place
from backend.demo.staff import Login, employ
from backend.demo.timeline import SetClock, Timeline
from backend.hall.hall import Hall
from backend.kiosks.enrolment import approve
from backend.providers.simulated.people import people
from protocol.wire import Heartbeat

WORKING = ("城关镇大厅-1", "城关镇大厅-2", "清河镇便民中心", "石桥乡便民中心", "柳林村", "王庄村")
DEGRADED, SILENT, WAITING = "王庄村", "大柳村", "山前村"
_TROUBLE = Heartbeat(version=VERSION, waiting=3, degraded=["打印机没有纸了", "到大厅的线路很慢"])
_OPENED_AGO_S, _SILENT_SINCE_S = 20 * DAY_S, 3 * DAY_S
_PEOPLE = 1000


@dataclass(frozen=True)
class Day:
    """How to log in, and the kiosks that go on saying that they are alive."""

    logins: list[Login]
    kiosks: list[PlayedKiosk]


def fill(hall: Hall, clock: SetClock, seed: int) -> Day:
    """An empty hall whose `clock` stands at the moment when the day is to end; the same seed gives the same day."""
    assert clock.now is not None
    hours, invented = Timeline(clock.now), list(people(_PEOPLE, seed).values())
    clock.now = hours.before(_OPENED_AGO_S)
    employed, kiosks = employ(hall), {name: enrolled(hall, name) for name in (*WORKING, SILENT, WAITING)}
    for name in (*WORKING, SILENT):
        approve(hall, employed.people[Role.ADMIN].name, name)
    kiosks[DEGRADED].health = _TROUBLE
    working = {name: kiosks[name] for name in WORKING}
    place = Place(hall, employed.people, working, iter(invented), Random(seed), hours)
    for add in (add_forms, add_calls, add_orders, add_numbers):
        add(place)
    hours.add(_SILENT_SINCE_S, kiosks[SILENT].beat)
    for kiosk in working.values():
        hours.add(0, kiosk.beat)
    hours.play(clock)
    clock.now = hours.end
    return Day(employed.logins, list(working.values()))
