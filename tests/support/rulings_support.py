"""Deciding on forms as the staff page does."""

from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from httpx import Response

_CHOICES: dict[str, dict[str, Any]] = {
    "accepted": {"reason": "as_it_should_be"},
    "more": {"reason": "paper_missing"},
    "refused": {"reason": "not_old_enough", "basis": "old_age_allowance", "remedies": ["review", "court"]},
}


def panel(clerk: TestClient, form: UUID) -> dict[str, Any]:
    """What stands beside the form."""
    answer = clerk.get(f"/staff/submissions/{form}/ruling")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def choice(kind: str, **other: object) -> dict[str, Any]:
    """Right for the old-age allowance."""
    return {"kind": kind, **_CHOICES[kind], **other}


def decide(clerk: TestClient, form: UUID, kind: str, **other: object) -> Response:
    """As the form stands now, and why otherwise where the rules advise otherwise; `other` takes its place."""
    beside = panel(clerk, form)
    why = {"otherwise": "看过原件"} if beside["ways"][kind]["against"] else {}
    body = choice(kind, **{"version": beside["version"], **why, **other})
    return clerk.post(f"/staff/submissions/{form}/ruling", json=body)


def decided(clerk: TestClient, form: UUID, kind: str, **other: object) -> None:
    answer = decide(clerk, form, kind, **other)
    assert answer.status_code == 204, answer.text


def agree(clerk: TestClient, form: UUID, version: int | None = None) -> Response:
    """To the no that waits, as it stands now."""
    seen = panel(clerk, form)["version"] if version is None else version
    return clerk.post(f"/staff/submissions/{form}/ruling/agree", json={"version": seen})
