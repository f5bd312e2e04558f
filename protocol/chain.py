"""An append-only chain of records: each hash covers the record and the hash of the one before.

Whoever changes, drops or slips in a record has to make all later hashes anew, and then the chain no longer meets the
heads that others hold. Pure: whoever keeps a chain (the hall a table, the kiosk a file) hands its entries over.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

Record = Mapping[str, str]


@dataclass(frozen=True)
class Head:
    """The newest entry of a chain as others remember it: they cannot be made to forget, so a cut tail shows."""

    sequence: int = 0
    hash: str = "0" * 64  # SHA-256, hex; zeros before the first entry


START = Head()
PRUNE = "prune"  # the action of a record that tells what was dropped from the beginning, as too old


@dataclass(frozen=True)
class Entry:
    """One record where it stands in the chain."""

    sequence: int
    record: Record
    hash: str

    @property
    def head(self) -> Head:
        return Head(self.sequence, self.hash)


@dataclass(frozen=True)
class BadEntry:
    """The first entry that is not as it was written, and why in one plain sentence."""

    sequence: int
    why: str


def after(head: Head, record: Record) -> Entry:
    """The entry that follows `head` with this record."""
    sequence = head.sequence + 1
    return Entry(sequence, record, sha256(_canonical(sequence, head.hash, record)).hexdigest())


def _canonical(sequence: int, previous: str, record: Record) -> bytes:
    """The same bytes wherever it is computed: JSON with sorted keys, no spaces, UTF-8."""
    whole = {"sequence": sequence, "previous": previous, "record": dict(record)}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def told_of_pruning(last: Head) -> str:
    """What a record with the action PRUNE says: the last one that was dropped from the beginning."""
    return f"{last.sequence} {last.hash}"


def first_bad(
    entries: Iterable[Entry], held: Iterable[Head] = (), start: Head = START, *, to_the_end: bool = True
) -> BadEntry | None:
    """The first entry that breaks the chain after `start`, or that others hold otherwise; None when all is whole.

    `start` is the last record that was pruned, of which a later one has to tell. `held` are heads that others hold;
    those up to `start` can no longer be compared. With `to_the_end` False more entries may follow these.
    """
    expected: dict[int, set[str]] = {}
    for one in held:
        if one.sequence > start.sequence:
            expected.setdefault(one.sequence, set()).add(one.hash)
    head, told = start, start == START
    for entry in entries:
        if entry.sequence != head.sequence + 1:
            return BadEntry(head.sequence + 1, f"Record {head.sequence + 1} is missing.")
        if after(head, entry.record).hash != entry.hash:
            return BadEntry(entry.sequence, f"Record {entry.sequence} is not as it was written.")
        if expected.pop(entry.sequence, {entry.hash}) != {entry.hash}:
            return BadEntry(entry.sequence, f"Record {entry.sequence} is not the one whose hash is held elsewhere.")
        told |= entry.record.get("action") == PRUNE and entry.record.get("detail") == told_of_pruning(start)
        head = entry.head
    if expected and to_the_end:
        why = f"The end is cut: record {max(expected)} was known elsewhere, the chain ends at {head.sequence}."
        return BadEntry(head.sequence + 1, why)
    if not told and to_the_end:
        return BadEntry(start.sequence, f"Record {start.sequence} and all before are gone, and no record says why.")
    return None
