"""Finding 13: with a full disk a call for help was answered 503. Now it is taken, shown, and written down later."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, StandingClock, call_request, enrolled, settings_in
from project import ROOT
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backend.app import create_app
from backend.calls.record import Caller
from backend.calls.superseding import MOST_UNPROVEN
from backend.calls.tables import Call
from backend.calls.without_disk import MOST, MOST_OF_KIOSK, keep_step, kept, write_down
from backend.foundation.database import Database
from backend.hall import shared_memory
from backend.hall.hall import Hall, open_hall
from protocol.calls.messages import CallRequest
from protocol.calls.states import Move

ID = UUID(int=13)
PATH = f"/calls/{ID}"


class Disk:
    is_full = False


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """Of the hall's database: while it is full nothing can be written, and all can be read."""
    disk, write = Disk(), Database.write
    monkeypatch.setattr(shared_memory, "MEMORY", tmp_path)

    @contextmanager
    def written(database: Database) -> Iterator[Session]:
        if disk.is_full:
            raise OperationalError("INSERT", None, Exception("database or disk is full"))
        with write(database) as session:
            yield session

    monkeypatch.setattr(Database, "write", written)
    return disk


def put(client: TestClient, path: str = PATH, **changes: object) -> dict[str, object]:
    answer = client.put(path, content=call_request(**changes), headers=JSON_BODY)
    assert answer.status_code == 200, answer.text
    status: dict[str, object] = answer.json()
    return status


def stored(hall: Hall) -> list[tuple[UUID, str, str | None]]:
    with hall.database.read() as session:
        return [(row.id, row.state.value, row.staff) for row in session.scalars(select(Call).order_by(Call.id))]


