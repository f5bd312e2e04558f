"""A hall: everything its parts share, put together once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, TypeVar

import yaml
from fastapi import Depends, Request
from pydantic import TypeAdapter, ValidationError

from backend.database import Database
from backend.events.feed import Feed
from backend.keys import HallKeys, load_or_create_keys
from backend.settings import HallError, Settings, prepare_folder
from forms import Catalogue, CatalogueError, load_catalogue
from protocol.wire import ProgressStatus, Words

Key = TypeVar("Key")
Clock = Callable[[], datetime]
_STATUS_WORDS = TypeAdapter(dict[ProgressStatus, Words])
_PAGE_WORDS = TypeAdapter(dict[str, Words])


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Hall:
    keys: HallKeys
    database: Database
    catalogue: Catalogue
    status_words: dict[ProgressStatus, Words]
    page_words: dict[str, Words]
    feed: Feed
    clock: Clock = utc_now

    @property
    def today(self) -> date:
        """The day where the hall stands."""
        return self.clock().astimezone().date()


def hall_of(request: Request) -> Hall:
    hall: Hall = request.app.state.hall
    return hall


TheHall = Annotated[Hall, Depends(hall_of)]


def open_hall(settings: Settings, clock: Clock = utc_now) -> Hall:
    """Read the hall's files, make what is missing, bring its tables up to date; HallError in one plain sentence."""
    prepare_folder(settings)
    keys = load_or_create_keys(settings.key_file)
    try:
        catalogue = load_catalogue(settings.assets)
    except CatalogueError as error:
        raise HallError(str(error)) from error
    status_words = _read_words(settings, "progress.yaml", _STATUS_WORDS)
    if missing := [status.value for status in ProgressStatus if status not in status_words]:
        raise HallError(f"assets/hall/progress.yaml has no words for {', '.join(missing)}: add zh and en for each.")
    page_words = _read_words(settings, "staff_page.yaml", _PAGE_WORDS)
    database = Database(settings.database_url)
    database.migrate()
    return Hall(keys, database, catalogue, status_words, page_words, Feed(database), clock)


def _read_words(settings: Settings, name: str, adapter: TypeAdapter[dict[Key, Words]]) -> dict[Key, Words]:
    path = settings.assets / "hall" / name
    try:
        return adapter.validate_python(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        raise HallError(f"{path} cannot be read ({error.strerror}): put it back, or set YINLING_ASSETS.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise HallError(f"{path} is not valid YAML: mend it or put back the original.") from error
    except ValidationError as error:
        place = " > ".join(str(part) for part in error.errors()[0]["loc"])
        raise HallError(f"{path}: {place} needs a text under zh and under en.") from error
