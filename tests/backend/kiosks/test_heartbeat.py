from pathlib import Path

from fastapi.testclient import TestClient
from project import ASSETS

from forms import load_catalogue


def test_a_heartbeat_shows_on_the_board(clerk: TestClient) -> None:
    beat = {"version": "0.1.0", "waiting": 3, "degraded": ["没有接麦克风"]}
    for waiting in (1, 3):
        assert clerk.put("/kiosks/柳林村一号/heartbeat", json=beat | {"waiting": waiting}).status_code == 200
    (kiosk,) = clerk.get("/staff/kiosks").json()
    assert (kiosk["name"], kiosk["waiting"], kiosk["degraded"]) == ("柳林村一号", 3, ["没有接麦克风"])


def test_refused_and_damaged_forms_show_there_with_the_reason(clerk: TestClient) -> None:
    """Finding 6: staff never learned of them. An older kiosk says nothing of them."""
    beat = {"version": "0.1.0", "waiting": 0, "degraded": []}
    stuck = {"refused": 2, "held": 1, "refused_because": ["This submission id already belongs to another form."]}
    for told in (beat | stuck, beat):
        assert clerk.put("/kiosks/柳林村一号/heartbeat", json=told).status_code == 200
        (kiosk,) = clerk.get("/staff/kiosks").json()
        shown = {name: kiosk[name] for name in stuck}
        assert shown == (stuck if told != beat else {"refused": 0, "held": 0, "refused_because": []})


def test_a_mistake_of_the_countys_folder_shows_there_with_its_file_and_line(clerk: TestClient, tmp_path: Path) -> None:
    (tmp_path / "parameters.yaml").write_text("parameters:\n  rent: {values: []}\n", "utf-8")
    (told,) = [str(one) for one in load_catalogue(ASSETS, tmp_path).mistakes]
    beat = {"version": "0.1.0", "waiting": 0, "degraded": [told]}
    assert clerk.put("/kiosks/柳林村一号/heartbeat", json=beat).status_code == 200
    (kiosk,) = clerk.get("/staff/kiosks").json()
    (shown,) = kiosk["degraded"]
    assert shown.startswith("parameters.yaml:2: parameters > rent > values: ")
