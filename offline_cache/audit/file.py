"""The kiosk's audit: one JSON object a line, each on the disk before `note` returns.

A line holds no personal data: who is "visitor", "staff" or "kiosk", a form goes by its receipt number. The processes of
a terminal append by turns. After a prune the first line says which record the next one follows.
"""

import fcntl
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from protocol.chain import PRUNE, START, Entry, Head, after, first_bad, told_of_pruning
from protocol.process.whole_files import sync_to_disk, write_whole

_TAIL_BYTES = 64 * 1024  # holds many lines
_FIELDS = ("at", "who", "action", "subject", "detail")
_NO_RECORD = (ValueError, KeyError, TypeError, OverflowError, RecursionError)  # what a line raises that is none
_NOT_THERE = b"\0"  # a disk has zeros where a sector did not come; JSON has none
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AuditFile:
    """The chain in `path`. Nobody is kept from their errand because a record cannot be written: that is logged."""

    path: Path
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def note(self, who: str, action: str, subject: str = "", detail: str = "") -> None:
        """Write down who did what to what."""
        try:
            with self._alone(), open(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
                moment = self.clock().astimezone(UTC).isoformat(timespec="microseconds")
                record = dict(zip(_FIELDS, (moment, who, action, subject, detail), strict=True))
                head, size = _end(file.fileno())
                file.truncate(size)
                file.seek(size)
                file.write(_line(after(head, record)))
                file.flush()
                os.fsync(file.fileno())
                if size == 0:
                    sync_to_disk(self.path.parent)  # the file's name, where it is new
        except OSError as error:
            log.error("The audit cannot be written (%s); %s is not in it.", error.strerror, action)

    def start(self) -> Head:
        """The last record that was pruned, which the first one follows."""
        with self._lines() as lines:
            return _pruned(next(iter(lines), b"")) or START

    def entries(self) -> Iterator[Entry]:
        """All records, oldest first. A line that cannot be read is one without a hash, which no chain takes."""
        with self._lines() as lines:
            sequence = 0
            for number, line in enumerate(lines):
                if number == 0 and (pruned := _pruned(line)):
                    sequence = pruned.sequence
                    continue
                entry = _entry(line) or Entry(sequence + 1, {}, "")
                sequence = entry.sequence
                yield entry

    def head(self) -> Head | None:
        """Where the chain ends now, its start when there is none; None when that cannot be read, which is logged."""
        try:
            with self._alone():
                return _end_of(self.path)
        except OSError as error:
            log.error("The audit cannot be read (%s).", error.strerror)
            return None

    def prune(self, before: datetime) -> int:
        """Drop the records of before that time from the beginning; how many. What was dropped is on the record.

        A chain that is not as it was written stays whole, as somebody will have to look at it.
        """
        try:
            return self._prune(before.astimezone(UTC).isoformat(timespec="microseconds"))
        except OSError as error:
            log.error("The audit cannot be pruned (%s).", error.strerror)
            return 0

    def _prune(self, before: str) -> int:
        entries = list(self.entries())
        count = next((place for place, one in enumerate(entries) if one.record.get("at", "") >= before), len(entries))
        if count == 0 or first_bad(entries, start=self.start()):
            return 0
        last = entries[count - 1].head
        self.note("kiosk", PRUNE, "audit", told_of_pruning(last))
        with self._alone():
            kept = b"".join(map(_line, list(self.entries())[count:]))
            write_whole(self.path, _json_line(asdict(last)) + kept)
        return count

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    @contextmanager
    def _lines(self) -> Iterator[Iterator[bytes]]:
        """The whole lines; one that was cut short by the power was never promised to anybody, nor one of which the
        beginning alone is not on the disk."""
        if not self.path.exists():
            yield iter(())
            return
        with self.path.open("rb") as file:
            yield (line for line in file if line.endswith(b"\n") and _NOT_THERE not in line)


def _end_of(path: Path) -> Head:
    try:
        with path.open("rb") as file:
            return _end(file.fileno())[0]
    except FileNotFoundError:
        return START


def _end(file: int) -> tuple[Head, int]:
    """The head of the last line that can be read, and where the last whole line ends."""
    size = os.fstat(file).st_size
    tail = os.pread(file, _TAIL_BYTES, max(0, size - _TAIL_BYTES))
    whole = tail[: tail.rfind(b"\n") + 1]
    if _NOT_THERE in (last := whole[whole.rfind(b"\n", 0, -1) + 1 :]):
        whole = whole[: len(whole) - len(last)]
    heads = (_head(line) for line in reversed(whole.splitlines()))
    return next(filter(None, heads), START), size - len(tail) + len(whole)


def _head(line: bytes) -> Head | None:
    entry = _entry(line)
    return entry.head if entry else _pruned(line)


def _line(entry: Entry) -> bytes:
    return _json_line({"sequence": entry.sequence, **entry.record, "hash": entry.hash})


def _json_line(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _entry(line: bytes) -> Entry | None:
    """None when the line is not a record."""
    try:
        value = json.loads(line)
        return Entry(int(value["sequence"]), {name: str(value[name]) for name in _FIELDS}, str(value["hash"]))
    except _NO_RECORD:
        return None


def _pruned(line: bytes) -> Head | None:
    """What the first line of a pruned file says."""
    try:
        value = json.loads(line)
        return Head(int(value["sequence"]), str(value["hash"])) if set(value) == {"sequence", "hash"} else None
    except _NO_RECORD:
        return None
