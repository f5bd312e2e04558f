"""Forms that are corrected, taken back or completed at a hall."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, NOW, RIGHT_ANSWERS, SigningKiosk, submission

from backend.hall.hall import Hall
from protocol.levels import By, Claim

FORM = UUID(int=3)


def send(
    client: TestClient,
    hall: Hall,
    name: UUID = FORM,
    number: str = "400000000002",
    amends: UUID | None = None,
    service: str = "old-age-allowance",
    **answers: str,
) -> None:
    """A form of the usual person."""
    version = str(hall.catalogue.service(service).version)
    body = submission(hall.keys.public, name, RIGHT_ANSWERS | answers, number, service, version).model_copy(
        update={"amends": amends}
    )
    answer = client.put(f"/submissions/{name}", content=body.model_dump_json(), headers=JSON_BODY)
    assert answer.status_code == 201, answer.text


def claiming(client: TestClient, by: By | None) -> SigningKiosk:
    """The kiosk of this client, of whose visitor it says this."""
    kiosk = client.auth
    assert isinstance(kiosk, SigningKiosk)
    return replace(kiosk, claim=Claim(by) if by else None)


def follow_up(
    client: TestClient,
    kind: str = "take_back",
    *,
    form: UUID = FORM,
    name: UUID | None = None,
    by: By = By.CARD,
    **changes: Any,
) -> httpx.Response:
    made = {"kind": kind, "made_at": NOW.isoformat(), "visitor": Claim(by).header(int(NOW.timestamp()))}
    return client.put(f"/submissions/{form}/follow-ups/{name or uuid4()}", json=made | changes)


def after(client: TestClient, form: UUID = FORM) -> dict[str, Any]:
    """What staff see of it."""
    answer = client.get(f"/staff/submissions/{form}/after")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
