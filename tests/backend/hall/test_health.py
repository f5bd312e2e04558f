"""How the hall says it is, while its database or its disk is away."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from backend.foundation import database
from backend.hall import watch
from backend.hall.hall import Hall
from offline_cache.hall_client import HallClient


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOKS_EVERY_S", 0.02)


def told(client: TestClient, is_so: Callable[[httpx.Response], bool]) -> httpx.Response:
    """The first answer for which it is so; the last one where there is none within ten seconds."""
    until = monotonic() + 10
    while not is_so(answer := client.get("/health")) and monotonic() < until:
        pass
    return answer


def test_a_hall_that_is_well(client: TestClient) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "stores_forms": True, "database": True, "disk": True},
    )


@pytest.mark.parametrize("what", ["full", "read-only"])
def test_a_disk_that_takes_nothing_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Finding 13: the disk was full and health said ok."""
    if what == "full":
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: Disk(10**9, 10**9, 1000))
    else:
        monkeypatch.setattr(os, "fsync", lambda file: (_ for _ in ()).throw(OSError("read-only")))
    answer = told(client, lambda answer: answer.status_code == 503)
    assert (answer.status_code, answer.json()["status"], answer.json()["disk"]) == (503, "degraded", False)
    monkeypatch.undo()
    monkeypatch.setattr(watch, "LOOKS_EVERY_S", 0.02)
    assert told(client, lambda answer: answer.status_code == 200).json()["status"] == "ok"


def test_the_disk_of_a_hall_on_postgresql_holds_no_forms(hall: Hall) -> None:
    hall.watch._url = "postgresql+psycopg://hall@db/hall"
    hall.watch._seen = watch._Seen(database=True, disk=False, at=monotonic())
    assert (hall.watch.health.status, hall.watch.health.stores_forms) == ("degraded", True)


def test_a_look_that_hangs_is_a_database_that_does_not_answer(hall: Hall) -> None:
    hall.watch._seen = watch._Seen(database=True, disk=True, at=monotonic() - watch.STALE_S)
    assert not hall.watch.health.stores_forms


def test_a_kiosk_that_waits_for_a_database_that_says_nothing_is_answered_before_it_gives_up() -> None:
    assert HallClient("http://127.0.0.1").timeout_s - 2 > watch.STALE_S + watch.ENDS_EVERY_S


def test_sixty_writers_before_a_blocked_database_are_all_told_in_time(
    hall: Hall, client: TestClient, tmp_path: Path
) -> None:
    """Finding 14: /health took 29 s, and some writers got a plain 500."""

    async def all_at_once() -> tuple[list[httpx.Response], list[float]]:
        transport = httpx.ASGITransport(client.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as browser:
            puts = [asyncio.create_task(browser.put("/write")) for _ in range(60)]
            waits = []
            while not all(one.done() for one in puts):
                began = monotonic()
                await browser.get("/health")
                waits.append(monotonic() - began)
                await asyncio.sleep(0.05)
            return [one.result() for one in puts], waits

    @client.app.put("/write")  # type: ignore[attr-defined, untyped-decorator]
    def write() -> None:
        with hall.database.write() as session:
            session.execute(text("UPDATE hall_state SET arrivals = arrivals + 1"))

    other = sqlite3.connect(tmp_path / "hall.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = monotonic()
    answers, waits = asyncio.run(all_at_once())
    assert {(one.status_code, one.headers["content-type"]) for one in answers} == {(503, "application/json")}
    assert monotonic() - began < 2 * database.WAIT_S + 0.9
    assert max(waits) < 1
    assert told(client, lambda answer: answer.status_code == 503).json()["database"] is False
    other.execute("ROLLBACK")
    assert told(client, lambda answer: answer.status_code == 200).json()["status"] == "ok"
    hall.database._away_until = 0.0
    assert client.put("/write").status_code == 200
