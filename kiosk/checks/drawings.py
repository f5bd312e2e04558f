"""Icons that services name and nobody drew."""

from collections.abc import Iterator, Set
from pathlib import Path

from forms import Service
from forms.home.events import LifeEvent
from forms.reading.mistake import did_you_mean
from kiosk.checks.finding import Finding, Place
from kiosk.checks.parts import questions_of


def icons(assets: Path, county: Path) -> Set[str]:
    """The names of all that there are."""
    return {path.stem for folder in (assets, county) for path in (folder / "icons").glob("*.svg")}


def unknown_icons(service: Service | LifeEvent, there: Set[str]) -> Iterator[Finding]:
    named: list[tuple[Place, str]] = [(("icon",), service.icon)]
    for place, field in questions_of(service) if isinstance(service, Service) else ():
        named += [((*place, "choices", at, "icon"), choice.icon) for at, choice in enumerate(field.choices)]
    for place, icon in named:
        if icon and icon not in there:
            hint = did_you_mean(icon, there) or f"Put icons/{icon}.svg there, or name another."
            yield Finding(service.id, place, f"there is no icon {icon!r}", hint)
