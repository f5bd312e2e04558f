"""A backup is rehearsed: made while the hall works, checked, put back, and kiosks hear what it means for them."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from accounts_support import PIN
from hall_support import RIGHT_ANSWERS, settings_in, signed, submission
from sqlalchemy import select

from backend.accounts import login, members
from backend.accounts.browser import Browser
from backend.accounts.permissions import Role
from backend.accounts.sessions import Cookies, staff_of
from backend.audit.tables import Audit
from backend.backups import dumps
from backend.backups.backup import back_up
from backend.backups.key_copy import bring_back, guarded, key_copy
from backend.backups.manifest import read_manifest, sha256_of
from backend.backups.restore import restore
from backend.cli import main
from backend.foundation.settings import SetupError
from backend.hall.hall import Hall, open_hall
from backend.hall.running import runs
from backend.hall.state import state_of
from backend.hall.tables import HallState
from backend.server.certificates import Certificates
from backend.submissions.intake import take_in
from backend.submissions.tables import Submission

Bring = Callable[[int], object]


@pytest.fixture
def bring(hall: Hall) -> Bring:
    return lambda number: take_in(
        hall, UUID(int=number), submission(hall.keys.public, UUID(int=number), RIGHT_ANSWERS), signed(hall)
    )


@pytest.fixture
def there(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def forms(folder: Path) -> set[int]:
    hall = open_hall(settings_in(folder))
    with hall.database.read() as session:
        found = {id.int for id in session.scalars(select(Submission.id))}
    hall.database.close()
    return found


def state(hall: Hall) -> HallState:
    with hall.database.read() as session:
        return state_of(session)


def test_a_backup_tells_which_forms_are_safe(hall: Hall, bring: Bring, there: Path) -> None:
    bring(1), bring(2)
    made = back_up(hall, there)
    bring(3)
    now = state(hall)
    assert (made.forms, made.arrivals, now.safe_arrival, now.arrivals) == (2, 2, 2, 3)
    assert now.backup_at == hall.clock()
    assert made.generation == now.generation
    assert not [path for path in there.rglob("*") if "key" in path.name or path.stat().st_mode & 0o077]
    with hall.database.read() as session:
        assert list(session.scalars(select(Audit.action)))[-1] == "backup"


def test_the_hall_comes_back_and_kiosks_are_told_by_another_generation(
    hall: Hall, bring: Bring, there: Path, tmp_path: Path
) -> None:
    bring(1)
    before = state(hall).generation
    for _ in range(2):  # the second has in it that the first made a form safe
        back_up(hall, there)
    bring(2)
    with pytest.raises(SetupError, match="1 forms came after this backup: with --replace"):
        restore(settings_in(tmp_path), there)
    assert forms(tmp_path) == {1, 2}
    hall.database.close()
    restore(settings_in(tmp_path), there, replace=True)
    assert forms(tmp_path) == {1}
    again = state(open_hall(settings_in(tmp_path)))
    assert again.generation != before
    assert again.safe_arrival == 0
    (aside,) = tmp_path.glob("hall.db.replaced-*Z")
    with closing(sqlite3.connect(aside)) as kept:
        assert kept.execute("SELECT count(*) FROM submissions").fetchone() == (2,)


def test_a_hall_is_put_up_on_a_new_disk_from_a_backup_alone(
    hall: Hall, bring: Bring, there: Path, tmp_path: Path
) -> None:
    bring(1)
    back_up(hall, there, "four words of mine")
    new = tmp_path / "new disk"
    with pytest.raises(SetupError, match=r"is not here.*give --passphrase-file"):
        restore(settings_in(new), there)
    with pytest.raises(SetupError, match="passphrase does not open"):
        restore(settings_in(new), there, passphrase="four words of yours")
    assert not (new / "hall.db").exists()
    restore(settings_in(new), there, passphrase="four words of mine")
    assert forms(new) == {1}
    assert (new / "hall.key").read_bytes() == (tmp_path / "hall.key").read_bytes()
    assert (new / "hall.key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_backup_changes_nothing(hall: Hall, bring: Bring, there: Path, tmp_path: Path) -> None:
    bring(1)
    made = back_up(hall, there)
    bring(2)
    whole = (there / made.database).read_bytes()
    for damaged in (whole[:-1], whole[:4000] + bytes([whole[4000] ^ 1]) + whole[4001:]):
        (there / made.database).write_bytes(damaged)
        with pytest.raises(SetupError, match=rf"{made.database} is damaged.*nothing was changed"):
            restore(settings_in(tmp_path), there, replace=True)
    (there / made.database).unlink()
    with pytest.raises(SetupError, match=r"cannot be read.*nothing was changed"):
        restore(settings_in(tmp_path), there, replace=True)
    assert forms(tmp_path) == {1, 2}


def test_the_next_backup_takes_the_place_of_the_one_before(hall: Hall, bring: Bring, there: Path) -> None:
    bring(1)
    first = back_up(hall, there)
    hall.clock.pass_(days=1)  # type: ignore[attr-defined]
    bring(2)
    second = back_up(hall, there)
    assert read_manifest(there) == second
    assert sorted(path.name for path in there.iterdir()) == sorted([second.database, "manifest.json"])
    assert (first.forms, second.forms) == (1, 2)


def test_a_backup_that_a_power_cut_ended_is_in_no_way(hall: Hall, bring: Bring, there: Path) -> None:
    bring(1)
    cut_off = ("hall-20261120T080000000000Z.db.new-77", "hall-20261119T080000000000Z.db", "manifest.json.new-77")
    there.mkdir()
    for name in cut_off:
        (there / name).write_bytes(b"half of it")
    made = back_up(hall, there)
    assert sorted(path.name for path in there.iterdir()) == sorted([made.database, "manifest.json"])


def test_until_the_backup_is_in_its_place_the_hall_has_its_database(
    hall: Hall, bring: Bring, there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(1)
    back_up(hall, there)
    bring(2)
    hall.database.close()

    def power_goes(new: Path, path: Path) -> None:
        raise OSError("the power goes")

    monkeypatch.setattr("backend.backups.restore.put_in_place", power_goes)
    with pytest.raises(OSError, match="the power goes"):
        restore(settings_in(tmp_path), there, replace=True)
    assert forms(tmp_path) == {1, 2}


def test_a_folder_with_other_things_is_left_alone(hall: Hall, there: Path, tmp_path: Path) -> None:
    there.mkdir()
    (there / "photos").touch()
    with pytest.raises(SetupError, match="in use for something else"):
        back_up(hall, there)
    other = open_hall(settings_in(tmp_path / "other"))
    back_up(other, tmp_path / "theirs")
    with pytest.raises(SetupError, match="backup of another hall"):
        back_up(hall, tmp_path / "theirs")
    with pytest.raises(SetupError, match="of another hall"):
        restore(settings_in(tmp_path), tmp_path / "theirs", replace=True)
    assert state(hall).safe_arrival == 0


def test_a_copy_that_cannot_be_read_back_makes_nothing_safe(
    hall: Hall, bring: Bring, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(1)
    first = back_up(hall, there)
    bring(2)

    def bad_disk(_database_url: str, to: Path) -> None:
        to.write_bytes(b"\0" * 4096)

    monkeypatch.setattr("backend.backups.dumps.dump", bad_disk)
    with pytest.raises(SetupError, match=r"cannot be read|damaged"):
        back_up(hall, there)
    assert state(hall).safe_arrival == 1
    assert read_manifest(there) == first


def test_without_postgresqls_programs_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)
    with pytest.raises(SetupError, match=r"pg_dump is not here: install postgresql-client") as told:
        dumps.dump("postgresql+psycopg://hall:secret@db/hall", tmp_path / "hall.dump")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("where", ["hall:secret@db/hall", "hall@db/hall?password=secret"])
def test_the_password_of_a_database_is_on_no_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    ran: list[tuple[list[str], dict[str, str]]] = []

    def run(command: list[str], env: dict[str, str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append((command, env))
        return subprocess.CompletedProcess(command, 1, "", "pg_dump: error: no line\nmore of it")

    monkeypatch.setattr(shutil, "which", lambda program: program)
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(SetupError, match="no line") as told:
        dumps.dump(f"postgresql+psycopg://{where}", tmp_path / "hall.dump")
    ((command, environment),) = ran
    assert "secret" not in " ".join(command)
    assert environment["PGPASSWORD"] == "secret"
    assert "\n" not in str(told.value)


def test_a_hall_that_runs_is_not_restored_under_its_feet(hall: Hall, there: Path, tmp_path: Path) -> None:
    back_up(hall, there)
    with runs(tmp_path), pytest.raises(SetupError, match="stop it first"):
        restore(settings_in(tmp_path), there)


def test_the_commands(
    hall: Hall,
    bring: Bring,
    there: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path))
    words, copy = tmp_path / "words", tmp_path / "keys.json"
    words.write_text("four words of mine\n")
    bring(1)
    assert main(["backup", str(there), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["forms"], told["safe_arrival"], told["keys"]) == (1, 1, None)
    assert main(["key", "export", str(copy), "--passphrase-file", str(words), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"key_id": hall.keys.key_id}
    with hall.database.read() as session:
        assert list(session.scalars(select(Audit.action)))[-1] == "key_export"
    key = (tmp_path / "hall.key").read_bytes()
    assert key not in copy.read_bytes()
    assert copy.stat().st_mode & 0o077 == 0
    (tmp_path / "hall.key").unlink()
    assert main(["key", "import", str(copy), "--passphrase-file", str(words)]) == 0
    assert (tmp_path / "hall.key").read_bytes() == key
    hall.database.close()
    assert main(["restore", str(there), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["forms"] == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["key", "export", "{new}", "--passphrase-file", "{short}"], "at least 12 characters"),
        (["key", "export", "{new}", "--passphrase-file", "{none}"], "cannot be read"),
        (["key", "export", "{short}"], "is there already"),
        (["key", "import", "{short}", "--passphrase-file", "{short}"], "is no key file"),
        (["restore", "{none}"], "There is no backup in"),
    ],
)
def test_each_refusal_is_one_sentence(
    hall: Hall,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    sentence: str,
) -> None:
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path))
    (tmp_path / "short").write_text("short")
    names = {name: str(tmp_path / name) for name in ("new", "short", "none")}
    assert main([word.format(**names) for word in words]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert sentence in err


@pytest.mark.parametrize("written", [0, 1, 2])
def test_keys_that_a_power_cut_kept_from_coming_back_come_the_next_time(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    Certificates(tmp_path).authority(hall.clock())
    copy = key_copy(guarded(tmp_path, hall.keys.key_id, "four words in a row"), "copy")
    new, writes = tmp_path / "new", count()
    new.mkdir()

    def power_goes(path: Path, content: bytes) -> None:
        if next(writes) == written:
            raise OSError("the power goes")
        path.write_bytes(content)

    with monkeypatch.context() as patched:
        patched.setattr("backend.backups.key_copy.write_whole", power_goes)
        with pytest.raises(OSError, match="the power goes"):
            bring_back(copy, new, "four words in a row")
    assert not (new / "hall.key").exists(), "a hall would start, and make another authority"
    bring_back(copy, new, "four words in a row")
    for name in ("hall.key", "ca.key", "ca.pem"):
        assert (new / name).read_bytes() == (tmp_path / name).read_bytes()


def test_a_key_of_another_hall_is_never_overwritten(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path))
    other = open_hall(settings_in(tmp_path / "other"))
    words, copy = tmp_path / "words", tmp_path / "keys.json"
    words.write_text("four words of mine")
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path / "other"))
    assert main(["key", "export", str(copy), "--passphrase-file", str(words)]) == 0
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path))
    assert main(["key", "import", str(copy), "--passphrase-file", str(words)]) == 1
    assert open_hall(settings_in(tmp_path)).keys.key_id != other.keys.key_id


@pytest.mark.usefixtures("cheap_pins")
def test_who_was_logged_out_or_has_used_a_code_since_the_backup_does_not_get_in_by_it(
    hall: Hall, there: Path, tmp_path: Path
) -> None:
    browser = Browser("", "?", False, Cookies("", ""))
    member = login.choose_first_pin(hall, "李芳", members.add(hall, "console", "李芳", Role.STAFF).code, PIN, browser)
    code = members.add(hall, "console", "王强", Role.ADMIN).code
    back_up(hall, there)
    login.log_out(hall, member.cookies.session)
    login.choose_first_pin(hall, "王强", code, PIN, browser)
    hall.database.close()
    restore(settings_in(tmp_path), there)
    again = open_hall(settings_in(tmp_path), hall.clock)
    assert staff_of(again, member.cookies.session) is None
    with pytest.raises(login.WrongCodeError):
        login.choose_first_pin(again, "王强", code, PIN, browser)
    assert login.log_in(again, "李芳", PIN, browser)
    again.database.close()


@pytest.mark.parametrize("name", ["../hall.key", "/etc/passwd", "", "a/b", ".hidden"])
def test_a_manifest_names_files_beside_it_and_no_others(
    hall: Hall, bring: Bring, there: Path, tmp_path: Path, name: str
) -> None:
    """Somebody has had the stick in their hands: the next backup would delete what its manifest names."""
    back_up(hall, there)
    manifest = json.loads((there / "manifest.json").read_bytes())
    manifest["files"][name] = "0" * 64
    (there / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(SetupError, match="damaged"):
        back_up(hall, there)
    assert (tmp_path / "hall.key").exists()


def test_a_backup_whose_database_has_no_hash_is_none(hall: Hall, there: Path, tmp_path: Path) -> None:
    made = back_up(hall, there)
    manifest = json.loads((there / "manifest.json").read_bytes())
    del manifest["files"][made.database]
    (there / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(SetupError, match="damaged"):
        restore(settings_in(tmp_path), there)


def test_a_backup_of_a_newer_version_changes_nothing(hall: Hall, bring: Bring, there: Path, tmp_path: Path) -> None:
    made = back_up(hall, there)
    with closing(sqlite3.connect(there / made.database)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    manifest = json.loads((there / "manifest.json").read_bytes())
    manifest["files"][made.database] = sha256_of(there / made.database)
    (there / "manifest.json").write_text(json.dumps(manifest))
    bring(1)
    with pytest.raises(SetupError, match="newer version"):
        restore(settings_in(tmp_path), there, replace=True)
    assert forms(tmp_path) == {1}
    assert not list(tmp_path.glob("hall.db.*"))
