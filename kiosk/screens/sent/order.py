"""办不成事: what could not be done, whether to be phoned, what is said in own words, and the number to keep."""

from dataclasses import replace

from forms.fields.numbers import phone, receipt_number
from kiosk.devices.printers import Paper
from kiosk.screens.common.composer import Composer, code_of, in_groups
from kiosk.screens.common.model import Button, Entry, Row, Screen
from kiosk.state.order import OrderInHand
from kiosk.state.query_answer import QueryAnswer
from protocol.work_orders.order import OrderState

IN_OWN_WORDS = ""  # in place of a reason


def order(c: Composer) -> Screen:
    told = c.state.order
    assert told is not None, "this overlay is never shown without it"
    make = {"reason": _reasons, "phone": _phone, "speak": _speak, "kept": _kept}[told.step]
    return make(c, told)


def _reasons(c: Composer, told: OrderInHand) -> Screen:
    reasons = c.catalogue.work_orders.reasons
    cards = tuple(Button("reason", c.text(one.words), name) for name, one in reasons.items())
    phrases = [
        phrase
        for name, one in reasons.items()
        for phrase in c.own_phrases([c.text(one.words)], "reason", name, shown=1)
    ]
    leave, spoken = c.button("resume", "order.leave", icon="back"), list[Button]()
    if c.state.microphone:
        spoken.append(c.button("reason", "order.speak", IN_OWN_WORDS, icon="microphone"))
        phrases = [*c.phrases("order_speak", "reason", IN_OWN_WORDS, shown=True), *phrases]
    return c.make(
        "order-reason",
        "errands",
        "order.title",
        lines=("order.line",),
        choices=cards,
        secondary=(leave, *spoken),
        may_say=(c.t("order.no_microphone"),),
        phrases=[*phrases, *c.phrases("back", "resume")],
    )


def _phone(c: Composer, told: OrderInHand) -> Screen:
    shown = phone.KIND.grouped(told.phone)
    return c.make(
        "order-phone",
        "come-back",
        "order.phone",
        lines=("order.phone_line",),
        entry=Entry("order_phone", "digits", value=told.phone, display=shown),
        primary=c.button("next", "next", icon="next") if told.phone else None,
        secondary=(c.back(), c.button("decline", "order.no_phone", icon="no-phone")),
        error=c.t("order.phone_wrong") if told.phone_wrong else "",
        may_say=(c.longest(("order.phone_wrong", "order.not_kept")),),
        phrases=[
            *(c.phrases("next", "next", shown=True) if told.phone else []),
            *c.phrases("order_no_phone", "decline", shown=True),
            *c.phrases("back", "back"),
        ],
    )


def _speak(c: Composer, told: OrderInHand) -> Screen:
    if told.recording:
        shown = c.make(
            "order-recording",
            "explain",
            "order.recording",
            lines=("order.recording_line",),
            primary=c.button("recorded", "order.recorded", icon="yes"),
            phrases=[],
        )
        return replace(shown, records=True)
    back, record = c.back(), c.button("record", "order.record", icon="microphone")
    if not told.sound:
        return c.make(
            "order-speak",
            "explain",
            "order.say",
            lines=("order.say_line", "order.who_hears"),
            primary=record,
            secondary=(back,),
            may_say=(c.t("order.nothing_heard"),),
            phrases=[*c.phrases("order_record", "record", shown=True), *c.phrases("back", "back")],
        )
    again = c.button("record", "order.again", icon="repeat")
    replay = () if told.replayed else (c.button("replay", "order.replay", icon="ear"),)
    return c.make(
        "order-spoken",
        "explain",
        "order.spoken",
        lines=("order.spoken_line",),
        primary=c.button("keep", "order.keep", icon="yes"),
        secondary=(c.button("resume", "order.leave", icon="back"), again, *replay),
        may_say=(c.longest(("order.full", "order.not_kept", "order.sure")),),
        phrases=[
            *c.phrases("order_keep", "keep", shown=True),
            *c.phrases("order_again", "record", shown=True),
            *(c.phrases("order_replay", "replay", shown=True) if replay else []),
            *c.phrases("back", "resume"),
        ],
    )


def _kept(c: Composer, told: OrderInHand) -> Screen:
    grouped = receipt_number.KIND.grouped(told.number)
    number = Row(c.t("order.number"), grouped, say=(c.said("order.number"), in_groups(grouped)))
    return c.make(
        "order-kept",
        "slip",
        "order.kept",
        lines=(c.how_to_keep("ticket", told.printing), "order.how"),
        rows=(number, *_facts(c, told)),
        say_after=number.say,
        qr=code_of(told.page, told.number),
        primary=c.button("resume", "help.resume", icon="next"),
        phrases=c.phrases("resume", "resume", shown=True),
    )


def _facts(c: Composer, told: OrderInHand) -> tuple[Row, ...]:
    """Where it is, until when it is answered, who does what next. Days count from when it has reached the hall."""
    rules, state = c.catalogue.work_orders, c.state.hall.order or "saved"
    days = rules.due_in(told.reason)
    due = c.t("order.due.delivered" if state == "delivered" else "order.due.saved", days=days)
    then = c.text(rules.states[OrderState.OPEN].next)
    return (
        c.plain_row("receipt.state", c.t(f"receipt.{state}")),
        c.plain_row("order.due", due),
        c.plain_row("answer.next", then),
    )


def come_further(c: Composer, told: OrderInHand) -> tuple[str, ...]:
    """What is said when it has come to the hall while its number is shown: that, and until when it is answered."""
    where, due, _ = _facts(c, told)
    return (*where.say[1:], *due.say)


def paper(c: Composer, told: OrderInHand) -> Paper:
    lines = (*(c.on_paper(row) for row in _facts(c, told)[1:]), c.t("order.how"))
    return Paper(c.t("order.paper"), receipt_number.KIND.grouped(told.number), code_of(told.page, told.number), lines)


def answer_paper(c: Composer, found: QueryAnswer) -> Paper:
    """What was answered, to take home; the number stands large."""
    number = receipt_number.KIND.grouped(found.answered)
    rows = (Row(c.text(one.label), c.text(one.value)) for one in found.lines)
    lines = tuple(c.on_paper(row) for row in rows if row.value != number)
    return Paper(c.t("answer.paper"), number, "", lines)
