"""Reading the files that say what the kiosk offers. Whatever is wrong is told and left out: it ends nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel
from pydantic import Field as Bounds

from forms.catalogue import Catalogue, CatalogueError
from forms.consistency import flaws_of_errand, flaws_of_list, flaws_of_message, flaws_of_service
from forms.expressions.parameters import NumberOrDay, Parameter
from forms.field import Choices
from forms.flaws.of_events import flaws_of_event
from forms.hall.files import read_work_orders
from forms.home.counters import CounterErrand, Counters
from forms.home.events import LifeEvent, shown_with
from forms.home.groups import Groups
from forms.reading.document import Document, UnreadableError
from forms.reading.drawings import wrong_drawings
from forms.reading.examine import Examined, examine
from forms.reading.folders import RULES, Fits, Folders, Source
from forms.reading.mistake import SHIPPED, Flaw, did_you_mean
from forms.reading.register import Register
from forms.service import Service
from forms.shared_fields import SharedFields
from forms.texts import Strict, Text

M = TypeVar("M", bound=BaseModel)
ReleasedRules = Mapping[str, Mapping[str, str]]  # of each service, the hash of each of its checks


class Lists(Strict):
    """Named lists of choices that several fields share, such as towns and villages."""

    lists: dict[str, Annotated[Choices, Bounds(min_length=1)]]


class Parameters(Strict):
    parameters: dict[str, Parameter | NumberOrDay]


class Pictures(Strict):
    pictures: dict[str, Text]


class Messages(Strict):
    messages: dict[str, Text]


class Rules(Strict):
    """The checks that come with the kiosk, as they were released."""

    rules: dict[str, dict[str, str]]
    """Of each service: the hash of each of its checks."""


class County(Strict):
    """What a county sets for all its kiosks and its hall: county.yaml of its folder."""

    name: Text | None = None
    """What the county is called."""
    disable: tuple[str, ...] = ()
    """Shipped services, life events and errands of the counters that are not offered here."""


@dataclass(frozen=True)
class Reading:
    """A catalogue, and the files that it was read from."""

    catalogue: Catalogue
    services: Mapping[str, tuple[Document, Examined[Service]]]  # by id; those of the county that are broken too
    events: Mapping[str, tuple[Document, Examined[LifeEvent]]]  # by id, likewise
    documents: Mapping[str, Document]  # the county's other files, by their names


def load_catalogue(assets: Path, county: Path | None = None, register: Register | None = None) -> Catalogue:
    """Of `assets/`, and the county's folder laid over it. What is wrong in them is in `mistakes`; services that need it
    are left out, perhaps all of them (`something_of` is for who cannot go on then).

    Of the county's checks those in the `register` count; all of them without one, for who writes or draws them."""
    return read_catalogue(assets, county, register).catalogue


def read_catalogue(assets: Path, county: Path | None = None, register: Register | None = None) -> Reading:
    """The same, with where everything stands."""
    folders = Folders(assets, county)
    folders.tell_what_is_not_read()
    groups = _items(folders, Groups)
    catalogue = Catalogue(
        services={},
        lists=_items(folders, Lists, flaws_of_list),
        parameters=_items(folders, Parameters),
        messages=folders.items("messages.yaml", Text, "messages", flaws_of_message),
        pictures=_pictures(folders),
        groups=dict(sorted(groups.items(), key=lambda named: named[1].order)),
    )
    shared = SharedFields(folders)
    released = _released(folders)
    found: dict[str, tuple[Service, Any]] = {}
    read: dict[str, tuple[Document, Examined[Service]]] = {}
    for source, written in folders.within("services"):
        document, service = _service(folders, written, shared, catalogue)
        read[document.stem] = document, service
        if service.value is not None and not service.flaws:
            known = _with_known_checks(folders, document, service.value, released, source, register)
            found[known.id] = known, source
    with_services = replace(catalogue, services={name: service for name, (service, _) in found.items()})
    events, of_events = _events(folders, with_services, read)
    errands, phone = _counters(folders, catalogue)
    _take_away(folders, found, events, errands)
    in_order = sorted(found.items(), key=lambda named: (named[1][0].order, named[1][0].kind, named[0]))
    if folders.county is not None:
        folders.mistakes += wrong_drawings(folders.county)
    catalogue = replace(
        catalogue,
        services={name: service for name, (service, _) in in_order},
        sources={name: source for name, (_, source) in in_order},
        events=shown_with(events, found),
        counters=Counters(phone=phone, errands=tuple(errands.values())),
        work_orders=read_work_orders(folders),
        mistakes=tuple(folders.mistakes),
    )
    return Reading(catalogue, read, of_events, folders.of_county)


