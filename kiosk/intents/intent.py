"""What a request in somebody's own words turned out to mean."""

from dataclasses import dataclass

HELP = "help"
CANNOT = "cannot-get-it-done"


@dataclass(frozen=True)
class Intent:
    """What was asked for: the id of a service or life event, HELP, CANNOT, or None for none of them.

    `confidence` is the chance of `what`, or, when that is None, of what it most seems to be. `alternatives` are others
    that it may well mean, likeliest first.
    """

    what: str | None
    confidence: float
    alternatives: tuple[str, ...] = ()
