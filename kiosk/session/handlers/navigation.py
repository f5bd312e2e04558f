"""Moving about: home, into a service, forward, back, and out."""

from kiosk.screens.staff_call import ticket_service
from kiosk.session.assisting import helping
from kiosk.session.common.presenter import Presenter
from kiosk.session.common.unsent import asks_first
from kiosk.session.handlers import events, own_form, save_and_return, submission
from kiosk.session.handlers.answering import answer
from kiosk.state.sent_forms import SentForms


def start(p: Presenter) -> None:
    p.state.location = "home"


def begin_unseen(p: Presenter, key: str) -> None:
    """The visit of somebody who may not see the screen: the text `key` says how to go on by the keypad."""
    p.somebody_is_here()
    p.state.location = "home"
    p.tell(key, *p.screen().say)
    p.show()


def home(p: Presenter) -> None:
    if p.state.location == "goodbye":
        p.next_visitor()  # whoever it is: the one before has said goodbye
    p.state.overlay = None
    p.drop_visit()
    p.state.location = "home"


def choose(p: Presenter, service_id: str) -> None:
    state, service = p.state, p.catalogue.service(service_id)
    if service.kind == "application" and (reason := p.hall.trouble()):
        p.open_trouble(reason)
        return
    left = None if state.bundle else state.visit
    if left is None or left.service.id != service_id:  # else they left it by 上一步 and go on with it
        if asks_first(p, service_id):
            return
        state.bundle, state.visit = None, p.new_visit(service)
    if state.location != "group":
        state.group = ""
    state.location = "visit"
    if not service.steps:
        submission.ask(p)


def take_ticket(p: Presenter) -> None:
    """Draw a number of the queue, while the call for staff goes on."""
    service = ticket_service(p.composer())
    assert service is not None, "this is offered only where there is one"
    p.state.overlay = p.state.order = None
    choose(p, service.id)


def group(p: Presenter, group_id: str) -> None:
    p.state.location, p.state.group = "group", group_id


def errands(p: Presenter) -> None:
    p.state.location = "errands"


def errand(p: Presenter, errand_id: str) -> None:
    p.state.location, p.state.errand = "errand", errand_id


def nothing_fits(p: Presenter) -> None:
    """What was said is none of the services: show what else the hall does."""
    if p.state.visit is None:
        p.somebody_is_here()  # on the first screen nobody was
    errands(p)
    p.tell("errands.not_heard", *p.screen().say)


def next_step(p: Presenter) -> None:
    state = p.state
    if state.entry.marked and p.screen().entry:
        p.tell("dictation.say_group")
    elif state.location == "come-back":
        save_and_return.try_code(p)
    elif state.location in ("event", "papers"):
        events.next_page(p)
    elif p.visit.stage == "prerequisites":
        p.visit.begin()
        p.load_entry()
    elif state.entry.under_way:
        p.tell("name.pick_first")
    else:
        answer(p, state.entry.text)


def back(p: Presenter) -> None:
    if p.state.location == "errand":
        errands(p)
    elif p.state.location in ("group", "errands", "come-back"):
        p.state.location = "home"
    elif p.state.location == "own-form" and p.state.hall.taken_back and not own_form.leave_taken_back(p):
        home(p)  # what lies beneath says how it was before
    elif p.state.location == "own-form":
        p.state.own_form, p.state.location = None, "visit"
    elif p.state.bundle:
        events.back(p)
    elif not p.visit.back():
        p.state.location = "group" if p.state.group else "home"
    p.load_entry()


def finish(p: Presenter) -> None:
    if asks_first(p, "goodbye"):
        return
    if p.state.assistance:
        helping.end(p, "visit", stays=True)
    p.drop_visit()
    p.forget_people()
    p.state.sent = SentForms()
    p.state.location = "goodbye"


def resume(p: Presenter) -> None:
    p.state.overlay = p.state.beneath


def explain(p: Presenter) -> None:
    p.state.overlay = "explain"


def none_of_them(p: Presenter) -> None:
    asked = p.state.question
    if asked and asked.kind == "said" and p.state.location == "home":
        nothing_fits(p)
    elif error := p.screen().error:
        p.speak((error,), "error")
    else:
        p.tell("which.again")


def repeat(p: Presenter) -> None:
    screen, remark = p.screen(), p.composer().words(p.state.remark)
    filled = (screen.entry.said,) if screen.entry and screen.entry.value else ()
    first = [text for text in (screen.error, remark) if text]
    p.speak((*first, *screen.say, *filled))
