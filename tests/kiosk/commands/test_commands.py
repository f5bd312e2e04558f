"""The `kiosk` command as a county engineer meets it: exit status, one sentence on stderr, only JSON on stdout."""

import json
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hall_support import RIGHT_ANSWERS
from kept_forms import KEPT_AT, kept_form
from project import ROOT

from forms import Catalogue
from kiosk.cli import main
from kiosk.operations.settings import Settings, load_settings
from kiosk.processes.embedded_hall import EmbeddedHall, EmbeddedHallError
from kiosk.testing.terminal import Terminal
from offline_cache.audit.file import AuditFile
from offline_cache.audit.heads import keep_heads
from offline_cache.store import Store, StoreError
from protocol.wire import AuditHeads, ChainHead

ANSWERS = {"way": "receipt", "receipt_number": "4000 0000 0002"}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, derived: Path) -> Path:
    monkeypatch.setenv("YINLING_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(Settings, "derived_folder", derived)
    return tmp_path / "data"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(ANSWERS), "utf-8")
    return path


def failed(capsys: pytest.CaptureFixture[str], status: int, *words: object) -> str:
    """Runs a command that must fail with this status; its one sentence."""
    try:
        got = main([str(word) for word in words])
    except SystemExit as exit_:
        got = int(exit_.code or 0)
    out, err = capsys.readouterr()
    assert got == status, err
    assert "Traceback" not in out + err
    assert err.strip()
    return err


