"""The table of a call's states and moves, and the arithmetic of waiting."""

import pytest

from protocol.calls.messages import Need
from protocol.calls.states import ENDS, KIOSK_MOVES, STAFF_MOVES, CallState, Move, after, is_theirs
from protocol.calls.waiting import ESCALATES_S, Colour, colour, escalation, offers_other_ways, passed_a_mark, priority

WAITING = (CallState.REQUESTED, CallState.NOTIFIED)


def walked(*moves: Move) -> CallState:
    state = CallState.REQUESTED
    for move in moves:
        state = after(state, move) or state
    return state


@pytest.mark.parametrize("move", Move)
def test_nothing_follows_what_is_over(move: Move) -> None:
    assert [after(state, move) for state in CallState if state.is_over] == [None] * 3


@pytest.mark.parametrize("move", sorted(ENDS))
def test_a_kiosk_can_end_a_call_wherever_it_stands(move: Move) -> None:
    assert all((end := after(state, move)) and end.is_over for state in CallState if not state.is_over)


def test_whose_visitor_goes_is_abandoned_unless_a_person_had_come_or_phoned() -> None:
    ends = {state: after(state, Move.LEAVE) for state in CallState if not state.is_over}
    nobody = {state for state, end in ends.items() if end is CallState.ABANDONED}
    assert nobody == {*WAITING, CallState.ACKNOWLEDGED, CallState.EN_ROUTE}
    assert {end for state, end in ends.items() if state not in nobody} == {CallState.CLOSED}


def test_a_call_only_rings_again_when_it_is_handed_back() -> None:
    to_ring = {(state, move) for state in CallState for move in Move if after(state, move) in WAITING}
    again = {(state, move) for state, move in to_ring if state not in WAITING}
    assert {move for _, move in again} == {Move.HAND_BACK}


def test_the_usual_way() -> None:
    assert walked(Move.SHOW, Move.TAKE, Move.SET_OUT, Move.ARRIVE, Move.ASSIST, Move.RESOLVE) is CallState.RESOLVED
    assert walked(Move.TAKE, Move.HAND_BACK) is CallState.NOTIFIED
    assert walked(Move.PHONE, Move.ARRIVE) is CallState.ARRIVED
    assert walked(Move.ASSIST) is CallState.REQUESTED, "the visitor lets nobody help who is not there"


def test_who_may_make_which_move() -> None:
    assert not KIOSK_MOVES & {Move.SHOW, Move.TAKE, Move.SET_OUT, Move.PHONE, Move.HAND_BACK}
    assert not STAFF_MOVES & (ENDS | {Move.PRESS, Move.SHOW, Move.ASSIST})
    assert {move for move in Move if is_theirs(move, "王强", "王强")} == STAFF_MOVES
    only_who_has_it = {move for move in STAFF_MOVES if not is_theirs(move, "王强", "李芳")}
    assert only_who_has_it == {Move.SET_OUT, Move.PHONE}


@pytest.mark.parametrize(
    ("waited_s", "level", "shown", "other_ways"),
    [
        (0, 0, Colour.CALM, False),
        (59.9, 0, Colour.CALM, False),
        (60, 1, Colour.AMBER, False),
        (120, 2, Colour.RED, False),
        (299.9, 2, Colour.RED, False),
        (300, 2, Colour.RED, True),
    ],
)
def test_how_urgent_it_is_follows_from_the_seconds(
    waited_s: float, level: int, shown: Colour, other_ways: bool
) -> None:
    assert (escalation(waited_s), colour(waited_s), offers_other_ways(waited_s)) == (level, shown, other_ways)


def test_a_mark_is_passed_once() -> None:
    assert [passed_a_mark(before, before + 1) for before in (58, 59, 60, 299)] == [False, True, False, True]
    assert passed_a_mark(0, ESCALATES_S[0])


def test_who_cannot_stand_goes_before_who_came_a_minute_earlier() -> None:
    assert priority(30, [Need.STANDING]) > priority(90, []) > priority(89, [])
    assert priority(30, [Need.SEEING, Need.HEARING]) > priority(30, [Need.SEEING])
