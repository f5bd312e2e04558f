"""The table of actions is whole, and only handlers change the state."""

from copy import deepcopy
from typing import get_args

import pytest

from kiosk.screens.compose import screen
from kiosk.screens.composer import Composer
from kiosk.screens.offered import buttons
from kiosk.session.handlers import PLAIN, WITH_VALUE
from kiosk.state.actions import PlainAction, ValueAction, WindowAction, action_of
from kiosk.testing.rehearsal import Rehearsal


def test_every_action_has_one_handler() -> None:
    assert set(PLAIN) == set(get_args(PlainAction))
    assert set(WITH_VALUE) == set(get_args(ValueAction))
    assert not set(PLAIN) & set(WITH_VALUE)


@pytest.mark.parametrize(("name", "value"), [("fly", None), ("home", "now"), ("choose", None)])
def test_what_is_no_action_is_refused(name: str, value: str | None) -> None:
    with pytest.raises(ValueError, match=name):
        action_of(name, value)


def test_whatever_a_screen_offers_is_an_action_and_composing_changes_nothing(rehearsal: Rehearsal) -> None:
    for label, _ in rehearsal.walk():
        state = rehearsal.session.state
        before = {name: deepcopy(value) for name, value in vars(state).items() if name not in ("entry", "visit")}
        answers = dict(state.visit.answers) if state.visit else None
        typed = state.entry.text
        shown = screen(Composer(state, rehearsal.catalogue, rehearsal.session.texts))
        assert {name: getattr(state, name) for name in before} == before, label
        assert (dict(state.visit.answers) if state.visit else None, state.entry.text) == (answers, typed), label
        for one in (*buttons(shown), *shown.phrases):
            if one.action not in get_args(WindowAction):
                action_of(one.action, one.value)
