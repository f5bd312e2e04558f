"""A call for staff is never lost and never doubled, and the screen is told the truth about it."""

import json
from datetime import timedelta

import pytest

from offline_cache.calls import OPEN_RETRY_S, Calls, new_call
from offline_cache.store import Store
from protocol.calls.messages import Arrival, ArrivedBy, Need, Rating
from protocol.calls.states import CallState
from protocol.wire import HALL_HEADER

WANG = Arrival(staff="王丽", by=ArrivedBy.BADGE)


@pytest.fixture
def calls(store, client):
    return Calls(store, client)


@pytest.fixture
def call(calls, now):
    return calls.request(new_call("村委会-1", "home", None, "想找人帮忙", now))


def test_a_call_reaches_the_hall_and_someone_comes(calls, call, hall, now):
    assert not calls.current().reached_hall
    view = calls.refresh(now)
    assert (view.call, view.state, view.reached_hall) == (call, CallState.REQUESTED, True)
    hall.move_call(call, "notified")
    assert calls.refresh(now + timedelta(seconds=1)).state is CallState.NOTIFIED
    hall.move_call(call, "acknowledged", staff="王丽")
    view = calls.refresh(now + timedelta(seconds=2))
    assert (view.state, view.staff) == (CallState.ACKNOWLEDGED, "王丽")


def test_a_second_press_is_the_same_call(calls, call, now):
    assert calls.request(new_call("村委会-1", "check", "old-age-allowance", "", now)) == call
    calls.cancel(call)
    assert calls.request(new_call("村委会-1", "check", "old-age-allowance", "", now)) != call


def test_a_reason_given_later_reaches_the_hall_under_the_same_call(calls, call, hall, now):
    calls.refresh(now)
    assert calls.request(new_call("村委会-1", "receipt", "pension-certification", "请来认证", now)) == call
    assert calls.seconds_until_due(now) == 0
    view = calls.refresh(now)
    assert (view.reached_hall, view.reason) == (True, "想找人帮忙；请来认证")
    assert hall.told[str(call)]["reason"] == "想找人帮忙；请来认证"
    assert hall.told[str(call)]["screen"] == "receipt"
    sent = len(hall.requests)
    calls.request(new_call("村委会-1", "home", None, "请来认证", now))
    calls.refresh(now)
    assert len(hall.requests) == sent, "the same reason is told once"


def test_a_second_form_with_the_same_words_is_added(calls, store, hall, now):
    with store.transaction() as session:
        calls.request_in(session, new_call("村委会-1", "receipt", "pension-certification", "请来认证", now))
    calls.refresh(now)
    with store.transaction() as session:
        calls.request_in(session, new_call("村委会-1", "receipt", "pension-certification", "请来认证", now))
    view = calls.refresh(now)
    assert (view.reached_hall, view.reason) == (True, "请来认证；再一张：请来认证")
    assert hall.told[str(view.call)]["reason"] == view.reason


@pytest.mark.parametrize("line", ["up", "down meanwhile"])
def test_what_a_closed_call_did_not_hear_of_is_called_for_anew(calls, call, hall, now, line):
    calls.refresh(now)
    hall.move_call(call, "closed", staff="王丽")
    hall.is_down = line != "up"
    calls.request(new_call("村委会-1", "receipt", "pension-certification", "请来认证", now))
    view = calls.refresh(now)
    if hall.is_down:
        hall.is_down, now = False, now + timedelta(minutes=1)
        view = calls.refresh(now)
    assert view.call != call
    assert (view.state, view.reached_hall, view.reason) == (CallState.REQUESTED, False, "请来认证")
    assert calls.refresh(now).reached_hall
    told = hall.told[str(view.call)]
    assert (told["reason"], told["screen"], told["moves"]) == ("请来认证", "receipt", [])
    hall.move_call(view.call, "closed", staff="王丽")
    assert calls.refresh(now + timedelta(seconds=1)).state is CallState.CLOSED, "and that is all"


