"""办不成事: what somebody could not get done is told in a few touches, kept sealed, and the errand goes on."""

import numpy as np
import pytest
from one_form import begin_for_oneself

from kiosk.intents import CANNOT, Intent
from kiosk.state.draft import draft_of
from kiosk.testing.printer import PlayedPrinter
from kiosk.testing.rehearsal import Rehearsal
from protocol.work_orders.sound import LONGEST_S, seconds_of
from voice.audio.recordings import RATE

SPEECH = (np.sin(np.arange(2 * RATE) * 0.3) * 8000).astype(np.int16)


def test_a_chosen_reason_is_kept_and_the_question_is_there_again(rehearsal: Rehearsal) -> None:
    session, hall = rehearsal.session, rehearsal.hall
    session.do("start")
    begin_for_oneself(session)
    asked = session.screen()
    session.hear("办不成事")
    reasons = session.screen()
    assert reasons.title == "什么事没办成？"
    assert "cannot" not in [one.action for one in reasons.tools]
    session.do("reason", "papers")
    for digit in "13800138000":
        session.do("type", digit)
    session.do("next")
    kept = session.screen()
    (order,) = hall.orders.values()
    assert (order.screen, order.service_id, order.reason) == (asked.name, "old-age-allowance", "papers")
    assert (order.phone, order.sound) == ("13800138000", b"")
    assert len(order.number) == 12
    assert kept.rows[0].value.replace(" ", "") == order.number
    assert order.number in kept.qr
    assert "3 个工作日" in " ".join(row.value for row in kept.rows)
    session.do("resume")
    assert session.screen() == asked
    assert session.state.order is None


def test_its_coming_to_the_hall_is_said_while_its_number_is_shown(rehearsal: Rehearsal) -> None:
    session, hall = rehearsal.session, rehearsal.hall
    session.do("start")
    session.do("cannot")
    session.do("reason", "papers")
    session.do("decline")
    hall.state = "delivered"
    session.tick()
    assert session.to_say() == ("已送达", "什么时候答复", "3 个工作日内")
    assert session.screen().rows[1].value == "已送达"
    said = session.utterances
    session.do("resume")
    session.tick()
    assert session.utterances == said + 1, "the screen beneath alone"


def test_what_is_said_is_heard_again_kept_and_forgotten(rehearsal: Rehearsal) -> None:
    session, hall, replayed = rehearsal.session, rehearsal.hall, []
    session.on_replay(replayed.append)
    session.microphone_is(available=True)
    session.do("start")
    session.do("cannot")
    assert session.screen().secondary[-1].label == "都不是，我自己说", "on no page of the list, but below it"
    session.do("reason", "")
    session.do("decline")
    session.do("record")
    assert session.screen().records
    session.record(SPEECH)
    session.do("recorded")
    session.do("replay")
    session.do("replay")  # once is enough, and the button is gone
    assert [len(one) for one in replayed] == [len(SPEECH)]
    session.do("resume")
    assert session.screen().name == "order-spoken", "what was said does not go by one press"
    session.do("keep")
    (order,) = hall.orders.values()
    assert seconds_of(order.sound) == pytest.approx(2, abs=0.1)
    assert order.reason is None
    held = session.state.order
    assert held
    assert (held.sound, held.recording, held.phone) == (b"", None, "")


def test_nobody_is_recorded_for_longer_than_a_minute(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    _speak(rehearsal)
    for _ in range(LONGEST_S):
        session.record(SPEECH)
    assert session.screen().name == "order-spoken"
    session.do("keep")
    (order,) = rehearsal.hall.orders.values()
    assert seconds_of(order.sound) <= LONGEST_S + 0.5


def test_silence_is_not_kept(rehearsal: Rehearsal) -> None:
    _speak(rehearsal)
    rehearsal.session.record(np.zeros(2 * RATE, np.int16))
    rehearsal.session.do("recorded")
    shown = rehearsal.session.screen()
    assert (shown.name, shown.remark) == ("order-speak", "没听到声音。请靠近一点，再说一次。")


def test_a_crash_in_the_middle_leaves_nothing_of_what_was_said(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    session.do("start")
    begin_for_oneself(session)
    asked = session.screen()
    _speak(rehearsal, start=False)
    session.record(SPEECH)
    draft = draft_of(session.state)
    assert draft.overlay is None
    session.wipe()
    session.restore(draft)
    assert session.screen().name == asked.name
    assert rehearsal.hall.orders == {}


def test_without_a_microphone_there_are_the_cards(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    session.do("start")
    session.do("cannot")
    assert "" not in [one.value for one in session.screen().choices]
    session.do("resume")
    _speak(rehearsal, start=False)
    session.record(SPEECH)
    session.microphone_is(available=False)  # pulled out
    assert session.screen().name == "order-spoken", "what was said until then is there"


def test_what_cannot_be_kept_stays(rehearsal: Rehearsal) -> None:
    session, hall = rehearsal.session, rehearsal.hall
    _speak(rehearsal)
    session.record(SPEECH)
    session.do("recorded")
    hall.broken = "store_full"
    session.do("keep")
    assert session.screen().remark.startswith("现在存不了。您说的还在")
    hall.broken = None
    session.do("keep")
    assert len(hall.orders) == 1


@pytest.mark.parametrize(("broken", "told"), [(False, "号打好了"), (True, "号没打出来")], ids=["printed", "failed"])
def test_its_number_is_printed_and_what_lies_beneath_knows_nothing_of_it(
    rehearsal: Rehearsal, *, broken: bool, told: str
) -> None:
    session, printer = rehearsal.session, PlayedPrinter()
    printer.broken = broken
    session.equip(printer=printer)
    session.do("start")
    session.do("cannot")
    session.do("reason", "papers")
    session.do("decline")
    assert "正在打印您的号" in session.screen().lines[0]
    rehearsal.finish_background()
    assert session.screen().lines[0].startswith(told)
    assert session.to_say()[0].startswith(told)
    (number,) = rehearsal.hall.orders
    assert printer.page
    assert printer.page.number.replace(" ", "") == number
    assert session.state.printing == ""


def test_help_and_the_idle_clock_lead_back_to_it(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    session.do("start")
    session.do("cannot")
    session.do("help")
    session.do("resume")
    assert session.screen().name == "order-reason"
    rehearsal.hall.cancel_call()
    session.tick()
    rehearsal.seconds += 10_000
    session.tick()
    rehearsal.seconds += 10_000
    session.tick()
    assert session.state.order is None, "whoever has gone leaves nothing"


def test_every_nothing_offers_it(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    session.do("start")
    session.do("errands")
    assert "cannot" in [one.action for one in session.screen().choices]
    session.do("back")
    rehearsal.intent = Intent(CANNOT, 0.9)
    session.hear(None, syllables=("wo",))
    assert [one.action for one in session.screen().choices] == ["help", "cannot", "none_of_them"]
    session.do("cannot")
    session.do("reason", "other")
    session.do("decline")
    (order,) = rehearsal.hall.orders.values()
    assert order.screen == "home"


def _speak(rehearsal: Rehearsal, *, start: bool = True) -> None:
    """To where one is being recorded."""
    session = rehearsal.session
    session.microphone_is(available=True)
    if start:
        session.do("start")
    session.do("cannot")
    session.do("reason", "")
    session.do("decline")
    session.do("record")
