"""Wrong tries, counted in the database so that a restart forgives nothing: five are free, then each waits longer."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from backend.database import Database, insert
from backend.tables import Limit

FREE_TRIES = 5
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)


class TooManyTriesError(Exception):
    """Wait `seconds` before the next try."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many wrong tries: wait {seconds} seconds, then try again.")
        self.seconds = seconds


def take_try(database: Database, name: str, now: datetime) -> None:
    """Count a try before it is judged, so that many at once gain nothing; TooManyTriesError while one must wait."""
    with database.write() as session:
        first = insert(session, Limit).values(name=name, tries=1, retry_at=now)
        counted = first.on_conflict_do_update(
            index_elements=[Limit.name], set_={"tries": Limit.tries + 1}, where=Limit.retry_at <= now
        ).returning(Limit.tries)
        tries = session.scalar(counted)
        if tries is None:
            waiting = session.get_one(Limit, name)
            raise TooManyTriesError(max(1, round((waiting.retry_at - now).total_seconds())))
        if tries >= FREE_TRIES:
            delay = min(FIRST_DELAY * 2 ** min(tries - FREE_TRIES, 20), LONGEST_DELAY)
            session.execute(update(Limit).where(Limit.name == name).values(retry_at=now + delay))


def forgive(database: Database, name: str) -> None:
    """The try was right: start counting anew."""
    with database.write() as session:
        session.execute(delete(Limit).where(Limit.name == name))
