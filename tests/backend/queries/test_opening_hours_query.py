from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hall_support import SigningKiosk, StandingClock, settings_in

from backend.app import create_app
from backend.foundation.settings import SetupError
from backend.hall.hall import Hall
from backend.queries.routes import check_data

WEEK = """
week:
  monday: ["08:30-11:30", "14:00-17:00"]
  tuesday: ["8:30-11:30"]
  wednesday: []
  thursday: []
  friday: ["08:30-11:30", "14:00-17:00"]
  saturday: []
  sunday: []
"""
CLOSED = "closed:\n  2026-11-23: {zh: 停电检修, en: Power is off for repairs}\n"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """The assets of a county that writes its own hours."""
    (tmp_path / "assets" / "hall").mkdir(parents=True)
    return tmp_path / "assets"


def written(county: Path, text: str) -> None:
    (county / "hall" / "opening_hours.yaml").write_text(text, "utf-8")


def asked(client: TestClient) -> dict[str, object]:
    answer = client.post("/queries/opening_hours", json={})
    assert answer.status_code == 200, answer.text
    hours: dict[str, object] = answer.json()
    return hours


def test_the_next_seven_days_from_the_halls_today(hall: Hall, kiosk: SigningKiosk, county: Path) -> None:
    written(county, WEEK + CLOSED + 'phone: "0000-1234567"\n')
    hall.files.settings = hall.files.settings.model_copy(update={"assets": county})
    client = TestClient(create_app(hall, print))
    client.auth = kiosk
    spans = [{"opens": "08:30:00", "closes": "11:30:00"}, {"opens": "14:00:00", "closes": "17:00:00"}]
    repairs = {"zh": "停电检修", "en": "Power is off for repairs"}
    assert (
        asked(client)
        == {
            "days": [
                {"date": "2026-11-20", "spans": spans, "closed": None},  # the hall's today, a Friday
                {"date": "2026-11-21", "spans": [], "closed": None},
                {"date": "2026-11-22", "spans": [], "closed": None},
                {"date": "2026-11-23", "spans": [], "closed": repairs},
                {"date": "2026-11-24", "spans": spans[:1], "closed": None},
                {"date": "2026-11-25", "spans": [], "closed": None},
                {"date": "2026-11-26", "spans": [], "closed": None},
            ],
            "phone": "0000-1234567",
        }
    )


def test_the_bundled_hours_are_whole_and_name_no_telephone(client: TestClient, clock: StandingClock) -> None:
    clock.pass_(days=40)
    hours = asked(client)
    assert len(hours["days"]) == 7
    assert [day["closed"]["zh"] for day in hours["days"] if day["closed"]] == ["元旦放假"]
    assert hours["phone"] is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WEEK.replace("8:30-11:30", "8:30-25:00", 1), "week > monday > 0: '08:30-25:00' is not a span of hours"),
        (WEEK.replace('["8:30-11:30"]', "[830]"), "week > tuesday > 0: 830 is not a span of hours"),
        (WEEK.replace("08:30-11:30", "11:30-08:30", 1), "week > monday > 0: '11:30-08:30' ends before it begins"),
        (WEEK.replace("14:00", "11:00", 1), "week > monday: the spans of a day overlap or are not in order"),
        (WEEK.replace("  sunday: []\n", ""), "week > sunday: Field required"),
        (WEEK + "closed:\n  2026-11-23: {zh: 停电}\n", "closed > 2026-11-23 > en: Field required"),
        (
            WEEK + "closed:\n  2026-13-23: {zh: 停电, en: No power}\n",
            "closed > 2026-13-23 > [key]: Input should be a valid date",
        ),
        (WEEK + "wek: []\n", "wek: Extra inputs are not permitted"),
        (WEEK + "closed: [\n", "not valid YAML at line 11"),
    ],
)
def test_a_mistake_is_told_before_the_hall_serves(tmp_path: Path, county: Path, text: str, said: str) -> None:
    written(county, text)
    with pytest.raises(SetupError) as caught:
        check_data(settings_in(tmp_path).model_copy(update={"assets": county}))
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{county}/hall/opening_hours.yaml")
    assert "\n" not in str(caught.value)
