"""Every action has its handler, and every handler is of an action."""

from typing import get_args

from kiosk.session.perform import PLAIN, WITH_VALUE
from kiosk.state.actions import PlainAction, ValueAction


def test_every_action_has_one_handler() -> None:
    assert set(PLAIN) == set(get_args(PlainAction))
    assert set(WITH_VALUE) == set(get_args(ValueAction))
    assert not set(PLAIN) & set(WITH_VALUE)
