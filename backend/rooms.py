"""The rooms of the hall: each folder with a routes.py or a tables.py is one, found by itself."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType

import backend


def of_every_room(name: str) -> Iterator[ModuleType]:
    """The module `name` ("routes", "tables") of each room that has one, by the rooms' names."""
    for room in iter_modules(backend.__path__, "backend."):
        if room.ispkg and find_spec(f"{room.name}.{name}"):
            yield import_module(f"{room.name}.{name}")
