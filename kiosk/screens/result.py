"""How an errand ends: the receipt of a form, the answer to a query."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from forms import Field, Text, mask
from forms.fields.numbers import receipt_number
from forms.values.days import day_in_words
from kiosk.devices.printers import Paper
from kiosk.entry.privacy import in_full, is_public
from kiosk.queries import query_named
from kiosk.screens import members, ticket
from kiosk.screens.check import to_bring
from kiosk.screens.common.calculated import calculated
from kiosk.screens.common.composer import Composer, code_of, in_groups
from kiosk.screens.common.model import Button, Phrase, Row, Screen
from kiosk.screens.common.values import value_text
from kiosk.screens.precheck import verdict
from kiosk.screens.staff_call import Promise, open_promise
from kiosk.state import identity
from kiosk.state.hall_news import ReceiptState
from kiosk.state.query_answer import AnswerLine, OwnForm
from kiosk.state.visit import Visit


def result(c: Composer, visit: Visit) -> Screen:
    return answer(c, visit) if visit.service.kind == "query" else receipt(c, visit)


def receipt(c: Composer, visit: Visit) -> Screen:
    number = c.state.receipt_number
    state = c.state.hall.receipt
    assert state is not None, "a receipt is shown for a form that was kept"
    promise = open_promise(c)
    awaited = promise is not None and c.state.staff_are_coming
    told = how_far(c, state)
    where = "promise.state" if awaited else f"receipt.{state}"
    ending = visit.ending
    by_whom = (ending.handled,) if ending.handled and promise is None else ()
    then = (ending.next, *by_whom) if promise is None else ()
    grouped = receipt_number.KIND.grouped(number)
    aloud = (c.said("receipt.number"), in_groups(grouped))
    rows = (
        Row(c.t("receipt.number"), grouped, say=aloud),
        *facts(c, visit, by_whom, told=" ".join(c.text(one) for one in then)),
        *papers(c, ending.papers),
        _state(c, visit, where),
    )
    missing = to_bring(c, visit, short=True)
    line = promise.line if promise else "" if missing else f"receipt.{told}_line"  # its title says it too
    where_said = () if awaited or (line and not promise) else (c.said(where),)  # the title or the line says it too
    leave, another, phrases = ways_on(c, promise, state)
    own = c.button("own_form", "own.open", "sent", icon="edit")
    return c.make(
        f"receipt-{promise.name if promise else told}",
        "receipt",
        promise.title if promise else f"receipt.title.{told}",
        title_said=(
            *(promise.title_said if promise else (c.said(f"receipt.title.{told}"),)),
            *where_said,
        ),
        lines=(*((line,) if line else ()), c.how_to_keep("receipt")),
        written_lines=(*(c.text(one) for one in then[:1]), *((c.on_paper(missing),) if missing else ())),
        say_after=(*(c.aloud(one) for one in then), *((c.on_paper(missing),) if missing else ()), *aloud),
        rows=rows,
        qr=code(c),
        primary=None if awaited else leave,
        secondary=(another, leave) if awaited else (another, own),
        phrases=[
            *phrases,
            *([] if awaited else c.phrases("own.open", "own_form", "sent")),
        ],
    )


def how_far(c: Composer, state: ReceiptState) -> str:
    """The last part of the keys that say where a form is: `seen` once staff have done here what follows from it."""
    return "seen" if c.state.promise_is_kept and state != "held" else state


def ways_on(c: Composer, promise: Promise | None, state: ReceiptState) -> tuple[Button, Button, list[Phrase]]:
    """From a receipt: the button that ends the visit, the one to another errand, and what may be said for them."""
    finish = promise.finish if promise else "promise.leave" if state == "held" else "receipt.finish"
    leave = c.button("finish", finish, icon="yes" if finish == "receipt.finish" else "leave")
    another = c.button("another", "receipt.another", icon="home")
    said = [*c.phrases(finish, "finish", shown=True), *c.phrases("another", "another", shown=True)]
    return leave, another, said


def _state(c: Composer, visit: Visit, where: str) -> Row:
    """How far it has come; at the hall, with what the pre-check said: a small panel has no room for more."""
    if where != "receipt.delivered":
        return c.plain_row("receipt.state", c.t(where))
    label, state, found = c.t("receipt.state"), c.t(where), verdict(c, visit).value
    return Row(label, f"{state}{'；' if c.lang == 'zh' else '; '}{found}", say=(label, state, found))


def facts(c: Composer, visit: Visit, by_whom: Sequence[Text], told: str = "") -> tuple[Row, ...]:
    """What a receipt says beside its number, on the screen and on paper; it names nobody in full.

    `by_whom` says by whom and when it is done, unless that is here and now. What is computed is left out where it was
    `told` already.
    """
    name, sent_on, phone = identity.person(visit), c.state.sent_on, c.catalogue.counters.phone
    found = [c.plain_row("receipt.service", c.text(visit.service.title))]
    if name and (value := visit.answers.get(name.id)):
        found.append(Row(c.label(name), mask(name, value), say=(c.label(name), c.private_said(name, value, value))))
    found += [_answered(c, visit, field) for field in visit.fields() if field.on_receipt]
    found += [row for repeat in visit.service.repeats.values() if (row := members.counted(c, visit, repeat))]
    found += [
        Row(c.label(field), shown, say=(c.label(field), shown))
        for field in visit.fields()
        if field.type == "signature" and (shown := value_text(c, field, visit.answers.get(field.id, ""), visit.answers))
    ]
    if visit.amends:
        found.append(c.plain_row("receipt.amends", receipt_number.KIND.grouped(visit.amends[1])))
    found += [numbered(c, title, number) for title, number in visit.beside]
    if sent_on:
        found.append(c.plain_row("receipt.date", day_in_words(sent_on.isoformat(), c.lang)))
    found += [row for row in calculated(c, visit, for_others=True) if row.value not in told]
    found += [c.plain_row("receipt.handled", c.text(text)) for text in by_whom]
    if phone:
        found.append(Row(c.t("receipt.phone"), phone, say=(c.said("receipt.phone"), in_full(phone))))
    return tuple(found)


def numbered(c: Composer, title: Text, number: str) -> Row:
    """The receipt number of one of several forms."""
    written, grouped = c.text(title), receipt_number.KIND.grouped(number)
    label = c.t("event.number", errand=written)
    return Row(label, grouped, say=(written, c.said("receipt.number"), in_groups(grouped)))


def _answered(c: Composer, visit: Visit, field: Field) -> Row:
    """What the counter has to know, as the check screen says it; of a private answer no more than others may see."""
    value = visit.answers.get(field.id, "")
    shown = value_text(c, field, value, visit.answers) if is_public(field, value) else mask(field, value)
    label = c.label(field)
    return Row(
        label, shown, say=(label, in_full(shown) if is_public(field, value) else c.private_said(field, value, shown))
    )


def papers(c: Composer, needed: Sequence[Text]) -> tuple[Row, ...]:
    """What to bring, by how the form ended."""
    if not needed:
        return ()
    label = c.t("receipt.papers")
    written = c.listed(c.text(one) for one in needed)
    return (Row(label, written, say=(c.said("receipt.papers"), *(c.aloud(one) for one in needed))),)


def paper(c: Composer, visit: Visit) -> Paper:
    """The receipt to take home: true when it is printed, and after the form has gone on and staff have been here."""
    number, ending = c.state.receipt_number, visit.ending
    by_whom = (ending.handled,) if ending.handled else ()
    missing = to_bring(c, visit)
    lines = (
        *(c.on_paper(row) for row in (*facts(c, visit, by_whom), *papers(c, ending.papers), verdict(c, visit))),
        *((c.on_paper(missing),) if missing else ()),
        *((c.t("promise.paper"),) if c.state.promise_is_open else ()),
        c.text(ending.next),
        c.t("receipt.what"),
    )
    return Paper(c.t("receipt.paper"), receipt_number.KIND.grouped(number), code(c), lines)


def code(c: Composer) -> str:
    """What a receipt's QR code says: the address of its page, for a phone, or the number alone."""
    return code_of(c.state.receipt_page, c.state.receipt_number)


