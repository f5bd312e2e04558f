"""What a check found, and where in a file it stands."""

from dataclasses import dataclass

Place = tuple[str | int, ...]  # keys and positions in a list, from the top of the file


@dataclass(frozen=True)
class Finding:
    """One sentence about one place, and what to do."""

    service: str  # its id; of another file of the county, its name
    place: Place
    message: str
    hint: str
