"""What staff do with a call on the page, and what its kiosk has done meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, SigningKiosk, StandingClock, call_request, enrolled
from sqlalchemy import select

from backend.accounts.tables import StaffMember
from backend.audit.tables import Audit
from backend.calls import service
from backend.calls.escalating import Escalating, shown_in_another_way
from backend.calls.service import MovedCall
from backend.events.feed import Feed
from backend.hall.hall import Hall
from protocol.calls.messages import CallRequest, number_context
from protocol.calls.states import Move
from protocol.sealing import seal

ID, OTHER = UUID(int=5), UUID(int=6)
PATH = f"/calls/{ID}"
ARRIVAL = {"staff": "王强", "by": "badge"}


def put(client: TestClient, call: UUID = ID, **changes: object) -> dict[str, Any]:
    answer = client.put(f"/calls/{call}", content=call_request(**changes), headers=JSON_BODY)
    assert answer.status_code == 200, answer.text
    status: dict[str, Any] = answer.json()
    return status


def act(clerk: TestClient, what: str, **body: object) -> dict[str, Any]:
    answer = clerk.post(f"{PATH}/{what}", json=body or {})
    assert answer.status_code == 200, answer.text
    status: dict[str, Any] = answer.json()
    return status


def board(clerk: TestClient) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = clerk.get("/staff/calls").json()
    return shown


def by_colleague(hall: Hall, move: Move, who: str = "王强") -> MovedCall:
    return service.move_call(hall, ID, move, who)


def test_one_takes_it_goes_comes_and_is_done(clerk: TestClient) -> None:
    put(clerk)
    walked = [(what, act(clerk, what)) for what in ("take", "set-out", "arrived", "resolve")]
    states = ["acknowledged", "en_route", "arrived", "resolved"]
    assert [(one["state"], one["done"], one["staff"]) for _, one in walked] == [(s, True, "李芳") for s in states]
    assert [one["turn"] for _, one in walked] == [2, 3, 4, 5]
    assert put(clerk, moves=["leave"], rating="good")["state"] == "closed"


def test_of_two_who_take_it_the_second_is_told_who_was_faster(clerk: TestClient, hall: Hall) -> None:
    put(clerk)
    assert by_colleague(hall, Move.TAKE).done
    for what in ("take", "set-out", "phone"):
        answer = act(clerk, what)
        assert (answer["done"], answer["staff"], answer["state"]) == (False, "王强", "acknowledged")
    assert by_colleague(hall, Move.TAKE).done, "two taps by the same person are one act"
    assert by_colleague(hall, Move.TAKE).turn == 2


def test_a_colleague_may_come_in_the_place_of_who_has_it(clerk: TestClient, hall: Hall) -> None:
    put(clerk)
    by_colleague(hall, Move.SET_OUT)
    assert act(clerk, "arrived")["staff"] == "李芳"
    assert board(clerk)[0]["arrived_by"] == "page"


def test_what_is_handed_back_rings_on_and_first_for_who_is_asked(
    clerk: TestClient, hall: Hall, clock: StandingClock
) -> None:
    put(clerk)
    act(clerk, "take")
    clock.pass_(seconds=70)
    answer = act(clerk, "hand-back", to="王强")
    assert (answer["state"], answer["staff"], answer["escalation"]) == ("notified", None, 1), "no clock begins anew"
    (call,) = board(clerk)
    assert (call["asked"], call["staff"], call["waited_s"]) == ("王强", None, 70), "asked, and not promised"
    assert not shown_in_another_way(hall, hall.clock(), hall.clock() + timedelta(seconds=29))
    assert shown_in_another_way(hall, hall.clock(), hall.clock() + timedelta(seconds=30))
    by_colleague(hall, Move.TAKE)
    assert (board(clerk)[0]["asked"], board(clerk)[0]["staff"]) == (None, "王强")


def test_the_clock_of_waiting_turns_and_pages_are_told(clerk: TestClient, hall: Hall, clock: StandingClock) -> None:
    put(clerk)
    shown = []
    for seconds in (0, 59, 1, 60, 60):
        before = hall.clock()
        clock.pass_(seconds=seconds)
        (call,) = board(clerk)
        told = shown_in_another_way(hall, before, hall.clock())
        shown.append((told, call["waited_s"], call["colour"], call["escalation"], call["is_late"]))
    assert shown == [
        (False, 0, "calm", 0, False),
        (False, 59, "calm", 0, False),
        (True, 60, "amber", 1, False),
        (True, 120, "red", 2, False),
        (True, 180, "red", 2, True),
    ]
    act(clerk, "phone")
    assert not board(clerk)[0]["is_late"]
    clock.pass_(minutes=5)
    assert board(clerk)[0]["is_late"], "nobody talks for so long: did anybody phone?"
    act(clerk, "arrived")
    assert (board(clerk)[0]["escalation"], board(clerk)[0]["is_late"]) == (0, False)


def test_ringing_calls_stand_first_then_who_has_waited_and_who_cannot_stand(
    clerk: TestClient, hall: Hall, clock: StandingClock
) -> None:
    for number, needs in enumerate([[], [], ["standing"], ["hearing"]], 1):
        clerk.auth = enrolled(hall, f"{number}号")
        put(clerk, UUID(int=number), needs=needs)
        clock.pass_(seconds=50)
    clerk.post(f"/calls/{UUID(int=1)}/take")
    calls = board(clerk)
    assert [UUID(one["id"]).int for one in calls] == [3, 2, 4, 1]
    assert [one["needs"] for one in calls] == [["standing"], [], ["hearing"], []]


def test_what_happened_at_the_kiosk_without_a_line_comes_in_order_and_once(clerk: TestClient, hall: Hall) -> None:
    moves = ["arrive", "assist", "resolve", "leave"]
    for _ in range(2):
        told = put(clerk, moves=moves, arrival=ARRIVAL, rating="fair")
        assert (told["state"], told["staff"], told["step"], told["turn"]) == ("closed", "王强", 4, 2)
    assert put(clerk, moves=moves[:1], arrival=ARRIVAL)["state"] == "closed", "late"
    (call,) = clerk.get("/staff/calls/history").json()["calls"]
    assert [(one["move"], one["who"], one["detail"]) for one in call["changes"]] == [
        ("press", "", ""),
        ("arrive", "王强", "badge"),
        ("assist", "", ""),
        ("resolve", "王强", ""),
        ("leave", "", ""),
    ]
    assert call["rating"] == "fair"


def test_who_has_not_proven_to_be_a_kiosk_writes_no_name_into_the_audit(clerk: TestClient, hall: Hall) -> None:
    clerk.auth = None
    told = put(clerk, moves=["arrive", "resolve"], arrival=ARRIVAL)
    assert (told["state"], told["staff"]) == ("resolved", None)
    with hall.database.read() as session:
        assert "王强" not in session.scalars(select(Audit.who)).all()


def test_who_said_on_the_page_that_they_have_come_shows_their_badge_and_helps(clerk: TestClient) -> None:
    put(clerk)
    act(clerk, "arrived")
    told = put(clerk, moves=["arrive", "assist"], arrival={"staff": "李芳", "by": "badge"})
    assert (told["state"], told["staff"]) == ("assisting", "李芳")
    assert board(clerk)[0]["arrived_by"] == "badge"


def test_a_kiosk_that_knows_of_a_later_turn_tells_of_an_older_database(clerk: TestClient) -> None:
    put(clerk)
    assert put(clerk, heard=9)["turn"] == 10
    assert put(clerk, heard=9)["turn"] == 10
    assert act(clerk, "take")["turn"] == 11


def test_the_history_is_read_by_day_and_kiosk_a_page_at_a_time(
    clerk: TestClient, hall: Hall, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.calls.history.MOST", 2)
    for number in range(5):
        put(clerk, UUID(int=number))
        clock.pass_(hours=1)
    clerk.auth = enrolled(hall, "大厅二号")
    put(clerk, UUID(int=9))

    def ids(**search: str) -> tuple[list[int], str | None]:
        page = clerk.get("/staff/calls/history", params=search).json()
        return [UUID(one["id"]).int for one in page["calls"]], page["following"]

    newest, following = ids()
    assert newest == [9, 4]
    assert ids(after=following or "")[0] == [3, 2]
    assert ids(kiosk="大厅二号") == ([9], None)
    assert ids(day=str(hall.today))[0] == [9, 4]
    assert ids(day=str(hall.today + timedelta(days=3))) == ([], None)


def test_a_lead_sees_whom_nobody_reached_until_it_is_seen(clerk: TestClient, hall: Hall) -> None:
    put(clerk, moves=["leave"])
    put(clerk, OTHER, moves=["cancel"])
    (missed,) = clerk.get("/staff/calls/missed").json()
    assert (missed["id"], missed["state"]) == (str(ID), "abandoned")
    seen = {"calls": [str(ID), str(OTHER)]}
    assert clerk.post("/staff/calls/missed/seen", json=seen).status_code == 204
    assert clerk.get("/staff/calls/missed").json() == []
    with hall.database.read() as session:
        noted = session.execute(select(Audit.who, Audit.subject, Audit.detail).where(Audit.action == "call")).all()
    assert [tuple(one) for one in noted] == [("李芳", str(ID), "missed_seen")]


def sealed(hall: Hall, number: str) -> dict[str, object]:
    return {"call_back": seal(hall.keys.public, number.encode(), number_context(ID)), "has_gone": True}


def test_a_visitor_who_has_gone_is_phoned_at_the_number_they_left(clerk: TestClient, hall: Hall) -> None:
    put(clerk, **sealed(hall, "13800138000"))
    put(clerk, OTHER)
    shown = {one["id"]: (one["call_back"], one["has_gone"]) for one in board(clerk)}
    assert shown == {str(ID): (True, True), str(OTHER): (False, False)}, "the next visitor's call ends it not"
    assert "13800138000" not in clerk.get("/staff/calls").text
    assert clerk.post(f"/staff{PATH}/number").json() == {"number": "13800138000"}
    assert act(clerk, "phone")["state"] == "remote"
    assert act(clerk, "resolve")["state"] == "closed", "nobody is there to say how it went"
    assert clerk.post(f"/staff{PATH}/number").status_code == 404, "erased with the end of the call"
    with hall.database.read() as session:
        noted = session.scalars(select(Audit.detail).where(Audit.action == "call")).all()
    assert noted == ["number", "phone", "resolve"]


def test_a_number_that_was_sealed_to_another_call_stays_shut(clerk: TestClient, hall: Hall) -> None:
    put(clerk, **sealed(hall, "13800138000") | {"call_back": b"\x00" * 60})
    assert clerk.post(f"/staff{PATH}/number").status_code == 422


def test_who_is_where(clerk: TestClient, hall: Hall) -> None:
    put(clerk)
    act(clerk, "set-out")
    found = {one["name"]: (one["call"], one["kiosk"], one["state"]) for one in clerk.get("/staff/colleagues").json()}
    assert found["李芳"] == (str(ID), "柳林村一号", "en_route")
    with hall.database.read() as session:
        assert set(found) == set(session.scalars(select(StaffMember.name)))


def test_the_hall_tells_the_number_to_phone(clerk: TestClient, hall: Hall) -> None:
    assert put(clerk)["phone"] == (hall.catalogue.counters.phone or "")


@pytest.mark.parametrize("first", [Move.CANCEL, Move.LEAVE])
def test_what_is_over_at_the_kiosk_is_over_at_the_hall_wherever_it_stood(
    clerk: TestClient, hall: Hall, first: Move
) -> None:
    """Whatever staff do at the same moment: no open call comes back to a kiosk where nobody stands any more."""
    meanwhile: list[Callable[[], object]] = [
        lambda: act(clerk, "take"),
        lambda: act(clerk, "set-out"),
        lambda: act(clerk, "phone"),
        lambda: act(clerk, "hand-back"),
        lambda: act(clerk, "arrived"),
        lambda: act(clerk, "resolve"),
    ]
    put(clerk)
    for number, do in enumerate(meanwhile):
        do()
        call = UUID(int=100 + number)
        with hall.database.read() as session:
            stands = service.stored.found(session, ID)
        assert stands is not None
        body = CallRequest.model_validate_json(call_request(moves=[first]))
        over = service.stepped(stands.model_copy(update={"id": call}), body, hall.clock()).call
        assert over.state.is_over


def test_a_call_keeps_its_kiosk_when_another_signs_the_same_step(clerk: TestClient, kiosk: SigningKiosk) -> None:
    put(clerk)
    clerk.auth = None
    assert put(clerk, moves=["press"], reason="假的")["step"] == 0


class Followed:
    """The pages of a process, and what they are told."""

    has_pages = True

    def __init__(self) -> None:
        self.hints: list[str] = []

    def hint(self, kind: str) -> None:
        self.hints.append(kind)


def test_pages_hear_of_a_call_at_the_moment_when_its_clock_turns(
    clerk: TestClient, hall: Hall, clock: StandingClock
) -> None:
    put(clerk)
    feed, told = Followed(), list[int]()
    escalating = Escalating(replace(hall, feed=cast(Feed, feed)))
    for seconds in (0, 59, 1, 1):
        clock.pass_(seconds=seconds)
        escalating.look()
        told.append(len(feed.hints))
    assert told == [0, 0, 1, 1]
