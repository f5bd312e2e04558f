"""Every request is either one of the few that anybody may make, or staff's."""

from collections import defaultdict
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, NOW

from backend.accounts import guard, permissions
from backend.accounts.guard import WhoMay
from backend.accounts.permissions import PERMISSIONS, Permission, Role
from backend.accounts.sessions import SignedIn
from protocol.queries import NAMES

ID = "00000000-0000-0000-0000-00000000000b"
OPEN_TO_ALL = {  # what kiosks ask is signed instead (tests/backend/kiosks/test_signed_requests.py)
    "GET /health",
    "GET /key",
    "PUT /submissions/{submission_id}",
    "PUT /definitions/{digest}",
    "GET /catalogue",
    "GET /catalogue/files/{digest}",
    "GET /catalogue/rules",
    "PUT /submissions/{submission_id}/follow-ups/{follow_up_id}",
    "POST /submissions/{submission_id}/answers",
    "PUT /work-orders/{order_id}",
    "POST /kiosks/staff",
    "DELETE /kiosks/staff",
    "GET /kiosks/staff",
    "PUT /calls/{call_id}",
    "GET /calls/{call_id}",
    "POST /enrolments",
    "GET /kiosks/me",
    "PUT /kiosks/me/key",
    "PUT /kiosks/{name}/heartbeat",
    "POST /staff/login",
    "POST /staff/first-pin",
    "POST /staff/logout",
    *(f"POST /queries/{name}" for name in NAMES),
}
OPEN_TO_STAFF = {  # of whatever role: about themselves
    "GET /staff/me",
    "PUT /staff/me/pin",
    "GET /staff/me/sessions",
    "DELETE /staff/me/sessions/{session_id}",
}
OPEN_IN_KNOWN_BROWSERS = {"GET /staff/ringing"}
THE_PAGE = {
    "GET /staff",
    "GET /staff/notifier.js",
    "GET /staff/static/{version}/{name:path}",
}  # and nothing of anybody in it before a login
OPEN_TO_PHONES = {  # the page of a receipt, whose address nobody guesses; not in the description of the hall
    f"{method} {path}" for method in ("GET", "HEAD") for path in ("/r/{part:path}", "/r/style.css", "/robots.txt")
}


def staff_requests(client: TestClient) -> list[tuple[str, str]]:
    """Method and path of all that is not open to all, each as the application itself lists it."""
    paths = client.get("/openapi.json").json()["paths"]
    every = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert {f"{method} {path}" for method, path in every} > OPEN_TO_ALL
    return sorted(pair for pair in every if " ".join(pair) not in OPEN_TO_ALL)


def status(client: TestClient, method: str, path: str) -> int:
    body = {"status": "done", "field": "name"} if method != "GET" else None
    return client.request(method, path.format_map(defaultdict(lambda: ID)), json=body).status_code


def test_everything_about_people_needs_a_login(client: TestClient) -> None:
    client.headers.update(FROM_PAGE)
    answers = {request: status(client, *request) for request in staff_requests(client)}
    assert set(answers.values()) == {401}, answers


def test_another_site_cannot_use_our_login(clerk: TestClient) -> None:
    del clerk.headers["X-Staff-Page"]
    changes = [request for request in staff_requests(clerk) if request[0] != "GET"]
    answers = {request: status(clerk, *request) for request in [*changes, ("POST", "/staff/logout")]}
    assert set(answers.values()) == {403}, answers


def permissions_of(route: APIRoute) -> list[Permission]:
    """What the application asks for before it does this, found in the route itself."""
    found, waiting = [], [route.dependant]
    while waiting:
        dependant = waiting.pop()
        waiting += dependant.dependencies
        if isinstance(dependant.call, WhoMay):
            found.append(dependant.call.permission)
    return found


def routes(client: TestClient) -> list[APIRoute]:
    assert isinstance(client.app, FastAPI)
    every = [one.original_route for one in iter_route_contexts(client.app.routes)]
    every = [route for route in every if isinstance(route, APIRoute)]
    assert {f"{method} {route.path}" for route in every for method in route.methods} > OPEN_TO_ALL
    return every


def test_every_request_of_staff_names_one_permission(client: TestClient) -> None:
    without = {
        f"{method} {route.path}"
        for route in routes(client)
        for method in route.methods
        if len(permissions_of(route)) != 1
    }
    assert without == OPEN_TO_ALL | OPEN_TO_STAFF | OPEN_IN_KNOWN_BROWSERS | OPEN_TO_PHONES | THE_PAGE


@pytest.mark.parametrize("role", Role)
def test_no_role_gets_what_the_table_does_not_say(
    clerk: TestClient, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    """Each request of staff by each role: refused with 403 exactly where the table has no such permission."""
    monkeypatch.setattr(guard, "staff_of", lambda hall, token: SignedIn("李芳", role, UUID(ID), UUID(ID), NOW, True))
    for route in routes(clerk):
        for permission in permissions_of(route):
            for method in route.methods:
                if "/events" in route.path:
                    continue  # it never ends; the permission before it is the same
                refused = status(clerk, method, route.path) == 403
                assert refused == (permission not in PERMISSIONS[role]), (role, method, route.path)


def test_the_table_of_permissions() -> None:
    """Written out once more: whoever gives a role more, or less, does it twice and with open eyes."""
    staff = {"see_board", "take_calls", "call_numbers", "read_forms", "reveal_answers", "move_forms"}
    staff |= {"decide_forms", "correct_forms", "answer_orders", "care_for_own_data"}
    lead = staff | {"review_decisions", "assign_orders", "see_missed_calls"}
    lead |= {"read_figures", "reopen_reading", "export", "register_rules"}
    assert {role.value: set(allowed) for role, allowed in PERMISSIONS.items()} == {
        "staff": staff,
        "lead": lead,
        "admin": lead | {"enrol_kiosks", "manage_accounts"},
    }


def test_a_role_without_permissions_may_do_nothing(clerk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(permissions.PERMISSIONS, Role.ADMIN, frozenset())
    open_to_all = OPEN_TO_STAFF | OPEN_IN_KNOWN_BROWSERS
    asked = [request for request in staff_requests(clerk) if " ".join(request) not in open_to_all]
    answers = {request: status(clerk, *request) for request in asked}
    assert set(answers.values()) == {403}, answers
    assert clerk.get("/staff/me").json()["permissions"] == []
