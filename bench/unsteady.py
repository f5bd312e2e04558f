"""How many presses of an unsteady hand reach the target they were meant for, with and without forgiveness.

    python -m bench.unsteady [--presses 20000] [--seed 1]

The hand is a model, not a measurement of ours: normal scatter about the middle of the target, as wide as makes 62 % of
presses miss a 4.9 mm square (the published error of older people), and a tremor of 4 to 12 Hz that taps twice.
"""

import argparse
import random
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from ui.widgets.touch import CLEAR_MM, meant

SCATTER_MM = 2.81  # per axis: 38 % of presses within 2.45 mm both ways
GAP_MM = 3.0
PX_PER_MM = 10  # fine enough that rounding does not count
SIZES_MM = (4.9, 8.0, 10.0, 13.0, 16.0, 20.0)


class UnsteadyHand:
    def __init__(self, seed: int, scatter_mm: float = SCATTER_MM) -> None:
        self._chance, self._scatter_mm = random.Random(seed), scatter_mm

    def aim(self, place: QRect, px_per_mm: float) -> QPoint:
        """Where a press meant for the middle of `place` lands."""
        wide = self._scatter_mm * px_per_mm
        return place.center() + QPoint(round(self._chance.gauss(0, wide)), round(self._chance.gauss(0, wide)))

    def second_tap_s(self) -> float:
        """How long after a press the tremor taps again."""
        return 1 / self._chance.uniform(4, 12)


@dataclass(frozen=True)
class Shares:
    """Of all presses: on the target meant, on another, on none."""

    right: float
    wrong: float
    none: float


def shares(size_mm: float, forgive_mm: float, presses: int, seed: int) -> Shares:
    """Presses of the middle one of nine targets."""
    size, pitch = round(size_mm * PX_PER_MM), round((size_mm + GAP_MM) * PX_PER_MM)
    places = [QRect(column * pitch, row * pitch, size, size) for row in range(3) for column in range(3)]
    hand = UnsteadyHand(seed)
    found = [
        meant(hand.aim(places[4], PX_PER_MM), places, forgive_mm * PX_PER_MM, CLEAR_MM * PX_PER_MM)
        for _ in range(presses)
    ]
    right, none = found.count(4), found.count(None)
    return Shares(right / presses, (presses - right - none) / presses, none / presses)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{'target':>8} {'forgiven':>9} {'right':>8} {'wrong':>8} {'none':>8}")
    for size_mm in SIZES_MM:
        for forgive_mm in (0.0, 3.0):
            share = shares(size_mm, forgive_mm, asked.presses, asked.seed)
            figures = f"{share.right:8.2%} {share.wrong:8.2%} {share.none:8.2%}"
            print(f"{size_mm:6.1f} mm {forgive_mm:6.1f} mm {figures}")


if __name__ == "__main__":
    main()
