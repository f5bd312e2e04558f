"""How the visitor has shown who they are: known for the visit only, and told to the hall with what is asked."""

from dataclasses import dataclass, field

from protocol.levels import REACHES, By, Claim


@dataclass(frozen=True)
class Shown:
    """`number` is that of the ID card, or of the form that the slip keeps; `at` is of the clock of kiosk.session."""

    by: By
    number: str = field(repr=False)
    at: float
    name: str = field(default="", repr=False)  # on the card

    def claim(self, number: str, now: float) -> Claim | None:
        """What may be said of who asks about this number; None when something else was shown, or long ago."""
        ago_s = now - self.at
        return Claim(self.by, ago_s) if number == self.number and ago_s < REACHES[self.by].lasts_s else None
