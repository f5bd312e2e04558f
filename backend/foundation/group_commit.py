"""Group commit: what many threads want to keep at the same time is committed once, as the disk is what costs most."""

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

Result = TypeVar("Result")


@dataclass(eq=False)
class _Job:
    work: Callable[[Session], Any]
    is_over: bool = False
    result: Any = None
    error: DBAPIError | None = None


class GroupCommit:
    """While one thread commits, others line up; the first of them then does the work of all, in one transaction."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Session]]) -> None:
        self._transaction = transaction
        self._turn = Lock()
        self._waiting: deque[_Job] = deque()

    def run(self, work: Callable[[Session], Result]) -> Result:
        """What `work` returns, once it is committed; DBAPIError when it is not. It may run again if others' fails."""
        job = _Job(work)
        self._waiting.append(job)
        with self._turn:
            if not job.is_over:
                self._commit([job, *self._others(job)])
        if job.error:
            raise job.error
        result: Result = job.result
        return result

    def _others(self, own: _Job) -> list[_Job]:
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        return [job for job in waiting if job is not own]

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            with self._transaction() as session:
                for job in jobs:
                    job.result = job.work(session)
        except DBAPIError as error:
            # A database that is away or locked is so for all of them; anything else is the fault of a single one.
            if len(jobs) > 1 and not isinstance(error, OperationalError):
                for job in jobs:
                    self._commit([job])
                return
            for job in jobs:
                job.error = error
        for job in jobs:
            job.is_over = True
