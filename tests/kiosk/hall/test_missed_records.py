"""A kiosk that was killed between a form and its record writes the record at its next start."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from kept_forms import kept_form

from kiosk.hall.missed_records import note_missed
from offline_cache.audit.file import AuditFile
from offline_cache.drafts import Drafts, KeptDraft
from offline_cache.store import Store
from protocol.chain import first_bad
from protocol.wire import IntakeStatus

BEFORE, NOW = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)


@dataclass
class Notes:
    """Of what was done at a kiosk that was enrolled in February."""

    store: Store

    def keep(self, number: str) -> None:
        self.store.keep({uuid4(): kept_form(number)})

    def send(self) -> None:
        (sequence,) = self.store.due(NOW)
        self.store.delivered(sequence, NOW, IntakeStatus.RECEIVED)

    @property
    def told(self) -> list[tuple[str, str]]:
        assert first_bad(self.store.audit.entries()) is None
        return [(one.record["action"], one.record["subject"]) for one in self.store.audit.entries()][1:]


@pytest.fixture
def kiosk(store: Store) -> Notes:
    AuditFile(store.audit.path, clock=lambda: BEFORE).note("staff", "enrolled", str(UUID(int=1)))
    return Notes(store)


def test_a_form_that_was_kept_and_sent_without_a_record_gets_both_once(kiosk: Notes) -> None:
    kiosk.keep("A-1")
    note_missed(kiosk.store)
    assert kiosk.told == [("kept", "A-1")]
    kiosk.send()
    note_missed(kiosk.store)
    note_missed(kiosk.store)
    assert kiosk.told == [("kept", "A-1"), ("sent", "A-1")]


def test_a_draft_that_was_laid_by_without_a_record_gets_it_once(kiosk: Notes) -> None:
    Drafts(kiosk.store).keep(KeptDraft("a" * 32, "b" * 32, "A-1", b"sealed", b"key", NOW + timedelta(days=7)))
    note_missed(kiosk.store)
    note_missed(kiosk.store)
    assert kiosk.told == [("draft_saved", "A-1")]


@pytest.mark.parametrize(("who", "action"), [("kiosk", "sent"), ("hall", "received")])
def test_what_is_on_the_record_is_not_written_again(kiosk: Notes, who: str, action: str) -> None:
    kiosk.keep("A-1")
    kiosk.store.audit.note("visitor", "kept", "A-1")
    kiosk.send()
    kiosk.store.audit.note(who, action, "A-1")
    note_missed(kiosk.store)
    assert kiosk.told == [("kept", "A-1"), (action, "A-1")]


def test_of_a_form_whose_records_were_pruned_nothing_is_written(store: Store) -> None:
    kiosk = Notes(store)
    kiosk.keep("A-1")
    AuditFile(store.audit.path, clock=lambda: NOW).note("visitor", "kept", "A-2")
    note_missed(store)
    assert kiosk.told == []


def test_without_any_record_none_is_made_up(store: Store) -> None:
    Notes(store).keep("A-1")
    note_missed(store)
    assert list(store.audit.entries()) == []