def test_a_call_is_taken_shown_answered_and_written_down_later(
    disk: Disk, hall: Hall, clerk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.is_full = True
    assert put(clerk, reason="门口")["state"] == "requested"
    shown = clerk.get("/staff/calls").json()
    assert [(call["id"], call["reason"], call["proven"]) for call in shown] == [(str(ID), "门口", True)]
    assert clerk.get("/staff/ringing").json() == 1
    assert clerk.post("/staff/calls/seen", json={"calls": [str(ID)]}).status_code == 204
    assert clerk.get(PATH).json()["state"] == "notified"
    assert clerk.post(f"{PATH}/take").json()["staff"] == "李芳"
    assert clerk.get(PATH).json()["state"] == "acknowledged"
    assert put(clerk, reason="又来一次", moves=["press"])["state"] == "acknowledged"
    assert stored(hall) == []
    disk.is_full = False
    write_down(hall)
    assert stored(hall) == [(ID, "acknowledged", "李芳")]
    assert kept(hall) == {}
    assert clerk.get("/staff/calls").json()[0]["reason"] == "又来一次"


def test_a_call_of_before_goes_on_without_disk(disk: Disk, hall: Hall, clerk: TestClient) -> None:
    put(clerk)
    clerk.auth = enrolled(hall, "大厅二号")
    put(clerk, f"/calls/{UUID(int=1)}")
    disk.is_full = True
    assert clerk.post(f"{PATH}/take").json()["staff"] == "李芳"
    assert put(clerk, f"/calls/{UUID(int=1)}", moves=["cancel"])["state"] == "cancelled"
    assert [call["state"] for call in clerk.get("/staff/calls").json()] == ["acknowledged"]
    disk.is_full = False
    write_down(hall)
    assert stored(hall) == [(UUID(int=1), "cancelled", None), (ID, "acknowledged", "李芳")]


def test_one_that_came_without_a_signature_is_taken_too(disk: Disk, client: TestClient, hall: Hall) -> None:
    client.auth = None
    disk.is_full = True
    put(client)
    assert [call.kiosk_id for call in kept(hall).values()] == [None]


def test_another_kiosks_call_is_not_changed(disk: Disk, client: TestClient, hall: Hall) -> None:
    put(client, reason="第一")
    client.auth = None
    disk.is_full = True
    assert put(client, reason="第二", moves=["cancel"])["state"] == "requested"
    assert client.get(PATH).status_code == 401


def test_all_processes_of_a_hall_see_it_and_no_other_hall(disk: Disk, client: TestClient, tmp_path: Path) -> None:
    disk.is_full = True
    put(client)
    disk.is_full = False
    other = open_hall(settings_in(tmp_path))
    assert [call.reason for call in kept(other).values()] == ["电话号码没填对"]
    (tmp_path / "other").mkdir()
    assert kept(open_hall(settings_in(tmp_path / "other"))) == {}


def test_memory_takes_no_more_than_so_many(disk: Disk, client: TestClient, hall: Hall) -> None:
    disk.is_full = True
    put(client)
    (call,) = kept(hall).values()
    for number in range(MOST):
        another = call.model_copy(update={"id": UUID(int=number), "kiosk_id": UUID(int=number)})
        hall.memory.write(str(another.id), another.model_dump_json().encode())
    assert client.put(f"/calls/{UUID(int=MOST)}", content=call_request(), headers=JSON_BODY).status_code == 503


def test_strangers_and_a_kiosk_gone_mad_leave_room_for_others(disk: Disk, hall: Hall, clerk: TestClient) -> None:
    """500 of a stranger's, which takes four minutes, kept a real call out."""
    mad, real = enrolled(hall, "疯了"), clerk.auth
    disk.is_full = True
    put(clerk)
    clerk.post(f"{PATH}/take")
    body = CallRequest.model_validate_json(call_request())
    over = body.model_copy(update={"moves": (Move.CANCEL,)})
    for number in range(60):
        keep_step(hall, UUID(int=1000 + number), body, Caller(f"某处{number}号", None), None)
        keep_step(hall, UUID(int=2000 + number), over, Caller(mad.name, mad.id), None)
        keep_step(hall, UUID(int=3000 + number), body, Caller(real.name, real.id), None)
    kept_of = Counter(one.kiosk_id for one in kept(hall).values())
    assert kept_of == {None: MOST_UNPROVEN, mad.id: MOST_OF_KIOSK, real.id: MOST_OF_KIOSK}
    assert {UUID(int=3059), ID} <= set(kept(hall)), "the newest, and the one to which somebody comes"


def test_a_place_that_is_somebody_elses_is_not_used(disk: Disk, hall: Hall, client: TestClient) -> None:
    hall.memory._place.mkdir(mode=0o777)
    hall.memory._place.chmod(0o777)
    disk.is_full = True
    assert client.put(PATH, content=call_request(), headers=JSON_BODY).status_code == 503


def test_it_is_written_down_by_itself(disk: Disk, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.calls.without_disk.LOOKS_EVERY_S", 0.01)
    with TestClient(create_app(hall, print)) as client:
        disk.is_full = True
        client.put(PATH, content=call_request(), headers=JSON_BODY)
        disk.is_full = False
        while kept(hall):
            pass
    assert [call for call, _, _ in stored(hall)] == [ID]


@pytest.mark.parametrize("ids", [(1, 2), (2, 1)])
def test_of_two_calls_of_a_kiosk_the_one_that_came_last_waits_on(
    disk: Disk, hall: Hall, client: TestClient, clock: StandingClock, ids: tuple[int, int]
) -> None:
    first, last = (UUID(int=one) for one in ids)
    disk.is_full = True
    put(client, f"/calls/{first}")
    clock.pass_(seconds=5)
    put(client, f"/calls/{last}")
    disk.is_full = False
    write_down(hall)
    assert {one[0]: one[1] for one in stored(hall)} == {first: "abandoned", last: "requested"}


def test_one_from_memory_ends_none_that_came_after_it(
    disk: Disk, hall: Hall, client: TestClient, clock: StandingClock
) -> None:
    disk.is_full = True
    put(client)
    disk.is_full = False
    clock.pass_(seconds=5)
    put(client, f"/calls/{UUID(int=14)}")
    write_down(hall)
    assert {one[0].int: one[1] for one in stored(hall)} == {13: "abandoned", 14: "requested"}


def test_one_that_was_taken_in_memory_stays_whatever_is_written_down_before_it(
    disk: Disk, hall: Hall, clerk: TestClient, clock: StandingClock
) -> None:
    """The database still had it as waiting, and a newer call took its place."""
    put(clerk, f"/calls/{UUID(int=14)}")
    disk.is_full = True
    clerk.post(f"/calls/{UUID(int=14)}/take")
    clock.pass_(seconds=5)
    put(clerk)
    disk.is_full = False
    write_down(hall)
    assert stored(hall) == [(ID, "requested", None), (UUID(int=14), "acknowledged", "李芳")]


def test_the_system_unit_leaves_what_is_kept_in_memory_when_it_restarts() -> None:
    unit = (ROOT / "assets" / "system" / "yinling-hall.service").read_text("utf-8")
    assert "RemoveIPC=no" in unit.splitlines()
