"""Calling a staff member."""

from collections.abc import Sequence

from kiosk.screens import staff_call
from kiosk.session.common.presenter import Presenter
from kiosk.state.session_state import Remark
from kiosk.state.visit import Visit
from protocol.calls.messages import Need, Rating
from protocol.calls.states import CallState

STAY = Remark("promise.ask")


def matter(forms: Sequence[Visit]) -> str:
    """What staff have to do here once these are sent, in their language; "" for nothing. It names no person."""
    due = {one.service.title.zh: "；".join(choice.label.zh for choice in one.due_here) for one in forms}
    return "。".join(f"{title}：{what}" for title, what in due.items() if what)


def call_staff(p: Presenter) -> None:
    state, again, call = p.state, p.state.overlay == "help", p.state.hall.call
    gone = call if again and call and call.is_here else None  # who had come, without a word: another call rings
    if gone:
        p.hall.cancel_call()
    if state.overlay != "trouble":
        state.overlay = None  # staff want to know where the person is, not what lay over it
    visit = state.visit if state.location == "visit" else None
    what, needs = (gone.matter, gone.needs) if gone else (_matter_now(p), state.needs)
    p.hall.call(p.screen().name, visit.service.id if visit else None, what, needs)
    p.note_hall_news()
    state.overlay = "help"
    if again:
        p.read_screen()


def _matter_now(p: Presenter) -> str:
    """What staff have to do here once they come: an errand of the counters, or what was promised of a form."""
    state = p.state
    if state.location == "errand":
        return p.catalogue.counters.errand(state.errand).title.zh
    if state.visit is None or not state.promise_is_open:
        return ""
    return state.hall.call.matter if state.hall.call else matter(state.forms)  # one that was called off has all of them


def cancel_call(p: Presenter) -> None:
    call = p.state.hall.call
    p.hall.cancel_call()
    p.note_hall_news()
    p.state.overlay = p.state.beneath
    p.tell("help.cancelled_matter" if call and call.matter else "help.cancelled", kind="news")


def toggle_need(p: Presenter, name: str) -> None:
    """The visitor says, or takes back, what staff should know before they come."""
    state, said, call = p.state, Need(name), p.state.hall.call
    before = call.needs if call and call.is_open else state.needs  # a call goes on over a restart
    state.needs = tuple(one for one in Need if (one in before) != (one is said))
    p.hall.tell_needs(state.needs)
    p.note_hall_news()
    p.tell("help.need_told" if said in state.needs else "help.need_dropped", kind="progress")


def rate(p: Presenter, rating: str) -> None:
    """How it went. Who says that it was not done stays on the screen that offers what else there is."""
    p.hall.rate_call(Rating(rating))
    p.note_hall_news()
    if Rating(rating) is not Rating.BAD:
        p.state.overlay = p.state.beneath
        p.tell("help.thanks", kind="news")


def tell_news(p: Presenter) -> None:
    """The call has changed by itself."""
    if p.state.hall.other_ways and p.state.hall.call:
        p.hall.tell_other_ways()
    if p.state.remark == STAY:
        p.state.remark, p.state.to_drop = None, ""  # it may be true no more
    call, shown = p.state.hall.call, p.screen()
    if call and call.is_done and shown.kind != "help":
        p.state.remark = Remark("help.closed")
    if call and call.state is CallState.ABANDONED and shown.kind != "help":
        p.state.remark = Remark("help.line.not_done")
    if said := staff_call.news(p.composer(), shown):
        p.speak(said, "news")
