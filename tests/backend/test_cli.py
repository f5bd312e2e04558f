import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hall_support import ROOT, settings_in
from sqlalchemy.exc import OperationalError

from backend.backups.backup import back_up
from backend.cli import main
from backend.foundation.database import Database
from backend.hall.hall import open_hall


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path))


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command that fails says: one line on stderr, nothing on stdout, exit code 1."""
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["serve"],
        ["export"],
        ["catalogue"],
        ["catalogue", "publish"],
        ["demo"],
        ["backup"],
        ["restore"],
        ["key"],
        ["key", "export"],
        ["key", "import"],
        ["audit"],
        ["audit", "verify"],
        ["audit", "show"],
        ["provider"],
        ["staff"],
        *(["staff", act] for act in ("add", "list", "role", "disable", "enable", "reset-pin")),
    ],
)
def test_every_command_helps_with_an_example(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main([*arguments, "--help"])
    assert exit_.value.code == 0
    assert "example: hall " in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["serve", "--port", "70000"],
        ["serve", "--port", "x"],
        ["serve", "--workers", "0"],
        ["export", "now"],
    ],
)
def test_wrong_use_exits_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2


def test_a_port_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert f"port {port}" in said(capsys, "serve", "--port", port)


def test_a_host_that_is_not_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert "choose another --host" in said(capsys, "serve", "--port", "0", "--host", "192.0.2.1")


def test_a_folder_that_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path / "file" / "hall"))
    assert "set YINLING_HALL_DATA" in said(capsys, "serve", "--port", "0")


def test_a_start_on_a_full_disk_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Finding 13: it was a traceback."""

    def full(database: Database) -> None:
        raise OperationalError("INSERT", None, Exception("database or disk is full"))

    monkeypatch.setattr(Database, "write", full)
    assert "(database or disk is full): see that its disk has room" in said(capsys, "serve", "--port", "0")


def test_a_damaged_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hall.db").write_bytes(b"x" * 9000)
    assert "put back your backup" in said(capsys, "serve", "--port", "0")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("progress.yaml", "received: {zh: 收到, en: got it}", "no words for in_review, needs_material, done"),
        ("progress.yaml", "received: {zh: 收到}", "received > en: Field required: give a text under zh and under en"),
        ("staff_page.yaml", "title: [", "not valid YAML at line 1"),
    ],
)
def test_a_broken_words_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: str,
    sentence: str,
) -> None:
    shutil.copytree(ROOT / "assets", tmp_path / "assets", ignore=shutil.ignore_patterns("voice", "prompts", "fonts"))
    (tmp_path / "assets" / "hall" / name).write_text(content, "utf-8")
    monkeypatch.setenv("YINLING_ASSETS", str(tmp_path / "assets"))
    assert sentence in said(capsys, "serve", "--port", "0")


def test_assets_that_are_not_there(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("YINLING_ASSETS", "/nowhere")
    assert "cannot be read" in said(capsys, "serve", "--port", "0")


def test_export_where_there_is_no_hall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path / "none"))
    assert "no hall in" in said(capsys, "export")
    assert not (tmp_path / "none").exists()


def test_a_trusted_proxy_is_an_address(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("YINLING_TRUSTED_PROXY", "nginx.local")
    assert "YINLING_TRUSTED_PROXY is 'nginx.local': give the one address" in said(capsys, "serve", "--port", "0")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (KeyboardInterrupt(), "Stopped before it was done"),
        (EOFError(), "Stopped before it was done"),  # Ctrl+D where a PIN is asked for
        (PermissionError(13, "Permission denied", "/var/lib/yinling-hall"), "run this as the hall's own user"),
        (FileNotFoundError(2, "No such file or directory", "/nowhere/hall"), "/nowhere/hall cannot be used (No such"),
    ],
)
def test_no_command_ends_in_a_traceback(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    sentence: str,
) -> None:
    def fail(_settings: object) -> None:
        raise error

    (tmp_path / "hall.key").touch()
    monkeypatch.setattr("backend.accounts.commands.open_hall", fail)
    assert sentence in said(capsys, "staff", "list")


def test_whoever_reads_the_output_may_go_early(tmp_path: Path) -> None:
    """As `hall audit show | head` does."""
    open_hall(settings_in(tmp_path)).database.close()
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "backend.cli", "staff", "list"]
    done = subprocess.run(command, cwd=ROOT, stdout=writes, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writes)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("oops", "The database URL is not one: use sqlite:///FILE"),
        ("mysql://db/hall", "The hall does not speak 'mysql': use sqlite:///FILE"),
        ("sqlite://", "names no file: use sqlite:///FILE"),
        ("sqlite:////nowhere/hall.db", "/nowhere/hall.db"),
    ],
)
def test_a_database_url_that_is_none_is_told_by_each_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str, sentence: str
) -> None:
    hall = open_hall(settings_in(tmp_path))
    back_up(hall, tmp_path / "backup")
    hall.database.close()
    for command in (["staff", "list"], ["restore", str(tmp_path / "backup")]):
        assert sentence in said(capsys, *command, "--database-url", url)
