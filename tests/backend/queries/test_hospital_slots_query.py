"""What the hall tells of a hospital's free numbers, whatever the hospital answers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hall_support import NOW

from backend.audit.tables import Audit
from backend.hall.hall import Hall
from backend.providers.inquiries import HalfDay, HospitalSlots, Inquiry, Slots
from backend.providers.over_http import ProviderOverHttp
from backend.providers.provider import NoProvider
from backend.providers.simulated.failures import KINDS, Failure
from backend.providers.simulated.registry import DEPARTMENTS, HOSPITALS
from backend.providers.simulated.server import Behaviour, SimulatedRegistry
from backend.providers.values import MISSING, Missing, Told
from forms.fields.half_day import FARTHEST

SHORT_S = 0.25
TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def hall(hall: Hall, registry: SimulatedRegistry) -> Hall:
    """It asks the simulated registry."""
    return replace(hall, provider=ProviderOverHttp(registry.url, limit_s=SHORT_S))


class Says:
    """A provider that says this, whatever it is asked."""

    def __init__(self, told: Told | Missing) -> None:
        self.told, self.asked = told, list[Inquiry[Told]]()

    def ask(self, inquiry: Inquiry[Told]) -> Any:
        self.asked.append(inquiry)
        return self.told


def slots(client: TestClient, **other: str) -> dict[str, Any]:
    asked = {"hospital": "county", "department": "eyes", **other}
    answer = client.post("/queries/hospital_slots", json=asked)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def as_if(client: TestClient, told: Told | Missing) -> Says:
    app: Any = client.app
    says = Says(told)
    app.state.hall = replace(app.state.hall, provider=says)
    return says


def test_each_half_day_with_what_is_left(client: TestClient, hall: Hall) -> None:
    told = slots(client)
    assert told["office"] == "told"
    assert len(told["left"]) == 2 * (FARTHEST + 1 - 4), "all but the four Sundays"
    assert all(0 <= left < 12 for left in told["left"].values())
    with hall.database.read() as session:
        assert not session.query(Audit).where(Audit.action == "ask_office").all(), "it is about nobody"


@pytest.mark.parametrize("hospital", HOSPITALS)
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_the_shipped_errand_names_what_the_simulated_hospitals_have(
    client: TestClient, hospital: str, department: str
) -> None:
    assert slots(client, hospital=hospital, department=department)["office"] == "told"


def test_a_department_that_the_hospital_does_not_know(client: TestClient) -> None:
    assert slots(client, department="moon") == {"office": "nothing", "left": {}}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "slow"])
def test_a_hospital_that_fails_tells_nothing_and_nothing_is_made_up(
    client: TestClient, registry: SimulatedRegistry, kind: str
) -> None:
    registry.behaviour = Behaviour(failures=(Failure(kind, 1.0),))
    assert slots(client) == {"office": "away", "left": {}}


def test_a_hall_without_a_provider_says_so(client: TestClient, hall: Hall) -> None:
    app: Any = client.app
    app.state.hall = replace(app.state.hall, provider=NoProvider())
    assert slots(client) == {"office": "not_asked", "left": {}}


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (MISSING, None),
        (Slots(), {}),
        (Slots(half_days=()), {}),
        (Slots(half_days=(HalfDay(on=TOMORROW, half="morning", left=0),)), {f"{TOMORROW}-morning": 0}),
        (Slots(half_days=(HalfDay(on=TODAY - timedelta(days=1), half="morning", left=3),)), {}),
        (Slots(half_days=(HalfDay(on=TODAY + timedelta(days=FARTHEST + 1), half="morning", left=3),)), {}),
        (
            Slots(half_days=tuple(HalfDay(on=TOMORROW, half="morning", left=left) for left in (4, 1, 9))),
            {f"{TOMORROW}-morning": 1},
        ),
    ],
)
def test_what_nobody_told_is_not_there(client: TestClient, told: Told | Missing, left: dict[str, int] | None) -> None:
    says = as_if(client, told)
    found = slots(client)
    assert (found["office"], found["left"]) == ("nothing" if left is None else "told", left or {})
    assert says.asked == [HospitalSlots(hospital="county", department="eyes", first_day=TODAY, days=FARTHEST + 1)]


@pytest.mark.parametrize("wrong", [{"hospital": "County!"}, {"department": ""}, {"day": "2026-11-30"}])
def test_what_a_kiosk_may_not_ask_is_refused(client: TestClient, wrong: dict[str, str]) -> None:
    asked = {"hospital": "county", "department": "eyes", **wrong}
    assert client.post("/queries/hospital_slots", json=asked).status_code == 422
