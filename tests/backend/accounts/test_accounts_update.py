"""A hall of the version before, where a name and a PIN of the console were all."""

from pathlib import Path

from accounts_support import log_in
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, NOW, settings_in
from project import ROOT
from sqlalchemy import text

from backend.accounts.browser import SESSION_COOKIE
from backend.accounts.console_pin import next_pin
from backend.app import create_app
from backend.foundation.database import Database
from backend.hall.hall import open_hall
from backend.hall.keys import load_or_create_keys


def test_whoever_was_logged_in_by_a_name_alone_logs_in_once_more(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    database, config = Database(settings.database_url), Config()
    config.set_main_option("script_location", str(ROOT / "backend" / "migrations"))
    old_session = load_or_create_keys(settings.key_file).digest("session", "old cookie")
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0010")
        connection.execute(text("INSERT INTO staff_pin VALUES (1, 'digest')"))
        row = {"digest": old_session, "at": NOW.replace(year=2099)}
        connection.execute(text("INSERT INTO staff_sessions VALUES (:digest, '李芳', :at)"), row)
    database.close()
    hall = open_hall(settings)
    with TestClient(create_app(hall, print), headers=dict(FROM_PAGE), cookies={SESSION_COOKIE: "old cookie"}) as client:
        assert client.get("/staff/me").status_code == 401
        assert log_in(client, next_pin(hall) or "").status_code == 204
        assert client.get("/staff/me").json()["role"] == "admin"
    hall.database.close()
