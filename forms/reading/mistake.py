"""What is wrong in a file: a flaw is known by where it stands in the data, a mistake by its line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from protocol.printable import printable

# From the top of a file: keys, and numbers from 0 within lists.
SHIPPED = "assets/"  # how the name of a shipped file begins where it is told; one of the county has no folder before it
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Flaw:
    """Something that does not fit. `word` is what is written there: within `keys` its line is the flaw's. `lacking` is
    the name of what should stand there and does not. `missing`: the file and the name of what is named there and is
    not to be had."""

    keys: Keys
    message: str  # a sentence that begins small after the place, and ends without a full stop
    hint: str = ""  # one whole sentence: what to do
    word: str = ""
    lacking: str = ""
    missing: tuple[str, str] | None = None

    @property
    def place(self) -> Keys:
        """Where it stands, or should stand."""
        return (*self.keys, self.lacking) if self.lacking else self.keys

    def under(self, above: Keys) -> "Flaw":
        """The same, seen from further up in the file."""
        return replace(self, keys=(*above, *self.keys))


class FlawError(ValueError):
    """For validators of the models: a flaw at a place within what they validate."""

    def __init__(self, message: str, *keys: str | int, hint: str = "", word: str = "") -> None:
        super().__init__(message)
        self.flaw = Flaw(keys, message, hint, word)


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a file of the county's folder, or of the shipped one (then the file begins with assets/)."""

    file: str
    line: int  # from 1
    where: str  # such as: field phone > label
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        for name in ("file", "where", "message", "hint"):
            object.__setattr__(self, name, printable(getattr(self, name)))

    @property
    def is_shipped(self) -> bool:
        """Whether it stands in a shipped file, and not in one of the county."""
        return self.file.startswith(SHIPPED)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " + (f"{self.where}: " if self.where else "")
        return f"{place}{self.message}." + (f" {self.hint}" if self.hint else "")


def did_you_mean(word: object, names: Iterable[str]) -> str:
    """ "Did you mean phone?", or "" when nothing is near."""
    near = get_close_matches(str(word).lower(), sorted(names), 1, 0.6)
    return f"Did you mean {near[0]}?" if near else ""
