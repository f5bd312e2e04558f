"""A kiosk, a hall, the line between them and three members of staff, of which anything may fail at any moment.

Kiosk and hall are the real ones with their databases; the line and the killing are played. What must hold after every
act is in `check`, and what must hold once all is well again in `settle`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from functools import partial
from random import Random
from typing import Any, cast
from uuid import UUID, uuid4

from hall_support import StandingClock, enrolled
from sqlalchemy import delete, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backend.accounts.permissions import Role, Staff
from backend.calls import service, stored
from backend.calls.board import open_calls
from backend.calls.history import missed_calls, see_missed
from backend.calls.record import CallRecord
from backend.calls.tables import Call, CallChange
from backend.calls.without_disk import kept, write_down
from backend.foundation.database import Database
from backend.hall.hall import Hall
from offline_cache.calls import OVER_RETRY_S, Calls, new_call
from offline_cache.hall_client import HallClient, HallUnreachable
from offline_cache.store import Store
from offline_cache.tables import CallRow
from protocol.calls.messages import Arrival, ArrivedBy, CallRequest, CallStatus, Need, Rating
from protocol.calls.states import ENDS, STAFF_MOVES, CallState, Move, after

STAFF = ("李芳", "王强", "赵敏")
Tally = Counter[str]  # of calls by the state in which they ended


class Fate(StrEnum):
    """What becomes of one request of the kiosk."""

    FINE = "fine"
    LOST = "lost"
    ANSWER_LOST = "answer_lost"  # as when the kiosk is killed before it has written it down
    TWICE = "twice"
    LATE = "late"  # it arrives after later ones; the kiosk has given up
    OLD_ANSWER = "old_answer"  # of an earlier request


class Killed(Exception):
    """The hall's process, in the middle of a transaction."""


class UnsteadyDatabase(Database):
    """A hall's database on a disk that may be full, in a process that may be killed."""

    def __init__(self, real: Database) -> None:
        vars(self).update(vars(real))
        self.is_full = False
        self.dies = False

    @contextmanager
    def write(self) -> Iterator[Session]:
        if self.is_full:
            raise OperationalError("INSERT", None, Exception("database or disk is full"))
        with super().write() as session:
            yield session
            if self.dies:
                self.dies = False
                raise Killed


class UnsteadyLine:
    """In the place of a HallClient."""

    def __init__(self, world: "CallWorld") -> None:
        self._world = world
        self.is_cut = False
        self.fates: list[Fate] = []  # of the next requests
        self.late: list[tuple[UUID, CallRequest]] = []
        self._answers: dict[UUID, CallStatus] = {}

    def get_call(self, call: UUID) -> CallStatus | None:
        return self._through(partial(self._world.asked, call), call)

    def put_call(self, call: UUID, body: CallRequest) -> CallStatus:
        answer = self._through(partial(self._world.told, call, body), call, body)
        assert answer is not None
        return answer

    def _through(
        self, ask: Callable[[], CallStatus | None], call: UUID, body: CallRequest | None = None
    ) -> CallStatus | None:
        fate = Fate.LOST if self.is_cut else self.fates.pop(0) if self.fates else Fate.FINE
        if fate is Fate.LATE and body is not None:
            self.late.append((call, body))
        if fate in (Fate.LOST, Fate.LATE):
            raise HallUnreachable("The hall cannot be reached.")
        before = self._answers.get(call)
        try:
            answer = ask()
            if fate is Fate.TWICE:
                answer = ask()
        except Killed as error:
            raise HallUnreachable("The hall cannot be reached.") from error
        if answer:
            self._answers[call] = answer
        if fate is Fate.ANSWER_LOST:
            raise HallUnreachable("The hall cannot be reached.")
        return before if fate is Fate.OLD_ANSWER and before else answer


