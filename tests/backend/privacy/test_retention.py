import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import NOW, RIGHT_ANSWERS, StandingClock, signed, submission
from sqlalchemy import func, select, update

from backend.accounts.tables import KnownBrowser, StaffSession
from backend.audit.log import entries, head_of, note, start_of
from backend.audit.tables import Audit
from backend.audit.verify import verify
from backend.calls.tables import Call, CallChange
from backend.events.feed import announce
from backend.events.tables import Event
from backend.foundation.limits import take_try
from backend.foundation.settings import SetupError, settings_from_environment
from backend.foundation.tables import Limit, Table
from backend.hall.hall import Hall
from backend.privacy import retention
from backend.privacy.retention import prune_a_piece
from backend.reading.limits import Tier
from backend.reading.tables import Reading
from backend.submissions.intake import take_in
from backend.submissions.tables import Submission
from protocol.calls.states import CallState, Move
from protocol.wire import ProgressStatus

OLD, NEW = UUID(int=1), UUID(int=2)


def prune(hall: Hall) -> int:
    """How many pieces it took."""
    pieces = 0
    while prune_a_piece(hall):
        pieces += 1
    return pieces


def count(hall: Hall, table: type[Table]) -> int:
    with hall.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def form(hall: Hall, submission_id: UUID, status: ProgressStatus) -> None:
    take_in(
        hall,
        submission_id,
        submission(hall.keys.public, submission_id, RIGHT_ANSWERS, str(submission_id)),
        signed(hall),
    )
    with hall.database.write() as session:
        session.execute(update(Submission).where(Submission.id == submission_id).values(status=status))


def test_forms_that_are_done_go_after_their_time_and_open_ones_never(hall: Hall, clock: StandingClock) -> None:
    form(hall, OLD, ProgressStatus.DONE)
    form(hall, NEW, ProgressStatus.IN_REVIEW)
    clock.pass_(days=729)
    prune(hall)
    assert count(hall, Submission) == 2
    clock.pass_(days=2)
    prune(hall)
    with hall.database.read() as session:
        assert session.scalars(select(Submission.id)).all() == [NEW]


def test_calls_events_wrong_tries_and_counts_of_reading_go(hall: Hall, clock: StandingClock) -> None:
    moments = dict.fromkeys(("called_at", "received_at", "updated_at"), NOW)
    with hall.database.write() as session:
        session.add(Call(id=OLD, kiosk="a", screen="b", reason="", state=CallState.CLOSED, **moments))
        session.add(CallChange(call=OLD, at=NOW, move=Move.LEAVE, state=CallState.CLOSED, who="", detail=""))
        session.add(Reading(who="李芳", tier=Tier.L3, at=NOW))
        announce(session, "call", OLD, NOW)
    take_try(hall.database, "search:x", NOW)
    tables = (Call, CallChange, Event, Limit, Reading)
    prune(hall)
    assert [count(hall, table) for table in tables] == [1] * 5
    clock.pass_(days=91)
    prune(hall)
    assert [count(hall, table) for table in tables] == [0] * 5
    with hall.database.read() as session:
        told = {(one.record["who"], one.record["action"], one.record["subject"]) for one in entries(session)}
    assert told == {("hall", "prune", table.__tablename__) for table in tables}


def test_logins_that_are_over_go(clerk: TestClient, hall: Hall, clock: StandingClock) -> None:
    assert (count(hall, StaffSession), count(hall, KnownBrowser)) == (1, 1)
    clock.pass_(days=1)
    prune(hall)
    assert (count(hall, StaffSession), count(hall, KnownBrowser)) == (0, 1)
    clock.pass_(days=400)
    prune(hall)
    assert count(hall, KnownBrowser) == 0


def test_it_goes_in_small_pieces(hall: Hall, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "PIECE", 10)
    with hall.database.write() as session:
        for number in range(25):
            announce(session, "call", number, NOW)
    clock.pass_(days=8)
    assert prune(hall) == 3


def test_the_audit_loses_its_oldest_records_and_stays_a_chain(hall: Hall, clock: StandingClock) -> None:
    for _ in range(8):
        with hall.database.write() as session:
            note(session, hall, "李芳", "open", "1")
        clock.pass_(days=1)
    clock.now = NOW + timedelta(days=734)
    prune(hall)
    with hall.database.read() as session:
        start, end = start_of(session), head_of(session)
        assert (start.sequence, end.sequence) == (4, 9)
        assert session.scalar(select(func.min(Audit.sequence))) == 5
    assert verify(hall).first_bad is None
    with hall.database.write() as session:
        session.execute(update(Audit).where(Audit.action == "prune").values(detail="another"))
    assert verify(hall).first_bad is not None


def test_an_audit_that_was_changed_is_not_pruned(hall: Hall, clock: StandingClock) -> None:
    with hall.database.write() as session:
        note(session, hall, "李芳", "open", "1")
    with hall.database.write() as session:
        session.execute(update(Audit).values(who="王强"))
    clock.pass_(days=1000)
    prune(hall)
    assert count(hall, Audit) == 1


def test_how_long_is_a_setting_and_the_audit_stays_half_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINLING_RETENTION_CALLS", "30")
    assert settings_from_environment().retention_calls == 30
    for wrong in ("100", "soon", ""):
        monkeypatch.setenv("YINLING_RETENTION_AUDIT", wrong)
        with pytest.raises(SetupError, match="YINLING_RETENTION_AUDIT is how many days"):
            settings_from_environment()


def test_a_file_that_cannot_be_read_just_now_does_not_end_it_for_good(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def cannot(_hall: Hall) -> bool:
        looks.append(1)
        if len(looks) > 2:
            raise RuntimeError
        raise PermissionError("withdrawn.txt")

    for name in ("FIRST_AFTER_S", "EVERY_S"):
        monkeypatch.setattr(retention, name, 0.0)
    monkeypatch.setattr(retention, "withdraw_again", cannot)
    with pytest.raises(RuntimeError):
        asyncio.run(retention.keep_pruning(hall))
