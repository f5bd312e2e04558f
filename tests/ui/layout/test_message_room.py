"""What is said in between moves nothing that may be under a finger, on any panel."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect
from ui_support import INCH_15, INCH_27, LYING, UPRIGHT, Kiosk

from kiosk.entry.field_input import input_of
from kiosk.state.hall_news import StaffCall
from kiosk.state.look import Look
from kiosk.state.session_state import Remark
from protocol.calls.states import CallState
from ui.speech.listener import Hearing

PANELS = {
    "27 upright": (UPRIGHT, INCH_27, Look()),
    "27 lying, large": (LYING, INCH_27, Look(text="L")),
    "15 upright, English": (UPRIGHT, INCH_15, Look(lang="en")),
    "15 lying, large": (LYING, INCH_15, Look(text="L")),
}
Places = dict[tuple[str, str | None], QRect]


def places(kiosk: Kiosk) -> Places:
    """Where everything stands that can be touched."""
    kiosk.window.refresh()
    return {(one.button.action, one.button.value): one.geometry() for one in kiosk.window.view.targets()}


def said_in_between(kiosk: Kiosk) -> Iterator[str]:
    """The two longest errors of the question on the screen, then a remark."""
    state = kiosk.rehearsal.session.state
    visit = state.visit
    assert visit is not None
    codes = visit.field.kind.codes if input_of(visit.field).methods else ()
    for code in sorted(codes, key=lambda code: len(visit.catalogue.message(code, visit.field).zh))[-2:]:
        visit.complain(code)
        yield kiosk.screen.error
        visit.problem = None
    before, state.remark = state.remark, Remark("come_back.busy")
    yield kiosk.screen.remark
    state.remark = before


def shown(kiosk: Kiosk) -> list[str]:
    parts = (part for part in kiosk.window.view.pool.used if not part.isHidden())
    return [text.string for part in parts for text in part.painted() if text.fits]


@pytest.mark.parametrize("panel", PANELS)
def test_no_key_moves_when_something_is_said(make_kiosk: Callable[..., Kiosk], panel: str) -> None:
    kiosk = make_kiosk(*PANELS[panel])
    kiosk.rehearsal.session.on_change(None)
    moved, looked_at = [], 0
    for label, screen in kiosk.rehearsal.walk(["old-age-allowance", "progress-query"]):
        if screen.progress and not screen.error and not screen.remark:
            still = places(kiosk)
            for sentence in said_in_between(kiosk):
                now, looked_at = places(kiosk), looked_at + 1
                assert sentence in shown(kiosk), label
                moved += [f"{label}, {target}: {sentence}" for target, place in now.items() if still[target] != place]
    assert not moved
    assert looked_at > 40


@pytest.mark.parametrize("panel", PANELS)
def test_no_key_moves_when_staff_come_or_the_kiosk_listens(make_kiosk: Callable[..., Kiosk], panel: str) -> None:
    kiosk = make_kiosk(*PANELS[panel])
    for screen in ("question-name", "question-resident_id", "question-hukou_here"):
        kiosk.walk_to(screen)
        still, quiet = places(kiosk), kiosk.listener.shown
        calls = [
            StaffCall(CallState.REQUESTED, "", False),
            StaffCall(CallState.NOTIFIED, "", True),
            StaffCall(CallState.ACKNOWLEDGED, "李敏", True),
        ]
        for kiosk.rehearsal.hall.call_state in calls:
            assert places(kiosk) == still
            assert kiosk.screen.help.message in shown(kiosk)
        kiosk.rehearsal.hall.call_state = None
        kiosk.listener.shown = Hearing("listening", "我在听，请说")
        assert places(kiosk) == still
        assert "我在听，请说" in shown(kiosk)
        kiosk.listener.shown = quiet
        kiosk.do("another")


@pytest.mark.parametrize("panel", PANELS)
def test_no_card_moves_when_something_is_said(make_kiosk: Callable[..., Kiosk], panel: str) -> None:
    kiosk = make_kiosk(*PANELS[panel])
    kiosk.rehearsal.session.headset_is("unplugged")
    state = kiosk.rehearsal.session.state
    for actions, remarks in (
        (["start"], ["home.unsent", "voice.not_understood", "voice.offer_help"]),
        (["errands"], ["errands.not_heard", "voice.not_understood"]),
        (["settings"], ["headset.on", "headset.gone"]),
    ):
        for action in actions:
            kiosk.do(action)
        still = places(kiosk)
        for key in remarks:
            state.remark = Remark(key)
            assert places(kiosk) == still
            assert kiosk.screen.remark in shown(kiosk)
        state.remark = None
