"""A call's whole life over kiosk, hall, line and page, whatever fails: bench/call_schedules.py runs more."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from call_world import AT_KIOSK, MOVES, REASONS, STAFF, CallWorld, Fate
from hall_support import StandingClock, call_request, enrolled, settings_in
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from backend.calls import service
from backend.hall import shared_memory
from backend.hall.hall import Hall, open_hall
from offline_cache.store import Store
from protocol.calls.messages import CallRequest, Need
from protocol.calls.states import CallState, Move

SCHEDULES, ACTS = 30, 25
FAILURES = ("restart", "disk lost", "hall killed", "disk full", "disk free", "written", "cut", "up")
who = st.sampled_from(STAFF)


class ACallsLife(RuleBasedStateMachine):
    """Whatever happens in whichever order (tests/support/call_world.py says what must hold)."""

    hall: Hall
    clock: StandingClock
    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.world = CallWorld(self.hall, self.clock, self.store)

    @rule(reason=st.sampled_from(REASONS), needs=st.sampled_from([(), (Need.HEARING,)]))
    def press(self, reason: str, needs: tuple[Need, ...]) -> None:
        self.world.press(reason, needs)

    @rule(what=st.sampled_from(sorted(AT_KIOSK)), who=who)
    def at_kiosk(self, what: str, who: str) -> None:
        self.world.at_kiosk(what, who)

    @rule(fates=st.lists(st.sampled_from(Fate), max_size=2))
    def sync(self, fates: list[Fate]) -> None:
        self.world.sync(*fates)

    @rule(who=who, then=st.lists(st.sampled_from(MOVES), max_size=2), twice=st.booleans())
    def look_and_tap(self, who: str, then: list[Move], twice: bool) -> None:
        self.world.look(who)
        for move in then:
            self.world.tap(who, 0, move, twice=twice)

    @rule(who=who, place=st.integers(0, 2), move=st.sampled_from(MOVES), asked=st.none() | who)
    def tap_on_an_old_page(self, who: str, place: int, move: Move, asked: str | None) -> None:
        self.world.tap(who, place, move, asked)

    @rule(seconds=st.sampled_from([1, 70]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.pass_(seconds=seconds)

    @rule(what=st.sampled_from(FAILURES))
    def it_fails(self, what: str) -> None:
        match what:
            case "restart":
                self.world.kiosk_restarts()
            case "disk lost":
                self.world.kiosk_loses_its_disk()
            case "hall killed":
                self.world.hall_is_killed_next()
            case "disk full" | "disk free":
                self.world.disk(is_full=what == "disk full")
            case "written":
                self.world.write_down()
            case _:
                self.world.line.is_cut = what == "cut"

    @rule(place=st.integers(0, 2))
    def a_late_message_arrives(self, place: int) -> None:
        self.world.deliver_late(place)

    @invariant()
    def nothing_is_impossible(self) -> None:
        self.world.check()

    def teardown(self) -> None:
        self.world.settle()


@pytest.fixture(scope="module")
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, clock: StandingClock) -> Iterator[Hall]:
    folder: Path = tmp_path_factory.mktemp("hall")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_memory, "MEMORY", folder)
        hall = open_hall(settings_in(folder), clock)
        yield hall
        hall.database.close()


def test_no_call_is_lost_or_doubled_whatever_fails(hall: Hall, clock: StandingClock) -> None:
    life = type("Life", (ACallsLife,), {"hall": hall, "clock": clock, "store": Store.in_memory(Path("kiosk.db"))})
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    of_ci = settings(
        max_examples=SCHEDULES, stateful_step_count=ACTS, deadline=None, derandomize=True, suppress_health_check=quiet
    )
    run_state_machine_as_test(life, settings=of_ci)


@pytest.mark.parametrize("number", range(3))
def test_of_eight_who_take_a_call_at_the_same_moment_one_has_it_and_the_others_see_who(hall: Hall, number: int) -> None:
    call, staff, start = UUID(int=1000 + number), [f"{one}号" for one in range(8)], Barrier(8)
    service.put_call(hall, call, CallRequest.model_validate_json(call_request()), enrolled(hall, f"{number}").signed())

    def take(name: str) -> service.MovedCall:
        start.wait()
        return service.move_call(hall, call, Move.TAKE, name)

    with ThreadPoolExecutor(len(staff)) as threads:
        answers = dict(zip(staff, threads.map(take, staff), strict=True))
    (first,) = [name for name, answer in answers.items() if answer.done]
    assert {(answer.staff, answer.state) for answer in answers.values()} == {(first, CallState.ACKNOWLEDGED)}
