"""A number of the queue: on the screen, and on paper to take along."""

from kiosk.devices.printers import Paper
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Row, Screen
from kiosk.state.query_answer import QueryAnswer
from kiosk.state.visit import Visit


def ticket(c: Composer, visit: Visit, found: QueryAnswer) -> Screen:
    title = c.t(found.title, number=found.number)
    said = tuple(c.aloud(part) for one in found.lines for part in one.aloud)
    keep, then = c.how_to_keep("ticket"), visit.ending.next
    return c.make(
        "answer-ticket",
        "answer",
        title,
        title_said=(title,),
        rows=rows(c, found),
        lines=(keep,),
        written_lines=(c.text(then),),
        say_between=(*said, c.aloud(then)),
        primary=c.button("finish", "ticket.finish", icon="yes"),
        secondary=(c.back(), c.button("another", "receipt.another", icon="home")),
        phrases=[
            *c.phrases("ticket.finish", "finish", shown=True),
            *c.phrases("another", "another", shown=True),
            *c.phrases("back", "back", shown=True),
        ],
    )


def rows(c: Composer, found: QueryAnswer) -> tuple[Row, ...]:
    return tuple(
        Row(c.text(one.label), c.text(one.value), say=(c.aloud(one.label), c.aloud(one.value))) for one in found.lines
    )


def paper(c: Composer, visit: Visit, found: QueryAnswer) -> Paper:
    lines = (*(c.on_paper(row) for row in rows(c, found)), c.text(visit.ending.next))
    return Paper(c.t("ticket.paper"), found.number, "", lines)
