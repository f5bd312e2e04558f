import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from offline_cache.audit.file import AuditFile
from protocol.chain import BadEntry, Head, first_bad

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


ODD_LINES = (
    b"noise\n",
    b"\xff\n",
    b"[]\n",
    b"[" * 100_000 + b"\n",
    b'{"sequence": 1e999, "at": "", "who": "", "action": "", "subject": "", "detail": "", "hash": ""}\n',
    b'{"sequence": 1, "at": "", "who": "\\ud800", "action": "", "subject": "", "detail": "", "hash": ""}\n',
)


@pytest.fixture
def audit(tmp_path: Path) -> AuditFile:
    return AuditFile(tmp_path / "audit.jsonl", lambda: NOW)


def bad(audit: AuditFile) -> BadEntry | None:
    return first_bad(audit.entries(), [], audit.start())


def head_of(audit: AuditFile) -> Head:
    head = audit.head()
    assert head is not None
    return head


def test_a_record_of_which_the_power_kept_the_end_alone_on_the_disk(audit: AuditFile) -> None:
    audit.note("visitor", "kept", "YL-0001")
    size = audit.path.stat().st_size
    audit.note("visitor", "kept", "YL-0002")
    whole = audit.path.read_bytes()
    audit.path.write_bytes(whole[:size] + bytes(100) + whole[size + 100 :])
    assert bad(audit) is None
    audit.note("visitor", "kept", "YL-0003")
    assert [entry.record["subject"] for entry in audit.entries()] == ["YL-0001", "YL-0003"]
    assert bad(audit) is None


def test_records_are_a_chain_for_this_user_only(audit: AuditFile) -> None:
    audit.note("staff", "pin", "maintenance")
    audit.note("visitor", "kept", "YL-0001", "old-age-allowance")
    first, second = audit.entries()
    assert first.record == {
        "at": "2026-11-20T09:30:00.000000+00:00",
        "who": "staff",
        "action": "pin",
        "subject": "maintenance",
        "detail": "",
    }
    assert second.head == head_of(audit)
    assert bad(audit) is None
    assert audit.path.stat().st_mode & 0o777 == 0o600


def test_each_line_that_was_changed_or_lost_is_found(audit: AuditFile) -> None:
    for number in range(4):
        audit.note("visitor", "kept", f"YL-{number}")
    held, lines = head_of(audit), audit.path.read_bytes().splitlines(keepends=True)
    for place in range(4):
        for instead in ([lines[place].replace(b"YL", b"YM")], *([line] for line in ODD_LINES), []):
            audit.path.write_bytes(b"".join([*lines[:place], *instead, *lines[place + 1 :]]))
            found = first_bad(audit.entries(), [held])
            assert found is not None
            assert found.sequence == place + 1


def test_a_line_that_the_power_cut_short_was_never_written(audit: AuditFile) -> None:
    audit.note("staff", "pin")
    with audit.path.open("ab") as file:
        file.write(b'{"sequence": 2, "at": "20')
    assert len(list(audit.entries())) == 1
    assert bad(audit) is None
    audit.note("staff", "restart")
    assert [one.record["action"] for one in audit.entries()] == ["pin", "restart"]
    assert bad(audit) is None


def test_after_a_damaged_line_the_file_goes_on_and_the_damage_stays_found(audit: AuditFile) -> None:
    audit.note("staff", "pin")
    with audit.path.open("ab") as file:
        file.write(b"noise\n")
    audit.note("staff", "restart")
    assert bad(audit) == BadEntry(2, "Record 2 is not as it was written.")


def test_what_is_too_old_goes_and_the_rest_stays_a_chain(tmp_path: Path) -> None:
    days = iter(range(100))
    audit = AuditFile(tmp_path / "audit.jsonl", lambda: NOW + timedelta(days=next(days)))
    for number in range(6):
        audit.note("visitor", "kept", f"YL-{number}")
    held = head_of(audit)
    assert audit.prune(NOW + timedelta(days=4)) == 4
    assert audit.prune(NOW + timedelta(days=4)) == 0
    assert [one.record["subject"] for one in audit.entries()] == ["YL-4", "YL-5", "audit"]
    assert first_bad(audit.entries(), [held, head_of(audit)], audit.start()) is None
    audit.note("staff", "pin")
    assert audit.prune(NOW + timedelta(days=5)) == 1
    assert [one.sequence for one in audit.entries()] == [6, 7, 8, 9]
    assert bad(audit) is None


def test_a_damaged_chain_is_not_pruned(audit: AuditFile) -> None:
    for number in range(3):
        audit.note("visitor", "kept", f"YL-{number}")
    audit.path.write_bytes(audit.path.read_bytes().replace(b"YL-1", b"YL-7"))
    assert audit.prune(NOW + timedelta(days=1)) == 0
    assert len(list(audit.entries())) == 3


def test_the_processes_of_a_terminal_write_one_chain(audit: AuditFile) -> None:
    def write() -> None:
        for number in range(20):
            audit.note("visitor", "kept", f"YL-{number}")

    forked = multiprocessing.get_context("fork")
    processes = [forked.Process(target=write) for _ in range(3)]
    for one in processes:
        one.start()
    for one in processes:
        one.join()
    assert head_of(audit).sequence == 60
    assert bad(audit) is None


def test_a_full_disk_keeps_nobody_from_their_errand(
    audit: AuditFile, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _file: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    audit.note("visitor", "kept", "YL-1")
    assert "No space left" in caplog.text
    assert "YL-1" not in caplog.text


def test_a_folder_that_cannot_be_used_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    audit = AuditFile(tmp_path / "not there" / "audit.jsonl")
    audit.note("visitor", "kept", "YL-1")
    assert audit.head() is None
    (tmp_path / "not there").write_text("a file where the folder should be")
    assert audit.head() is None
    assert audit.prune(NOW) == 0
    assert "cannot be read" in caplog.text
