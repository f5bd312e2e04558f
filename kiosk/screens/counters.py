"""What the hall does at its counters: the list of errands, and of one where, with what and when it is done."""

from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Phrase, Row, Screen
from kiosk.screens.home import REMARKS


def errands(c: Composer) -> Screen:
    offered = c.catalogue.counters_here.errands
    none = Button("help", c.t("errands.none"), icon="help")
    tell = [c.button("cannot", "errands.tell", icon="question")] if c.offers_order("errands") else []
    phrases: list[Phrase] = []
    for one in offered:
        phrases += c.own_phrases([c.text(one.title), *one.phrases.of(c.lang)], "errand", one.id, shown=1)
    return c.make(
        "errands",
        "errands",
        "errands.title",
        lines=("errands.line",),
        choices=(*(Button("errand", c.text(one.title), one.id, icon=one.icon) for one in offered), none, *tell),
        secondary=(c.back(), c.button("finish", "home.end", icon="leave")),
        may_say=(c.longest(REMARKS),),
        phrases=[
            *c.phrases("errands_none", "help", shown=True),
            *phrases,
            *c.phrases("back", "back"),
            *c.phrases("home", "finish"),
        ],
    )


def errand(c: Composer) -> Screen:
    shown = c.catalogue.counters.errand(c.state.errand)
    facts = {"counter": (shown.counter,), "papers": shown.papers, "hours": (shown.hours,)}
    rows = tuple(
        Row(
            c.t(f"errand.{name}"),
            "\n".join(c.text(one) for one in told),
            say=(c.said(f"errand.{name}"), *(one.said(c.lang) for one in told)),
        )
        for name, told in facts.items()
    )
    return c.make(
        f"errand-{shown.id}",
        "errand",
        c.text(shown.title),
        title_said=(shown.title.said(c.lang),),
        rows=rows,
        picture=c.picture(shown.picture),
        say_after=tuple(part for row in rows for part in row.say),
        primary=c.button("help", "help.call", icon="help"),
        secondary=(c.back(), c.button("finish", "home.end", icon="leave")),
        phrases=[
            *c.phrases("call", "help", shown=True),
            *c.phrases("back", "back", shown=True),
            *c.phrases("home", "finish", shown=True),
        ],
    )
