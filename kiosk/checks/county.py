"""All that is wrong in a county's folder: what cannot be read, and what loads well and would still not work."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from forms import Catalogue, Service
from forms.load import Reading, read_catalogue
from forms.reading.document import Document
from forms.reading.examine import Examined
from forms.reading.mistake import Flaw, Mistake
from kiosk.checks import amounts, drawings, phrases, privacy
from kiosk.checks.finding import Finding
from kiosk.intents.own_words import read_own_words
from kiosk.texts.languages import LANGS
from kiosk.texts.strings import Texts


@dataclass(frozen=True)
class Checked:
    """What checks look at: the catalogue with the county's services, be they broken; those that are not are `sound`."""

    catalogue: Catalogue
    texts: Texts
    own: Sequence[Service]
    sound: Sequence[Service]
    assets: Path
    county: Path


Check = Callable[[Checked], Iterator[Finding]]


def _phrases(checked: Checked) -> Iterator[Finding]:
    own = [service.id for service in checked.own]
    for lang in LANGS:
        yield from phrases.of_services(checked.catalogue, checked.texts, own, lang)
        for service in checked.own:
            yield from phrases.of_choices(checked.texts, service, lang)
    for service in checked.own:
        yield from phrases.unheard(service)


def _icons(checked: Checked) -> Iterator[Finding]:
    there = drawings.icons(checked.assets, checked.county)
    for service in checked.own:
        yield from drawings.unknown_icons(service, there)


def _questions(checked: Checked) -> Iterator[Finding]:
    for service in checked.own:
        yield from amounts.too_many(checked.catalogue, service)
        yield from privacy.without_consent(service)


CHECKS: tuple[Check, ...] = (_phrases, _icons, _questions)


def county_mistakes(assets: Path, county: Path, also: Sequence[Check] = ()) -> list[Mistake]:
    """Every mistake of a county's folder laid over the shipped files, by file and line. `also`: checks that draw.

    CatalogueError when the shipped texts cannot be read.
    """
    reading = read_catalogue(assets, county)
    texts = Texts.load(assets, county)
    own = _own_services(reading)
    _, in_requests = read_own_words(assets, county)
    found = [*reading.catalogue.mistakes, *texts.mistakes, *in_requests]
    checked = _checked(reading.catalogue, texts, own, assets, county)
    for check in (*CHECKS, *also):
        for finding in check(checked):
            flaw = Flaw(finding.place, finding.message, finding.hint)
            if finding.service not in own:
                found.append(reading.documents[finding.service].mistake(flaw))
            elif own[finding.service].examined.news(flaw):
                found.append(own[finding.service].document.mistake(flaw))
    return sorted(dict.fromkeys(found), key=lambda mistake: (mistake.file, mistake.line))


@dataclass(frozen=True)
class _Own:
    service: Service
    document: Document
    examined: Examined[Service]


def _own_services(reading: Reading) -> dict[str, _Own]:
    """The county's services by their ids, where anything of them can be looked at."""
    own: dict[str, _Own] = {}
    for document, examined in reading.services.values():
        service = examined.value
        if service is None or document.file.startswith("assets/"):
            continue
        if service.id not in own or service.id == document.stem:
            own[service.id] = _Own(service, document, examined)
    return own


def _checked(catalogue: Catalogue, texts: Texts, own: Mapping[str, _Own], assets: Path, county: Path) -> Checked:
    services = {name: one.service for name, one in own.items()}
    sound = [one.service for one in own.values() if not one.examined.flaws]
    whole = replace(catalogue, services={**catalogue.services, **services})
    return Checked(whole, texts, [*services.values()], sound, assets, county)