def printed(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> Any:
    assert main([str(word) for word in words]) == status
    return json.loads(capsys.readouterr().out)


def test_catalogue(capsys: pytest.CaptureFixture[str], catalogue: Catalogue) -> None:
    services = printed(capsys, "catalogue", "--json")
    assert [one["id"] for one in services] == [*catalogue.services]
    allowance = services[0]
    assert (allowance["group"], allowance["order"]) == ("money", 10)
    assert allowance["title"] == {"zh": "高龄津贴", "en": "Old-age allowance"}
    fields = {field["id"]: field for field in allowance["fields"]}
    assert {"id", "type", "tier", "required"} <= set(fields["resident_id"])
    assert fields["resident_id"]["type"] == "resident_id"
    assert allowance["phrases"]["zh"]
    assert allowance["prerequisites"]
    assert allowance["events"] == ["turning-eighty"]
    assert not services[-1]["events"]


def test_life_events_are_listed_with_their_services(capsys: pytest.CaptureFixture[str], catalogue: Catalogue) -> None:
    events = printed(capsys, "catalogue", "--events", "--json")
    assert [one["id"] for one in events] == [*catalogue.events]
    assert [one["service"] for one in events[0]["services"]] == ["old-age-allowance", "senior-card", "senior-bus-card"]
    assert events[0]["title"] == {"zh": "满八十岁了", "en": "Turning eighty"}


def test_validate(capsys: pytest.CaptureFixture[str], answers: Path) -> None:
    report = printed(capsys, "validate", "progress-query", answers, "--json")
    assert report == {
        "ok": True, "outcome": "ready", "errors": [], "warnings": [],
        "normalised": {"way": "receipt", "receipt_number": "400000000002"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "content", ['{"way": "receipt"}', '{"way": ["\\ud800"], "\\ud800": "\\ud800"}', '{"way": NaN}']
)
def test_validate_tells_what_is_wrong_in_json(capsys: pytest.CaptureFixture[str], answers: Path, content: str) -> None:
    answers.write_text(content, "utf-8")
    report = printed(capsys, "validate", "progress-query", answers, "--json", status=1)
    assert not report["ok"]
    for error in report["errors"]:
        assert error["message"]["zh"]
        assert error["message"]["en"]
    main(["validate", "progress-query", str(answers)])


def test_validate_takes_a_list_of_members(
    capsys: pytest.CaptureFixture[str], answers: Path, household_assets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINLING_COUNTY", str(household_assets))
    member = {"name": "王秀英", "resident_id": "11010519491231002X", "works": "no", "town": "chengguan"}
    member |= {"village": "chengguan_dongjie"}
    given = {"name": "李建国", "phone": "13800138000", "live": "own", "members": [member, member], "helpers": []}
    answers.write_text(json.dumps({**given, "consent": "yes"}), "utf-8")
    report = printed(capsys, "validate", "household", answers, "--json")
    assert report["normalised"] == {**given, "consent": "yes"}
    answers.write_text(json.dumps({**given, "consent": "yes", "members": [member, {**member, "name": ""}]}), "utf-8")
    report = printed(capsys, "validate", "household", answers, "--json", status=1)
    assert [(one["field"], one["code"]) for one in report["errors"]] == [("members.2.name", "required")]


def test_precheck(capsys: pytest.CaptureFixture[str], answers: Path) -> None:
    given = {**RIGHT_ANSWERS, "hukou_here": "elsewhere"}
    answers.write_text(json.dumps(given), "utf-8")
    found = printed(capsys, "precheck", "old-age-allowance", answers, "--json")
    assert found["verdict"] == "ask_a_person"
    assert [set(one) for one in found["because"]] == [{"rule", "version", "field", "holds", "message", "source"}] * 2
    said, held = found["because"]
    assert (said["rule"], said["version"], said["field"], said["holds"]) == ("hukou", 1, "hukou_here", False)
    assert set(said["message"]) == {"zh", "en"}
    assert (held["rule"], held["holds"]) == ("age", True)
    assert main(["precheck", "old-age-allowance", str(answers)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("ask_a_person: ")
    assert "hukou_here: the rule hukou, version 1, does not hold: 户口在外地" in out


def test_precheck_tells_what_is_missing(capsys: pytest.CaptureFixture[str], answers: Path) -> None:
    answers.write_text('{"way": "receipt", "\\ud800": 1}', "utf-8")
    found = printed(capsys, "precheck", "progress-query", answers, "--json", status=1)
    assert found["verdict"] == "missing_material"
    assert {one["rule"] for one in found["because"]} == {"unknown_field", "required"}
    assert main(["precheck", "progress-query", str(answers)]) == 1
    assert "shoes" in failed(capsys, 2, "precheck", "shoes", answers)
    assert "not there" in failed(capsys, 2, "precheck", "progress-query", answers.parent / "not there", "--json")


def test_a_file_from_notepad(capsys: pytest.CaptureFixture[str], answers: Path) -> None:
    answers.write_text(json.dumps(ANSWERS), "utf-8-sig")
    assert printed(capsys, "validate", "progress-query", answers, "--json")["ok"]


@pytest.mark.parametrize("content", ["", "way: receipt", "[]", '"receipt"', "null", "[" * 100_000, "\ufeff\ufeff{}"])
def test_answers_that_are_no_json_object(capsys: pytest.CaptureFixture[str], answers: Path, content: str) -> None:
    answers.write_text(content, "utf-8")
    assert "answers.json" in failed(capsys, 2, "validate", "progress-query", answers, "--json")


def test_wrong_use(
    capsys: pytest.CaptureFixture[str], answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "old-age-allowance" in failed(capsys, 2, "validate", "shoes", answers)
    assert "cannot be read" in failed(capsys, 2, "validate", "progress-query", tmp_path / "none.json")
    (tmp_path / "empty.txt").touch()
    for phrases in ("empty.txt", "none.txt"):
        assert phrases in failed(capsys, 2, "listen", "a.wav", "--phrases", tmp_path / phrases)
    monkeypatch.setenv("YINLING_SERVICES", "old-age-allowance")  # else the screens of all are walked
    screens = failed(capsys, 2, "listen", "a.wav", "--screen", "nope")
    assert "home" in screens
    assert "-wrong" not in screens
    assert "-filled" not in screens
    told = failed(capsys, 2, "validate")
    assert told.startswith("kiosk validate: ")
    assert told.endswith("; see kiosk validate --help\n")
    assert told.count("\n") == 1
    failed(capsys, 2, "dance")
    failed(capsys, 2)
    failed(capsys, 2, "outbox", "burn")
    failed(capsys, 2, "catalogue", "--colour")


def test_settings_that_are_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINLING_HAL", "x")
    assert "YINLING_HAL" in failed(capsys, 1, "catalogue")
    monkeypatch.delenv("YINLING_HAL")
    monkeypatch.setenv("YINLING_ASSETS", str(tmp_path))
    assert "fields.yaml" in failed(capsys, 1, "catalogue")
    monkeypatch.setenv("LOGLEVEL", "loud")
    assert "LOGLEVEL" in failed(capsys, 2, "catalogue")


def test_the_outbox(capsys: pytest.CaptureFixture[str]) -> None:
    status = printed(capsys, "outbox", "status", "--json")
    assert status["waiting"] == 0
    assert status["entries"] == []


def test_the_audit_is_shown_and_what_was_changed_in_it_is_named(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    assert printed(capsys, "audit", "verify", "--json") == {"ok": True, "records": 0, "first_bad": None}
    audit = AuditFile(data / "audit.jsonl")
    for number in ("YL-1", "YL-2", "YL-3"):
        audit.note("visitor", "kept", number)
    assert main(["audit", "show", "--json"]) == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["sequence"], one["subject"]) for one in shown] == [(1, "YL-1"), (2, "YL-2"), (3, "YL-3")]
    audit.path.write_text(audit.path.read_text().replace("YL-2", "YL-9"))
    assert "Record 2 " in failed(capsys, 1, "audit", "verify")


def test_an_audit_whose_end_was_cut_is_found_by_what_the_hall_holds(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    printed(capsys, "outbox", "status", "--json")
    audit = AuditFile(data / "audit.jsonl")
    audit.note("visitor", "kept", "YL-1")
    store = Store.open(data / "kiosk.db")
    keep_heads(store, AuditHeads(kiosk=ChainHead(sequence=4, hash="a" * 64)))
    store.close()
    assert "The end is cut" in failed(capsys, 1, "audit", "verify")


def test_stores_that_are_not_to_be_had(capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path) -> None:
    data.write_text("a file where the folder should be")
    for words in (("outbox", "status"), ("outbox", "sync", "--hall", "http://127.0.0.1:9")):
        assert len(failed(capsys, 1, *words).splitlines()) == 1
    data.unlink()
    data.mkdir()
    (data / "kiosk.db").write_bytes(b"not a database " * 1000)
    assert "kiosk.db" in failed(capsys, 1, "outbox", "status")
    assert "Nobody has the call: go to the counter" in failed(capsys, 1, "call", "--hall", "http://127.0.0.1:9")


def test_refused_forms_are_sent_again_when_somebody_says_so(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    """Finding 6: what was refused stayed so for ever."""
    printed(capsys, "outbox", "status", "--json")
    store = Store.open(data / "kiosk.db")
    for number in range(3):
        store.keep({UUID(int=number): kept_form(f"A-{number}")})
        store.refused(number + 1, KEPT_AT, "No such service.")
    store.close()
    assert printed(capsys, "outbox", "status", "--json")["refused"] == 3
    assert printed(capsys, "outbox", "retry", "A-1", "--json") == {"retried": 1}
    assert printed(capsys, "outbox", "retry", str(UUID(int=0)), "--json") == {"retried": 1}
    assert "No form A-1 was refused" in failed(capsys, 1, "outbox", "retry", "A-1")
    assert printed(capsys, "outbox", "retry", "--all", "--json") == {"retried": 1}
    assert printed(capsys, "outbox", "status", "--json")["waiting"] == 3
    records = [one.record for one in AuditFile(data / "audit.jsonl").entries()]
    assert [(one["action"], one["subject"]) for one in records] == [
        ("retry", "A-1"),
        ("retry", str(UUID(int=0))),
        ("retry", "all"),
    ]
    for words in (("retry",), ("retry", "A-1", "--all"), ("status", "A-1"), ("sync", "--all")):
        failed(capsys, 2, "outbox", *words)


@pytest.mark.parametrize("address", ["hall", "ftp://hall.example", "http://", "http://user:word@hall.example"])
def test_wrong_hall_addresses(capsys: pytest.CaptureFixture[str], address: str) -> None:
    for words in (("outbox", "sync"), ("call",), ("run",)):
        assert "address" in failed(capsys, 2, *words, "--hall", address)


def test_without_a_hall(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    assert "--hall" in failed(capsys, 1, "outbox", "sync")
    told = printed(capsys, "call", "--reason", "门口的按钮", "--json")
    assert (told["state"], told["reached_hall"]) == ("requested", False)
    assert main(["call"]) == 0
    assert "kept" in capsys.readouterr().out


def test_sync_with_nothing_to_send_still_tells_that_the_hall_is_away(capsys: pytest.CaptureFixture[str]) -> None:
    assert "cannot be reached" in failed(capsys, 1, "outbox", "sync", "--hall", "http://127.0.0.1:9")


@pytest.mark.parametrize("words", [("listen", "a.wav"), ("screenshots", "--out", "out")])
def test_a_missing_file_of_names_is_one_sentence(
    capsys: pytest.CaptureFixture[str], assets: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    (assets / "name_characters.txt").unlink()
    monkeypatch.setenv("YINLING_ASSETS", str(assets))
    monkeypatch.chdir(assets)
    assert "name_characters.txt" in failed(capsys, 1, *words)


def test_a_call_with_nobody_at_the_other_end_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(capsys, "call", "--hall", "http://127.0.0.1:9", "--reason", "门口的按钮", "--json")
    assert (told["state"], told["reached_hall"]) == ("requested", False)
    assert "200" in failed(capsys, 2, "call", "--hall", "http://127.0.0.1:9", "--reason", "x" * 201)


def test_a_second_kiosk_on_the_same_folder_is_told_so(data: Path) -> None:
    first = Terminal(load_settings(), "http://127.0.0.1:9")
    with pytest.raises(StoreError, match="already: end it"):
        Terminal(load_settings(), "http://127.0.0.1:9")
    first.worker.start()
    first.stop()
    again = Terminal(load_settings(), "http://127.0.0.1:9")
    again.worker.start()
    again.stop()


def test_a_call_of_another_process_is_not_the_visitors_own(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    terminal = Terminal(load_settings(), "http://127.0.0.1:9")
    session = terminal.session(lambda work, done, failed: None)
    printed(capsys, "call", "--json")
    assert terminal.worker.calls.seconds_until_due(datetime.now(UTC)) == 0  # it will be sent
    assert not session.screen().help.message
    terminal.worker.start()
    terminal.stop()


def test_the_own_hall_ends_with_a_kiosk_that_is_killed(tmp_path: Path) -> None:
    kiosk = (
        "import time; from pathlib import Path; from kiosk.processes.embedded_hall import EmbeddedHall; "
        f"hall = EmbeddedHall(Path({str(tmp_path / 'hall')!r}), Path({str(ROOT / 'assets')!r})); "
        "print(hall.url, flush=True); time.sleep(99)"
    )
    parent = subprocess.Popen([sys.executable, "-c", kiosk], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    with parent.stdout:
        port = int(parent.stdout.readline().rpartition(":")[2])
        parent.kill()
        parent.wait()
    for _ in range(400):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    pytest.fail("the hall goes on without its kiosk")


def test_a_hall_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "hall").mkdir()
    (tmp_path / "hall" / "hall.db").write_bytes(b"x" * 9000)
    with pytest.raises(EmbeddedHallError, match="put back your backup"):
        EmbeddedHall(tmp_path / "hall", ROOT / "assets")


def test_as_a_real_process(answers: Path) -> None:
    def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kiosk.cli", *words]
        variables = {"PATH": "/usr/bin:/bin", "HOME": str(answers.parent), **environment}
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=variables)

    good = run("validate", "progress-query", str(answers), "--json")
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["ok"]
    bad = run("validate", "shoes", str(answers), "--json")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert len(bad.stderr.splitlines()) == 1
    old_terminal = run("catalogue", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert (old_terminal.returncode, old_terminal.stderr) == (0, "")


def test_doctor_without_its_files_says_so_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YINLING_ASSETS", str(tmp_path))
    assert main(["doctor"]) == 1
    assert "doctor.yaml" in capsys.readouterr().err


def test_every_command_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("audit", "catalogue", "validate", "listen", "speak", "outbox", "call", "doctor", "prompts-list"):
        with pytest.raises(SystemExit) as told:
            main([command, "--help"])
        assert told.value.code == 0
        assert "example: kiosk" in " ".join(capsys.readouterr().out.split())


def test_validate_tells_how_a_form_with_several_ends_would_end(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    written = tmp_path / "card.json"
    card = {"purpose": "lost", "loss_sure": "stop"}
    written.write_text(json.dumps(card), "utf-8")
    assert "ending" not in printed(capsys, "validate", "social-security-card", written, "--json", status=1)
    whole = {**RIGHT_ANSWERS, "house_number": "18号"}
    ends = []
    for phone in ("13912345678", "none"):
        written.write_text(json.dumps({**whole, "phone": phone}), "utf-8")
        ends.append(printed(capsys, "validate", "old-age-allowance", written, "--json")["ending"]["next"]["zh"])
    assert "打电话" in ends[0]
    assert "没有留电话" in ends[1]


def test_a_command_starts_without_what_only_others_need() -> None:
    dear = ("numpy", "pypinyin", "cryptography", "kiosk.session", "PySide6")
    program = f"import sys, kiosk.cli, ui.commands; print([name for name in {dear} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