def test_a_call_that_was_called_off_is_not_called_anew(calls, call, hall, now):
    calls.refresh(now)
    hall.move_call(call, "closed", staff="王丽")
    calls.request(new_call("村委会-1", "receipt", "pension-certification", "请来认证", now))
    calls.cancel(call)
    view = calls.refresh(now)
    assert (view.call, view.state) == (call, CallState.CLOSED), "it was over at the hall before"


def test_a_long_reason_does_not_stop_a_call_for_help(calls, now):
    calls.request(new_call("村委会-1", "home", None, "疼" * 1000, now))
    assert calls.refresh(now).reached_hall


def test_without_a_line_it_says_so_and_keeps_trying(calls, call, hall, now):
    hall.is_down = True
    view = calls.refresh(now)
    assert not view.reached_hall
    assert "cannot be reached" in view.error
    assert calls.seconds_until_due(now) == OPEN_RETRY_S
    calls.refresh(now + timedelta(seconds=1))
    assert len(hall.requests) == 1  # not before its time
    hall.is_down = False
    view = calls.refresh(now + timedelta(seconds=2))
    assert (view.reached_hall, view.error) == (True, None)


def test_a_call_survives_a_crash(calls, call, store, path, client, now):
    store.close()
    again = Calls(Store.open(path), client)
    assert again.current().call == call
    assert again.refresh(now).reached_hall


def test_a_cancelled_call_is_told_to_the_hall_later(calls, call, hall, now):
    calls.refresh(now)
    hall.is_down = True
    calls.cancel(call)
    view = calls.refresh(now)
    assert (view.state, view.reached_hall) == (CallState.CANCELLED, False)
    hall.is_down = False
    assert calls.refresh(now + timedelta(minutes=2)).reached_hall
    assert hall.calls[str(call)]["state"] == "cancelled"
    assert calls.seconds_until_due(now) is None


def test_a_cancel_while_the_hall_is_being_asked_is_not_lost(calls, call, hall, now):
    hall.before_answer = lambda path: calls.cancel(call)
    view = calls.refresh(now)
    assert (view.state, view.reached_hall) == (CallState.CANCELLED, False)
    assert calls.refresh(now).reached_hall
    assert hall.calls[str(call)]["state"] == "cancelled"


def test_staff_close_the_call(calls, call, hall, now):
    calls.refresh(now)
    hall.move_call(call, "closed", staff="王丽")
    assert calls.refresh(now + timedelta(seconds=1)).state is CallState.CLOSED
    assert calls.seconds_until_due(now) is None
    calls.cancel(call)
    assert calls.current().state is CallState.CLOSED


def test_a_hall_that_forgot_the_call_is_told_again(calls, call, hall, now):
    calls.refresh(now)
    hall.calls.clear()
    assert calls.refresh(now + timedelta(seconds=1)).reached_hall
    assert str(call) in hall.calls


def test_a_late_answer_never_moves_a_call_back(calls, call, hall, now):
    calls.refresh(now)
    late = json.dumps(hall.calls[str(call)]).encode()
    hall.move_call(call, "acknowledged", staff="王丽")
    calls.refresh(now + timedelta(seconds=1))
    hall.trouble[f"/calls/{call}"] = (200, {}, late)
    view = calls.refresh(now + timedelta(seconds=2))
    assert (view.state, view.staff) == (CallState.ACKNOWLEDGED, "王丽")


def test_a_hall_that_was_put_back_to_an_older_state_is_told_and_believed(calls, call, hall, now):
    calls.refresh(now)
    backup = dict(hall.calls[str(call)])
    hall.move_call(call, "acknowledged", staff="王丽")
    calls.refresh(now + timedelta(seconds=1))
    hall.calls[str(call)] = backup
    view = calls.refresh(now + timedelta(seconds=2))
    assert (view.state, view.staff) == (CallState.REQUESTED, None), "it rings again"
    hall.move_call(call, "en_route", staff="李芳")
    assert calls.refresh(now + timedelta(seconds=3)).staff == "李芳"


