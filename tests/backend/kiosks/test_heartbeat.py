from fastapi.testclient import TestClient


def test_a_heartbeat_shows_on_the_board(clerk: TestClient) -> None:
    beat = {"version": "0.1.0", "waiting": 3, "degraded": ["没有接麦克风"]}
    for waiting in (1, 3):
        assert clerk.put("/kiosks/柳林村一号/heartbeat", json=beat | {"waiting": waiting}).status_code == 204
    (kiosk,) = clerk.get("/staff/kiosks").json()
    assert (kiosk["name"], kiosk["waiting"], kiosk["degraded"]) == ("柳林村一号", 3, ["没有接麦克风"])
