"""Every request is either one of the few that anybody may make, or staff's."""

import pytest
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE

from backend.accounts import permissions
from backend.accounts.permissions import Role
from protocol.queries import NAMES

ID = "00000000-0000-0000-0000-00000000000b"
OPEN_TO_ALL = {
    "GET /health",
    "GET /key",
    "PUT /submissions/{submission_id}",
    "PUT /definitions/{digest}",
    "GET /catalogue",
    "GET /catalogue/files/{digest}",
    "PUT /calls/{call_id}",
    "GET /calls/{call_id}",
    "PUT /kiosks/{name}/heartbeat",
    "GET /staff/words",
    "GET /staff/views",
    "POST /staff/login",
    "POST /staff/logout",
    *(f"POST /queries/{name}" for name in NAMES),
}


def staff_requests(client: TestClient) -> list[tuple[str, str]]:
    """Method and path of all that is not open to all, each as the application itself lists it."""
    paths = client.get("/openapi.json").json()["paths"]
    every = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert {f"{method} {path}" for method, path in every} > OPEN_TO_ALL
    return sorted(pair for pair in every if " ".join(pair) not in OPEN_TO_ALL)


def status(client: TestClient, method: str, path: str) -> int:
    body = {"status": "done", "field": "name"} if method != "GET" else None
    return client.request(method, path.format(call_id=ID, submission_id=ID), json=body).status_code


def test_everything_about_people_needs_a_login(client: TestClient) -> None:
    client.headers.update(FROM_PAGE)
    answers = {request: status(client, *request) for request in staff_requests(client)}
    assert set(answers.values()) == {401}, answers


def test_another_site_cannot_use_our_login(clerk: TestClient) -> None:
    del clerk.headers["X-Staff-Page"]
    changes = [request for request in staff_requests(clerk) if request[0] != "GET"]
    answers = {request: status(clerk, *request) for request in [*changes, ("POST", "/staff/logout")]}
    assert set(answers.values()) == {403}, answers


def test_a_role_without_permissions_may_do_nothing(clerk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(permissions.PERMISSIONS, Role.STAFF, frozenset())
    asked = [request for request in staff_requests(clerk) if request != ("GET", "/staff/me")]
    answers = {request: status(clerk, *request) for request in asked}
    assert set(answers.values()) == {403}, answers
    assert clerk.get("/staff/me").json()["permissions"] == []
