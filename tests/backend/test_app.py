import json
import logging
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, PRIVATE, call_request, progress, send_form

from backend.foundation.logs import JsonLines
from backend.hall.hall import Hall
from backend.staff_page import FILES

ID = UUID(int=11)
STATIC = f"/staff/static/{FILES.version}"


def test_every_answer_carries_the_security_headers_and_the_page_loads_nothing_from_elsewhere(
    client: TestClient,
) -> None:
    for path in (
        "/staff",
        f"{STATIC}/page.js",
        f"{STATIC}/icon-192.png",
        "/staff/notifier.js",
        f"{STATIC}/staff.css",
        "/health",
        "/nowhere",
    ):
        answer = client.get(path)
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        kept = "public, max-age=31536000, immutable" if path.startswith(STATIC) else "no-store"
        assert answer.headers["cache-control"] == kept
        assert b"https://" not in answer.content


def test_logs_name_the_route_and_never_what_was_sent(
    clerk: TestClient, hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        send_form(clerk, hall.keys.public, ID)
        clerk.put(f"/calls/{ID}", content=call_request(reason="我是欧阳秀兰"), headers=JSON_BODY)
        clerk.post(f"/submissions/{ID}/reveal", json={"field": "phone"})
        progress(clerk, "13912345678")
    lines = [JsonLines().format(record) for record in caplog.records if record.name == "yinling.hall"]
    assert [json.loads(line)["route"] for line in lines][-1] == "/queries/progress"
    assert not any(secret in line for line in lines for secret in PRIVATE)


def test_the_api_describes_itself(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/health",
        "/key",
        "/submissions/{submission_id}",
        "/queries/progress",
        "/calls/{call_id}",
        "/kiosks/{name}/heartbeat",
        "/staff/login",
        "/staff/events",
        "/staff/me",
        "/staff/calls",
        "/staff/submissions",
        "/staff/kiosks",
        "/staff/calls/seen",
        "/calls/{call_id}/take",
        "/calls/{call_id}/resolve",
        "/submissions/{submission_id}/status",
    } <= set(paths)
