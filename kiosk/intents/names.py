"""What services and life events are called: who says just that means it, whatever stands near it in the examples."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from forms import Service
from forms.home.events import LifeEvent
from kiosk.intents.intent import Intent
from kiosk.intents.sounds import units
from kiosk.texts.languages import Lang


def names(one: Service | LifeEvent, lang: Lang) -> list[str]:
    """Its title and phrases."""
    return list(dict.fromkeys([one.title.written(lang), *one.phrases.of(lang)]))


class Names:
    """The names of all services and life events in one language, as units."""

    def __init__(self, offered: Iterable[Service | LifeEvent], lang: Lang) -> None:
        self._named: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._of_services: set[tuple[str, ...]] = set()
        for one in offered:
            for said in {units(name, lang) for name in names(one, lang)}:
                self._named[said].append(one.id)
                if isinstance(one, Service):
                    self._of_services.add(said)

    def intent(self, said: Sequence[str]) -> Intent | None:
        """Of a name and nothing else; of one that several services have, all of them in doubt. None of other words."""
        match self._named.get(tuple(said), []):
            case []:
                return None
            case [only]:
                return Intent(only, 1.0)
            case several:
                return Intent(None, round(1 / len(several), 3), tuple(several))

    def has_service(self, said: Sequence[str]) -> bool:
        """Whether some service is named among other words."""
        row = tuple(said)
        return any(row[at : at + len(name)] == name for name in self._of_services for at in range(len(row)))
