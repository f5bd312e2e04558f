"""Small things that strangers could use: findings 17 to 23 of the attack on the hall."""

import json
import logging
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, call_request, settings_in
from pydantic import TypeAdapter, ValidationError

from backend.accounts.browser import SESSION_COOKIE
from backend.accounts.login import log_out
from backend.events.cursor import Change
from backend.events.feed import Feed
from backend.foundation.database import Database
from backend.foundation.database_url import database_url, hide_from_others
from backend.foundation.logs import Floods
from backend.foundation.settings import SetupError
from backend.hall.hall import Hall
from protocol.calls.messages import CallRequest
from protocol.wire import KioskName

ID = UUID(int=17)


def test_the_database_and_its_log_are_the_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "hall.db").touch(0o644)
    (tmp_path / "hall.db").chmod(0o644)
    database = Database(settings_in(tmp_path).database_url)
    database.migrate()
    assert {file.name: file.stat().st_mode & 0o777 for file in tmp_path.glob("hall.db*")} == dict.fromkeys(
        ("hall.db", "hall.db-wal", "hall.db-shm", "hall.db-writers"), 0o600
    )
    database.close()
    assert sqlite3.connect(tmp_path / "hall.db").execute("SELECT count(*) FROM calls").fetchone() == (0,)


def test_the_password_of_the_database_comes_from_the_environment_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgresql+psycopg://hall:secret@db/hall"
    assert database_url(None) is None
    (tmp_path / "url").write_text(f"{url}\n")
    monkeypatch.setenv("YINLING_HALL_DATABASE_URL_FILE", str(tmp_path / "url"))
    assert database_url(None) == url
    monkeypatch.setenv("YINLING_HALL_DATABASE_URL", "sqlite:///other.db")
    assert database_url(None) == "sqlite:///other.db"
    assert database_url("sqlite:///given.db") == "sqlite:///given.db"
    monkeypatch.delenv("YINLING_HALL_DATABASE_URL")
    (tmp_path / "url").unlink()
    with pytest.raises(SetupError, match="cannot be read"):
        database_url(None)


@pytest.mark.parametrize("words", [["--database-url", "{url}"], ["--database-url={url}"]])
@pytest.mark.parametrize("where", ["hall:secret@db/hall", "hall@db/hall?password=secret"])
def test_a_password_is_taken_away_from_the_command_line(
    monkeypatch: pytest.MonkeyPatch, words: list[str], where: str
) -> None:
    """Everybody on the machine saw it in the list of processes."""
    begun: list[object] = []
    url = f"postgresql+psycopg://{where}"
    given = [word.format(url=url) for word in words]
    monkeypatch.setattr("sys.orig_argv", ["python", "hall", "serve", *given, "--port", "0"])
    monkeypatch.setattr("os.execve", lambda file, argv, environment: begun.extend([argv[1:], environment]))
    hide_from_others(url)
    assert begun[0] == ["hall", "serve", "--port", "0"]
    assert begun[1]["YINLING_HALL_DATABASE_URL"] == url  # type: ignore[index]
    begun.clear()
    hide_from_others("postgresql+psycopg://hall@db/hall")
    hide_from_others("sqlite:///hall.db")
    hide_from_others("nonsense")
    assert not begun


@pytest.mark.parametrize("name", ["a\r\nb", "a\x85b", "村\u202e委会", "村\u200b委会", "a\u2028b", "\ufeffa", ""])
def test_a_kiosks_name_has_no_character_that_misleads(name: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(KioskName).validate_python(name)


def test_a_call_is_never_refused_for_such_a_character(client: TestClient) -> None:
    body = CallRequest.model_validate_json(call_request(reason="门口\r\n\u202e开不开\u200b"))
    assert body.reason == "门口开不开"
    assert client.put(f"/calls/{ID}", content=body.model_dump_json(), headers=JSON_BODY).status_code == 200


def test_whoever_calls_without_a_key_turns_no_writing_round_on_the_board(clerk: TestClient) -> None:
    says = json.loads(call_request()) | {"screen": "ho\u202eme\n", "service_id": None}
    assert clerk.put(f"/calls/{ID}", json=says, auth=None).status_code == 200
    (call,) = clerk.get("/staff/calls").json()
    assert call["screen"]["zh"] == "首页"
    assert not {"\u202e", "\n"} & set(call["screen"]["zh"])


def test_a_flood_of_one_message_fills_no_disk_and_hides_no_other() -> None:
    """Finding 4: 199 MB of log in a minute."""
    now = [0.0]
    floods = Floods(lambda: now[0])

    def passes(message: str) -> bool:
        record = logging.LogRecord("hall", logging.INFO, "", 0, message, None, None)
        told.append(record)
        return floods.filter(record)

    told: list[logging.LogRecord] = []
    assert sum(passes("request") for _ in range(10_000)) == Floods.MOST
    assert passes("database")
    now[0] += 60
    assert sum(passes("request") for _ in range(10_000)) == 60 * Floods.EACH_S
    assert told[10_001].fields == {"left_out_before": 9_400}  # type: ignore[attr-defined]


def test_a_stream_whose_session_ended_just_before_it_began_to_listen_ends(
    clerk: TestClient, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow = Feed.follow

    async def late(feed: Feed, after: int | None, for_s: float) -> AsyncIterator[Change]:
        log_out(hall, clerk.cookies[SESSION_COOKIE])
        async for change in follow(feed, after, min(for_s, 0.5)):
            yield change

    monkeypatch.setattr(Feed, "follow", late)
    assert "event" not in clerk.get("/staff/events").text
