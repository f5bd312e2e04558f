"""All that is wrong in a county's folder: what cannot be read, and what loads well and would still not work."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from forms import Service
from forms.flaws.of_parameters import FILE
from forms.hall.files import hall_mistakes
from forms.home.events import LifeEvent
from forms.load import Reading, load_catalogue, read_catalogue
from forms.reading.document import Document
from forms.reading.examine import Examined
from forms.reading.mistake import SHIPPED, Flaw, Mistake
from forms.reading.register import Register
from kiosk.checks import amounts, drawings, phrases, privacy, reviews
from kiosk.checks.finding import Check, Checked, Finding
from kiosk.intents.own_words import read_own_words
from kiosk.texts.languages import LANGS
from kiosk.texts.strings import Texts

Offered = TypeVar("Offered", Service, LifeEvent)


def _offered(checked: Checked) -> list[Service | LifeEvent]:
    return [*checked.own, *checked.own_events]


def _phrases(checked: Checked) -> Iterator[Finding]:
    offered = _offered(checked)
    own = [one.id for one in offered]
    for lang in LANGS:
        yield from phrases.of_services(checked.catalogue, checked.texts, own, lang)
        for service in checked.own:
            yield from phrases.of_choices(checked.texts, service, lang)
    for one in offered:
        yield from phrases.unheard(one)


def _icons(checked: Checked) -> Iterator[Finding]:
    there = drawings.icons(checked.assets, checked.county)
    for one in _offered(checked):
        yield from drawings.unknown_icons(one, there)


def _questions(checked: Checked) -> Iterator[Finding]:
    for service in checked.own:
        yield from amounts.too_many(checked.catalogue, service)
        yield from privacy.without_consent(service)


def _parameters(checked: Checked) -> Iterator[Finding]:
    if document := checked.documents.get(FILE):
        yield from reviews.past_review(checked.catalogue, document, date.today())


CHECKS: tuple[Check, ...] = (_phrases, _icons, _questions, _parameters)


def county_mistakes(assets: Path, county: Path, also: Sequence[Check] = ()) -> list[Mistake]:
    """Every mistake of a county's folder laid over the shipped files, by file and line. `also`: checks that take
    their time; for them only those services are `sound` in which nothing else was found.

    CatalogueError when the shipped texts cannot be read.
    """
    reading = read_catalogue(assets, county)
    texts = Texts.load(assets, county)
    own = _own(reading.services.values())
    own_events = _own(reading.events.values())
    _, in_requests = read_own_words(assets, county)
    found = [*reading.catalogue.mistakes, *texts.mistakes, *in_requests, *hall_mistakes(county)]
    checked = _checked(reading, texts, own, own_events, assets, county)
    findings = [finding for check in CHECKS for finding in check(checked)]
    wrong = {finding.service for finding in findings}
    sound = [one for one in checked.sound if one.id not in wrong]
    rest = replace(checked, catalogue=reading.catalogue, sound=sound)
    findings += [finding for check in also for finding in check(rest)]
    for finding in findings:
        flaw = Flaw(finding.place, finding.message, finding.hint)
        of = own.get(finding.service) or own_events.get(finding.service)
        if of is None:
            found.append(reading.documents[finding.service].mistake(flaw))
        elif of.examined.news(flaw):
            found.append(of.document.mistake(flaw))
    return sorted(dict.fromkeys(found), key=lambda mistake: (mistake.file, mistake.line))


def unregistered(assets: Path, county: Path, register: Register, mistakes: Sequence[Mistake]) -> list[Mistake]:
    """What is left out as long as nobody has registered it: none of the `mistakes` of the folder."""
    return [one for one in load_catalogue(assets, county, register).mistakes if one not in mistakes]


@dataclass(frozen=True)
class _Own(Generic[Offered]):
    value: Offered
    document: Document
    examined: Examined[Offered]


def _own(read: Iterable[tuple[Document, Examined[Offered]]]) -> dict[str, _Own[Offered]]:
    """The county's services, or its life events, by their ids, where anything of them can be looked at."""
    own: dict[str, _Own[Offered]] = {}
    for document, examined in read:
        value = examined.value
        if value is None or document.file.startswith(SHIPPED):
            continue
        if value.id not in own or value.id == document.stem:
            own[value.id] = _Own(value, document, examined)
    return own


def _checked(
    reading: Reading,
    texts: Texts,
    own: Mapping[str, _Own[Service]],
    own_events: Mapping[str, _Own[LifeEvent]],
    assets: Path,
    county: Path,
) -> Checked:
    services = {name: one.value for name, one in own.items()}
    events = {name: one.value for name, one in own_events.items()}
    sound = [one.value for one in own.values() if not one.examined.flaws]
    there = reading.catalogue
    whole = replace(there, services={**there.services, **services}, events={**there.events, **events})
    return Checked(whole, texts, [*services.values()], sound, [*events.values()], reading.documents, assets, county)
