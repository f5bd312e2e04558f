import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic

import pytest
from sqlalchemy import event

from backend.events.cursor import LATE_S, Change, Cursor
from backend.events.feed import MOST_WAITING, Feed, announce
from backend.events.tables import Event
from backend.foundation.database import Database
from backend.hall.hall import Hall

AT = datetime(2026, 11, 20, tzinfo=UTC)


def happen(database: Database, subject: str) -> None:
    with database.write() as session:
        announce(session, "call", subject, AT)


def commit(database: Database, *ids: int) -> None:
    """As PostgreSQL does: an id is given when the row is written, and may be committed after higher ones."""
    with database.write() as session:
        session.add_all(Event(id=number, kind="call", subject=f"call {number}", at=AT) for number in ids)


def with_feed(hall: Hall, story: Callable[[Feed], Awaitable[None]]) -> None:
    async def run() -> None:
        feed = Feed(hall.database)
        task = asyncio.create_task(feed.run())
        try:
            await asyncio.wait_for(story(feed), 10)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    asyncio.run(run())


def ids(cursor: Cursor) -> list[int]:
    return [change.id for change in cursor.read()]


async def next_of(stream: AsyncIterator[Change]) -> Change:
    return await asyncio.wait_for(anext(stream), 5)


def test_a_page_is_ready_and_then_hears_of_each_change(hall: Hall) -> None:
    happen(hall.database, "before")

    async def story(feed: Feed) -> None:
        stream = feed.follow(None)
        assert await next_of(stream) == Change(1, "ready", "")
        happen(hall.database, "first")  # as another process would: nobody wakes the feed
        assert await next_of(stream) == Change(2, "call", "first")
        happen(hall.database, "second")
        feed.wake()
        assert await next_of(stream) == Change(3, "call", "second")

    with_feed(hall, story)


def test_a_page_that_was_away_hears_what_it_missed(hall: Hall) -> None:
    async def story(feed: Feed) -> None:
        for subject in ("a", "b", "c"):
            happen(hall.database, subject)
        stream = feed.follow(1)
        assert [(await next_of(stream)).subject for _ in range(3)] == ["", "b", "c"]

    with_feed(hall, story)


@pytest.mark.parametrize(("at_first", "then", "late"), [((), (5,), 3), ((1, 2, 5), (6,), 4), ((), (1, 300), 45)])
def test_an_id_that_commits_late_is_handed_out_too(
    hall: Hall, at_first: tuple[int, ...], then: tuple[int, ...], late: int
) -> None:
    commit(hall.database, *at_first)

    async def story(feed: Feed) -> None:
        stream = feed.follow(None)
        await next_of(stream)
        commit(hall.database, *then)
        assert [(await next_of(stream)).id for _ in then] == list(then)
        commit(hall.database, late)
        assert (await next_of(stream)).id == late

    with_feed(hall, story)


def test_a_rolled_back_id_is_not_waited_for_for_ever(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = Cursor(hall.database)
    commit(hall.database, 5)
    assert ids(cursor) == [5]
    commit(hall.database, 3)
    assert ids(cursor) == [3]
    passed = monotonic() + LATE_S
    monkeypatch.setattr("backend.events.cursor.monotonic", lambda: passed)
    assert ids(cursor) == []
    commit(hall.database, 4)
    assert ids(cursor) == []


def test_each_event_is_read_once_and_only_its_columns(hall: Hall) -> None:
    rows: list[Event] = []

    def loaded(row: Event, _: object) -> None:
        rows.append(row)

    event.listen(Event, "load", loaded)
    cursor = Cursor(hall.database)
    commit(hall.database, *range(1, 301))
    cursor.skip()
    commit(hall.database, 301, 302)
    assert [ids(cursor), ids(cursor)] == [[301, 302], []]
    event.remove(Event, "load", loaded)
    assert rows == []


def test_while_no_page_follows_nothing_is_read(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.events.feed.POLL_S", 0)
    statements: list[str] = []

    async def let_it_run(feed: Feed) -> int:
        """How many statements that took. The feed reads in the same threads, first come first served."""
        statements.clear()
        for _ in range(10):
            feed.wake()
            await asyncio.to_thread(lambda: None)
        return len(statements)

    async def story(feed: Feed) -> None:
        happen(hall.database, "unseen")
        event.listen(hall.database.engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
        assert await let_it_run(feed) == 0
        stream = feed.follow(None)
        assert await next_of(stream) == Change(1, "ready", "")
        assert await let_it_run(feed) > 0
        await stream.aclose()
        await let_it_run(feed)  # a reading that had begun may end
        assert await let_it_run(feed) == 0
        stream = feed.follow(None)
        happen(hall.database, "unseen too")
        assert await next_of(stream) == Change(2, "ready", "")
        happen(hall.database, "seen")
        assert await next_of(stream) == Change(3, "call", "seen")

    with_feed(hall, story)


def test_closing_ends_every_page(hall: Hall) -> None:
    async def story(feed: Feed) -> None:
        streams = [feed.follow(None), feed.follow(None)]
        for stream in streams:
            await next_of(stream)
        feed.close()
        for stream in streams:
            assert [change async for change in stream] == []

    with_feed(hall, story)


def test_last_event_id_0_gets_no_more_than_the_newest(hall: Hall) -> None:
    """Findings 17 to 23: it read all events there were, which took 40 s."""
    commit(hall.database, *range(1, 1001))
    cursor = Cursor(hall.database)
    cursor.skip()
    assert [change.id for change in cursor.since(0)] == list(range(745, 1001))
    assert [change.id for change in cursor.since(998)] == [999, 1000]


def test_a_page_that_does_not_read_is_ended_and_takes_no_memory(hall: Hall) -> None:
    async def story(feed: Feed) -> None:
        stream = feed.follow(None)
        await next_of(stream)
        for _ in range(MOST_WAITING + 1):
            feed.hint("call")
        await asyncio.sleep(0)
        while not all(queue.qsize() <= 1 for queue in feed._followers):
            await asyncio.sleep(0)
        with pytest.raises(StopAsyncIteration):
            await next_of(stream)

    with_feed(hall, story)


def test_a_page_follows_no_longer_than_it_may(hall: Hall) -> None:
    """Findings 17 to 23: the stream went on after the login was over, until something happened."""

    async def story(feed: Feed) -> None:
        stream = feed.follow(None, 0.0)
        assert (await next_of(stream)).kind == "ready"
        with pytest.raises(StopAsyncIteration):
            await next_of(stream)

    with_feed(hall, story)


@pytest.mark.parametrize("after", [10**30, -(10**30)])
def test_an_event_id_that_never_was_is_no_harm(hall: Hall, after: int) -> None:
    commit(hall.database, 1)
    cursor = Cursor(hall.database)
    cursor.skip()
    assert [change.id for change in cursor.since(after)] == ([] if after > 0 else [1])
