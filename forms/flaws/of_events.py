"""Of life events: what they name is there, and can be handed in together."""

from collections.abc import Collection, Iterator

from forms.catalogue import Catalogue
from forms.flaws.asked import Asked
from forms.flaws.of_expressions import flaws_of_expression
from forms.flaws.of_texts import flaws_of_braces
from forms.home.events import LifeEvent
from forms.reading.mistake import Flaw, did_you_mean


def flaws_of_event(catalogue: Catalogue, event: LifeEvent, written: Collection[str]) -> Iterator[Flaw]:
    """What does not fit in one event. `written`: the services of all files, also those that are not offered here."""
    if event.group not in catalogue.groups:
        said = f"there is no group {event.group!r}; those of groups.yaml are {', '.join(catalogue.groups)}"
        hint = did_you_mean(event.group, catalogue.groups)
        yield Flaw(("group",), said, hint, missing=("groups.yaml", event.group))
    if event.id in written:
        yield Flaw(("id",), f"{event.id} is a service already", "Name the event otherwise, and its file too.")
    yield from (flaw.under(("title",)) for flaw in flaws_of_braces(event.title, ()))
    yield from (flaw.under(("line",)) for flaw in flaws_of_braces(event.line, ()))
    seen: set[str] = set()
    for number, errand in enumerate(event.services):
        at = ("services", number)
        yield from (flaw.under((*at, "detail")) for flaw in flaws_of_braces(errand.detail, ()))
        service = catalogue.services.get(errand.service)
        if errand.service in seen:
            yield Flaw((*at, "service"), f"the service {errand.service} is there twice", "Take one of the two away.")
        elif errand.service not in written:
            hint = did_you_mean(errand.service, written)
            yield Flaw((*at, "service"), f"there is no service {errand.service!r}", hint)
        elif service and service.kind == "query":
            said = f"{errand.service} is a query, which is not handed in"
            yield Flaw((*at, "service"), said, "Name applications alone.")
        elif service and errand.eligible:
            found = flaws_of_expression(catalogue, Asked.by(service), errand.eligible)
            yield from (flaw.under((*at, "eligible")) for flaw in found)
        seen.add(errand.service)
