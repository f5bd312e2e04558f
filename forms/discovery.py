"""Finding the modules of a package: a new one is known by lying there."""

from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

T = TypeVar("T")


def discover(package: str, name: str, kind: type[T]) -> dict[str, T]:
    """What each module of `package` and of its sub-rooms calls `name`, by the module's own name, in order of the
    alphabet.

    TypeError when a module has nothing of that kind under that name.
    """
    return dict(sorted(_found(package, name, kind).items()))


def _found(package: str, name: str, kind: type[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for module in iter_modules(import_module(package).__path__):
        at = f"{package}.{module.name}"
        if module.ispkg:
            found |= _found(at, name, kind)
            continue
        value = getattr(import_module(at), name, None)
        if not isinstance(value, kind):
            raise TypeError(f"{at} has no {name}: define one, a {kind.__name__}.")
        found[module.name] = value
    return found
