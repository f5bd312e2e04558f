"""What somebody could not get done, from the kiosk's button to the answer there: a real store and a real hall."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hall_support import NOW, StandingClock, enrolled, settings_in
from spoken_sound import spoken
from sqlalchemy import select
from to_hall import URL, ToHall

from backend.accounts.permissions import Role, Staff
from backend.app import create_app
from backend.hall.hall import Hall, open_hall
from backend.work_orders import handling, said
from backend.work_orders.tables import WorkOrder
from kiosk.hall.offline_service import OfflineHallService
from kiosk.hall.service import NewOrder
from offline_cache.hall_client import HallClient
from offline_cache.store import Store
from offline_cache.sync import pin_hall_key
from offline_cache.worker import SyncWorker
from protocol.levels import By, Claim
from protocol.queries.progress import Answer, Inputs
from protocol.receipts.new_number import new_receipt_number

LI_FANG = Staff("李芳", Role.STAFF)
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = open_hall(settings_in(tmp_path / "hall"), StandingClock())
    yield hall
    hall.database.close()


def test_from_the_button_to_the_answer(hall: Hall, tmp_path: Path) -> None:
    number, sound = new_receipt_number(), spoken(1)
    store = Store.open(tmp_path / "kiosk.db")
    with TestClient(create_app(hall, lambda pin: None)) as app:
        client = HallClient(URL, identity=enrolled(hall).in_file(tmp_path / "identity.json", hall))
        client.session.mount(URL, ToHall(app, hall.clock))
        worker = SyncWorker(store, client, kiosk="柳林村一号", version="1")
        kiosk = OfflineHallService("柳林村一号", store, worker, lambda: client, clock=hall.clock)
        pin_hall_key(store, client)
        kiosk.keep_order(NewOrder(number, "home", sound=sound, phone="13987654321"), "zh")
        assert kiosk.order_state(number) == "saved"
        worker.step(LATER)
        assert kiosk.order_state(number) == "delivered"
        with hall.database.read() as session:
            (order,) = session.scalars(select(WorkOrder.id)).all()
        assert said.sound(hall, order, LI_FANG) == sound
        said.write_words(hall, order, 0, "想补办老年证", LI_FANG)
        handling.answer(hall, order, 1, "带照片来二号窗口。", "told_how", "", LI_FANG)
        inputs = Inputs(receipt_number=number, phone_last4="4321")
        (line,) = kiosk.ask("progress", inputs, Answer, Claim(By.RECEIPT)).lines
    store.close()
    assert (line.work_order, line.note, line.words.zh) == (True, "带照片来二号窗口。", "有答复了")
