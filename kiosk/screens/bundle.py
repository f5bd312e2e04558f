"""The forms of a life event together: looked at before they are sent, and their receipts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from forms.fields.numbers import receipt_number
from forms.precheck import Precheck, PrecheckVerdict, precheck_of
from forms.repeats import member_of
from kiosk.devices.printers import Paper
from kiosk.screens import members, result
from kiosk.screens.check import rows, to_bring
from kiosk.screens.common.calculated import calculated
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Row, Screen
from kiosk.screens.precheck import to_look_at, verdict
from kiosk.screens.staff_call import open_promise
from kiosk.state.bundle import Bundle, FormOfBundle
from kiosk.state.visit import Visit

SHARED_A_LINE = 5  # names of answers that are used again: more is a line as high as half a small panel


def check(c: Composer, bundle: Bundle) -> Screen:
    """Below a heading for each form what the pre-check says of it, then what was answered; what forms share, once."""
    forms = bundle.taken
    reports = [one.report() for one in forms]
    found = [precheck_of(one.catalogue, one.service, report) for one, report in zip(forms, reports, strict=True)]
    sent = [c.state.sent.has_same(one, report.normalised) for one, report in zip(forms, reports, strict=True)]
    each = zip(forms, found, sent, strict=True)
    shown = tuple(row for one, judged, before in each for row in _form(c.of(one), one, judged, before))
    reasons = [row for row in shown if row.to_look_at]
    again = all(sent)
    said = "send_again" if again else "send_anyway" if reasons else "send"
    return c.make(
        "check",
        "check",
        "check.sent_before" if again else "check.title",
        lines=(_verdict_of_all(found),),
        say_between=tuple(part for one in shown for part in one.say) if c.headset else (),
        say_after=tuple(part for one in reasons for part in one.say[1:]),
        rows=shown,
        primary=c.button("send", f"check.{said}", icon="send"),
        secondary=(c.back(), *c.aside()),
        phrases=[
            *c.phrases(said, "send", shown=True),
            *c.phrases("back", "back", shown=True),
            *(phrase for one in forms for phrase in members.phrases(c.of(one), one)),
            *c.aside_phrases(),
        ],
    )


def _form(c: Composer, visit: FormOfBundle, found: Precheck, before: bool) -> Iterator[Row]:
    """`before`: it was sent with these answers already."""
    name, said = c.text(visit.service.title), c.t("check.sent_before" if before else f"receipt.{found.verdict}")
    title = c.t("event.verdict", errand=name, verdict=said)
    yield Row("", title, say=(name, said), heading=True)
    yield from to_look_at(c, visit, found)
    above = [one for one in visit.fields() if one.id in visit.shared and not member_of(one)]
    yield from rows(c, visit, [one.id for one in above])
    yield from calculated(c, visit)
    for at in range(0, len(above), SHARED_A_LINE):
        yield c.plain_row("event.shared", c.listed(c.label(one) for one in above[at : at + SHARED_A_LINE]))


def _verdict_of_all(found: Iterable[Precheck]) -> str:
    worst = {one.verdict for one in found}
    if PrecheckVerdict.MISSING_MATERIAL in worst:
        return "event.missing_material"
    return "event.ask_a_person" if PrecheckVerdict.ASK_A_PERSON in worst else "check.can_submit"


def receipts(c: Composer, bundle: Bundle) -> Screen:
    """Of each form its number, where it is and what comes next; a touch leads to its own page."""
    state = c.state.hall.receipt
    assert state is not None, "receipts are shown for forms that were kept"
    promise = open_promise(c)
    awaited = promise is not None and c.state.staff_are_coming
    told = result.how_far(c, state)
    title, line = f"receipt.title.{told}", f"receipt.{told}_line"
    leave, another, phrases = result.ways_on(c, promise, state)
    shown = tuple(row for number, visit in _sent(c, bundle) for row in _receipt(c.of(visit), visit, number))
    return c.make(
        f"receipts-{promise.name if promise else state}",
        "receipt",
        promise.title if promise else title,
        title_said=promise.title_said if promise else (c.said(title),),
        lines=(promise.line if promise else line, c.how_to_keep("receipt")),
        say_after=tuple(part for row in shown for part in row.say),
        rows=shown,
        qr=result.code(c),
        primary=None if awaited else leave,
        secondary=(another, leave) if awaited else (another,),
        phrases=phrases,
    )


def _sent(c: Composer, bundle: Bundle) -> Iterable[tuple[str, Visit]]:
    return zip(c.state.receipt_numbers, bundle.taken, strict=True)


def _receipt(c: Composer, visit: Visit, number: str) -> Iterator[Row]:
    """Its number with the way to its own page; below, where it is and what comes next."""
    title = visit.service.title
    own = Button("own_form", c.t("change"), number, called=(c.t("own.open"), c.text(title)))
    yield replace(result.numbered(c, title, number), change=own)
    state, ending, missing = (
        c.t(f"receipt.{c.state.receipt_states[number]}"),
        visit.ending,
        to_bring(c, visit, short=True),
    )
    papers = (*result.papers(c, ending.papers), *([missing] if missing else []))
    then = (c.text(ending.next), *(c.on_paper(row) for row in papers))
    yield Row(state, "\n".join(then), say=(state, c.aloud(ending.next), *(part for row in papers for part in row.say)))


def paper(c: Composer, bundle: Bundle) -> Paper:
    """One page for all: what is of each form below its errand and number, what is the same of all at the end."""
    facts = {number: [*_facts(c.of(visit), visit)] for number, visit in _sent(c, bundle)}
    first, *others = facts.values()
    common = [row for row in first if others and all(row in other for other in others)]
    lines = [
        line
        for number, visit in _sent(c, bundle)
        for line in _lines(c.of(visit), visit, number, [row for row in facts[number] if row not in common])
    ]
    promise = (c.t("promise.paper"),) if c.state.promise_is_open else ()
    lines += [*(c.on_paper(row) for row in common), *promise, c.t("receipt.what")]
    return Paper(c.t("event.receipt", many=len(facts)), "", result.code(c), tuple(lines))


def _facts(c: Composer, visit: Visit) -> Sequence[Row]:
    handled = visit.ending.handled
    return result.facts(c, visit, (handled,) if handled else ())


def _lines(c: Composer, visit: Visit, number: str, own: Sequence[Row]) -> Iterator[str]:
    ending, missing = visit.ending, to_bring(c, visit)
    errand, *facts = own
    grouped = receipt_number.KIND.grouped(number)
    yield c.on_paper(errand)
    yield c.on_paper(c.plain_row("receipt.number", grouped))
    found = (*facts, *result.papers(c, ending.papers), verdict(c, visit), *([missing] if missing else []))
    yield from (c.on_paper(row) for row in found)
    yield c.text(ending.next)
