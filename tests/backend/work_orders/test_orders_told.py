"""The answer reaches the person who left the order: at a kiosk by the number of the slip, and on its page."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import NOW, StandingClock, ask_progress, enrolled, told
from left_orders import CODE, NUMBER, leave
from sqlalchemy import select

from backend.accounts.permissions import Role, Staff
from backend.app import create_app
from backend.hall.hall import Hall
from backend.privacy.retention import prune_a_piece
from backend.work_orders import handling
from backend.work_orders.tables import WorkOrder, WorkOrderChange
from protocol.levels import By

LI_FANG = Staff("李芳", Role.STAFF)
TEXT = "下周一带身份证来，二号窗口给您办。"


def answered(hall: Hall, order: UUID) -> None:
    handling.answer(hall, order, 0, TEXT, "passed_on", "民政局", LI_FANG)


def test_who_has_left_no_phone_is_told_the_answer_by_the_number_alone(client: TestClient, hall: Hall) -> None:
    order = leave(client, hall, reason="papers")
    (line,) = told(ask_progress(client, By.TYPED, receipt_number=NUMBER))
    assert (line["work_order"], line["status"], line["note"], line["changed"]) == (True, "received", "", None)
    assert line["words"]["zh"] == "收到了，正在安排人办"
    answered(hall, order)
    (line,) = told(ask_progress(client, By.TYPED, receipt_number=NUMBER))
    assert (line["status"], line["note"]) == ("done", TEXT)
    assert line["changed"]["zh"] == "已经转给民政局去办。"
    assert line["next"]["zh"].startswith("看看答复")


def test_who_has_left_a_phone_is_asked_for_its_end(client: TestClient, hall: Hall) -> None:
    answered(hall, leave(client, hall, reason="papers", phone="139 8765 4321"))
    for inputs in ({}, {"phone_last4": "0000"}):
        (line,) = told(ask_progress(client, By.TYPED, receipt_number=NUMBER, **inputs))
        assert (line["words"]["zh"], line["note"], line["changed"], line["title"]) == ("有答复了", "", None, None)
    for by, inputs in ((By.RECEIPT, {"phone_last4": "4321"}), (By.STAFF, {})):
        (line,) = told(ask_progress(client, by, receipt_number=NUMBER, **inputs))
        assert (line["note"], line["service_id"]) == (TEXT, "old-age-allowance")


def test_what_cannot_be_opened_opens_nothing(client: TestClient, hall: Hall) -> None:
    order = leave(client, hall, reason="papers", phone="13987654321")
    answered(hall, order)
    with hall.database.write() as session:
        row = session.get(WorkOrder, order)
        assert row is not None
        row.contact = b"sealed to another key"
    (line,) = told(ask_progress(client, By.TYPED, receipt_number=NUMBER))
    assert line["note"] == ""


def test_another_kiosk_tells_it_too_and_wrong_numbers_are_counted(client: TestClient, hall: Hall) -> None:
    answered(hall, leave(client, hall, reason="papers"))
    client.auth = enrolled(hall, "另一台")
    assert len(told(ask_progress(client, By.TYPED, receipt_number=NUMBER))) == 1
    answers = [ask_progress(client, By.TYPED, receipt_number="400000000010") for _ in range(25)]
    assert answers[-1].status_code == 429
    assert ask_progress(client, By.TYPED, receipt_number=NUMBER).status_code == 429


@pytest.fixture
def phones(hall: Hall) -> TestClient:
    """Of a hall with a public address, asked by a phone."""
    hall.files.settings = hall.settings.model_copy(update={"public_url": "https://hall.example"})
    return TestClient(create_app(hall, lambda pin: None))


def test_its_page_says_the_answer_and_who_does_what_next(client: TestClient, hall: Hall, phones: TestClient) -> None:
    order = leave(client, hall, reason="papers", phone="13987654321", name="仇玉兰")
    page = phones.get(f"/r/{NUMBER}-{CODE}")
    assert page.status_code == 200
    assert "收到了，正在安排人办" in page.text
    answered(hall, order)
    page = phones.get(f"/r/{NUMBER}-{CODE}")
    for said in ("您没办成的事", "有答复了", "已经转给民政局去办。", TEXT, "看看答复"):
        assert said in page.text
    assert "仇玉兰" not in page.text
    assert phones.get(f"/r/{NUMBER}-{'B' * 22}").status_code == 404


def test_what_was_answered_goes_after_its_days_and_what_waits_never(
    client: TestClient, hall: Hall, clock: StandingClock
) -> None:
    answered(hall, leave(client, hall, reason="papers"))
    leave(client, hall, number="400000000010", reason="papers")
    clock.now = NOW + timedelta(days=hall.settings.retention_orders + 1)
    while prune_a_piece(hall):
        pass
    with hall.database.read() as session:
        assert session.scalars(select(WorkOrder.number)).all() == ["400000000010"]
        assert session.scalars(select(WorkOrderChange)).all() == []


def test_an_unsigned_claim_of_staff_opens_nothing(client: TestClient, hall: Hall) -> None:
    answered(hall, leave(client, hall, reason="papers", phone="13987654321"))
    kiosk = client.auth
    client.auth = replace(kiosk, claim=None)  # type: ignore[type-var]
    assert ask_progress(client, None, receipt_number=NUMBER).status_code == 403
