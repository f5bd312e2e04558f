"""What the services are called: who says just that means it, whatever stands near it in the examples."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from forms import Service
from kiosk.intents.intent import Intent
from kiosk.intents.sounds import units
from kiosk.texts.languages import Lang


def names(service: Service, lang: Lang) -> list[str]:
    """Its title and phrases."""
    return list(dict.fromkeys([service.title.written(lang), *service.phrases.of(lang)]))


class Names:
    """The names of all services in one language, as units."""

    def __init__(self, services: Iterable[Service], lang: Lang) -> None:
        self._named: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for service in services:
            for said in {units(name, lang) for name in names(service, lang)}:
                self._named[said].append(service.id)

    def intent(self, said: Sequence[str]) -> Intent | None:
        """Of a name and nothing else; of one that several services have, all of them in doubt. None of other words."""
        match self._named.get(tuple(said), []):
            case []:
                return None
            case [only]:
                return Intent(only, 1.0)
            case several:
                return Intent(None, round(1 / len(several), 3), tuple(several))
