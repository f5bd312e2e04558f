"""What CI takes a sample of; `make walks` takes all of it."""

from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")
WHOLE = settings.get_current_profile_name() == "many"


def sample(things: Iterable[T], part: int, parts: int) -> list[T]:
    """Every `parts`-th from number `part` on, always the same ones; all of them in `make walks`."""
    return [*things] if WHOLE else [*things][part % parts :: parts]