def something_of(catalogue: Catalogue) -> Catalogue:
    """The catalogue, unless it offers nothing: CatalogueError, with the first reason."""
    if catalogue.services:
        return catalogue
    why = f" {catalogue.mistakes[0]}" if catalogue.mistakes else ""
    raise CatalogueError(f"There is no service that could be offered.{why}")


def _items(folders: Folders, model: type[BaseModel], fits: Fits = lambda key, item: ()) -> dict[str, Any]:
    """Of the file that is named like the one key of its model; regions.yaml holds the lists."""
    ((part, info),) = model.model_fields.items()
    name = "regions.yaml" if model is Lists else f"{part}.yaml"
    return folders.items(name, get_args(info.annotation)[1], part, fits)


def _pictures(folders: Folders) -> dict[str, Text]:
    def drawn(name: str, _: Text) -> Iterator[Flaw]:
        if not any((folder / "pictures" / f"{name}.svg").is_file() for _, folder, _ in folders.layers()):
            yield Flaw((), f"there is no drawing pictures/{name}.svg", "Put it there, or take this out.")

    return folders.items("pictures.yaml", Text, "pictures", drawn)


def _service(
    folders: Folders, document: Document, shared: SharedFields, catalogue: Catalogue
) -> tuple[Document, Examined[Service]]:
    """The service of a file, and the file as it is then; all that is wrong with it is told."""
    data, flaws = dict(document.data), list[Flaw]()
    if isinstance(data.get("steps"), list):
        filled = shared.filled_in(data["steps"])
        data["steps"], flaws = filled.steps, list(filled.flaws)
        document = document.with_steps(filled.origins)
    examined: Examined[Service] = examine(Service, data, frozenset(flaw.keys[:-1] for flaw in flaws))
    found = flaws_of_service(catalogue, examined.value) if examined.value else ()
    return document, _told(folders, document, examined, found, flaws)


def _events(
    folders: Folders, catalogue: Catalogue, services: Collection[str]
) -> tuple[dict[str, LifeEvent], dict[str, tuple[Document, Examined[LifeEvent]]]]:
    """The life events in order, and all that is written of them. `services`: those that were read, be they broken."""
    unread = {Path(file).stem for file, _ in folders.left_out if file.startswith("services/")}
    events: dict[str, LifeEvent] = {}
    read: dict[str, tuple[Document, Examined[LifeEvent]]] = {}
    for _, document in folders.within("events"):
        examined: Examined[LifeEvent] = examine(LifeEvent, document.data)
        found = flaws_of_event(catalogue, examined.value, unread.union(services)) if examined.value else ()
        event = _told(folders, document, examined, found)
        read[document.stem] = document, event
        if event.value is not None and not event.flaws:
            events[document.stem] = event.value
    return dict(sorted(events.items(), key=lambda named: (named[1].order, named[0]))), read


def _told(
    folders: Folders, document: Document, examined: Examined[M], found: Iterable[Flaw], before: Sequence[Flaw] = ()
) -> Examined[M]:
    """All that is wrong with a file is told: `before` it was examined, by its model, and `found` in what it says."""
    flaws = [*before, *examined.flaws, *(flaw for flaw in found if examined.news(flaw)), *_other_name(document)]
    for flaw in flaws:
        folders.tell(document, flaw)
    return Examined(examined.value, flaws, examined.stood_in)


def _other_name(document: Document) -> Iterator[Flaw]:
    """A file that is not called as its id says."""
    given, stem = document.data.get("id"), document.stem
    if isinstance(given, str) and given != stem:
        hint = f"Name the file {given}.yaml, or write id: {stem}."
        yield Flaw(("id",), f"its id is {given!r}, and its file is called {stem}.yaml", hint)


def _released(folders: Folders) -> ReleasedRules:
    """The hashes of the shipped checks, of each service by its id."""
    document = folders.read(folders.assets / RULES, SHIPPED + RULES)
    if document is None:
        return {}
    examined: Examined[Rules] = examine(Rules, document.data)
    for flaw in examined.flaws:
        folders.tell(document, flaw)
    return examined.value.rules if examined.value and not examined.flaws else {}


