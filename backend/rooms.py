"""The rooms of the hall, found by themselves: routes.py is what one answers, board.py what staff see of it,
commands.py what it adds to the `hall` command."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType

import backend


def of_every_room(name: str) -> Iterator[ModuleType]:
    """The module `name` ("routes", "board", "tables", "commands") of each room that has one, by the rooms' names."""
    for room in iter_modules(backend.__path__, "backend."):
        if room.ispkg and find_spec(f"{room.name}.{name}"):
            yield import_module(f"{room.name}.{name}")
