"""Wrong tries, counted in the database so that a restart forgives nothing: five are free, then each waits longer."""

from datetime import UTC, datetime
from math import ceil

from sqlalchemy import delete, update

from backend.foundation.database import Database, insert
from backend.foundation.errors import RequestError
from backend.foundation.tables import Limit
from protocol.lockout import Lockout, Tries

LOCKOUT = Lockout(free_tries=5, first_wait_s=30, longest_wait_s=3600)


class TooManyTriesError(RequestError):
    """Wait `retry_after` seconds before the next try."""

    status = 429
    code = "too_many_tries"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many wrong tries: wait {seconds} seconds, then try again.")
        self.retry_after = seconds


def take_try(database: Database, name: str, now: datetime, rule: Lockout = LOCKOUT) -> bool:
    """Count a try before it is judged, so that many at once gain nothing; TooManyTriesError while one must wait.

    True: should it be wrong, the next one has to wait.
    """
    if wait_s := _still_waits(database, name, now, rule):
        raise TooManyTriesError(ceil(wait_s))
    with database.write() as session:
        row = insert(session, Limit).values(name=name, tries=0, retry_at=now)
        locked = row.on_conflict_do_update(index_elements=[Limit.name], set_={"name": name}).returning(Limit)
        limit = session.scalars(locked).one()
        tries, wait_s = rule.take(_tries(limit), now.timestamp())
        limit.tries, limit.retry_at = tries.count, datetime.fromtimestamp(tries.wait_until, UTC)
    if wait_s > 0:
        raise TooManyTriesError(ceil(wait_s))
    return tries.count >= rule.free_tries


def _still_waits(database: Database, name: str, now: datetime, rule: Lockout) -> float:
    """A look that writes nothing, as whoever tries again and again must not keep the disk busy."""
    with database.read() as session:
        limit = session.get(Limit, name)
        tries, wait_s = rule.look(_tries(limit), now.timestamp()) if limit else (None, 0.0)
        return wait_s if limit and tries == _tries(limit) else 0.0


def _tries(limit: Limit) -> Tries:
    return Tries(limit.tries, limit.retry_at.timestamp())


def forgive(database: Database, name: str) -> None:
    """The try was right: start counting anew."""
    with database.write() as session:
        session.execute(delete(Limit).where(Limit.name == name))


def give_back(database: Database, name: str, now: datetime | None = None) -> None:
    """The try was right, but earlier ones were not: take it from the count. With `now` nobody waits because of it."""
    no_wait = {"retry_at": now} if now else {}
    with database.write() as session:
        counted = update(Limit).where(Limit.name == name, Limit.tries > 0)
        session.execute(counted.values(tries=Limit.tries - 1, **no_wait))