def released_rules(assets: Path) -> ReleasedRules:
    """The hashes of the checks of this release, of each service; none where the file cannot be read."""
    return _released(Folders(assets))


def _with_known_checks(
    folders: Folders,
    document: Document,
    service: Service,
    released: ReleasedRules,
    source: Source,
    register: Register | None,
) -> Service:
    """A service without those checks that are neither the released nor registered ones, which is told."""
    if source == "county" and register is None:
        return service
    known = []
    for number, check in enumerate(service.checks):
        if released.get(service.id, {}).get(check.id) == check.hash:
            known.append(check)
        elif source == "shipped":
            said = f"the check {check.id} is not as it was released, and is left out: {RULES} has another hash, or none"
            hint = "Put the shipped file back. What a county wants otherwise goes into a file of its own folder."
            folders.tell(document, Flaw(("checks", number), said, hint, missing=(RULES, service.id)))
        elif register and register.has(service.id, check.hash):
            known.append(check)
        else:
            said = f"the check {check.id} is registered nowhere, and is left out"
            folders.tell(document, Flaw(("checks", number), said, register.hint if register else ""))
    return service.model_copy(update={"checks": tuple(known)})


def _counters(folders: Folders, catalogue: Catalogue) -> tuple[dict[str, CounterErrand], str | None]:
    """The errands of the counters by id, and the hall's telephone."""
    errands: dict[str, CounterErrand] = {}
    phone = None
    for _, document in folders.documents("counters.yaml"):
        rest = {key: value for key, value in document.data.items() if key != "errands"}
        of_file = examine(Counters, rest)
        for flaw in of_file.flaws:
            folders.tell(document, flaw)
        phone = (of_file.value.phone if of_file.value else None) or phone
        seen: set[str] = set()
        listed = document.data.get("errands") or []
        if not isinstance(listed, list):
            folders.tell(document, Flaw(("errands",), "errands has to be a list: lines that begin with '- '"))
            continue
        for number, body in enumerate(listed):
            examined: Examined[CounterErrand] = examine(CounterErrand, body)
            flaws = list(examined.flaws)
            if (errand := examined.value) is not None:
                flaws += [flaw for flaw in flaws_of_errand(catalogue, errand) if examined.news(flaw)]
                if errand.id in seen:
                    flaws.append(Flaw(("id",), f"the errand {errand.id} is there twice", "Give it another id."))
                seen.add(errand.id)
            for flaw in flaws:
                folders.tell(document, flaw.under(("errands", number)))
            if errand is not None and not flaws:
                errands[errand.id] = errand
    return errands, phone


def _take_away(
    folders: Folders,
    found: dict[str, tuple[Service, Any]],
    events: dict[str, LifeEvent],
    errands: dict[str, CounterErrand],
) -> None:
    """What county.yaml disables of the shipped services, events and errands."""
    if folders.county is None or not (folders.county / "county.yaml").exists():
        return
    document = folders.read(folders.county / "county.yaml", "county.yaml")
    if document is None:
        return
    examined: Examined[County] = examine(County, document.data)
    for flaw in examined.flaws:
        folders.tell(document, flaw)
    for number, name in enumerate(examined.value.disable if examined.value and not examined.flaws else ()):
        if name in found and found[name][1] == "shipped":
            del found[name]
        elif name in events:
            del events[name]
        elif name in errands:
            del errands[name]
        elif name not in found:
            hint = did_you_mean(name, {*found, *events, *errands})
            folders.tell(document, Flaw(("disable", number), f"there is no service {name!r} to disable", hint))
    if examined.value and examined.value.disable and not found:
        folders.tell(document, Flaw(("disable",), "no service is left that could be offered", "Leave one of them on."))


def read_model(model: type[M], path: Path) -> M:
    """The YAML file as that model; CatalogueError naming the first thing that is wrong."""
    try:
        document = Document.read(path, path.name)
    except UnreadableError as error:
        raise CatalogueError(f"{path.name}:{error.line}: {error.flaw.message}. {error.flaw.hint}") from error
    twice = next(document.twice(), None)
    examined: Examined[M] = examine(model, document.data)
    mistakes = [twice] if twice else [document.mistake(flaw) for flaw in examined.flaws]
    if mistakes or examined.value is None:
        raise CatalogueError(str(mistakes[0]))
    return examined.value
