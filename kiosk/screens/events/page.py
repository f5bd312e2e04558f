"""What may be done about a life event in one go: each errand with a tick, then all papers, each once."""

from forms import Service
from kiosk.screens.common.at_hand import at_hand
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Screen
from kiosk.state.bundle import Bundle


def event(c: Composer) -> Screen:
    bundle = _bundle(c)
    shown = bundle.event
    errands = tuple(_errand(c, bundle, visit.service) for visit in bundle.visits)
    phrases = [
        phrase
        for visit in bundle.visits
        for phrase in c.own_phrases(visit.service.phrases.of(c.lang), "take", visit.service.id, shown=1)
    ]
    return c.make(
        f"event-{shown.id}",
        "question",
        c.text(shown.title),
        title_said=(shown.title.said(c.lang),),
        lines=("event.line",),
        choices=errands,
        may_say=(c.t("event.none"),),
        say_after=tuple(part for one in errands for part in (one.label, one.detail)),
        primary=c.button("next", "next", icon="next"),
        secondary=(c.back(),),
        phrases=[*c.phrases("next", "next", shown=True), *phrases, *c.phrases("back", "back", shown=True)],
    )


def _errand(c: Composer, bundle: Bundle, service: Service) -> Button:
    told = next(one for one in bundle.event.services if one.service == service.id)
    detail = c.text(told.detail)
    if bundle.may_fit(told):
        detail = c.t("event.may_fit", detail=detail)
    taken = service.id not in bundle.left_out
    return Button("take", c.text(service.title), service.id, detail=detail, icon=service.icon, selected=taken)


def papers(c: Composer) -> Screen:
    """What is needed for all errands that are taken, each paper once."""
    bundle = _bundle(c)
    return at_hand(c, f"event-papers-{bundle.event.id}", bundle.event.title, "event.papers", bundle.papers)


def _bundle(c: Composer) -> Bundle:
    assert c.state.bundle is not None, "these locations have a life event"
    return c.state.bundle
