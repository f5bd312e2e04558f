"""What somebody could not get done, on the wire; and the sound of it."""

from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
import pytest
from pydantic import ValidationError

from protocol.sealing import SealError, generate_keys, open_sealed, seal
from protocol.work_orders.order import OrderPart, WorkOrderRequest, sealing_context
from protocol.work_orders.sound import LONGEST_BYTES, LONGEST_S, RATE, SoundError, seconds_of
from voice.audio.mu_law import mu_law_wav

NOW = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)


def spoken(seconds: float) -> bytes:
    return mu_law_wav(np.zeros(round(seconds * RATE), dtype=np.int16))


def order(**changes: object) -> WorkOrderRequest:
    fields = {"kiosk": "柳树村一号", "number": "400000000002", "created_at": NOW, "screen": "home", "lang": "zh"}
    return WorkOrderRequest.model_validate(fields | changes)


def test_an_order_survives_the_wire() -> None:
    one = order(sound=b"\x00\xff", reason="papers", service_id="old-age-allowance")
    again = WorkOrderRequest.model_validate_json(one.model_dump_json())
    assert (again, again.body_hash) == (one, one.body_hash)
    assert order(sound=b"\x00\xfe").body_hash != order(sound=b"\x00\xff").body_hash


def test_a_minute_of_sound_fits_and_more_does_not() -> None:
    wav = spoken(LONGEST_S)
    keys, name = generate_keys(), uuid4()
    sealed = seal(keys.public, wav, sealing_context(name, OrderPart.SOUND))
    assert len(wav) <= LONGEST_BYTES
    assert order(sound=sealed).sound == sealed
    assert seconds_of(wav) == LONGEST_S
    with pytest.raises(SoundError, match="longer than 60 seconds"):
        seconds_of(spoken(LONGEST_S + 0.1))
    with pytest.raises(ValidationError, match="at most"):
        order(sound=b"0" * (1024 * 1024 + 1))


@pytest.mark.parametrize("broken", [b"", b"RIFF", spoken(1)[:400], spoken(0), b"<script>" + spoken(1)])
def test_what_is_no_sound_is_told(broken: bytes) -> None:
    with pytest.raises(SoundError, match="record it again"):
        seconds_of(broken)


def test_a_sealed_part_opens_as_that_part_of_that_order_alone() -> None:
    keys, name = generate_keys(), uuid4()
    sealed = seal(keys.public, b"sound", sealing_context(name, OrderPart.SOUND))
    assert open_sealed(keys.private, sealed, sealing_context(name, OrderPart.SOUND)) == b"sound"
    for other in (sealing_context(name, OrderPart.CONTACT), sealing_context(uuid4(), OrderPart.SOUND)):
        with pytest.raises(SealError):
            open_sealed(keys.private, sealed, other)
