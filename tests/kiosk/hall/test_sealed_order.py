"""What somebody could not get done is sealed on the kiosk at once, and only the hall can read it."""

from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from spoken_sound import spoken

from kiosk.hall.offline_service import OfflineHallService
from kiosk.hall.service import CannotKeep, NewOrder
from offline_cache.hall_client import HallClient
from offline_cache.parcels.work_orders import WorkOrders
from offline_cache.store import Store
from offline_cache.sync import PINNED_KEY
from offline_cache.worker import SyncWorker
from protocol.sealing import generate_keys, open_sealed
from protocol.wire import HallKey
from protocol.work_orders.order import Contact, OrderPart, WorkOrderRequest, sealing_context

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NUMBER = "400000000002"
KEYS = generate_keys()


@pytest.fixture
def service(store: Store) -> OfflineHallService:
    """Of a kiosk whose line was never up since it started."""
    client = HallClient("http://127.0.0.1:9")
    worker = SyncWorker(store, client, kiosk="k", version="1")
    return OfflineHallService("村委会-1", store, worker, lambda: client, clock=lambda: NOW)


def test_only_the_hall_can_hear_what_was_said(service: OfflineHallService, store: Store, tmp_path: Path) -> None:
    store.set(PINNED_KEY, HallKey(key_id="first", public_key=KEYS.public).model_dump_json())
    said = spoken(1)
    order = NewOrder(NUMBER, "question-phone", "old-age-allowance", "papers", said, "仇玉兰", "13800138000")
    assert service.order_state(NUMBER) is None
    for _ in range(2):  # a second press
        service.keep_order(order, "zh")
    assert service.order_state(NUMBER) == "saved"
    (name,) = WorkOrders(store).due(NOW)
    row = WorkOrders(store).load(name)
    assert row is not None
    sent = WorkOrderRequest.model_validate_json(row.body)
    assert sent.sound is not None
    assert sent.contact is not None
    assert open_sealed(KEYS.private, sent.sound, sealing_context(UUID(name), OrderPart.SOUND)) == said
    contact = open_sealed(KEYS.private, sent.contact, sealing_context(UUID(name), OrderPart.CONTACT))
    assert Contact.model_validate_json(contact) == Contact(name="仇玉兰", phone="13800138000")
    store.close()
    on_disk = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert NUMBER.encode() in on_disk
    secrets = ("仇玉兰".encode(), b"13800138000", said[-200:-100], b64encode(said)[-200:-100])
    assert not [one for one in secrets if one in on_disk]


def test_a_chosen_reason_alone_is_enough(service: OfflineHallService, store: Store) -> None:
    store.set(PINNED_KEY, HallKey(key_id="first", public_key=KEYS.public).model_dump_json())
    service.keep_order(NewOrder(NUMBER, "home", reason="other"), "en")
    row = WorkOrders(store).load(WorkOrders(store).due(NOW)[0])
    assert row is not None
    sent = WorkOrderRequest.model_validate_json(row.body)
    assert (sent.reason, sent.sound, sent.contact, sent.lang) == ("other", None, None, "en")


def test_it_needs_a_hall_that_was_met(service: OfflineHallService) -> None:
    with pytest.raises(CannotKeep) as problem:
        service.keep_order(NewOrder(NUMBER, "home", reason="other"), "zh")
    assert problem.value.reason == "no_hall_key"
    assert service.order_state(NUMBER) is None