class CallWorld:
    """One kiosk of a hall in which nobody else calls. AssertionError where something is wrong."""

    def __init__(self, hall: Hall, clock: StandingClock, store: Store) -> None:
        """`store` is emptied: to make one takes longer than the rest."""
        self.database, self.clock = UnsteadyDatabase(hall.database), clock
        self.hall = replace(hall, database=self.database)
        self.kiosk = enrolled(hall, f"柳林村{uuid4().hex}").signed()
        self.line = UnsteadyLine(self)
        self.store = store
        self._empty_store()
        self.calls = self._switched_on()
        self.opened: set[UUID] = set()
        self.over: set[UUID] = set()  # at the kiosk
        self.turns: dict[UUID, int] = {}
        self.heard: dict[UUID, int] = {}  # turns, at the kiosk
        self.presses: dict[UUID, int] = {}  # at the kiosk
        self.boards: dict[str, list[UUID]] = {who: [] for who in STAFF}
        self.visitor_left = False

    # what happens at the kiosk

    def press(self, reason: str, needs: tuple[Need, ...]) -> None:
        self.visitor_left = False
        self.opened.add(self.calls.request(new_call(self.kiosk.name, "home", None, reason, self.clock(), needs=needs)))

    def at_kiosk(self, what: str, who: str) -> None:
        """What visitor or staff do there with the latest call."""
        view = self.calls.current()
        if view is None or self.visitor_left:
            return
        arrival = Arrival(staff=who, by=ArrivedBy.BADGE)
        do: Mapping[str, Callable[[UUID], None]] = {
            "cancel": self.calls.cancel,
            "leave": self.calls.leave,
            "other_way": lambda call: self.calls.tell(call, other_way=True),
            "number": lambda call: self.calls.tell(call, call_back=b"sealed"),
            "arrive": lambda call: self.calls.arrive(call, arrival),
            "assist": self.calls.assist,
            "resolve": self.calls.resolve if view.arrival else lambda call: self.calls.resolve(call, arrival),
            "rate": lambda call: self.calls.rate(call, Rating.GOOD),
        }
        if what == "rate" and view.state is not CallState.RESOLVED:
            return  # nobody is asked before it is done
        do[what](view.call)
        self.visitor_left = what == "leave"

    def kiosk_restarts(self) -> None:
        self.calls = self._switched_on()

    def kiosk_loses_its_disk(self) -> None:
        """What it had told is at the hall, or still on its way."""
        self._empty_store()
        self.kiosk_restarts()
        self.opened = {*self.at_hall(), *(call for call, _ in self.line.late)}

    def sync(self, *fates: Fate) -> None:
        self.line.fates = list(fates)
        self.calls.refresh(self.clock())
        view = self.calls.current()
        if view is not None:
            self.opened.add(view.call)  # also one that was opened for what staff did not hear of

    # at the hall

    def asked(self, call: UUID) -> CallStatus | None:
        try:
            return service.get_call(self.hall, call, self.kiosk)
        except service.UnknownError:
            return None

    def told(self, call: UUID, body: CallRequest) -> CallStatus:
        return service.put_call(self.hall, call, body, self.kiosk, self.clock())

    def deliver_late(self, place: int) -> None:
        """What is on the way stays there until the hall has taken it."""
        if self.line.late:
            call, body = self.line.late[place % len(self.line.late)]
            with self._dying():
                self.told(call, body)
                self.line.late.remove((call, body))

    def look(self, who: str) -> None:
        """A page is drawn anew; until then its member of staff sees what was."""
        self.boards[who] = [call.id for call in self.at_hall().values() if call.state.is_open]
        with self._dying():
            service.notify(self.hall, self.boards[who])

    def tap(self, who: str, place: int, move: Move, asked: str | None = None, *, twice: bool = False) -> None:
        """On a page that may be old; what it shows is what was there."""
        if self.boards[who]:
            call = self.boards[who][place % len(self.boards[who])]
            for _ in range(1 + twice):
                with self._dying():
                    answer = service.move_call(self.hall, call, move, who, asked if move is Move.HAND_BACK else None)
                    assert answer.done or answer.staff != who or answer.state not in _states_of(move)

    def hall_is_killed_next(self) -> None:
        self.database.dies = True

    def disk(self, *, is_full: bool) -> None:
        self.database.is_full = is_full

    def write_down(self) -> None:
        if not self.database.is_full:
            with self._dying():
                write_down(self.hall)

    # what must hold

    def check(self) -> None:
        self._check_kiosk()
        in_memory = kept(self.hall)
        for call in self.at_hall().values():
            assert call.id in self.opened, "nobody has called"
            assert call.turn >= self.turns.get(call.id, 0), "a turn goes back"
            if call.turn > self.turns.get(call.id, 0):
                self._check_history(call, in_memory)
            self.turns[call.id] = call.turn

    def _check_kiosk(self) -> None:
        with self.store.transaction() as session:
            rows = session.scalars(select(CallRow)).all()
        for row in rows:
            call, state = UUID(row.uuid), CallState(row.state)
            assert state.is_over or call not in self.over, "what was over is open again"
            self.over |= {call} if state.is_over else set()
            reached = row.hall_step == row.own_step
            assert not (state.is_waiting and row.staff and reached), "somebody is named who does not come"
            assert row.turn >= self.heard.get(call, 0), "the kiosk believes a late answer"
            self.heard[call] = row.turn
            self.presses[call] = 1 + CallRequest.model_validate_json(row.body).moves.count(Move.PRESS)

    def _check_history(self, call: CallRecord, in_memory: Mapping[UUID, Any]) -> None:
        """Every change follows from the one before by the table; nobody has what another one took."""
        with self.database.read() as session:
            rows = session.scalars(select(CallChange).where(CallChange.call == call.id).order_by(CallChange.id)).all()
        changes = [*rows, *(in_memory[call.id].changes if call.id in in_memory else ())]
        assert changes[0].move is Move.PRESS
        state, has_it = CallState.REQUESTED, ""
        for one in changes[1:]:
            assert after(state, one.move) is one.state, f"{state} cannot become {one.state} by {one.move}"
            if one.move in (Move.TAKE, Move.SET_OUT, Move.PHONE):
                assert has_it in ("", one.who), "somebody takes what another one has"
            state, has_it = one.state, "" if one.state.is_waiting else one.who or has_it
        assert state is call.state
        assert [one.move in ENDS for one in changes].count(True) <= 1, "it ended twice"
        presses = [one.move for one in changes].count(Move.PRESS)
        assert presses <= self.presses.get(call.id, 0), "a step counts twice"

    def at_hall(self) -> dict[UUID, CallRecord]:
        """All calls of this kiosk, as the hall has them."""
        rows = stored.columns().where(Call.kiosk_id == self.kiosk.id)
        with self.database.read() as session:
            written = {row.id: CallRecord.model_validate(row) for row in session.execute(rows)}
        return written | {call.id: call for call in kept(self.hall).values() if call.kiosk_id == self.kiosk.id}

    def settle(self) -> "Tally":
        """All works again: nothing is lost or doubled, kiosk and hall say the same, and every call ends well.

        How they ended.
        """
        self.line.is_cut, self.database.dies, self.database.is_full = False, False, False
        self.write_down()
        while self.line.late:
            self.deliver_late(0)
        self._come_together()
        self._end_all()
        self._come_together()
        found = self.at_hall()
        missed = {one.id for one in missed_calls(self.hall)} & set(found)
        for call in found.values():
            assert not call.state.is_open, f"{call.state}: nobody ends it"
            by_person = bool(call.staff) or call.state is CallState.CANCELLED
            assert by_person or call.other_way or call.id in missed, "a call that ended without anybody"
        see_missed(self.hall, missed, Staff(STAFF[0], Role.LEAD))
        return Counter(call.state.value for call in found.values())

    def _come_together(self) -> None:
        for _ in range(3):
            self.clock.pass_(seconds=OVER_RETRY_S + 1)
            self.sync()
        self.check()
        found = self.at_hall()
        assert set(found) == self.opened, "a call is lost, or one is doubled"
        assert self.calls.seconds_until_due(self.clock()) is None or any(one.state.is_open for one in found.values())
        waiting = [one for one in found.values() if one.state.is_waiting and not one.has_gone]
        assert len(waiting) <= 1, "two ring for the one person who stands there"
        view = self.calls.current()
        if view is not None:
            at_hall = found[view.call]
            assert (view.state, view.staff) == (at_hall.state, at_hall.staff), "kiosk and hall say different things"
            assert view.reached_hall
        shown = {one.id for one in open_calls(self.hall, cast(Any, None))}
        assert {one.id for one in found.values() if one.state.is_open} <= shown, "staff cannot see it"

    def _end_all(self) -> None:
        """Somebody phones whoever has gone, and helps who is there; then the visitor leaves."""
        self.look(STAFF[0])
        for place in range(len(self.boards[STAFF[0]])):
            self.tap(STAFF[0], place, Move.RESOLVE)
        self.sync()
        self.at_kiosk("leave", STAFF[0])

    def _empty_store(self) -> None:
        with self.store.transaction() as session:
            session.execute(delete(CallRow))

    def _switched_on(self) -> Calls:
        return Calls(self.store, cast(HallClient, self.line))

    @contextmanager
    def _dying(self) -> Iterator[None]:
        """Whoever asks a hall that is killed hears nothing."""
        with suppress(Killed):
            yield


