"""What staff do with what people could not get done: they hear it, own it and answer it, and never overwrite each
other."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import StandingClock
from left_orders import NUMBER, leave
from spoken_sound import spoken
from sqlalchemy import select

from backend.accounts import members
from backend.accounts.permissions import Role, Staff
from backend.audit.tables import Audit
from backend.hall.hall import Hall
from backend.reading import limits
from backend.work_orders import handling
from backend.work_orders.board import work_orders
from backend.work_orders.escalation import Escalation
from backend.work_orders.listing import Which
from backend.work_orders.tables import WorkOrder, WorkOrderChange
from protocol.work_orders.order import OrderState

Post = Callable[..., Any]
LI_FANG = Staff("李芳", Role.STAFF)


@pytest.fixture
def post(clerk: TestClient) -> Post:
    """What 李芳 does with an order; the status it has to have."""

    def do(order: UUID, act: str, status: int = 204, **body: object) -> Any:
        answer = clerk.post(f"/staff/work-orders/{order}/{act}", **({"json": body} if body else {}))
        assert answer.status_code == status, answer.text
        return answer

    return do


def listed(clerk: TestClient, **query: str) -> dict[str, Any]:
    answer: dict[str, Any] = clerk.get("/staff/work-orders", params=query).json()
    return answer


def answered(post: Post, order: UUID, seen: int = 0, text: str = "下周一带身份证来，二号窗口给您办。") -> None:
    post(order, "answer", seen=seen, answer=text, change="told_how")


def test_from_a_spoken_reason_to_an_answer(clerk: TestClient, hall: Hall, post: Post) -> None:
    sound = spoken(1)
    order = leave(clerk, hall, sound=sound)
    (waiting,) = listed(clerk)["orders"]
    assert (waiting["number"], waiting["step"]["zh"], waiting["reason"], waiting["owner"]) == (
        NUMBER,
        "正在填：电话号码",
        None,
        None,
    )
    assert waiting["has_sound"]
    post(order, "take")
    heard = post(order, "sound", 200)
    assert (heard.content, heard.headers["content-type"]) == (sound, "audio/ogg")
    assert post(order, "answer", 409, seen=1, answer="好了", change="told_how").json()["code"] == "not_written_down"
    post(order, "words", seen=1, words="跑了三趟，说 110105194912310021 查不到")
    answered(post, order, seen=2)
    details = post(order, "open", 200).json()
    assert (details["words"], details["owner"]) == ("跑了三趟，说 •••••• 查不到", "李芳")
    assert [one["act"] for one in details["history"]] == ["taken", "written_down", "answered"]
    assert (details["state"], details["seen"]) == ("answered", 3)
    post(order, "close", seen=3)
    assert [one["number"] for one in listed(clerk, which="closed")["orders"]] == [NUMBER]
    assert listed(clerk)["orders"] == []


def test_the_sound_is_gone_once_it_is_written_down(clerk: TestClient, hall: Hall, post: Post) -> None:
    order = leave(clerk, hall, sound=spoken(1))
    with hall.database.read() as session:
        sealed = session.scalar(select(WorkOrder.sound))
    assert sealed is not None
    assert post(order, "words", 409, seen=0, words="没听").json()["code"] == "not_heard"
    post(order, "sound", 200)
    post(order, "words", seen=0, words="想补办老年证")
    post(order, "sound", 404)
    assert hall.database.engine.url.database
    folder = hall.settings.folder
    on_disk = b"".join(path.read_bytes() for path in folder.glob("hall.db*"))
    assert sealed[100:200] not in on_disk


def test_every_look_is_written_down_and_too_many_are_stopped(
    clerk: TestClient, hall: Hall, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = leave(clerk, hall, sound=spoken(1), name="仇玉兰", phone="13987654321")
    shown = post(order, "contact", 200)
    assert shown.json() == {"name": "仇玉兰", "phone": "13987654321"}
    post(order, "sound", 200)
    post(order, "open", 200)
    with hall.database.read() as session:
        looks = session.scalars(select(Audit.action).where(Audit.subject == str(order))).all()
    assert list(looks) == ["order_contact", "order_sound", "order_open"]
    few = limits.ReadingLimit(slow=1, stop=2, gap=limits.timedelta(0))
    monkeypatch.setitem(limits.LIMITS, limits.Tier.L3, few)
    assert post(order, "contact", 403).json()["code"] == "reading_stopped"


def test_what_cannot_be_played_says_so_and_can_be_written_down(clerk: TestClient, hall: Hall, post: Post) -> None:
    order = leave(clerk, hall, sound=b"no sound at all")
    assert post(order, "sound", 409).json()["code"] == "unplayable"
    post(order, "words", seen=0, words="放不出来")


def test_the_first_owns_it_and_a_lead_may_give_it_to_another(
    clerk: TestClient, hall: Hall, post: Post, cheap_pins: None
) -> None:
    order = leave(clerk, hall, reason="papers")
    members.add(hall, "console", "王强", Role.STAFF)
    assert "王强" in post(order, "open", 200).json()["staff"]
    post(order, "assign", name="王强")
    assert post(order, "take", 409).json()["code"] == "order_taken"
    assert listed(clerk, which="mine")["orders"] == []
    post(order, "assign", 404, name="没有这个人")
    (waiting,) = listed(clerk)["orders"]
    assert (waiting["owner"], waiting["state"]) == ("王强", "in_hand")


def test_two_pages_never_overwrite_each_other(clerk: TestClient, hall: Hall, post: Post) -> None:
    order = leave(clerk, hall, reason="papers")
    answered(post, order)
    again = {"answer": "另一个答复", "change": "told_how"}
    assert post(order, "answer", 409, seen=0, **again).json()["code"] == "order_changed"
    post(order, "answer", seen=1, **again)
    with hall.database.read() as session:
        assert session.scalar(select(WorkOrder.answer)) == "另一个答复"


NOT_SO = [
    ("您的号码 110105194912310021 查到了", "told_how", "", "personal_answer"),
    ("打 139 8765 4321 找小王", "told_how", "", "personal_answer"),
    ("仇玉兰您好，办好了", "told_how", "", "personal_answer"),
    ("转走了", "passed_on", "", "office_missing"),
    ("办好了", "told_how", "民政局", "office_missing"),
    ("办好了", "no_such_change", "", "office_missing"),
]


def test_an_answer_is_fit_to_be_read_by_whoever_has_the_slip(clerk: TestClient, hall: Hall, post: Post) -> None:
    order = leave(clerk, hall, reason="papers", name="仇玉兰", phone="13987654321")
    for answer, change, office, code in NOT_SO:
        body = {"seen": 0, "answer": answer, "change": change, "office": office}
        assert post(order, "answer", 422, **body).json()["code"] == code, answer
    post(order, "answer", seen=0, answer="请打 010-65551234 问。", change="passed_on", office="民政局")


def test_who_was_not_helped_gets_another_day(clerk: TestClient, hall: Hall, post: Post, clock: StandingClock) -> None:
    order = leave(clerk, hall, reason="machine")
    post(order, "reopen", 409, seen=0, reason="还是不行")
    answered(post, order)
    clock.pass_(days=3)
    handling.reopen(hall, order, 1, "还是不行", LI_FANG)
    (waiting,) = work_orders(hall, LI_FANG).orders
    assert (waiting.state, waiting.owner, waiting.due) == (OrderState.OPEN, None, date(2026, 11, 24))


def test_late_ones_stand_on_top_and_are_put_before_a_lead(clerk: TestClient, hall: Hall, clock: StandingClock) -> None:
    leave(clerk, hall, number="400000000010", reason="papers")  # due on Tuesday
    leave(clerk, hall, number="400000000028", reason="machine")  # due on Saturday
    hints: list[str] = []
    hall.feed.hint = hints.append  # type: ignore[method-assign]
    escalation = Escalation(hall)
    escalation.look()
    assert not hints
    clock.pass_(days=3)  # Monday
    for _ in range(2):
        escalation.look()
    assert hints == ["work_order"], "pages are told once, and nothing is stored"
    board = work_orders(hall, Staff("张敏", Role.LEAD))
    assert [(one.number, one.overdue) for one in board.orders] == [("400000000028", True), ("400000000010", False)]
    assert (board.overdue, board.before_me) == (1, True)
    assert not work_orders(hall, LI_FANG).before_me
    assert [one.number for one in work_orders(hall, LI_FANG, Which.OVERDUE).orders] == ["400000000028"]


def test_a_slip_is_found_by_its_number_and_errands_by_theirs(clerk: TestClient, hall: Hall, post: Post) -> None:
    answered(post, leave(clerk, hall, number="400000000010", reason="papers"))
    leave(clerk, hall, number="400000000028", reason="papers", service_id=None, screen="home")
    assert [one["number"] for one in listed(clerk, number="400000000010")["orders"]] == ["400000000010"]
    assert listed(clerk, service="old-age-allowance")["orders"] == []
    (home,) = listed(clerk)["orders"]
    assert (home["service"], home["step"]["zh"]) == (None, "首页")


def test_as_the_person_wishes_nothing_of_it_stays(clerk: TestClient, hall: Hall, post: Post) -> None:
    order = leave(clerk, hall, reason="papers", sound=spoken(1), name="仇玉兰", phone="13987654321")
    post(order, "sound", 200)
    post(order, "words", seen=0, words="想补办老年证")
    post(order, "erase")
    details = post(order, "open", 200).json()
    assert (details["words"], details["answer"], details["has_sound"], details["has_contact"]) == ("", "", False, False)
    with hall.database.read() as session:
        assert set(session.scalars(select(WorkOrderChange.text))) == {""}
    post(order, "contact", 404)
