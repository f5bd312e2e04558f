"""The walk through what somebody could not get done: chosen, spoken, kept."""

from collections.abc import Iterator

import numpy as np

from kiosk.walk.walked_terminal import WalkedTerminal
from voice.audio.recordings import RATE


def orders(t: WalkedTerminal) -> Iterator[str]:
    """From home and back to it, without a microphone and with one."""
    session = t.session
    session.do("cannot")
    yield "order-reason-no-microphone"
    session.microphone_is(available=True)
    yield "order-reason"
    session.do("reason", "")
    yield "order-phone"
    session.do("type", "1")
    session.do("next")
    yield "order-phone-wrong"
    session.do("decline")
    yield "order-speak"
    session.do("record")
    session.do("recorded")
    yield "order-speak-nothing-heard"
    session.do("record")
    yield "order-recording"
    session.record(np.full(RATE, 1000, np.int16))
    session.do("recorded")
    yield "order-spoken"
    session.do("resume")
    yield "order-spoken-sure"
    t.hall.state = "saved"
    session.do("keep")
    yield "order-kept"
    t.hall.state = "delivered"
    session.tick()
    yield "order-kept-delivered"
    t.hall.state = "saved"
    session.do("resume")
    session.microphone_is(available=False)
