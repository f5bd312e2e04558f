"""Staff show who they are by name and PIN, and the visitor is asked whether they may help."""

from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Entry, Screen
from kiosk.state.assistance import SigningIn


def names(c: Composer) -> Screen:
    return c.make(
        "assist-names",
        "errands",
        "assist.names",
        lines=("assist.names_line",),
        choices=tuple(Button("staff_name", one, one, icon="person") for one in _state(c).names),
        secondary=(c.button("resume", "back", icon="back"),),
        phrases=c.phrases("back", "resume", shown=True),
    )


def pin(c: Composer) -> Screen:
    state = _state(c)
    dots = len(state.typed)
    return c.make(
        "assist-pin",
        "question",
        c.t("assist.pin", staff=state.name),
        title_said=(c.said("assist.pin_say"),),
        entry=Entry("staff_pin", "digits", value="•" * dots, display="• " * dots),
        error=_error(c, state),
        may_say=(c.longest(("assist.pin_wrong", "assist.pin_no_line")), c.t("maintenance.wait", seconds=60)),
        primary=c.button("next", "next", icon="next"),
        secondary=(c.button("resume", "back", icon="back"),),
        phrases=c.phrases("back", "resume", shown=True),
    )


def consent(c: Composer) -> Screen:
    helper = c.state.assistance
    assert helper is not None, "this overlay is never shown without who has come"
    return c.make(
        "assist-consent",
        "card",
        c.t("assist.consent", staff=helper.staff.name),
        title_said=(c.said("assist.consent_say"), helper.staff.name),
        lines=("assist.consent_line",),
        primary=c.button("agree_help", "assist.yes", icon="yes"),
        secondary=(c.button("decline_help", "assist.no", icon="no"),),
        phrases=c.phrases("agree_help", "agree_help", shown=True)
        + c.phrases("decline_help", "decline_help", shown=True),
    )


def _error(c: Composer, state: SigningIn) -> str:
    if state.wait_s:
        return c.t("maintenance.wait", seconds=state.wait_s)
    return c.t({"no_line": "assist.pin_no_line"}.get(state.why, "assist.pin_wrong")) if state.why else ""


def _state(c: Composer) -> SigningIn:
    assert c.state.signing_in is not None, "these overlays are never shown without it"
    return c.state.signing_in
