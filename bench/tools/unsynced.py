"""The content of a file as programs see it, and what of it a power cut leaves: by sectors, synced or not."""

import time
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import NamedTuple

SECTOR = 512
ZEROS = bytes(SECTOR)
WRITTEN_BACK = 1 / 16  # of the sectors, at once and without a sync
Sectors = dict[int, bytes]  # by number; what is not there is zeros


class Left(NamedTuple):
    """Of a file after the cut."""

    sectors: Sectors
    size: int


@dataclass
class Content:
    """`kept` and `kept_size` are on the disk, `new` and `size` are not yet, and go before them."""

    kept: Sectors = field(default_factory=dict)
    new: Sectors = field(default_factory=dict)
    kept_size: int = 0
    size: int = 0

    def of_sectors(self, first: int, last: int) -> bytes:
        return b"".join(self.new.get(one) or self.kept.get(one, ZEROS) for one in range(first, last + 1))

    def shorter(self, size: int) -> "Content":
        return Content(_cut(self.kept, size), _cut(self.new, size), min(self.kept_size, size), size)


def _cut(sectors: Sectors, size: int) -> Sectors:
    full, part = divmod(size, SECTOR)
    left = {number: sector for number, sector in sectors.items() if number < full}
    if part and full in sectors:
        left[full] = sectors[full][:part].ljust(SECTOR, b"\0")
    return left


class File:
    """A file or folder. Each of its `states` but the last is how it was before it was made shorter, as long as that is
    not on the disk."""

    _numbers = count(1)

    def __init__(self, mode: int) -> None:
        self.mode, self.number, self.changed_ns = mode, next(self._numbers), time.time_ns()
        self.states = [Content()]

    @property
    def now(self) -> Content:
        return self.states[-1]

    @property
    def size(self) -> int:
        return self.now.size

    def fill(self, whole: bytes) -> None:
        """What is on the disk from the beginning."""
        sectors = {at // SECTOR: whole[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(whole), SECTOR)}
        kept = {number: sector for number, sector in sectors.items() if sector != ZEROS}
        self.states = [Content(kept, {}, len(whole), len(whole))]

    def read(self, size: int, offset: int) -> bytes:
        end = min(offset + size, self.size)
        if end <= offset:
            return b""
        first = offset // SECTOR
        start = offset - first * SECTOR
        return self.now.of_sectors(first, (end - 1) // SECTOR)[start : start + end - offset]

    def write(self, data: bytes, offset: int, random: Random) -> None:
        if not data:
            return
        first, last = offset // SECTOR, (offset + len(data) - 1) // SECTOR
        now, start = self.now, offset - first * SECTOR
        whole = bytearray(now.of_sectors(first, last))
        whole[start : start + len(data)] = data
        for number in range(first, last + 1):
            place = (number - first) * SECTOR
            now.new[number] = bytes(whole[place : place + SECTOR])
            if random.random() < WRITTEN_BACK:
                now.kept[number] = now.new.pop(number)
        now.size, self.changed_ns = max(now.size, offset + len(data)), time.time_ns()

    def truncate(self, size: int) -> None:
        if size < self.size:
            self.states.append(self.now.shorter(size))
        else:
            self.now.size = size
        self.changed_ns = time.time_ns()

    def sync(self) -> None:
        now = self.now
        self.states = [Content(now.kept | now.new, {}, now.size, now.size)]

    def left(self, random: Random) -> Left:
        """After a power cut, by the coins of `random`."""
        state = random.choice(self.states)
        size = random.choice((state.kept_size, state.size))
        came = {number: sector for number, sector in state.new.items() if random.random() < 0.5}
        return Left(_cut(state.kept | came, size), size)