def _states_of(move: Move) -> set[CallState | None]:
    return {after(state, move) for state in CallState} - {None}


AT_KIOSK = {  # and how likely
    "cancel": 1,
    "leave": 1,
    "other_way": 3,
    "number": 1,
    "arrive": 3,
    "assist": 3,
    "resolve": 1,
    "rate": 2,
}
REASONS = ("", "打不了字", "养老金资格认证：今天在这里")
MOVES = tuple(sorted(STAFF_MOVES))


def random_act(world: CallWorld, chance: Random) -> None:
    """Anything that may happen next; what is usual is more likely."""
    who = chance.choice(STAFF)
    acts: list[tuple[int, Callable[[], None]]] = [
        (4, lambda: world.press(chance.choice(REASONS), tuple(chance.sample(list(Need), chance.randrange(2))))),
        (4, lambda: world.at_kiosk(chance.choices(list(AT_KIOSK), list(AT_KIOSK.values()))[0], who)),
        (8, lambda: world.sync(*chance.choices(list(Fate), [6, 1, 1, 1, 1, 1], k=3))),
        (6, lambda: world.look(who)),
        (12, lambda: world.tap(who, chance.randrange(4), chance.choice(MOVES), chance.choice([None, *STAFF]),
                              twice=chance.random() < 0.3)),
        (3, lambda: world.clock.pass_(seconds=chance.choice([1, 5, 40, 70]))),
        (1, world.kiosk_restarts),
        (1, world.kiosk_loses_its_disk),
        (1, world.hall_is_killed_next),
        (1, lambda: world.disk(is_full=chance.random() < 0.4)),
        (1, world.write_down),
        (1, lambda: world.deliver_late(chance.randrange(4))),
        (1, lambda: setattr(world.line, "is_cut", chance.random() < 0.5)),
    ]  # fmt: skip
    chance.choices([act for _, act in acts], [weight for weight, _ in acts])[0]()


def run_schedule(hall: Hall, clock: StandingClock, store: Store, seed: int, acts: int, tally: Tally) -> None:
    """One schedule, checked after each act; `tally` counts how its calls ended."""
    world, chance = CallWorld(hall, clock, store), Random(seed)
    world.press("", ())
    for _ in range(acts):
        random_act(world, chance)
        world.check()
    tally.update(world.settle())
