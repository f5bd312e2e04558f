"""What many ask for at the same moment is done at once, by one thread: one commit, as the disk is what costs most, and
few statements, as those cost next."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from anyio import CapacityLimiter, to_thread

from backend.foundation.database import AWAY

Item = TypeVar("Item")
Result = TypeVar("Result")
MOST = 24  # at once; who comes after them waits for as long


class Together(Generic[Item, Result]):
    """`work` answers each of its items by a result, or by an error, which is raised to who asked."""

    def __init__(self, work: Callable[[Sequence[Item]], Sequence[Result | Exception]]) -> None:
        self._work = work
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._thread = CapacityLimiter(1)  # of its own, whatever holds up all others
        self._working: asyncio.Task[None] | None = None

    async def do(self, item: Item) -> Result:
        """Line up until those before are answered. `work` may be asked again, of fewer, where something fails."""
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._working is None:
            self._working = asyncio.create_task(self._work_off())
        return await answer

    async def _work_off(self) -> None:
        try:
            while asked := self._waiting[:MOST]:
                del self._waiting[:MOST]
                results = await self._results([item for item, _ in asked])
                for (_, answer), result in zip(asked, results, strict=True):
                    _give(answer, result)
        finally:
            self._working = None

    async def _results(self, items: Sequence[Item]) -> Sequence[Result | BaseException]:
        at_work = to_thread.run_sync(self._work, items, limiter=self._thread)
        (done,) = await asyncio.gather(at_work, return_exceptions=True)
        if not isinstance(done, BaseException):
            return done
        if len(items) == 1 or isinstance(done, AWAY):  # anything else is the fault of a single one
            return [done for _ in items]
        return [result for item in items for result in await self._results([item])]


def _give(answer: asyncio.Future[Result], result: Result | BaseException) -> None:
    if answer.done():  # nobody waits for it any more
        return
    if isinstance(result, BaseException):
        answer.set_exception(result)
    else:
        answer.set_result(result)