def test_without_a_line_it_goes_on_by_what_happens_at_the_kiosk(calls, call, hall, now):
    calls.refresh(now)
    hall.is_down = True
    calls.arrive(call, WANG)
    calls.assist(call)
    assert (calls.current().state, calls.current().staff) == (CallState.ASSISTING, "王丽")
    calls.resolve(call)
    calls.rate(call, Rating.GOOD)
    calls.cancel(call)
    view = calls.refresh(now + timedelta(seconds=1))
    assert (view.state, view.staff, view.reached_hall) == (CallState.CLOSED, "王丽", False)
    hall.is_down = False
    assert calls.refresh(now + timedelta(minutes=2)).reached_hall
    assert hall.told[str(call)]["moves"] == ["arrive", "assist", "resolve", "leave"]
    assert (hall.told[str(call)]["arrival"], hall.told[str(call)]["rating"]) == (
        {"staff": "王丽", "by": "badge"},
        "good",
    )
    assert calls.seconds_until_due(now) is None


@pytest.mark.parametrize("badge", [True, False])
def test_who_has_come_by_the_page_helps_here_too(calls, call, hall, now, badge):
    calls.refresh(now)
    hall.move_call(call, "arrived", staff="王丽")
    calls.refresh(now + timedelta(seconds=1))
    for _ in range(2 * badge):
        calls.arrive(call, WANG)
    calls.assist(call)
    calls.resolve(call)
    view = calls.refresh(now + timedelta(seconds=2))
    assert (view.state, view.staff, view.reached_hall) == (CallState.RESOLVED, "王丽", True)
    assert hall.told[str(call)]["moves"] == ["arrive"] * badge + ["assist", "resolve"]


def test_nobody_says_that_it_is_done_where_nobody_has_come(calls, call):
    calls.resolve(call)
    assert calls.current().state is CallState.REQUESTED


def test_news_of_the_hall_and_a_step_here_at_the_same_moment_both_count(calls, call, hall, now):
    calls.refresh(now)
    hall.move_call(call, "en_route", staff="李芳")
    calls.tell(call, needs=(Need.HEARING,))
    view = calls.refresh(now)
    assert (view.state, view.staff, view.needs, view.reached_hall) == (
        CallState.EN_ROUTE,
        "李芳",
        (Need.HEARING,),
        True,
    )


def test_a_visitor_who_has_left_a_number_is_phoned_though_they_have_gone(calls, call, hall, now):
    calls.tell(call, call_back=b"sealed")
    calls.leave(call)
    view = calls.refresh(now)
    assert (view.state, view.has_gone) == (CallState.REQUESTED, True)
    assert hall.told[str(call)]["has_gone"]
    another = calls.request(new_call("村委会-1", "home", None, "", now))
    assert another != call, "who stands there now calls for themselves"
    assert hall.calls[str(call)]["state"] == "requested"


def test_who_presses_again_after_it_was_done_calls_anew(calls, call, hall, now):
    calls.refresh(now)
    hall.move_call(call, "resolved", staff="王丽")
    assert calls.refresh(now + timedelta(seconds=1)).state is CallState.RESOLVED
    again = calls.request(new_call("村委会-1", "home", None, "", now))
    calls.refresh(now + timedelta(seconds=2))
    assert (hall.calls[str(call)]["state"], hall.calls[str(again)]["state"]) == ("closed", "requested")


def test_a_refused_call_says_why_and_is_given_up_only_once_over(calls, call, hall, now):
    hall.trouble[f"/calls/{call}"] = (422, {HALL_HEADER: "first"}, b'{"detail": "This kiosk is not known."}')
    view = calls.refresh(now)
    assert (view.reached_hall, view.error) == (False, "This kiosk is not known.")
    assert calls.seconds_until_due(now) == OPEN_RETRY_S
    calls.leave(call)
    calls.refresh(now)
    assert calls.seconds_until_due(now) is None
