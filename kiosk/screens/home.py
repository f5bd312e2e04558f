"""Where a person is outside an errand: the picture that attracts, home, goodbye, and going on another day."""

from forms.values.days import day_in_words
from kiosk.devices.printers import Paper
from kiosk.screens.composer import Composer
from kiosk.screens.model import Button, Entry, Phrase, Row, Screen
from kiosk.state.slip import Slip, in_fours
from kiosk.texts.privacy import in_full


def attract(c: Composer) -> Screen:
    start = c.button("start", "attract.start", icon="touch")
    phrases = c.phrases("start", "start", shown=True)
    for service in c.session.catalogue.services.values():
        phrases += c.own_phrases(service.phrases.of(c.lang), "start", None)
    return c.make("attract", "attract", "attract.title", lines=("attract.line",), primary=start, phrases=phrases)


def home(c: Composer) -> Screen:
    services = c.session.catalogue.services.values()
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
        ),
        say_after=(
            *c.choices_aloud([one.title for one in services]),
            *(c.said(f"notice.{key}") for key in c.session.desk.notices()),
        ),
        phrases=phrases + c.phrases("home", "finish") + c.phrases("come_back", "come_back"),
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


def come_back(c: Composer) -> Screen:
    pad = c.session.pad
    return c.make(
        "come-back",
        "come-back",
        "come_back.title",
        lines=("come_back.line",),
        entry=Entry("slip_code", "digits", value=pad.text, display=in_fours(pad.text)),
        primary=c.button("next", "next", icon="next"),
        secondary=(c.back(),),
        error=c.session.wrong_code,
        phrases=c.phrases("next", "next", shown=True) + c.phrases("back", "back", shown=True),
    )


def slip(c: Composer) -> Screen:
    """The only copy of the key: shown until the visitor has it, then forgotten."""
    session = c.session
    slip, visit = session.slip, session.visit
    assert slip is not None, "this place is never shown without its slip"
    assert visit is not None, "what was saved is still here"
    printing = (f"slip.{session.printing}",) if session.printing else ()
    rows = (
        Row(c.t("slip.number"), in_fours(slip.code), say=(c.t("slip.number"), in_full(slip.code)) if c.headset else ()),
        c.plain_row("receipt.service", c.text(visit.service.title)),
        c.plain_row("slip.until", until(c, slip)),
    )
    return c.make(
        "slip",
        "slip",
        "slip.title",
        lines=(*printing, "slip.keep", "slip.how", "slip.secret"),
        rows=rows,
        say_after=rows[0].say,
        qr=slip.qr,
        primary=c.button("finish", "slip.finish", icon="yes"),
        secondary=(c.button("carry_on", "slip.carry_on", icon="back"),),
        phrases=c.phrases("slip_finish", "finish", shown=True) + c.phrases("resume", "carry_on", shown=True),
    )


def paper(c: Composer, slip: Slip) -> Paper:
    visit = c.session.visit
    assert visit is not None, "a slip is printed while its visit is there"
    valid = f"{c.t('slip.until')}{'：' if c.lang == 'zh' else ': '}{until(c, slip)}"
    lines = (c.text(visit.service.title), valid, c.t("slip.how"), c.t("slip.secret"))
    return Paper(c.t("slip.paper"), in_fours(slip.code), slip.qr, lines)


def until(c: Composer, slip: Slip) -> str:
    return day_in_words(slip.until.isoformat(), c.lang)
