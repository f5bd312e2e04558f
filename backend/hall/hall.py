"""A hall: everything its parts share, put together once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request
from pydantic import TypeAdapter

from backend.definitions.book import DefinitionBook
from backend.events.feed import Feed
from backend.foundation.database import Database
from backend.foundation.settings import Settings, SetupError, prepare_folder
from backend.hall.data_files import read_data
from backend.hall.keys import HallKeys, load_or_create_keys
from forms import Catalogue, load_catalogue
from protocol.wire import ProgressStatus, Words

Clock = Callable[[], datetime]
_STATUS_WORDS = TypeAdapter(dict[ProgressStatus, Words])
FORMS_AT_ONCE = 12  # enough for one commit; the other threads are for calls and staff, who wait for an answer
_PAGE_WORDS = TypeAdapter(dict[str, Words])


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Hall:
    keys: HallKeys
    database: Database
    assets: Path
    catalogue: Catalogue
    status_words: dict[ProgressStatus, Words]
    page_words: dict[str, Words]
    feed: Feed
    definitions: DefinitionBook
    clock: Clock = utc_now
    intake: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(FORMS_AT_ONCE))

    @property
    def today(self) -> date:
        """The day where the hall stands."""
        return self.day_of(self.clock())

    def day_of(self, moment: datetime) -> date:
        """The day that it was then where the hall stands."""
        return moment.astimezone().date()


async def hall_of(request: Request) -> Hall:
    """Async, as FastAPI calls others in a thread: that costs more than the call."""
    hall: Hall = request.app.state.hall
    return hall


TheHall = Annotated[Hall, Depends(hall_of)]


def open_hall(settings: Settings, clock: Clock = utc_now) -> Hall:
    """Read the hall's files, make what is missing, bring its tables up to date; SetupError in one plain sentence."""
    prepare_folder(settings)
    keys = load_or_create_keys(settings.key_file)
    catalogue = load_catalogue(settings.assets, settings.county)
    files, advice = settings.assets / "hall", "give a text under zh and under en"
    status_words = read_data(files / "progress.yaml", _STATUS_WORDS, advice)
    if missing := [status.value for status in ProgressStatus if status not in status_words]:
        raise SetupError(f"assets/hall/progress.yaml has no words for {', '.join(missing)}: add zh and en for each.")
    page_words = read_data(files / "staff_page.yaml", _PAGE_WORDS, advice)
    database = Database(settings.database_url)
    database.migrate()
    definitions = DefinitionBook(database, catalogue)
    definitions.keep_own(clock())
    feed = Feed(database)
    return Hall(keys, database, settings.assets, catalogue, status_words, page_words, feed, definitions, clock)
