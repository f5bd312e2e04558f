import asyncio
from collections.abc import Callable, Coroutine, Sequence
from threading import Event
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from backend.foundation.database import insert_all_new
from backend.foundation.tables import Limit
from backend.foundation.together import MOST, Together
from backend.hall.hall import Hall

FIRST = "the first"


class Group(Together[str, Any]):
    """Counts how often it is at work. All that are asked line up while the first one is at work."""

    def __init__(self, work: Callable[[Sequence[str]], Sequence[Any]]) -> None:
        self.times, self._go_on = 0, Event()
        super().__init__(self._counted(work))

    def _counted(self, work: Callable[[Sequence[str]], Sequence[Any]]) -> Callable[[Sequence[str]], Sequence[Any]]:
        def counted(items: Sequence[str]) -> Sequence[Any]:
            self.times += 1
            if items == [FIRST]:
                return [self._go_on.wait(10)]
            return work(items)

        return counted

    def answers(self, *items: str) -> list[Any]:
        async def ask() -> list[Any]:
            first = asyncio.create_task(self.do(FIRST))
            while self.times == 0:
                await asyncio.sleep(0)
            asked = [asyncio.create_task(self.do(item)) for item in items]
            await asyncio.sleep(0)
            self._go_on.set()
            assert await first
            return await asyncio.gather(*asked, return_exceptions=True)

        return asyncio.run(ask())


def keeping(hall: Hall) -> Callable[[Sequence[str]], list[bool]]:
    """Keeps names; `broken` breaks a rule of the table."""

    def keep(names: Sequence[str]) -> list[bool]:
        rows = [{"name": name, "tries": 1, "retry_at": hall.clock()} for name in names]
        with hall.database.write() as session:
            new = insert_all_new(session, Limit, rows, "name")
            if "broken" in names:
                session.execute(insert(Limit).values(name="a", tries=1, retry_at=hall.clock()))
                session.execute(insert(Limit).values(name="a", tries=1, retry_at=hall.clock()))
        return [name in new for name in names]

    return keep


def kept(hall: Hall) -> list[str]:
    with hall.database.read() as session:
        return list(session.scalars(select(Limit.name).order_by(Limit.name)))


def test_those_who_wait_are_done_together_and_each_has_its_own_answer(hall: Hall) -> None:
    keeping(hall)(["b"])
    group = Group(keeping(hall))
    assert group.answers("a", "b", "c") == [True, False, True]
    assert group.times == 2
    assert kept(hall) == ["a", "b", "c"]


def test_what_fails_by_itself_takes_no_other_with_it(hall: Hall) -> None:
    good, bad, better = Group(keeping(hall)).answers("c", "broken", "d")
    assert [good, better] == [True, True]
    assert isinstance(bad, IntegrityError)
    assert kept(hall) == ["c", "d"]


def test_a_mistake_of_ours_takes_no_other_with_it() -> None:
    good, bad = Group(lambda items: [1 // len(item) for item in items]).answers("a", "")
    assert good == 1
    assert isinstance(bad, ZeroDivisionError)


def test_a_database_that_is_away_is_asked_once_for_all() -> None:
    def away(items: Sequence[str]) -> list[bool]:
        raise OperationalError("", {}, Exception("locked"))

    group = Group(away)
    assert [type(answer) for answer in group.answers("a", "b", "c")] == [OperationalError] * 3
    assert group.times == 2


def test_an_error_as_a_result_is_raised_to_who_asked() -> None:
    group = Group(lambda items: [LookupError(item) if item == "b" else item for item in items])
    first, second = group.answers("a", "b")
    assert (first, str(second)) == ("a", "b")
    assert group.times == 2


def test_a_crowd_is_done_in_parts() -> None:
    group = Group(lambda items: [len(items)] * len(items))
    assert set(group.answers(*"a" * (2 * MOST + 1))) == {MOST, 1}


def test_who_has_gone_keeps_nobody_else_waiting() -> None:
    group = Together[str, str](list)

    async def ask() -> tuple[str, str]:
        gone = asyncio.create_task(group.do("gone"))
        await asyncio.sleep(0)
        stays = asyncio.create_task(group.do("stays"))
        gone.cancel()
        return await stays, await group.do("later")

    assert run(ask()) == ("stays", "later")


def run(answers: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(asyncio.wait_for(answers, 10))
