"""One screen of each kind, shown to who is about to press for help."""

from collections.abc import Iterator

from pressing.kiosk import PressedKiosk

from kiosk.devices.cards import Card
from kiosk.session.handlers.idle import Times
from kiosk.state import identity
from kiosk.walk import errands

SERVICE = "old-age-allowance"


def every_kind(kiosk: PressedKiosk) -> Iterator[str]:
    """The kind of each screen of one visit, which is shown meanwhile. Pressing for help leads back to the screen below
    what lies over it, so each screen is reached from there."""
    session = kiosk.session
    yield "attract"
    session.do("start")
    yield "home"
    yield from _over_home(kiosk)
    session.do("choose", SERVICE)
    yield "prerequisites"
    session.do("next")
    yield from _over_question(kiosk)
    while session.state.visit.stage == "question":
        yield "question"
        if identity.at_question(session.state.visit):
            session.card_read(Card("110105193812310028", "欧阳秀兰"))
            yield "card"
            session.do("refuse_card")
        errands.answer(kiosk)  # type: ignore[arg-type]
    yield "check"
    session.do("send")
    if session.state.hall.call and session.state.hall.call.is_open:
        session.do("help")
        session.do("cancel_help")
    yield "receipt"
    session.do("another")
    session.do("choose", "opening-hours")
    kiosk.until(lambda: session.screen().kind == "answer")
    yield "answer"
    while session.state.location == "visit":
        session.do("back")
    session.do("finish")
    if session.screen().kind != "goodbye":  # it was asked whether they go though a form is not sent
        session.do("finish")
    kiosk.new_visitor(goes_on=session.draft())
    yield "goodbye"


def _over_home(kiosk: PressedKiosk) -> Iterator[str]:
    session = kiosk.session
    session.do("settings")
    yield "settings"
    session.do("settings")
    session.do("practice")
    yield "practice"
    session.do("errands")
    yield "errands"
    session.do("errand", kiosk.catalogue.counters_here.errands[0].id)
    yield "errand"
    session.do("back")
    session.do("back")
    alike = tuple(one.phrases.of("zh")[0] for one in [*kiosk.catalogue.services.values()][:2])
    session.hear(None, between=alike)
    yield "which"
    session.do("come_back")
    yield "come-back"
    session.do("back")


def _over_question(kiosk: PressedKiosk) -> Iterator[str]:
    session = kiosk.session
    session.do("explain")
    yield "explain"
    kiosk.nobody_moves(Times().idle_warning)
    yield "idle"
    kiosk.nobody_moves(Times().idle_warning)
    session.do("save")
    yield "slip"
    session.do("carry_on")
