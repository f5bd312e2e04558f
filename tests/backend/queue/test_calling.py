from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import StandingClock
from sqlalchemy import select

from backend.accounts.permissions import Role, Staff
from backend.audit.tables import Audit
from backend.hall.hall import Hall
from backend.queue import calling
from backend.queue.tickets import draw
from protocol.queries.queue_ticket import Half, Inputs

FRIDAY = datetime(2026, 11, 20, 9, 30).astimezone()  # where the hall is
COLLEAGUE = Staff("赵敏", Role.STAFF)


@pytest.fixture(autouse=True)
def _on_a_friday(clock: StandingClock) -> None:
    clock.now = FRIDAY


def draw_one(hall: Hall, half: Half = "morning", **other: str) -> int:
    inputs = {"id": str(uuid4()), "matter": "money", "slot": "now", "senior": "no", "mobility": "none", **other}
    return draw(hall, uuid4(), Inputs.model_validate(inputs), half).number


def queue(client: TestClient, errand: str = "") -> dict[str, Any]:
    answer = client.get("/staff/queue", params={"errand": errand} if errand else {})
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def press(client: TestClient, *ways: str) -> list[int]:
    return [client.post(f"/staff/queue/{way}").status_code for way in ways]


def call_next(client: TestClient, **errand: str) -> int | str:
    """The number, or why there is none."""
    answer = client.post("/staff/queue/next", json=errand).json()
    said: int | str = answer["number"] if "number" in answer else answer["code"]
    return said


def numbers(shown: Sequence[dict[str, Any]]) -> list[int]:
    return [one["number"] for one in shown]


def test_staff_see_who_waits_for_what_and_the_old_come_first(clerk: TestClient, hall: Hall) -> None:
    draw_one(hall)
    draw_one(hall, matter="health", senior="yes", mobility="wheelchair")
    draw_one(hall, "afternoon")
    shown = queue(clerk)
    assert numbers(shown["waiting"]) == [2, 1]
    assert (shown["waiting"][0]["errand"]["zh"], shown["waiting"][0]["help"]["zh"]) == ("看病和医保", "坐轮椅")
    assert shown["waiting"][1]["help"] is None
    errands = {one["id"]: one["waiting"] for one in shown["errands"]}
    assert errands == {"money": 1, "health": 1, "cards": 0, "housing": 0, "unsure": 0}, "all that one may come for"
    assert (shown["later"], shown["more"], shown["drawn"]) == (1, 0, 3)
    of_money = queue(clerk, "money")
    assert (numbers(of_money["waiting"]), of_money["later"]) == ([1], 1)


def test_a_number_is_called_called_again_and_said_to_be_done_and_all_is_on_record(
    clerk: TestClient, hall: Hall
) -> None:
    first, second = draw_one(hall), draw_one(hall)
    assert call_next(clerk) == first
    (called,) = queue(clerk)["called"]
    assert (called["number"], called["called_by"], called["times_called"], called["mine"]) == (first, "李芳", 1, True)
    assert press(clerk, f"{first}/again") == [204]
    assert queue(clerk)["called"][0]["times_called"] == 2
    assert call_next(clerk) == "number_open", "one at a time"
    assert press(clerk, f"{first}/served", f"{first}/served", f"{first}/again", f"{first}/absent") == [
        204,
        409,
        409,
        409,
    ]
    assert call_next(clerk) == second
    assert press(clerk, f"{second}/absent") == [204]
    assert call_next(clerk) == "nobody_waits"
    shown = queue(clerk)
    assert (shown["called"], numbers(shown["absent"])) == ([], [second])
    with hall.database.read() as session:
        noted = session.execute(select(Audit.who, Audit.action, Audit.subject).where(Audit.action.like("number_%")))
        assert [tuple(one) for one in noted] == [
            ("李芳", f"number_{what}", f"2026-11-20 {number}")
            for what, number in (("called", 1), ("called", 1), ("served", 1), ("called", 2), ("absent", 2))
        ]


def test_who_did_not_come_may_be_called_again_later(clerk: TestClient, hall: Hall) -> None:
    late, other = draw_one(hall), draw_one(hall)
    call_next(clerk)
    press(clerk, f"{late}/absent")
    assert call_next(clerk) == other
    assert press(clerk, f"{late}/again") == [409], "the other one is still with this clerk"
    press(clerk, f"{other}/served")
    assert press(clerk, f"{late}/again") == [204]
    assert numbers(queue(clerk)["called"]) == [late]


def test_a_counter_calls_the_errands_that_it_serves(clerk: TestClient, hall: Hall) -> None:
    draw_one(hall)
    health = draw_one(hall, matter="health")
    assert call_next(clerk, errand="health") == health
    press(clerk, f"{health}/served")
    assert call_next(clerk, errand="health") == "nobody_waits"


def test_two_staff_get_two_numbers_and_of_one_number_one_of_them_says_what_came_of_it(
    clerk: TestClient, hall: Hall
) -> None:
    draw_one(hall), draw_one(hall)
    mine, theirs = call_next(clerk), calling.call_next(hall, None, COLLEAGUE)
    assert (mine, theirs) == (1, 2)
    assert [one["mine"] for one in queue(clerk)["called"]] == [True, False]
    assert press(clerk, f"{theirs}/served") == [204]
    with pytest.raises(calling.NumberMovedError):
        calling.end(hall, theirs, calling.Outcome.ABSENT, COLLEAGUE)


def test_who_chose_the_afternoon_is_called_after_noon_behind_who_still_waits_from_the_morning(
    clerk: TestClient, hall: Hall, clock: StandingClock
) -> None:
    later, now = draw_one(hall, "afternoon", senior="yes"), draw_one(hall)
    clock.now = FRIDAY.replace(hour=14)
    assert [call_next(clerk), press(clerk, f"{now}/served"), call_next(clerk)] == [now, [204], later]


def test_numbers_are_those_of_today_and_only_what_was_drawn_can_be_called(
    clerk: TestClient, hall: Hall, clock: StandingClock
) -> None:
    draw_one(hall)
    waits = draw_one(hall)
    call_next(clerk)
    assert press(clerk, f"{waits}/again", f"{waits}/served", "99/served", "0/served") == [409, 409, 404, 422]
    clock.now = FRIDAY + timedelta(days=1)
    with pytest.raises(calling.NobodyWaitsError):  # and the one that was called yesterday is not open any more
        calling.call_next(hall, None, Staff("李芳", Role.STAFF))


def test_an_errand_that_the_county_has_no_more_is_shown_by_its_name(clerk: TestClient, hall: Hall) -> None:
    draw_one(hall, matter="seeds", mobility="stairs")
    (shown,) = queue(clerk)["waiting"]
    assert (shown["errand"]["zh"], shown["help"]["zh"]) == ("seeds", "stairs")


def test_a_visitor_is_told_how_many_go_before_and_which_number_was_called_last(clerk: TestClient, hall: Hall) -> None:
    ids = [str(uuid4()) for _ in range(3)]
    wanted = {"matter": "money", "slot": "now", "senior": "no", "mobility": "none"}

    def ticket(name: str) -> tuple[int | None, int | None]:
        told = clerk.post("/queries/queue_ticket", json={"id": name, **wanted}).json()["ticket"]
        return told["ahead"], told["called"]

    assert [ticket(one) for one in ids] == [(None, None)] * 3
    call_next(clerk)
    assert [ticket(one) for one in ids] == [(0, 1), (0, 1), (1, 1)]
