"""A kiosk's store on a disk that loses its power: what it acknowledged, and what is there when it is opened again."""

import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Literal
from uuid import UUID, uuid4

from crash import form, halved, sending
from sqlalchemy import select

from bench.tools.cutting import Tell, Work
from offline_cache.disk.log_damage import damaged_files
from offline_cache.disk.reserve import RESERVE_BYTES
from offline_cache.drafts import Drafts, KeptDraft
from offline_cache.status import outbox_status
from offline_cache.store import OutboxState, Store, StoreError, open_or_quarantine
from offline_cache.tables import SubmissionRow
from protocol.chain import first_bad
from protocol.wire import IntakeStatus

KINDS = ("form", "audit", "mark", "draft", "value")
LATER = datetime.now(UTC) + timedelta(days=30)
Synchronous = Literal["FULL", "NORMAL", "OFF"]


def keeping(seed: int, synchronous: Synchronous) -> Work:
    """Opens the store as the terminal does, and keeps forms and what belongs to them for as long as there is power.

    Each line that it tells is one row that the store has acknowledged; "delivering" comes before, as what may be there.
    """

    def work(mount: Path, tell: Tell) -> None:
        random = Random(seed)
        store, _ = open_or_quarantine(mount / "kiosk.db")
        _set(store, synchronous)
        store.reserve.hold()
        tell("reserve held")
        while True:
            submission = uuid4()
            store.keep(sending(submission))
            for kept in sending(submission):
                tell(f"form {kept}")
            store.audit.note("visitor", "kept", str(submission))
            tell(f"audit {submission}")
            match random.randrange(3):
                case 0:
                    last = [*sending(submission)][-1]  # of those kept at once
                    tell(f"delivering {last}")
                    store.delivered(store.due(datetime.now(UTC))[-1], datetime.now(UTC), IntakeStatus.RECEIVED)
                    tell(f"mark {last}")
                case 1:
                    Drafts(store).keep(_draft(str(submission)))
                    tell(f"draft {submission}")
                case 2:
                    store.set(str(submission), str(submission))
                    tell(f"value {submission}")

    return work


class Kiosk:
    """What was acknowledged and is not known to be lost; `found` opens the store as the terminal does, and compares."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self._delivering: set[str] = set()
        self._holds_reserve = False

    def found(self, folder: Path, told: list[str]) -> Counter[str]:
        """What was acknowledged and what of that is lost, by kind, and what else is not as it should be."""
        counts = Counter[str]()
        for kind, name in (line.split() for line in told):
            if kind in self._known:
                self._known[kind].add(name)
                counts[f"{kind}_acknowledged"] += 1
        self._delivering |= {line.split()[1] for line in told if line.startswith("delivering ")}
        self._holds_reserve |= "reserve held" in told
        try:
            store, aside = open_or_quarantine(folder / "kiosk.db")
        except StoreError:
            shutil.rmtree(folder)
            folder.mkdir()
            store, aside = open_or_quarantine(folder / "kiosk.db")
            counts["stores_not_opened"] += 1
        there = self._there(store)
        for kind, known in self._known.items():
            counts[f"{kind}_lost"] += len(known - there[kind])
            known &= there[kind]
        counts["sendings_halved"] += halved(store)
        counts["rows_damaged"] += outbox_status(store)["damaged"]
        counts["delivered_that_were_not"] += len(there["mark"] - self._delivering)
        counts["stores_damaged"] += aside is not None
        counts["logs_damaged"] += any("damaged-log" in one.name for one in damaged_files(store.path))
        counts["audits_broken"] += first_bad(store.audit.entries(), start=store.audit.start()) is not None
        reserve = store.reserve.path
        counts["reserves_missing"] += self._holds_reserve and not reserve.exists()
        counts["reserves_hollow"] += reserve.exists() and reserve.stat().st_size != RESERVE_BYTES
        store.close()
        return counts

    def _there(self, store: Store) -> dict[str, set[str]]:
        """What can be read, and is as it was written."""
        with store.transaction() as session:
            numbers = list(session.scalars(select(SubmissionRow.sequence)))
        forms = [one for number in numbers if (one := store.load(number))]
        now, drafts = datetime.now(UTC), Drafts(store)
        return {
            "form": {str(one.submission) for one in forms if one.body == form(one.submission, one.body.bundle)},
            "audit": {entry.record["subject"] for entry in store.audit.entries() if entry.record},
            "mark": {str(item.submission) for item in store.outbox() if item.state == OutboxState.DELIVERED},
            "draft": {name for name in self._known["draft"] if drafts.find("name", name, now) == _draft(name)},
            "value": {name for name in self._known["value"] if store.get(name) == name},
        }


def _draft(name: str) -> KeptDraft:
    return KeptDraft(name, f"code-{name}", f"form-{name}", UUID(name).bytes * 40, bytes(48), LATER)


def _set(store: Store, synchronous: Synchronous) -> None:
    if synchronous == "FULL":
        return  # as the store itself has it
    connection = store._engine.raw_connection().driver_connection
    assert connection is not None
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    store._fold_log = lambda: None  # type: ignore[method-assign]  # it syncs under NORMAL too, after each form
