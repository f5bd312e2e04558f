"""What is on the hall and on its kiosks after all kills, beside what was promised before them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from killing.kiosk import Kiosk
from killing.told import Told
from sqlalchemy import select

from backend.audit.tables import Audit
from backend.audit.verify import verify
from backend.calls.tables import Call
from backend.events.tables import Event
from backend.hall.hall import Hall
from backend.hall.state import state_of
from backend.submissions.tables import Submission
from offline_cache.audit.heads import held_by_hall
from offline_cache.disk.log_damage import damaged_files
from offline_cache.drafts import Drafts
from offline_cache.tables import OutboxRow, SubmissionRow
from protocol.chain import first_bad


def tally(hall: Hall, kiosks: Sequence[Kiosk], clerk: Told | None = None) -> dict[str, object]:
    """`lost` and `doubled` are forms. Where nothing went wrong, what is not a count of what there was is 0 or true.

    `records_missing`: forms that were kept or sent, and of which the kiosk's audit does not say so.
    """
    promised = set(told(kiosks, "kept"))
    with hall.database.read() as session:
        forms = session.execute(select(Submission.id, Submission.receipt_number, Submission.arrival)).all()
        calls = Counter(str(one) for one in session.scalars(select(Call.id)))
        events = Counter(session.scalars(select(Event.subject).where(Event.kind == "submission")))
        moved = Counter(session.scalars(select(Audit.subject).where(Audit.action == "status")))
        generations = state_of(session).generations
    ids, numbers = Counter(str(one.id) for one in forms), Counter(one.receipt_number for one in forms)
    asked = set(told(kiosks, "called")) | set(told(kiosks, "call_answered"))
    answered = set(told(kiosks, "answered"))
    result: dict[str, object] = {
        "acknowledged": len(promised),
        "forms": len(ids),
        "sent_again": _more_than_one(Counter(told(kiosks, "sends"))),
        "lost": len((promised - numbers.keys()) | (answered - ids.keys())),
        "doubled": max(_more_than_one(ids), _more_than_one(numbers)),
        "never_begun": len(numbers.keys() - set(told(kiosks, "writes"))),
        "events_wrong": sum(events[one] != 1 + moved[one] for one in ids),
        "receipts_wrong": receipts_wrong(kiosks, {str(one.id): one.arrival for one in forms}),
        "calls": len(calls),
        "calls_lost": len(asked - calls.keys()),
        "calls_doubled": _more_than_one(calls),
        "drafts": len(set(told(kiosks, "laid_by"))),
        "drafts_lost": sum(map(drafts_lost, kiosks)),
        "stores_damaged": sum(bool(damaged_files(kiosk.settings.store_file)) for kiosk in kiosks),
        "restores": generations - 1,
        "audits_whole": verify(hall).first_bad is None and all(map(has_whole_audit, kiosks)),
    }
    result |= records(kiosks, promised)
    if clerk:
        changes = Counter(clerk.subjects("moved"))
        result |= {"forms_moved": sum(changes.values()), "moves_lost": (changes - moved).total()}
    return result


def told(kiosks: Iterable[Kiosk], word: str) -> list[str]:
    return [subject for kiosk in kiosks for subject in kiosk.process.subjects(word)]


def receipts_wrong(kiosks: Iterable[Kiosk], arrivals: dict[str, int]) -> int:
    """Forms that are not delivered on their kiosk, or under another number than the hall's."""
    wrong = 0
    for kiosk in kiosks:
        with kiosk.store() as store, store.transaction() as session:
            joined = select(SubmissionRow.uuid, OutboxRow.state, OutboxRow.arrival).join(OutboxRow)
            rows = session.execute(joined).all()
        wrong += sum(state != "delivered" or arrivals.get(form) != arrival for form, state, arrival in rows)
    return wrong


def records(kiosks: Iterable[Kiosk], promised: set[str]) -> dict[str, int]:
    """Of the kiosks' audits, in which each form that was kept and sent should stand once as each."""
    missing = doubled = 0
    for kiosk in kiosks:
        with kiosk.store() as store:
            noted = Counter((one.record["action"], one.record["subject"]) for one in store.audit.entries())
            numbers = [one.receipt_number for one in store.outbox()]
        pairs = [(action, number) for action in ("kept", "sent") for number in numbers if number in promised]
        missing += sum(noted[pair] == 0 for pair in pairs)
        doubled += sum(noted[pair] > 1 for pair in pairs)
    return {"records_missing": missing, "records_doubled": doubled}


def has_whole_audit(kiosk: Kiosk) -> bool:
    """As `kiosk audit verify` says."""
    with kiosk.store() as store:
        held = held_by_hall(store)
        return first_bad(store.audit.entries(), [held] if held else [], store.audit.start()) is None


def drafts_lost(kiosk: Kiosk) -> int:
    now = datetime.now(UTC)
    with kiosk.store() as store:
        return sum(Drafts(store).find("name", name, now) is None for name in kiosk.process.subjects("laid_by"))


def _more_than_one(counted: Counter[str]) -> int:
    return sum(times - 1 for times in counted.values() if times > 1)
