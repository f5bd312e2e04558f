"""What checks look at, and what one found: where in a file it stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forms import Catalogue, Service
from forms.home.events import LifeEvent
from forms.reading.document import Document
from kiosk.texts.strings import Texts

Place = tuple[str | int, ...]  # keys and positions in a list, from the top of the file


@dataclass(frozen=True)
class Finding:
    """One sentence about one place, and what to do."""

    service: str  # its id, or that of a life event; of another file of the county, its name
    place: Place
    message: str
    hint: str


@dataclass(frozen=True)
class Checked:
    """What checks look at: the catalogue with the county's services and events, be they broken; services that are
    not are `sound`."""

    catalogue: Catalogue
    texts: Texts
    own: Sequence[Service]
    sound: Sequence[Service]
    own_events: Sequence[LifeEvent]
    documents: Mapping[str, Document]  # the county's files beside its services
    assets: Path
    county: Path


Check = Callable[[Checked], Iterator[Finding]]
