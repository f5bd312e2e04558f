"""The county's files read anew while nobody is there: the terminal needs no restart for them."""

import logging
from collections.abc import Callable

from forms import CatalogueError
from forms.reading.stamp import stamp
from kiosk.operations.registered import registered_rules
from kiosk.processes.equipment import Equipment

log = logging.getLogger(__name__)


class Renewal:
    """`equipment` is what the next visitor gets: the newest that could be read. A visit under way keeps its own."""

    def __init__(self, equipment: Equipment, ready: Callable[[Equipment], None] = lambda equipment: None) -> None:
        """`ready` makes new equipment as quick as the first was."""
        self.equipment, self._ready = equipment, ready
        self._read = self._seen = self._stamp()

    def look(self) -> bool:
        """Whether there is new equipment. What has changed is read once it has stopped changing: seconds, then."""
        before, self._seen = self._seen, self._stamp()
        if self._seen == self._read or self._seen != before:
            return False
        self._read = self._seen
        try:
            equipment = Equipment(self.equipment.settings)
        except CatalogueError as error:
            log.error("%s The files of before stay in use.", error)
            return False
        self._ready(equipment)
        self.equipment = equipment
        return True

    def _stamp(self) -> str:
        settings = self.equipment.settings
        told = registered_rules(settings.data)
        return f"{stamp(settings.assets, settings.county_in_use)} {told.number if told else None}"
