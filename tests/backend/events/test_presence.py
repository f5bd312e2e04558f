"""Kiosks are told whether any staff page is open, whichever process of the hall it follows."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hall_support import StandingClock
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError, TimeoutError

from backend.events import presence
from backend.events.feed import Feed
from backend.events.presence import Presence, staff_page_open
from backend.hall.hall import Hall


class Process:
    """One process of the hall, with what it needs to know of its pages."""

    def __init__(self, hall: Hall, clock: StandingClock) -> None:
        self.feed = Feed(hall.database)
        self.presence = Presence(hall.database, clock, self.feed)


def is_open(hall: Hall, clock: StandingClock) -> bool:
    with hall.database.read() as session:
        return bool(session.scalar(select(staff_page_open(clock()))))


def play(story: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), 10))  # type: ignore[arg-type]


def test_a_page_counts_in_every_process_while_its_stream_lives(hall: Hall, clock: StandingClock) -> None:
    async def story() -> None:
        first, second = Process(hall, clock), Process(hall, clock)
        await second.presence.look()
        assert not is_open(hall, clock)
        page = first.feed.follow(None)
        await anext(page)
        await first.presence.look()
        await second.presence.look()
        assert is_open(hall, clock)
        other = second.feed.follow(None)
        await anext(other)
        await second.presence.look()
        await page.aclose()
        await first.presence.look()
        clock.pass_(seconds=presence.GONE.seconds)
        assert is_open(hall, clock), "the page of the other process is still there"
        await other.aclose()
        await second.presence.look()
        assert is_open(hall, clock), "a page that is loaded anew is back in a moment"
        clock.pass_(seconds=presence.GONE.seconds)
        assert not is_open(hall, clock)

    play(story)


def test_a_killed_hall_is_counted_out(hall: Hall, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = 0.0
    monkeypatch.setattr(presence, "monotonic", lambda: seconds)

    async def story() -> None:
        nonlocal seconds
        killed = Process(hall, clock)
        page = killed.feed.follow(None)
        await anext(page)
        await killed.presence.look()
        for _ in range(6):
            clock.pass_(seconds=presence.RENEWED_S)
            seconds += presence.RENEWED_S
            await killed.presence.look()
        assert is_open(hall, clock)
        clock.pass_(seconds=24)
        assert is_open(hall, clock)
        clock.pass_(seconds=1)
        assert not is_open(hall, clock)

    play(story)


def test_a_clock_that_is_set_back_leaves_no_page_open_for_ever(hall: Hall, clock: StandingClock) -> None:
    async def story() -> None:
        killed, alive = Process(hall, clock), Process(hall, clock)
        left = killed.feed.follow(None)
        await anext(left)
        await killed.presence.look()
        clock.pass_(days=-1)
        assert not is_open(hall, clock)
        page = alive.feed.follow(None)
        await anext(page)
        await alive.presence.look()
        assert is_open(hall, clock)
        await page.aclose()
        await alive.presence.look()
        clock.pass_(days=1, seconds=-1)
        assert not is_open(hall, clock), "what the killed one left is cleared away"

    play(story)


def test_it_costs_one_write_every_ten_seconds_and_none_without_a_page(
    hall: Hall, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = 0.0
    monkeypatch.setattr(presence, "monotonic", lambda: seconds)
    writes: list[str] = []
    event.listen(hall.database.engine, "before_cursor_execute", lambda *about: writes.append(about[2]))

    async def story() -> None:
        nonlocal seconds
        process = Process(hall, clock)

        async def a_minute() -> int:
            nonlocal seconds
            writes.clear()
            for _ in range(120):
                seconds += presence.LOOK_S
                await process.presence.look()
            return sum(one.startswith("INSERT INTO open_pages") for one in writes)

        assert await a_minute() == 0
        pages = [process.feed.follow(None) for _ in range(20)]
        for page in pages:
            await anext(page)
        assert await a_minute() == 6
        for page in pages:
            await page.aclose()
        assert await a_minute() == 1
        assert await a_minute() == 0

    play(story)


@pytest.mark.parametrize(
    "error", [TimeoutError("no connection is free"), OperationalError("", {}, Exception("locked"))]
)
def test_a_busy_database_ends_nothing(
    hall: Hall, clock: StandingClock, monkeypatch: pytest.MonkeyPatch, error: SQLAlchemyError
) -> None:
    async def story() -> None:
        process = Process(hall, clock)
        page = process.feed.follow(None)
        await anext(page)

        def fail() -> None:
            raise error

        with monkeypatch.context() as busy:
            busy.setattr(hall.database, "write", fail)
            await process.presence.look()
        assert not is_open(hall, clock)
        await process.presence.look()
        assert is_open(hall, clock)

    play(story)
