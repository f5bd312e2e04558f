"""办不成事: what could not be done is chosen or spoken, sealed at once, and brought to the hall. The visit stays."""

from forms.fields.numbers.phone import LONGEST, is_phone
from kiosk.hall.service import CannotKeep, NewOrder
from kiosk.screens.sent import order as screens
from kiosk.session.common.digit_keys import after_key
from kiosk.session.common.presenter import Presenter
from kiosk.state.actions import Action, Plain
from kiosk.state.order import OrderInHand
from protocol.receipts.new_number import new_receipt_number
from protocol.receipts.phone_page import new_code, page_address
from protocol.work_orders.sound import LONGEST_S
from voice.audio.recordings import RATE
from voice.audio.samples import Samples
from voice.audio.spoken_file import SpokenFile, samples_in

SHORTEST_S = 0.5  # less is a press by mistake


def open_order(p: Presenter) -> None:
    state = p.state
    if state.overlay != "trouble":
        state.overlay = None  # staff want to know where the person is, not what lay over it
    visit, own = (state.visit, None) if state.location == "visit" else (None, state.own_form)
    service = visit.service.id if visit else own.service_id if own else ""
    sent = state.receipt_number if visit else own.number if own else ""
    state.order = OrderInHand(p.screen().name, service or None, sent or None)
    state.overlay = "order"


def take(p: Presenter, action: Action) -> bool:
    """Handle here what other screens have too; False for every other action, which its usual handler takes."""
    order = p.state.order
    if p.state.overlay != "order" or order is None:
        return False
    typed = after_key(order.phone, action, LONGEST)
    if typed is not None:
        order.phone, order.phone_wrong = typed, False
        return True
    match action:
        case Plain("next"):
            _leave_phone(p, order)
        case Plain("decline"):
            order.phone, order.phone_wrong = "", False
            _after_phone(p, order)
        case Plain("back"):
            order.forget_sound()
            order.step = "phone" if order.step == "speak" else "reason"
        case Plain("resume"):
            if not order.sound or p.confirmed("order", "order.sure"):
                order.forget_sound()
                p.state.order = p.state.overlay = None
        case _:
            return False
    return True


def choose_reason(p: Presenter, reason: str) -> None:
    order = _order(p)
    order.reason, order.step = reason or None, "phone"


def record(p: Presenter) -> None:
    order = _order(p)
    order.forget_sound()
    order.recording = SpokenFile()


def recorded(p: Presenter) -> None:
    _recorded(p, _order(p))


def replay(p: Presenter) -> None:
    order = _order(p)
    order.replayed = True
    p.replay(samples_in(order.sound))


def keep(p: Presenter) -> None:
    _keep(p, _order(p))


def said(p: Presenter, samples: Samples) -> None:
    """Somebody is speaking; ignored where nothing is recorded. At the end of the longest it ends by itself."""
    order = p.state.order
    if order is None or order.recording is None:
        return
    p.somebody_is_here()
    left = round((LONGEST_S - order.recording.seconds) * RATE)
    order.heard = order.heard or bool(samples.any())
    order.recording.write(samples[:left])
    if len(samples) >= left:
        _recorded(p, order)
        p.tell("order.full", *p.screen().say, kind="progress")
        p.show()


def tell_news(p: Presenter) -> None:
    """It has come to the hall, or cannot go there."""
    if p.state.overlay == "order" and p.state.order:
        p.speak(screens.come_further(p.composer(), p.state.order), "progress")


def microphone_is(p: Presenter, *, available: bool) -> None:
    """It came or went. What was said until it went stays."""
    state = p.state
    state.microphone = available
    order = state.order
    if available or order is None or order.step != "speak" or order.sound:
        return
    if order.recording:
        _recorded(p, order)
    if not order.sound:
        order.step = "reason"
        p.tell("order.no_microphone")
    p.show()


def _order(p: Presenter) -> OrderInHand:
    assert p.state.order is not None, "these actions are offered on its screens only"
    return p.state.order


def _leave_phone(p: Presenter, order: OrderInHand) -> None:
    order.phone_wrong = not is_phone(order.phone)
    if order.phone_wrong:
        p.speak((p.said("order.phone_wrong"),), "error")
    else:
        _after_phone(p, order)


def _after_phone(p: Presenter, order: OrderInHand) -> None:
    if order.reason is None:
        order.step = "speak"
    else:
        _keep(p, order)


def _recorded(p: Presenter, order: OrderInHand) -> None:
    assert order.recording is not None, "this is offered while somebody speaks only"
    long_enough = order.recording.seconds >= SHORTEST_S
    sound = order.recording.close()
    if order.heard and long_enough:
        order.recording, order.sound = None, sound
    else:
        order.forget_sound()
        p.tell("order.nothing_heard")


def _keep(p: Presenter, order: OrderInHand) -> None:
    """Sealed and kept under a number; then nothing of it can be read here."""
    lang, public, code = p.state.look.lang, p.hall.public_url(), new_code()
    number = new_receipt_number()
    new = NewOrder(
        number,
        order.screen,
        order.service_id,
        order.reason,
        order.sound,
        phone=order.phone,
        form=order.form,
        page_code=code if public else "",
    )
    try:
        p.hall.keep_order(new, lang)
    except CannotKeep:
        p.tell("order.not_kept")
        return
    order.forget_sound()
    order.phone, order.step, order.number = "", "kept", number
    order.page = page_address(public, number, code) if public else ""
    p.note_hall_news()
    p.print(screens.paper(p.composer(), order), "ticket", lambda: p.state.order is order, order)
