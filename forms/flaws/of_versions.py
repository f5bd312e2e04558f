"""Versions that nothing can keep, and days between which nothing ever counts."""

from collections.abc import Iterator

from forms.reading.mistake import Flaw
from forms.service import Dated

MOST = 10**9  # more does not fit into every database


def flaws_of_version(version: int) -> Iterator[Flaw]:
    """Flaws within what has the version."""
    if version >= MOST:
        yield Flaw(("version",), f"the version {version} is too large", "Write 1, and one more with each change.")


def flaws_of_days(dated: Dated) -> Iterator[Flaw]:
    """Flaws within what counts only from or until a day."""
    if dated.from_ and dated.until and dated.until < dated.from_:
        said = f"it counts until {dated.until}, and only from {dated.from_}: so it never counts"
        yield Flaw(("until",), said, "Write a later day, or leave one of the two out.")
