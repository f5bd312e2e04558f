"""Going on another day: the slip, its paper, and where its digits are put in."""

from forms import Text
from forms.values.days import day_in_words
from kiosk.devices.printers import Paper
from kiosk.entry.privacy import in_full
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Entry, Row, Screen
from kiosk.state.slip import Slip, in_fours


def come_back(c: Composer) -> Screen:
    entry = c.state.entry
    return c.make(
        "come-back",
        "come-back",
        "come_back.title",
        lines=("come_back.line" if c.state.scanner else "come_back.line_typed",),
        entry=Entry("slip_code", "digits", value=entry.text, display=entry.display, groups=entry.groups),
        primary=c.button("next", "next", icon="next"),
        secondary=(c.back(),),
        error=c.words(c.state.code_error),
        may_say=(max((c.t(f"come_back.{why}") for why in ("unknown", "wait", "check", "failed", "gone")), key=len),),
        phrases=c.phrases("next", "next", shown=True) + c.phrases("back", "back", shown=True),
    )


def slip(c: Composer) -> Screen:
    """The only copy of the key: shown until the visitor has it, then forgotten."""
    slip = c.state.slip
    assert slip is not None, "this is never shown without its slip"
    rows = (
        Row(c.t("slip.number"), in_fours(slip.code), say=(c.t("slip.number"), in_full(slip.code)) if c.headset else ()),
        c.plain_row("receipt.service", c.text(errand(c))),
        c.plain_row("slip.until", until(c, slip)),
    )
    return c.make(
        "slip",
        "slip",
        "slip.title",
        lines=("slip.not_receipt", c.how_to_keep("slip"), "slip.how", "slip.secret"),
        rows=rows,
        say_after=rows[0].say,
        qr=slip.qr,
        primary=c.button("finish", "slip.finish", icon="yes"),
        secondary=(c.button("carry_on", "slip.carry_on", icon="back"),),
        phrases=c.phrases("slip_finish", "finish", shown=True) + c.phrases("resume", "carry_on", shown=True),
    )


def errand(c: Composer) -> Text:
    """What was saved: an errand, or a life event with several."""
    state = c.state
    assert state.visit is not None, "what was saved is still here"
    return state.bundle.event.title if state.bundle else state.visit.service.title


def paper(c: Composer, slip: Slip) -> Paper:
    valid = c.on_paper(c.plain_row("slip.until", until(c, slip)))
    lines = (c.t("slip.not_receipt"), c.text(errand(c)), valid, c.t("slip.how"), c.t("slip.secret"))
    return Paper(c.t("slip.paper"), in_fours(slip.code), slip.qr, lines)


def until(c: Composer, slip: Slip) -> str:
    return day_in_words(slip.until.isoformat(), c.lang)
