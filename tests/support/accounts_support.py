"""Members of staff for tests. Hashing a PIN takes 100 ms, so most tests make one member or none."""

from fastapi.testclient import TestClient
from hall_support import FROM_PAGE
from httpx import Response

from backend.accounts import members
from backend.accounts.permissions import Role
from backend.hall.hall import Hall

PIN = "730164"
WRONG_PIN = "905217"


def log_in(client: TestClient, pin: str = PIN, name: str = "李芳", address: str = "") -> Response:
    headers = FROM_PAGE | ({"X-Forwarded-For": address} if address else {})
    return client.post("/staff/login", json={"name": name, "pin": pin}, headers=headers)


def choose_pin(client: TestClient, code: str, name: str = "李芳", pin: str = PIN) -> Response:
    return client.post("/staff/first-pin", json={"name": name, "code": code, "pin": pin}, headers=FROM_PAGE)


def join(client: TestClient, hall: Hall, name: str = "李芳", role: Role = Role.STAFF) -> None:
    """A new account whose person has chosen PIN, and is logged in here."""
    code = members.add(hall, "console", name, role).code
    assert choose_pin(client, code, name).status_code == 204


def new_browser(client: TestClient) -> TestClient:
    """The same hall, by a browser that has no cookies."""
    return TestClient(client.app, headers=dict(FROM_PAGE))
