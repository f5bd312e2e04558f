from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from backend.foundation.database import insert_new
from backend.foundation.group_commit import GroupCommit
from backend.foundation.tables import Limit
from backend.hall.hall import Hall

Work = Callable[[Session], Any]


class Counted(GroupCommit):
    """Of a hall's database; counts its transactions."""

    def __init__(self, hall: Hall) -> None:
        super().__init__(self.transaction)
        self.hall, self.transactions = hall, 0

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        self.transactions += 1
        with self.hall.database.write() as session:
            yield session

    def together(self, *works: Work) -> list[Future[Any]]:
        """All of them line up while another one is at work, in this order."""

        def wait_for_all(session: Session) -> None:
            while len(self._waiting) < len(works):
                pass

        with ThreadPoolExecutor(len(works) + 1) as pool:
            first = pool.submit(self.run, wait_for_all)
            while self.transactions == 0:
                pass
            futures = [pool.submit(self.run, work) for work in works]
        first.result()
        return futures


@pytest.fixture
def group(hall: Hall) -> Counted:
    return Counted(hall)


@pytest.fixture
def keep(hall: Hall) -> Callable[[str], Work]:
    def keeping(name: str) -> Work:
        row = {"name": name, "tries": 1, "retry_at": hall.clock()}
        return lambda session: insert_new(session, Limit, row)

    return keeping


def kept(hall: Hall) -> list[str]:
    with hall.database.read() as session:
        return list(session.scalars(select(Limit.name).order_by(Limit.name)))


def broken(session: Session) -> None:
    session.execute(text("INSERT INTO kiosks (name) VALUES ('broken')"))


def test_those_who_wait_are_committed_together_and_each_has_its_own_answer(
    group: Counted, hall: Hall, keep: Callable[[str], Work]
) -> None:
    futures = group.together(keep("a"), keep("b"), keep("a"), keep("c"))
    assert sorted(future.result() for future in futures) == [False, True, True, True]
    assert group.transactions == 2
    assert kept(hall) == ["a", "b", "c"]


def test_what_fails_by_itself_takes_no_other_with_it(group: Counted, hall: Hall, keep: Callable[[str], Work]) -> None:
    good, bad, better = group.together(keep("a"), broken, keep("b"))
    assert [good.result(), better.result()] == [True, True]
    with pytest.raises(IntegrityError):
        bad.result()
    assert kept(hall) == ["a", "b"]


def test_a_database_that_is_away_is_asked_once_for_all(group: Counted, hall: Hall, keep: Callable[[str], Work]) -> None:
    def away(session: Session) -> None:
        raise OperationalError("", {}, Exception("locked"))

    futures = group.together(keep("a"), away, keep("b"))
    for future in futures:
        with pytest.raises(OperationalError):
            future.result()
    assert group.transactions == 2
    assert kept(hall) == []


def test_after_a_mistake_of_ours_all_that_was_answered_is_kept(
    group: Counted, hall: Hall, keep: Callable[[str], Work]
) -> None:
    def mistaken(session: Session) -> None:
        raise ZeroDivisionError

    futures = group.together(keep("a"), mistaken, keep("b"))
    assert ZeroDivisionError in [type(future.exception()) for future in futures]
    assert kept(hall) == sorted(name for name, future in zip("a?b", futures, strict=True) if future.exception() is None)
