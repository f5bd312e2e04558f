"""What all staff pages are told at the same moment is read once, and none of them asks for it."""

import json
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, KIOSK, call_request
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from backend import staff_page
from backend.events.tables import Event
from backend.hall.hall import Hall


def told(hall: Hall) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(staff_page.pushed(hall))
    return answer


def called(client: TestClient) -> str:
    call = str(uuid4())
    client.put(f"/calls/{call}", content=call_request(), headers=JSON_BODY).raise_for_status()
    return call


def test_a_push_is_what_the_page_would_ask_for(clerk: TestClient, hall: Hall) -> None:
    clerk.post(f"/calls/{called(clerk)}/take")
    pushed = told(hall)
    assert [one["kiosk"] for one in pushed["calls"]] == [KIOSK]
    assert pushed["calls"] == clerk.get("/staff/calls").json()
    assert pushed["colleagues"] == clerk.get("/staff/colleagues").json()
    assert pushed["troubles"] == clerk.get("/staff/health").json()
    assert (pushed["pages"], pushed["version"]) == (0, staff_page.FILES.version)


def test_calls_in_memory_are_pushed_while_nobody_can_read_who_is_where(
    clerk: TestClient, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = called(clerk)

    def away(hall: Hall) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(staff_page, "colleagues", away)
    pushed = told(hall)
    assert [one["id"] for one in pushed["calls"]] == [call]
    assert pushed["colleagues"] is None


def test_pages_of_leads_hear_of_who_has_gone_unanswered_and_of_no_other_call(clerk: TestClient, hall: Hall) -> None:
    for move in ("cancel", "leave"):
        gone = called(clerk)
        clerk.put(f"/calls/{gone}", content=call_request(moves=[move]), headers=JSON_BODY).raise_for_status()
    clerk.post("/staff/calls/missed/seen", json={"calls": [gone]})
    with hall.database.read() as session:
        heard = session.scalars(select(Event.subject).where(Event.kind == "missed_call")).all()
    assert heard == [gone, gone]
