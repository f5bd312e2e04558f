"""A plain question about what was just said."""

from dataclasses import dataclass
from typing import Literal

from kiosk.state.actions import AnyAction


@dataclass(frozen=True)
class Option:
    """What may have been meant: what a button of the screen beneath does."""

    action: AnyAction
    value: str | None = None


@dataclass(frozen=True)
class Disambiguation:
    """`kind`: which of `options` was said; or whether to call staff, because help was heard or all was in vain."""

    kind: Literal["said", "help", "in_vain"]
    options: tuple[Option, ...]
