"""A walk through every screen with nobody there: for phrase lists, prompts and pictures; in brief for doctor.

The walk presses the real session's own buttons; only the hall behind it is in memory.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from kiosk.intents import CANNOT, HELP, Intent
from kiosk.screens.common.model import Screen
from kiosk.session.handlers.idle import Times
from kiosk.walk import errands, on_record, save_and_return, staff
from kiosk.walk.assisting import assisting
from kiosk.walk.events import event
from kiosk.walk.glance import glance
from kiosk.walk.orders import orders
from kiosk.walk.walked_terminal import WalkedTerminal


def walk(t: WalkedTerminal, names: list[str] | None = None) -> Iterator[tuple[str, Screen]]:
    """Every screen once: a label that is unique in the walk, and the screen, which the session then shows.

    `names`: of the services and life events to be walked, instead of all.
    """
    seen: set[str] = set()
    events = [one for name, one in t.catalogue.events.items() if names is None or name in names]
    services = [t.catalogue.service(one) for one in names or t.catalogue.services if one not in t.catalogue.events]
    through = chain(
        (label for one in services for label in errands.service(t, one)),
        (label for one in events for label in event(t, one)),
    )
    for label in _steps(t, through):
        if label not in seen:
            seen.add(label)
            yield label, t.session.screen()


def walk_in_brief(t: WalkedTerminal) -> Iterator[str]:
    """Every text of every service once; how an answer is put in only for the first question of each kind.

    The labels are not unique. The session shows the screen.
    """
    put_in: set[str] = set()
    through = chain(
        (label for one in t.catalogue.services.values() for label in glance(t, one, put_in)),
        (label for one in t.catalogue.events.values() for label in event(t, one)),
    )
    yield from _steps(t, through)


def _steps(t: WalkedTerminal, through_errands: Iterable[str]) -> Iterator[str]:
    session = t.session
    yield "attract"
    session.do("start")
    yield "home"
    session.do("settings")
    yield "settings"
    session.headset_is("plugged in")
    session.do("set", "headset=on")
    yield "settings-headset"
    session.headset_is("unplugged")
    yield "settings-headset-gone"
    session.do("practice")
    yield "practice"
    session.do("try_key", "arrows")
    yield "practice-tried"
    session.do("resume")
    yield from _which(t)
    yield from _groups(t)
    yield from _counters(t)
    yield from through_errands
    forms = [one for one in t.catalogue.services.values() if one.kind == "application"]
    if forms:
        yield from errands.sent_twice(t, forms[0])
        yield from save_and_return.save_and_return(t, forms)
        yield from on_record.on_record(t, forms)
    yield from orders(t)
    yield from staff.help(t)
    if forms:
        yield from staff.trouble(t, forms[0])
        yield from assisting(t, forms[0])
    yield from staff.maintenance(t)
    session.do("finish")
    yield "goodbye"
    session.do("home")
    t.seconds += Times().idle_warning
    session.tick()
    yield "idle"
    session.do("still_here")


def _groups(t: WalkedTerminal) -> Iterator[str]:
    """The list of each group that the home screen has."""
    for group in [one.value for one in t.session.screen().choices if one.action == "group"]:
        t.session.do("group", group)
        yield f"group-{group}"
        t.session.do("back")


def _counters(t: WalkedTerminal) -> Iterator[str]:
    """What the hall does at its counters: the list, and of its errands the one of which most is told."""
    session, errands = t.session, t.catalogue.counters_here.errands
    session.do("errands")
    yield "errands"
    if errands:
        lang = session.look.lang
        told = {one.id: sum(len(text.written(lang)) for text in (one.title, *one.papers, one.hours)) for one in errands}
        session.do("errand", max(told, key=lambda one: told[one]))
        yield "errand"
        session.do("back")
    session.do("back")
    session.hear(None)
    session.hear(None)
    yield "errands-not-heard"
    session.do("back")


def _which(t: WalkedTerminal) -> Iterator[str]:
    """What is asked of who said something in their own words, or something like two phrases."""
    session, services = t.session, [*t.catalogue.services]
    asked = {"which-errand": Intent(services[0], 0.6), "which-errands": Intent(None, 0.4, tuple(services))}
    offered = {"which-help": Intent(HELP, 0.9), "which-in-vain": Intent(CANNOT, 0.9)}
    for label, intent in {**asked, **offered}.items():
        t.intent = intent
        session.hear(None, syllables=("wo",))
        yield label
        session.do("none_of_them")
        session.do("back")  # from the errands of the counters, which are shown to who meant none
    t.intent = Intent(None, 0.0)
    alike = tuple(service.phrases.of(session.look.lang)[0] for service in [*t.catalogue.services.values()][:2])
    if len(alike) > 1:
        session.hear(None, between=alike)
        yield "which-phrase"
        session.do("none_of_them")
        session.do("back")
