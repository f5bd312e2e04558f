"""Finding 5: a thousand made-up calls kept a real one from staff for 97 s."""

from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, KIOSK, SigningKiosk, StandingClock, call_request, enrolled
from httpx import Response
from sqlalchemy import event, func, select

from backend.calls.superseding import MOST_UNPROVEN
from backend.events.tables import Event
from backend.hall.hall import Hall


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr("backend.calls.rates.monotonic", time)
    return time


def call(client: TestClient, call_id: UUID | None = None, **changes: object) -> Response:
    return client.put(f"/calls/{call_id or uuid4()}", content=call_request(**changes), headers=JSON_BODY)


def board(clerk: TestClient) -> list[dict[str, object]]:
    shown: list[dict[str, object]] = clerk.get("/staff/calls").json()
    return shown


def test_a_newer_call_of_a_kiosk_takes_the_place_of_its_older_one(clerk: TestClient, hall: Hall) -> None:
    call(clerk, UUID(int=1))
    call(clerk, UUID(int=2))
    clerk.auth = enrolled(hall, "大厅二号")
    call(clerk, UUID(int=3))
    assert [(one["id"], one["kiosk"]) for one in board(clerk)] == [
        (str(UUID(int=2)), KIOSK),
        (str(UUID(int=3)), "大厅二号"),
    ]


def test_a_call_that_somebody_has_taken_stays_theirs_and_the_newer_one_rings_beside_it(
    clerk: TestClient, time: Time
) -> None:
    for auth in (clerk.auth, None):  # by its key, and by its name alone
        clerk.auth = auth
        taken, older, newer = uuid4(), uuid4(), uuid4()
        call(clerk, taken)
        clerk.post(f"/calls/{taken}/take")
        call(clerk, older)
        call(clerk, newer)
        call(clerk, taken)  # sent again by the line
        shown = {one["id"]: one["state"] for one in board(clerk)}
        assert shown == {str(taken): "acknowledged", str(newer): "requested"}
        for one in (taken, newer):
            assert clerk.post(f"/calls/{one}/resolve").json()["state"] == "resolved"


def test_a_call_that_is_handed_back_does_not_ring_beside_the_newer_one(clerk: TestClient, clock: StandingClock) -> None:
    older, newer = uuid4(), uuid4()
    call(clerk, older)
    clerk.post(f"/calls/{older}/take")
    clock.pass_(seconds=5)
    call(clerk, newer)
    assert clerk.post(f"/calls/{older}/hand-back", json={}).json()["done"]
    assert [one["id"] for one in board(clerk)] == [str(newer)]


def test_what_strangers_send_ends_no_call_that_somebody_has_taken(
    clerk: TestClient, time: Time, clock: StandingClock
) -> None:
    clerk.auth = None
    call(clerk, UUID(int=1), kiosk="村口")
    clerk.post(f"/calls/{UUID(int=1)}/take")
    for number in range(MOST_UNPROVEN + 1):
        clock.pass_(seconds=1)
        assert call(clerk, kiosk=f"某处{number}号").status_code == 200
        time.now += 1
    assert "村口" in {one["kiosk"] for one in board(clerk)}


def test_a_stranger_takes_the_place_of_nobodys_call(clerk: TestClient, kiosk: SigningKiosk) -> None:
    call(clerk, UUID(int=1))
    clerk.auth = None
    for number in range(2, 5):
        call(clerk, UUID(int=number))
    assert [(one["id"], one["proven"]) for one in board(clerk)] == [(str(UUID(int=1)), True), (str(UUID(int=4)), False)]
    clerk.auth = kiosk
    assert clerk.get(f"/calls/{UUID(int=1)}").json()["state"] == "requested"


def test_a_call_that_is_signed_later_is_the_kiosks_only_one(clerk: TestClient, kiosk: SigningKiosk) -> None:
    """It called before it was approved."""
    clerk.auth = None
    call(clerk, UUID(int=1))
    clerk.auth = kiosk
    call(clerk, UUID(int=2))
    call(clerk, UUID(int=1))
    assert [(one["id"], one["proven"]) for one in board(clerk)] == [(str(UUID(int=1)), True)]


def test_strangers_fill_the_board_with_so_many_calls_and_no_more(
    clerk: TestClient, time: Time, clock: StandingClock
) -> None:
    call(clerk, UUID(int=1))
    clerk.auth = None
    for number in range(MOST_UNPROVEN + 5):
        assert call(clerk, kiosk=f"某处{number}号").status_code == 200
        time.now += 1
        clock.pass_(seconds=1)
    names = [one["kiosk"] for one in board(clerk)]
    assert (len(names), names[0], names[-1]) == (MOST_UNPROVEN + 1, KIOSK, f"某处{MOST_UNPROVEN + 4}号")


def test_a_kiosk_gone_mad_waits_and_hinders_no_other(clerk: TestClient, hall: Hall, time: Time) -> None:
    statements: list[str] = []
    taken = [call(clerk).status_code for _ in range(30)]
    assert taken == [200] * 20 + [429] * 10
    event.listen(hall.database.engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
    refused = call(clerk)
    assert (refused.json()["code"], refused.headers["Retry-After"]) == ("too_many_calls", "2")
    assert statements == [], "it costs the database nothing"
    assert len(board(clerk)) == 1
    clerk.auth = enrolled(hall, "大厅二号")
    assert call(clerk).status_code == 200
    time.now += 2
    clerk.auth = enrolled(hall, "大厅三号")
    assert call(clerk).status_code == 200


def test_who_waited_may_call_again(clerk: TestClient, time: Time) -> None:
    while call(clerk).status_code == 200:
        pass
    time.now += 2
    assert [call(clerk).status_code for _ in range(2)] == [200, 429]
    time.now += 3600
    assert [call(clerk).status_code for _ in range(21)] == [200] * 20 + [429]


def test_strangers_wait_by_their_address(clerk: TestClient, kiosk: SigningKiosk, time: Time) -> None:
    clerk.auth = None
    assert [call(clerk).status_code for _ in range(21)] == [200] * 20 + [429]
    clerk.auth = kiosk
    assert call(clerk).status_code == 200


def test_a_page_tells_of_all_that_it_has_shown_at_once(clerk: TestClient, hall: Hall) -> None:
    for number in range(5):
        clerk.auth = enrolled(hall, f"{number}号")
        call(clerk, UUID(int=number))

    def events() -> int:
        with hall.database.read() as session:
            return session.scalar(select(func.count()).select_from(Event)) or 0

    before = events()
    calls = [str(UUID(int=number)) for number in range(5)]
    assert clerk.post("/staff/calls/seen", json={"calls": [*calls, str(uuid4())]}).status_code == 204
    assert {one["state"] for one in board(clerk)} == {"notified"}
    assert events() == before + 1
    statements: list[str] = []
    event.listen(hall.database.engine, "begin", lambda connection: statements.append("begin"))
    assert clerk.post("/staff/calls/seen", json={"calls": calls}).status_code == 204
    assert len(statements) == 2, "the login and a look: the second page writes nothing"
    assert events() == before + 1
