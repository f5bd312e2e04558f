"""How long from the press to a person's arrival, by how many staff a hall has: 200 simulated days each.

One JSON line, and bench/results/hall_days.json. Worked out, not timed: every call runs through the state machine that
kiosk and hall have (protocol.calls), and the rest is MODEL, a guess at a county hall that was checked against none. The
same seed gives the same numbers on every machine.

usage: python bench/hall_days.py [--days N] [--seed N]
"""

import argparse
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import count

from tools.result import written

from protocol.calls.messages import Need
from protocol.calls.states import CallState, Move, after
from protocol.calls.waiting import ARRIVAL_GOAL_S, ESCALATES_S, OTHER_WAYS_S, priority

STAFF = (2, 3, 5)
USUAL_CALLS = 100  # a day: ten kiosks of ten calls each
MODEL: Mapping[str, float] = {
    "open_s": 6 * 3600,  # 8:30 to 11:30 and 14:00 to 17:00, taken as one
    "rush_share": 0.5,  # of the calls come in the first third of the day
    "notice_s": 6,  # mean, exponential: from the ring until somebody who is free presses 我来了
    "walk_s": 25,  # mean, 10 to 40 s: to the kiosk
    "help_s": 270,  # median, log-normal with sigma 0.7: with the visitor (mean 345 s)
    "help_sigma": 0.7,
    "other_work_every_s": 900,  # mean, exponential: what else each member of staff has to do comes so often,
    "other_work_s": 240,  # and takes so long (mean, exponential): a fifth of their time
    "leaves_other_work": 0.5,  # of them do so for a call that has escalated once; all for one that has twice
    "lead_helps": 0.7,  # the chance that the lead is there and goes, at the second escalation
    "need_share": 0.25,  # of visitors hear or see badly, or cannot stand long
    "calls_off_share": 0.05,  # who need nobody any more, after a mean of 120 s
    "calls_off_s": 120,
    "takes_other_way": 0.4,  # of who are told of phone, counter and ticket after five minutes
}


@dataclass
class Call:
    pressed: float
    needs: tuple[Need, ...]
    state: CallState = CallState.REQUESTED
    arrived: float | None = None
    went: bool = False  # another way, which the kiosk had offered

    def move(self, move: Move) -> None:
        later = after(self.state, move)
        assert later is not None, f"{move} does not fit {self.state}"
        self.state = later


@dataclass
class Person:
    is_lead: bool = False
    call: Call | None = None
    works_until: float = 0.0  # at something else

    def is_free(self, now: float) -> bool:
        return self.call is None and self.works_until <= now


