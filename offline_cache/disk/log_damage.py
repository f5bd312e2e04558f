"""Damage to SQLite's write-ahead log, which SQLite does not tell: it takes what comes before, and drops the rest.

The format is that of https://www.sqlite.org/fileformat2.html, section 4: a header of 32 bytes, then frames of a header
of 24 bytes and a page. Each carries the checksum of all before it, and the salts that tell this log from an older one.
"""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import dropwhile
from pathlib import Path

from protocol.process.whole_files import write_whole

_HEADER, _FRAME = 32, 24
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}  # by the byte order of the checksums


def set_damaged_log_aside(path: Path) -> None:
    """Before the store at `path` is opened: a copy of its log for an engineer, when what follows damage is lost.

    What was being written when the power went was promised to nobody, and is no damage: that is the last transaction.
    """
    wal = path.with_name(f"{path.name}-wal")
    if not wal.exists() or not is_damaged(content := wal.read_bytes()) or wal.read_bytes() != content:
        return  # read twice, as another process may be writing
    aside = path.with_name(f"{path.name}.damaged-log-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
    write_whole(aside, content)


def damaged_files(path: Path) -> list[Path]:
    """What was set aside of the store at `path` since somebody last cleared it away, oldest first."""
    found = path.parent.glob(f"{path.name}.damaged-*")
    return sorted(one for one in found if not one.name.endswith(("-wal", "-shm")))


def is_damaged(log: bytes) -> bool:
    """True when a whole frame of this log is not as it was written, and later transactions came after it.

    Of the last one a power cut leaves any of its sectors, which nobody can tell from a bit that flipped in it.
    """
    if len(log) < _HEADER + _FRAME:
        return False
    magic, _, page, _, *salts = struct.unpack(">IIIIII", log[:24])
    order = _MAGIC.get(magic)
    if order is None or not 512 <= page <= 65536:
        return True
    sums = _checksum(order, log[:24], (0, 0))
    if sums != struct.unpack(">II", log[24:32]):
        return True
    from_bad_on = dropwhile(lambda one: not _is_bad(one[0], salts, one[1]), _frames(log, order, page, sums))
    return sum(_commits(frame, salts) for frame, _ in from_bad_on) > 1


def _frames(log: bytes, order: str, page: int, sums: tuple[int, int]) -> Iterator[tuple[bytes, bool]]:
    """Each whole frame, and whether its checksum is right."""
    for start in range(_HEADER, len(log) - _FRAME - page + 1, _FRAME + page):
        frame = log[start : start + _FRAME + page]
        sums = _checksum(order, frame[_FRAME:], _checksum(order, frame[:8], sums))
        yield frame, sums == struct.unpack(">II", frame[16:24])


def _is_bad(frame: bytes, salts: list[int], good: bool) -> bool:
    """A frame with neither salt is of an older log, whose room this one takes."""
    own = [a == b for a, b in zip(struct.unpack(">II", frame[8:16]), salts, strict=True)]
    return any(own) and not (good and all(own))


def _commits(frame: bytes, salts: list[int]) -> bool:
    """The last frame of a transaction tells how many pages the database has then."""
    pages, *own = struct.unpack(">III", frame[4:16])
    return pages > 0 and any(a == b for a, b in zip(own, salts, strict=True))


def _checksum(order: str, content: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