def answer(c: Composer, visit: Visit) -> Screen:
    found, texts = c.state.found, query_named(visit.service.query or "").texts
    again = c.button("ask", f"{texts}.again", icon="progress")
    another = c.button("another", "receipt.another", icon="home")
    seen = c.button("finish", "explain.done", icon="yes")
    call = c.button("help", "help.call", icon="help")
    common: dict[str, Any] = {
        "secondary": (c.back(), another),
        "phrases": [
            *(
                c.phrases(f"{texts}.again", "ask", shown=True)
                if found in ("offline", "office")
                else c.phrases("call", "help", shown=True)
                if found == "staff"
                else c.phrases("explained", "finish", shown=True)
            ),
            *c.phrases("another", "another", shown=True),
            *c.phrases("back", "back", shown=True),
        ],
    }
    if found == "looking":
        phrases = c.phrases("back", "back", shown=True)
        return c.make("answer-looking", "answer", f"{texts}.looking", secondary=(c.back(),), phrases=phrases)
    if found == "offline":
        lines = (f"{texts}.offline_line",)
        return c.make("answer-offline", "answer", f"{texts}.offline", lines=lines, primary=again, **common)
    if found == "office":
        lines = ("answer.office_line",)
        return c.make("answer-office", "answer", "answer.office", lines=lines, primary=again, **common)
    if found == "staff":
        lines = (f"{texts}.staff_line",)
        return c.make("answer-staff", "answer", f"{texts}.staff", lines=lines, primary=call, **common)
    if found.number:
        return ticket.ticket(c, visit, found)
    if not found.lines:
        return c.make(
            "answer-none",
            "answer",
            "answer.none",
            lines=(found.nothing,),
            primary=c.button("back", found.look, icon="edit"),
            secondary=(
                c.button("finish", "home.end", icon="leave"),
                call,
                another,
            ),
            phrases=[
                *c.phrases(found.look.partition(".")[2], "back", shown=True),
                *c.phrases("call", "help", shown=True),
                *c.phrases("home", "finish", shown=True),
                *c.phrases("another", "another", shown=True),
            ],
        )
    opened = {form.submission: _opened(form) for form in found.forms}
    rows = tuple(_row(c, one, opened) for one in found.lines)
    if len(found.forms) == 1:
        ((form, (key, icon)),) = opened.items()
        common["secondary"] = (*common["secondary"], c.button("own_form", key, str(form), icon=icon))
        common["phrases"] += c.phrases(key, "own_form", str(form))
    if found.answered and c.state.prints:
        common["secondary"] = (*common["secondary"], c.button("print_result", "result.print", icon="slip"))
        common["phrases"] += c.phrases("result.print", "print_result", shown=True)
    printing = (f"result.{c.state.printing}",) if found.answered and c.state.printing else ()
    hidden = any(one.private for one in found.lines) and not c.headset
    said = tuple(part.said(c.lang) for one in found.lines if not (hidden and one.private) for part in one.aloud)
    written = (c.text(visit.ending.next),)
    if found.more == "answer.no_match":  # the sentence asks to look again, so the button does
        common = {
            "primary": c.button("back", "answer.look", icon="edit"),
            "secondary": (seen, another),
            "phrases": [
                *c.phrases("look", "back", shown=True),
                *c.phrases("explained", "finish", shown=True),
                *c.phrases("another", "another", shown=True),
            ],
        }
    return c.make(
        "answer-found",
        "answer",
        found.title,
        rows=rows,
        lines=(*printing, *((found.more,) if found.more else ()), *(("answer.only_shown",) if hidden else ())),
        say_between=(*said, *(() if found.more else (c.aloud(visit.ending.next),))),
        written_lines=() if found.more else written,
        **({"primary": seen} | common),
    )


def _opened(form: OwnForm) -> tuple[str, str]:
    """What its page is for: the text of the button that leads there, and its icon."""
    return ("own.open", "edit") if form.may_change or not form.ruling else ("result.open", "progress")


def _row(c: Composer, line: AnswerLine, opened: Mapping[UUID, tuple[str, str]]) -> Row:
    label, value = line.label.written(c.lang), line.value.written(c.lang)  # others' words: nothing is filled in
    said = c.said("answer.only_shown") if line.private and not c.headset else in_full(value) if line.private else value
    key, icon = opened.get(line.form, ("own.open", "edit")) if line.form else ("", "")
    change = c.button("own_form", key, str(line.form), icon=icon) if line.form else None
    return Row(label, value, say=(label, said), change=change)
