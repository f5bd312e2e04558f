"""A terminal to try things on: walked to any screen, then used."""

from collections.abc import Iterator

from kiosk.screens.common.model import Screen
from kiosk.walk.walk import walk
from kiosk.walk.walked_terminal import WalkedTerminal


class Rehearsal(WalkedTerminal):
    def walk(self, names: list[str] | None = None) -> Iterator[tuple[str, Screen]]:
        """Every screen once, with a label that is unique in the walk; the session shows it. `names`: of the services
        and life events to be walked, instead of all."""
        return walk(self, names)
