"""A hall: everything its parts share, put together once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from backend.definitions.book import DefinitionBook
from backend.events.feed import Feed
from backend.foundation.database import Database
from backend.foundation.settings import Settings, prepare_folder
from backend.hall.files import WatchedFiles
from backend.hall.key_guard import keys_of
from backend.hall.keys import HallKeys
from backend.hall.shared_memory import SharedMemory
from backend.hall.state import notice_older_database
from backend.hall.watch import Watch
from backend.providers.configured import provider_of
from backend.providers.provider import NoProvider, Provider
from forms import Catalogue
from forms.hall.decisions import Decisions
from forms.hall.steps import StandingWords
from protocol.wire import Words

Clock = Callable[[], datetime]
FIRST_DAY, LAST_DAY = date(1901, 1, 1), date(2199, 12, 30)  # of all that has a time on the wire
LOGINS_AT_ONCE = 2  # each takes one core and 48 MiB for a while (`accounts/pins.py`)


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Hall:
    keys: HallKeys
    database: Database
    files: WatchedFiles
    feed: Feed
    watch: Watch
    memory: SharedMemory
    clock: Clock = utc_now
    provider: Provider = field(default_factory=NoProvider)
    logins: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(LOGINS_AT_ONCE))

    @property
    def settings(self) -> Settings:
        return self.files.settings

    @property
    def catalogue(self) -> Catalogue:
        return self.files.now.catalogue

    @property
    def status_words(self) -> StandingWords:
        return self.files.now.status_words

    @property
    def next_steps(self) -> StandingWords:
        """Who does what next."""
        return self.files.now.next_steps

    @property
    def page_words(self) -> dict[str, Words]:
        return self.files.now.page_words

    @property
    def decisions(self) -> Decisions:
        """What staff choose from when they decide."""
        return self.files.now.decisions

    @property
    def definitions(self) -> DefinitionBook:
        return self.files.definitions

    @property
    def today(self) -> date:
        """The day where the hall stands."""
        return self.day_of(self.clock())

    def day_of(self, moment: datetime) -> date:
        """The day that it was then where the hall stands."""
        return moment.astimezone().date()

    def moments_of(self, day: date) -> tuple[datetime, datetime]:
        """From when to when it is that day where the hall stands."""
        begins = datetime.combine(day, time()).astimezone()
        return begins, datetime.combine(day + timedelta(days=1), time()).astimezone()


async def hall_of(request: Request) -> Hall:
    """Async, as FastAPI calls others in a thread: that costs more than the call."""
    hall: Hall = request.app.state.hall
    return hall


TheHall = Annotated[Hall, Depends(hall_of)]


def open_hall(settings: Settings, clock: Clock = utc_now) -> Hall:
    """Read the hall's files, make what is missing, bring its tables up to date; SetupError in one plain sentence."""
    prepare_folder(settings)
    database = Database(settings.database_url)
    database.migrate()
    keys = keys_of(database, settings.key_file)
    notice_older_database(database, settings.folder)
    files, feed = WatchedFiles(settings, database, clock), Feed(database)
    watch, memory, provider = Watch(settings), SharedMemory(settings.folder), provider_of(settings)
    return Hall(keys, database, files, feed, watch, memory, clock, provider)
