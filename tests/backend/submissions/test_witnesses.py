"""Signatures on the staff page: drawn for whoever may read them; a mark is witnessed once, by name."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import every_kind
import pytest
import yaml
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, StandingClock, settings_in, submission
from rulings_support import decided
from sqlalchemy import select

from backend.audit.tables import Audit
from backend.hall.hall import Hall, open_hall
from backend.privacy.retention import prune_a_piece
from backend.submissions.tables import Witness

ID = UUID(int=22)
SIGNED = [[[120, 310], [480, 305]], [[500, 290]]]


@pytest.fixture
def hall(tmp_path: Path, household_assets: Path, clock: StandingClock) -> Iterator[Hall]:
    text = yaml.safe_dump(every_kind.as_data([every_kind.step("allow_check")]), allow_unicode=True)
    assets = shutil.copytree(household_assets, tmp_path / "assets")
    (assets / "services" / f"{every_kind.ID}.yaml").write_text(text, "utf-8")
    hall = open_hall(settings_in(tmp_path).model_copy(update={"assets": assets}), clock)
    yield hall
    hall.database.close()


def send(clerk: TestClient, hall: Hall, signature: object) -> str:
    """How the hall takes it."""
    body = submission(hall.keys.public, ID, {"allow_check": signature}, service_id=every_kind.ID).model_dump_json()
    return str(clerk.put(f"/submissions/{ID}", content=body, headers=JSON_BODY).json()["status"])


def answer(clerk: TestClient) -> dict[str, object]:
    (one,) = clerk.post(f"/submissions/{ID}/open").json()["answers"]
    return dict(one)


def test_a_signature_is_covered_until_somebody_asks_and_then_drawn(clerk: TestClient, hall: Hall) -> None:
    assert send(clerk, hall, SIGNED) == "received"
    shown = answer(clerk)
    assert (shown["value"], shown["ink"], shown["is_masked"]) == ({"zh": "*" * 20, "en": "*" * 20}, [], True)
    full = clerk.post(f"/submissions/{ID}/reveal", json={"field": "allow_check"}).json()
    assert full == {"zh": "已签字", "en": "signed", "ink": SIGNED, "on_record": None}


@pytest.mark.parametrize("odd", [[[[500, 500]]], "nothing", [[[1, 1]] * 100_000], {"a": 1}])
def test_what_is_hardly_a_signature_is_never_refused_by_the_hall(clerk: TestClient, hall: Hall, odd: object) -> None:
    assert send(clerk, hall, odd) == "needs_person"
    assert clerk.post(f"/submissions/{ID}/open").json()["problems"]


def test_a_mark_is_witnessed_once_and_by_name(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, "mark")
    assert answer(clerk)["mark"] == {"witness": None, "at": None}
    assert answer(clerk)["value"] == {"zh": "按手印", "en": "Make a mark"}
    assert clerk.post(f"/submissions/{ID}/witness", json={"field": "allow_check"}).status_code == 204
    mark = answer(clerk)["mark"]
    assert isinstance(mark, dict)
    assert mark["witness"] == "李芳"
    assert mark["at"]
    again = clerk.post(f"/submissions/{ID}/witness", json={"field": "allow_check"})
    assert again.status_code == 409
    assert "李芳" in again.json()["detail"]
    with hall.database.read() as session:
        noted = session.scalars(select(Audit).where(Audit.action == "witness")).all()
    assert [(one.who, one.subject, one.detail) for one in noted] == [("李芳", str(ID), "allow_check")]


@pytest.mark.parametrize(("signature", "field"), [(SIGNED, "allow_check"), ("mark", "something")])
def test_there_has_to_be_a_mark_to_witness(clerk: TestClient, hall: Hall, signature: object, field: str) -> None:
    send(clerk, hall, signature)
    assert clerk.post(f"/submissions/{ID}/witness", json={"field": field}).status_code == 404


def test_a_witness_goes_with_the_form(clerk: TestClient, hall: Hall, clock: StandingClock) -> None:
    send(clerk, hall, "mark")
    clerk.post(f"/submissions/{ID}/witness", json={"field": "allow_check"})
    decided(clerk, ID, "accepted")
    clock.pass_(days=hall.settings.retention_forms + 1)
    while prune_a_piece(hall):
        pass
    with hall.database.read() as session:
        assert session.scalars(select(Witness)).all() == []
