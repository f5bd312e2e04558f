"""Calling a staff member."""

from kiosk.session.presenter import Presenter


def call_staff(p: Presenter) -> None:
    state = p.state
    if state.overlay != "trouble":
        state.overlay = None  # staff want to know where the person is, not what lay over it
    visit = state.visit if state.location == "visit" else None
    p.hall.call(p.screen().name, visit.service.id if visit else None)
    p.note_hall_news()
    state.overlay = "help"


def cancel_call(p: Presenter) -> None:
    p.hall.cancel_call()
    p.note_hall_news()
    p.state.overlay = None
    p.speak((p.said("help.cancelled"),), "news")
