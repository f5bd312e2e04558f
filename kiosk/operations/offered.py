"""Which services this kiosk offers: all of the catalogue, or those of its setting `services`."""

from dataclasses import dataclass
from datetime import date

from forms import Catalogue, load_catalogue
from forms.flaws.of_parameters import FILE, flaws_of_parameters
from kiosk.operations.registered import register_of
from kiosk.operations.settings import Settings


@dataclass(frozen=True)
class Offered:
    catalogue: Catalogue
    problem: str = ""  # about the setting: one sentence that says what to do

    @property
    def problems(self) -> list[str]:
        """All that staff should know of: what is left out, what may be out of date, what is wrong with the setting."""
        return [*map(str, self.catalogue.mistakes), *self.aged, *filter(None, [self.problem])]

    @property
    def aged(self) -> list[str]:
        """Parameters that somebody should look at: one sentence each, and what to do."""
        found = flaws_of_parameters(self.catalogue.parameters, date.today())
        return [f"{FILE}: {flaw.message}. {flaw.hint}" for flaw in found]


def offered(settings: Settings, *, unregistered: bool = False) -> Offered:
    """The catalogue as this kiosk offers it. Of a setting that names none it offers all.

    `unregistered`: with the county's checks that no hall has registered, for who tries them."""
    register = None if unregistered else register_of(settings.data)
    catalogue = load_catalogue(settings.assets, settings.county_in_use, register)
    chosen = catalogue.offering(settings.services)
    unknown = [one for one in settings.services if one not in catalogue.services]
    problem = (
        f"The setting services names {', '.join(unknown)}, which is no service here. "
        f"Take it out, or name one of: {', '.join(catalogue.services)}."
    )
    return Offered(chosen if chosen.services else catalogue, problem if unknown else "")
