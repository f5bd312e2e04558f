"""Where a person is outside a visit: the picture that attracts, home, goodbye."""

from kiosk.screens.composer import Composer
from kiosk.screens.model import Button, Phrase, Screen

# What may be said on home and on the list of errands.
REMARKS = ("home.unsent", "errands.not_heard", "promise.ask", "voice.not_understood", "voice.offer_help", "which.again",
           "scan.unknown", "card.not_here", "come_back.gone", "reach.lower.done", "reach.whole.done",
           "headset.on", "headset.off", "headset.gone", "headset.plug_in",
           "help.closed", "help.cancelled", "help.cancelled_matter")  # fmt: skip


def attract(c: Composer) -> Screen:
    start = c.button("start", "attract.start", icon="touch")
    phrases = c.phrases("start", "start", shown=True)
    for service in c.catalogue.services.values():
        phrases += c.own_phrases(service.phrases.of(c.lang), "start", None)
    return c.make("attract", "attract", "attract.title", lines=("attract.line",), primary=start, phrases=phrases)


def home(c: Composer) -> Screen:
    services = c.catalogue.services.values()
    phrases: list[Phrase] = []
    for service in services:
        phrases += c.own_phrases(service.phrases.of(c.lang), "choose", service.id, shown=1)
    return c.make(
        "home",
        "home",
        "home.title",
        lines=("home.line",),
        choices=tuple(
            Button("choose", c.text(one.title), one.id, detail=c.text(one.summary), icon=one.icon) for one in services
        ),
        secondary=(
            c.button("finish", "home.end", icon="leave"),
            c.button("come_back", "come_back.button", icon="slip"),
            c.button("errands", "home.errands", icon="hall"),
        ),
        may_say=(c.longest(REMARKS),),
        say_after=(
            *c.choices_aloud([one.title for one in services]),
            *(c.said(f"notice.{key}") for key in c.state.hall.notices),
        ),
        phrases=[
            *phrases,
            *c.phrases("home", "finish"),
            *c.phrases("come_back", "come_back"),
            *c.phrases("errands", "errands"),
        ],
    )


def goodbye(c: Composer) -> Screen:
    return c.make(
        "goodbye",
        "goodbye",
        "goodbye.title",
        lines=("goodbye.line",),
        secondary=(c.button("home", "goodbye.home", icon="home"),),
        phrases=c.phrases("another", "home", shown=True),
    )
