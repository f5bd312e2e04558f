"""The screens for staff, over whatever the visitor sees: the PIN, then how every part is, restart and quit."""

from dataclasses import replace

from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Entry, Row, Screen
from kiosk.state.maintenance import Finding, MaintenanceState


def maintenance(c: Composer) -> Screen:
    state = c.state.maintenance
    assert state is not None, "this overlay is never shown without it"
    shown = report(c, state) if state.is_open else pin(c, state) if state.has_pin else no_pin(c)
    phrases = c.phrases("back", "resume", shown=True) + c.phrases("help", "help", shown=True)
    return replace(shown, tools=c.tools("trouble"), reach=c.reach(), phrases=c.sayable(phrases, can_repeat=True))


def no_pin(c: Composer) -> Screen:
    title, line = c.t("maintenance.title"), c.t("maintenance.no_pin")
    return Screen(
        "maintenance-no-pin",
        "trouble",
        title,
        c.help_bar(),
        lines=(line, "kiosk pin"),
        secondary=(back(c), way(c)),
        say=(title, line),
    )


def pin(c: Composer, state: MaintenanceState) -> Screen:
    wrong = c.t("maintenance.wrong") if state.wrong else ""
    dots = len(state.typed)
    return Screen(
        "maintenance-pin",
        "question",
        c.t("maintenance.pin"),
        c.help_bar(),
        entry=Entry("staff_pin", "digits", value="•" * dots, display="• " * dots),
        error=c.t("maintenance.wait", seconds=state.wait_s) if state.wait_s else wrong,
        may_say=(c.t("maintenance.wait", seconds=60),),
        primary=c.button("next", "next", icon="next"),
        secondary=(back(c), way(c)),
        say=(c.t("maintenance.pin"),),
    )


def report(c: Composer, state: MaintenanceState) -> Screen:
    rows = tuple(row(c, one) for one in state.found or ())
    return Screen(
        "maintenance",
        "check",
        c.t("maintenance.title"),
        c.help_bar(),
        lines=() if rows else (c.t("maintenance.looking"),),
        rows=rows,
        secondary=(
            back(c),
            c.button("restart", "maintenance.restart", icon="clear"),
            c.button("quit", "maintenance.quit", icon="leave"),
        ),
        say=(c.t("maintenance.title"),),
    )


def row(c: Composer, found: Finding) -> Row:
    part = c.t(f"maintenance.part.{found.part.replace(' ', '_')}")
    detail = f"{found.detail} → {found.mend}" if found.mend else found.detail
    title = f"{part} · {c.t(f'maintenance.{found.status}')}"
    return Row(title, detail, say=(title, detail))


def way(c: Composer) -> Button:
    """For staff who come to help: by their own name and PIN."""
    return c.button("staff_way", "assist.way", icon="person")


def back(c: Composer) -> Button:
    return c.button("resume", "back", icon="back")
