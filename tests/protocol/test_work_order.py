"""What somebody could not get done, on the wire; and the sound of it."""

from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
import pytest
from pydantic import ValidationError
from spoken_sound import spoken

from protocol.sealing import SealError, generate_keys, open_sealed, seal
from protocol.wire import MAX_SEALED_BYTES
from protocol.work_orders import sound
from protocol.work_orders.order import OrderPart, WorkOrderRequest, sealing_context
from protocol.work_orders.sound import LONGEST_S, SoundError, seconds_of
from voice.audio.spoken_file import SpokenFile

NOW = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)


def order(**changes: object) -> WorkOrderRequest:
    fields = {"kiosk": "柳树村一号", "number": "400000000002", "created_at": NOW, "screen": "home", "lang": "zh"}
    return WorkOrderRequest.model_validate(fields | changes)


def test_an_order_survives_the_wire() -> None:
    one = order(sound=b"\x00\xff", reason="papers", service_id="old-age-allowance")
    again = WorkOrderRequest.model_validate_json(one.model_dump_json())
    assert (again, again.body_hash) == (one, one.body_hash)
    assert order(sound=b"\x00\xfe").body_hash != order(sound=b"\x00\xff").body_hash


def test_the_longest_sound_fits_and_more_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(spoken(2)) / 2 * LONGEST_S < MAX_SEALED_BYTES / 2
    monkeypatch.setattr(sound, "LONGEST_S", 2)
    assert seconds_of(spoken(2)) == pytest.approx(2, abs=0.2)
    with pytest.raises(SoundError, match="longer than 2 seconds"):
        seconds_of(spoken(3))
    with pytest.raises(ValidationError, match="at most"):
        order(sound=b"0" * (1024 * 1024 + 1))


def test_it_grows_while_somebody_speaks() -> None:
    file = SpokenFile()
    for _ in range(20):
        file.write(np.zeros(1600, dtype=np.int16))
    assert file.seconds == 2.0
    assert seconds_of(file.close()) == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("cut", [0, 4, 200, -1, None], ids=str)
def test_what_is_no_sound_is_told(cut: int | None) -> None:
    broken = b"<script>" + spoken(1) if cut is None else spoken(1)[:cut]
    with pytest.raises(SoundError, match="record it again"):
        seconds_of(broken)


def test_a_sealed_part_opens_as_that_part_of_that_order_alone() -> None:
    keys, name = generate_keys(), uuid4()
    sealed = seal(keys.public, b"sound", sealing_context(name, OrderPart.SOUND))
    assert open_sealed(keys.private, sealed, sealing_context(name, OrderPart.SOUND)) == b"sound"
    for other in (sealing_context(name, OrderPart.CONTACT), sealing_context(uuid4(), OrderPart.SOUND)):
        with pytest.raises(SealError):
            open_sealed(keys.private, sealed, other)
