"""How an errand ends: the receipt of a form, the answer to a query."""

from typing import Any

from forms.fields import receipt_number
from kiosk.screens.composer import Composer
from kiosk.screens.model import Row, Screen
from kiosk.screens.staff_call import open_promise
from kiosk.state.visit import Visit


def result(c: Composer, visit: Visit) -> Screen:
    return answer(c, visit) if visit.service.kind == "query" else receipt(c, visit)


def receipt(c: Composer, visit: Visit) -> Screen:
    number = c.state.receipt_number
    state = c.state.hall.receipt
    assert state is not None, "a receipt is shown for a form that was kept"
    promise = open_promise(c)
    finish = promise.finish if promise else "promise.leave" if state == "held" else "receipt.finish"
    rows = (
        c.plain_row("receipt.number", receipt_number.KIND.grouped(number)),
        c.plain_row("receipt.service", c.text(visit.service.title)),
        c.plain_row("receipt.state", c.t(f"receipt.{state}")),
    )
    return c.make(
        f"receipt-{promise.name if promise else state}",
        "receipt",
        promise.title if promise else f"receipt.title.{state}",
        title_said=(
            *(promise.title_said if promise else (c.said(f"receipt.title.{state}"),)),
            c.said(f"receipt.{state}"),
        ),
        lines=(promise.line if promise else f"receipt.{state}_line", "receipt.keep"),
        written_lines=(c.text(visit.next),),
        say_after=(visit.next.said(c.lang),),
        rows=rows,
        qr=f"YLK1:{number}",
        primary=c.button("finish", finish, icon="yes" if finish == "receipt.finish" else "leave"),
        secondary=(c.button("another", "receipt.another", icon="home"),),
        phrases=c.phrases(finish, "finish", shown=True) + c.phrases("another", "another", shown=True),
    )


def answer(c: Composer, visit: Visit) -> Screen:
    found = c.state.found
    again = c.button("ask", "answer.again", icon="progress")
    another = c.button("another", "receipt.another", icon="home")
    seen = c.button("finish", "explain.done", icon="yes")
    common: dict[str, Any] = {
        "secondary": (c.back(), another),
        "phrases": [
            *(
                c.phrases("again", "ask", shown=True)
                if found == "offline"
                else c.phrases("explained", "finish", shown=True)
            ),
            *c.phrases("another", "another", shown=True),
            *c.phrases("back", "back", shown=True),
        ],
    }
    if found == "looking":
        phrases = c.phrases("back", "back", shown=True)
        return c.make("answer-looking", "answer", "answer.looking", secondary=(c.back(),), phrases=phrases)
    if found == "offline":
        lines = ("answer.offline_line",)
        return c.make("answer-offline", "answer", "answer.offline", lines=lines, primary=again, **common)
    if found == "staff":
        lines = ("answer.staff_line",)
        return c.make("answer-staff", "answer", "answer.staff", lines=lines, primary=seen, **common)
    if not found.lines:
        return c.make(
            "answer-none",
            "answer",
            "answer.none",
            lines=("answer.none_line",),
            primary=c.button("back", "answer.look", icon="edit"),
            secondary=(
                c.button("finish", "home.end", icon="leave"),
                another,
            ),
            phrases=[
                *c.phrases("look", "back", shown=True),
                *c.phrases("home", "finish", shown=True),
                *c.phrases("another", "another", shown=True),
            ],
        )
    rows = tuple(
        Row(c.text(one.label), c.text(one.value), say=(c.text(one.label), c.text(one.value))) for one in found.lines
    )
    said = tuple(part.said(c.lang) for one in found.lines for part in one.aloud)
    written = (c.text(visit.next),)
    return c.make(
        "answer-found",
        "answer",
        found.title,
        rows=rows,
        say_between=(*said, visit.next.said(c.lang)),
        written_lines=written,
        primary=seen,
        **common,
    )
