import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime

from backend.database import Database
from backend.events.feed import Change, Feed, announce
from backend.hall import Hall

AT = datetime(2026, 11, 20, tzinfo=UTC)


def happen(database: Database, subject: str) -> None:
    with database.write() as session:
        announce(session, "call", subject, AT)


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


def test_closing_ends_every_page(hall: Hall) -> None:
    async def story(feed: Feed) -> None:
        streams = [feed.follow(None), feed.follow(None)]
        for stream in streams:
            await next_of(stream)
        feed.close()
        for stream in streams:
            assert [change async for change in stream] == []

    with_feed(hall, story)