@dataclass
class Day:
    """One day of a hall: a queue of what happens next, and who is where."""

    chance: random.Random
    people: list[Person]
    now: float = 0.0
    calls: list[Call] = field(default_factory=list)
    _next: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def run(self, calls: int) -> None:
        for _ in range(calls):
            self._at(self._press_time(), self._press)
        for person in self.people:
            if not person.is_lead:
                self._at(self._mean("other_work_every_s"), lambda who=person: self._other_work(who))
        while self._next:
            self.now, _, happen = heappop(self._next)
            happen()

    def _press_time(self) -> float:
        share, third = MODEL["rush_share"], MODEL["open_s"] / 3
        if self.chance.random() < share:
            return self.chance.uniform(0, third)
        return self.chance.uniform(third, MODEL["open_s"])

    def _press(self) -> None:
        needs = (self.chance.choice(list(Need)),) if self.chance.random() < MODEL["need_share"] else ()
        call = Call(self.now, needs)
        self.calls.append(call)
        call.move(Move.SHOW)
        for escalation, mark in enumerate(ESCALATES_S, start=1):
            self._after(mark, partial(self._escalate, call, escalation))
        self._after(OTHER_WAYS_S, lambda: self._offer(call))
        if self.chance.random() < MODEL["calls_off_share"]:
            self._after(self._mean("calls_off_s"), lambda: self._call_off(call))
        self._ring()

    def _ring(self) -> None:
        """Whoever is free notices a call that rings, after a moment."""
        for person in self.people:
            if person.is_free(self.now) and not person.is_lead:
                self._after(self._mean("notice_s"), lambda who=person: self._take(who))

    def _take(self, person: Person) -> None:
        ringing = [one for one in self.calls if one.state.is_waiting]
        if not ringing or not person.is_free(self.now):
            return
        call = max(ringing, key=lambda one: priority(self.now - one.pressed, one.needs))
        call.move(Move.SET_OUT)
        person.call = call
        walk = MODEL["walk_s"]
        self._after(self.chance.uniform(0.4 * walk, 1.6 * walk), lambda: self._arrive(person))

    def _arrive(self, person: Person) -> None:
        call = person.call
        assert call is not None
        if call.state.is_over:  # called off on the way
            self._free(person)
            return
        call.move(Move.ARRIVE)
        call.arrived = self.now
        helps = self.chance.lognormvariate(0.0, MODEL["help_sigma"]) * MODEL["help_s"]
        self._after(helps, lambda: self._done(person))

    def _done(self, person: Person) -> None:
        assert person.call is not None
        person.call.move(Move.RESOLVE)
        self._free(person)

    def _free(self, person: Person) -> None:
        person.call = None
        if not person.is_lead:
            self._ring()

    def _other_work(self, person: Person) -> None:
        if person.call is None:
            person.works_until = self.now + self._mean("other_work_s")
            self._at(person.works_until, self._ring)
        if self.now < MODEL["open_s"]:
            self._after(self._mean("other_work_every_s"), lambda: self._other_work(person))

    def _escalate(self, call: Call, escalation: int) -> None:
        """It rings for who has other work too, and at the second one for all of them and the lead."""
        if not call.state.is_waiting:
            return
        is_last = escalation == len(ESCALATES_S)
        for person in self.people:
            if person.is_lead and not (is_last and self.chance.random() < MODEL["lead_helps"]):
                continue
            if person.call is None and (is_last or self.chance.random() < MODEL["leaves_other_work"]):
                person.works_until = self.now
                self._after(self._mean("notice_s"), lambda who=person: self._take(who))

    def _offer(self, call: Call) -> None:
        if call.state.is_waiting and self.chance.random() < MODEL["takes_other_way"]:
            call.move(Move.LEAVE)
            call.went = True

    def _call_off(self, call: Call) -> None:
        if call.arrived is None and call.state.is_open:
            call.move(Move.CANCEL)

    def _mean(self, name: str) -> float:
        return self.chance.expovariate(1 / MODEL[name])

    def _after(self, seconds: float, happen: Callable[[], None]) -> None:
        self._at(self.now + seconds, happen)

    def _at(self, moment: float, happen: Callable[[], None]) -> None:
        heappush(self._next, (moment, next(self._order), happen))


def days(staff: int, calls: int, number: int, seed: int) -> list[Call]:
    """All calls of so many days; each ends with a person, called off, or by another way that was offered."""
    found: list[Call] = []
    for day in range(number):
        chance = random.Random(f"{seed} {staff} {calls} {day}")
        hall = Day(chance, [*(Person() for _ in range(staff)), Person(is_lead=True)])
        hall.run(calls)
        found += hall.calls
    lost = [one for one in found if one.state not in (CallState.RESOLVED, CallState.CANCELLED) and not one.went]
    assert not lost, f"{len(lost)} calls ended with nobody"
    return found


def waits(calls: list[Call]) -> list[float]:
    """From press to arrival in seconds, the shortest first; who went another way waited for ever, who called it off
    is not counted."""
    counted = (one for one in calls if one.state is not CallState.CANCELLED)
    return sorted(one.arrived - one.pressed if one.arrived is not None else float("inf") for one in counted)


def at(share: float, sorted_waits: list[float]) -> float:
    return sorted_waits[min(len(sorted_waits) - 1, round(share * len(sorted_waits)))]


def most_calls(staff: int, number: int, seed: int) -> int:
    """The most calls a day, in steps of ten, at which the 95th percentile keeps within the goal."""
    most = 0
    for calls in range(10, 1000, 10):
        if at(0.95, waits(days(staff, calls, number, seed))) > ARRIVAL_GOAL_S:
            break
        most = calls
    return most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = {}
    for staff in STAFF:
        calls = days(staff, USUAL_CALLS, given.days, given.seed)
        sorted_waits = waits(calls)
        p95 = at(0.95, sorted_waits)
        found[str(staff)] = {
            "p50_s": round(at(0.5, sorted_waits)),
            "p95_s": round(p95) if p95 < float("inf") else "more than five in a hundred went another way",
            "within_goal": round(sum(one <= ARRIVAL_GOAL_S for one in sorted_waits) / len(sorted_waits), 3),
            "another_way": round(sum(one.went for one in calls) / len(calls), 3),
            "called_off": round(sum(one.state is CallState.CANCELLED for one in calls) / len(calls), 3),
            "most_calls_a_day_within_goal": most_calls(staff, given.days, given.seed),
        }
    result = {
        "bench": "hall_days",
        "days": given.days,
        "calls_a_day": USUAL_CALLS,
        "goal_s": ARRIVAL_GOAL_S,
        "by_staff": found,
        "model": MODEL,
    }
    print(written("hall_days", result))


if __name__ == "__main__":
    main()
