"""A life event: which of its errands are taken, what to have at hand, then one form after the other."""

from kiosk.session.common.presenter import Presenter
from kiosk.session.common.unsent import asks_first
from kiosk.state.bundle import Bundle, FormOfBundle


def event(p: Presenter, event_id: str) -> None:
    state = p.state
    if reason := p.hall.trouble():
        p.open_trouble(reason)
        return
    if state.bundle is None or state.bundle.event.id != event_id:  # else they left it by 上一步 and go on with it
        if asks_first(p, event_id):
            return
        state.bundle, state.visit = _begun(p, event_id), None
    if state.location != "group":
        state.group = ""
    state.location = "event"


def _begun(p: Presenter, event_id: str) -> Bundle:
    event = p.catalogue.events[event_id]
    services = [p.catalogue.service(one.service) for one in event.services]
    return Bundle(event, [FormOfBundle(p.catalogue, one, p.today) for one in services], lambda: p.state.known)


def take(p: Presenter, service_id: str) -> None:
    """An errand is left out, or taken again; say which."""
    bundle = _bundle(p)
    bundle.take(service_id)
    done = "event.left_out" if service_id in bundle.left_out else "event.taken"
    p.speak((p.said(done), p.catalogue.service(service_id).title.said(p.state.look.lang)))


def next_page(p: Presenter) -> None:
    """From the errands to the papers, from there to the questions."""
    bundle, state = _bundle(p), p.state
    if not bundle.taken:
        p.tell("event.none")
    elif state.location == "event":
        state.location = "papers"
    else:
        state.location = "visit"
        bundle.begin()
        p.load_entry()


def back(p: Presenter) -> None:
    bundle, state = _bundle(p), p.state
    if state.location == "event":
        state.location = "group" if state.group else "home"
    elif state.location == "papers":
        state.location = "event"
    elif not bundle.back():
        state.location = "papers"


def _bundle(p: Presenter) -> Bundle:
    assert p.state.bundle is not None, "these actions are offered for a life event only"
    return p.state.bundle
