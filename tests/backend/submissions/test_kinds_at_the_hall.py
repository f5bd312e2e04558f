"""Answers of several choices, numbers and papers, as staff read them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import every_kind
import pytest
import yaml
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, StandingClock, settings_in, submission

from backend.hall.hall import Hall, open_hall

ID = UUID(int=22)


@pytest.fixture
def hall(tmp_path: Path, household_assets: Path, clock: StandingClock) -> Iterator[Hall]:
    steps = [every_kind.step(one, tier="L2") for one in ("income_from", "people_at_home", "household_booklet")]
    text = yaml.safe_dump(every_kind.as_data(steps), allow_unicode=True)
    assets = shutil.copytree(household_assets, tmp_path / "assets")
    (assets / "services" / f"{every_kind.ID}.yaml").write_text(text, "utf-8")
    hall = open_hall(settings_in(tmp_path).model_copy(update={"assets": assets}), clock)
    yield hall
    hall.database.close()


def test_staff_read_labels_what_is_counted_and_what_is_still_to_come(clerk: TestClient, hall: Hall) -> None:
    answers: dict[str, object] = {
        "income_from": ["farming", "pension"],
        "people_at_home": 3,
        "household_booklet": "family",
    }
    body = submission(hall.keys.public, ID, answers, service_id=every_kind.ID).model_dump_json()
    taken = clerk.put(f"/submissions/{ID}", content=body, headers=JSON_BODY)
    assert taken.json()["status"] == "received"
    form = clerk.post(f"/submissions/{ID}/open").json()
    assert [one["value"]["zh"] for one in form["answers"]] == ["养老金、种地养殖", "3 人", "家里人送来"]
    assert [one["value"]["en"] for one in form["answers"]][:2] == ["A pension, Farming", "3 people"]
    assert form["to_bring"] == [{"zh": "户口本：家里人送来", "en": "household booklet: My family brings it"}]
