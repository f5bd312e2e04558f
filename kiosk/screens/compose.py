"""Makes the screen of a state. Each kind of screen has one function, and none changes the state."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from kiosk.entry.privacy import in_full
from kiosk.screens import (
    bundle,
    check,
    counters,
    disambiguation,
    home,
    known,
    maintenance,
    overlays,
    question,
    result,
    slip,
    staff_call,
)
from kiosk.screens.assisting import cover, panel, signing_in
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Entry, Screen
from kiosk.screens.events import page
from kiosk.screens.sent import order, own_form
from kiosk.state.look import Look
from kiosk.state.session_state import Location, Overlay
from kiosk.state.visit import Stage, Visit


class _Compose(Protocol):
    def __call__(self, c: Composer, /) -> Screen: ...


class _ComposeVisit(Protocol):
    def __call__(self, c: Composer, visit: Visit, /) -> Screen: ...


_OVERLAYS: Mapping[Overlay, _Compose] = {
    "help": staff_call.help,
    "idle": overlays.idle,
    "settings": overlays.settings,
    "trouble": overlays.trouble,
    "explain": overlays.explain,
    "declined": overlays.declined,
    "card": overlays.identity_card,
    "on_record": known.on_record,
    "practice": overlays.practice,
    "maintenance": maintenance.maintenance,
    "order": order.order,
    "number": staff_call.number,
    "staff_names": signing_in.names,
    "staff_pin": signing_in.pin,
    "consent": signing_in.consent,
    "steps": panel.steps,
    "covered": panel.covered,
    "reasons": panel.reasons,
}
_LOCATIONS: Mapping[Location, _Compose] = {
    "attract": home.attract,
    "home": home.home,
    "group": home.group,
    "errands": counters.errands,
    "errand": counters.errand,
    "event": page.event,
    "papers": page.papers,
    "own-form": own_form.own_form,
    "slip": slip.slip,
    "come-back": slip.come_back,
    "goodbye": home.goodbye,
}
_STAGES: Mapping[Stage, _ComposeVisit] = {
    "prerequisites": question.prerequisites,
    "known": known.known,
    "question": question.question,
    "check": check.check,
    "sent": result.result,
}


def screen(c: Composer) -> Screen:
    """The screen of this moment."""
    shown = cover.assisted(c, _shown(c))
    if shown.entry is None:
        return shown
    return replace(shown, entry=replace(shown.entry, said=filled_so_far(shown.entry, c.state.look)))


def _shown(c: Composer) -> Screen:
    overlay = c.state.overlay
    if overlay == "which":
        return disambiguation.which(c, _beneath(c))
    return _OVERLAYS[overlay](c) if overlay else _beneath(c)


def _beneath(c: Composer) -> Screen:
    """The screen without what lies over it."""
    visit, together = c.state.visit, c.state.bundle
    if c.state.location == "visit" and visit is not None:
        if together and visit.stage in ("check", "sent"):
            return bundle.check(c, together) if visit.stage == "check" else bundle.receipts(c, together)
        return _STAGES[visit.stage](c, visit)
    return _LOCATIONS[c.state.location](c)


def filled_so_far(entry: Entry, look: Look) -> str:
    """How much of an answer has been put in; in the headset, what."""
    if look.headset and entry.value and entry.kind != "sign":
        return in_full(entry.display or entry.value)
    zh, count = look.lang == "zh", len(entry.value)
    if count and entry.kind == "sign":
        return "已经签了" if zh else "signed"
    if not count:
        return "还没有填" if zh else "nothing filled in"
    if entry.kind == "date" and not entry.value.isdigit():
        return "正在填" if zh else "partly filled in"
    if entry.kind in ("name", "hand", "address"):
        return f"已填{count}个字" if zh else f"{count} characters filled in"
    return f"已填{count}位" if zh else f"{count} filled in"
