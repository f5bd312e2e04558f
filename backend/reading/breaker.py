"""Counting what staff read, slowing them down, stopping them, and a second person who lets them go on.

It stands before looks at kept forms, and before nothing else: people send forms and call whatever happens here.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from backend.accounts.permissions import Staff
from backend.audit.log import note
from backend.events.feed import announce
from backend.foundation.database import changed, insert
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.reading.limits import HOUR, LIMITS, Tier
from backend.reading.tables import Reader, Reading

REMEMBERED = timedelta(days=30)  # of one's own reading, for what is usual


class SlowReadingError(RequestError):
    """This person reads fast: the next look waits `retry_after` seconds."""

    status = 429
    code = "reading_slow"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"You have looked at many forms in this hour: wait {seconds} seconds before the next one.")
        self.retry_after = seconds


class ReadingStoppedError(RequestError):
    """This person has read so much that a second one has to look at it first."""

    status = 403
    code = "reading_stopped"

    def __init__(self) -> None:
        super().__init__("You have looked at unusually many forms: a lead or admin has to let you go on.")


class SamePersonError(RequestError):
    """Nobody lets themselves go on."""

    status = 403
    code = "needs_second_person"

    def __init__(self) -> None:
        super().__init__("Somebody else has to let you go on: ask another lead or admin.")


@dataclass(frozen=True)
class Count:
    """What one person has read of one tier in this hour, and where it is slowed down and stopped."""

    read: int
    slow: int
    stop: int
    newest: datetime | None


def take_reading(session: Session, hall: Hall, who: str, tier: Tier, looks: int = 1) -> RequestError | None:
    """Count one look, or `looks` at once, before they are shown. Returns, and does not raise, why there is none: a stop
    has to be committed.

    Looks of the same person wait for each other here, so many at once gain nothing.
    """
    now, reader = hall.clock(), _locked(session, who)
    if reader.stopped_at:
        return ReadingStoppedError()
    count, limit = count_of(session, reader, tier, now), LIMITS[tier]
    if count.read >= count.stop:
        reader.stopped_at, reader.stopped_for = now, tier
        note(session, hall, who, "reading_stopped", detail=f"{tier}: {count.read} in an hour")
        announce(session, "reading", who, now)
        return ReadingStoppedError()
    if count.read >= count.slow and count.newest and (wait := count.newest + limit.gap - now) > timedelta():
        return SlowReadingError(ceil(min(wait, limit.gap).total_seconds()))
    session.add_all(Reading(who=who, tier=tier, at=now) for _ in range(looks))
    return None


def count_of(session: Session, reader: Reader, tier: Tier, now: datetime) -> Count:
    since = now - HOUR
    if reader.counted_since and reader.counted_since <= now:  # else the clock was set back since
        since = max(since, reader.counted_since)
    limit, mine = LIMITS[tier], (Reading.who == reader.who, Reading.tier == tier)
    read, newest = session.execute(select(func.count(), func.max(Reading.at)).where(*mine, Reading.at > since)).one()
    stop = limit.stop
    if limit.times_median:
        earlier = session.scalars(select(Reading.at).where(*mine, Reading.at <= since)).all()
        hours = Counter(moment.replace(minute=0, second=0, microsecond=0) for moment in earlier)
        stop = limit.stops_at(list(hours.values()))
    return Count(read, limit.slow, stop, newest)


def reopen(hall: Hall, who: str, by: Staff) -> None:
    """A second person has looked at what `who` read. UnknownError when nobody is stopped, SamePersonError."""
    if who == by.name:
        raise SamePersonError
    now = hall.clock()
    with hall.database.write() as session:
        stopped = update(Reader).where(Reader.who == who, Reader.stopped_at.is_not(None))
        if not changed(session, stopped.values(stopped_at=None, stopped_for=None, counted_since=now)):
            raise UnknownError
        note(session, hall, by.name, "reading_reopened", who)
        announce(session, "reading", who, now)
    hall.feed.wake()


def _locked(session: Session, who: str) -> Reader:
    first = insert(session, Reader).values(who=who)
    locked = first.on_conflict_do_update(index_elements=[Reader.who], set_={"who": who}).returning(Reader)
    return session.scalars(locked).one()
