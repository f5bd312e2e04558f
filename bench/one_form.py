"""How many questions of five usual visits are saved because what is known is not asked again: one JSON line.

The five visits are those of docs/decisions/errands.md. A visit is two errands of one stay at the kiosk. `before` counts
the questions of both by themselves, `after` those of one stay; `again` names those of the second errand that are asked
all the same. `shown` counts the screens where one touch takes over what is known; `with_shown_percent` counts such a
screen as if it were a question too. `pairs` is the same of all pairs of applications, each filled in by its examples.
A visit that a life event covers is filled in as that too: `as_events` counts it in place of the same visit errand by
errand, which is what both save together.
`on_record` is a figure of its own: of each application alone, for whom it is themselves, with their card on the reader,
how many questions an office spares them that has all on record; `shown` counts being asked whether the hall may look,
too. Nothing of it is in the figures before.
Nothing is timed: the numbers are the same on every machine. They are in bench/results/ too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from tools.result import written

from forms import load_catalogue
from kiosk.devices.cards import Card
from kiosk.entry.field_input import input_of
from kiosk.entry.pinyin import PinyinTable
from kiosk.state import identity
from kiosk.state.visit import Visit
from kiosk.texts.strings import Texts
from kiosk.walk import errands
from kiosk.walk.on_record import EXAMPLE
from kiosk.walk.walked_terminal import WalkedTerminal

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "assets"
OWN, PARENTS, PARTNERS = "11010519491231002X", "110105193803072021", "110105195006082015"
WANTED = 30  # per cent
FAR_TOO_MANY = 100  # questions of one errand


@dataclass(frozen=True)
class Errand:
    """A service, and what is answered otherwise than by its examples."""

    service: str
    answers: Mapping[str, str] = field(default_factory=dict)
    card: bool = False  # whether the ID card is laid on the reader where it answers something


@dataclass(frozen=True)
class Asked:
    """The questions that were asked, and how many times one touch took over what is known."""

    questions: Sequence[str]
    shown: int


@dataclass
class Counts:
    before: int = 0
    after: int = 0
    shown: int = 0
    again: Sequence[str] = ()

    def add(self, asked: Asked) -> None:
        self.after += len(asked.questions)
        self.shown += asked.shown
        self.again = asked.questions

    @property
    def told(self) -> dict[str, object]:
        return {
            "before": self.before,
            "after": self.after,
            "shown": self.shown,
            "saved_percent": self._saved(self.after),
            "with_shown_percent": self._saved(self.after + self.shown),
        }

    def _saved(self, after: int) -> float:
        return round(100 * (self.before - after) / self.before, 1)


PARENT = {"for_whom": "family", "name": "李秀兰", "resident_id": PARENTS}
TWO_INSURED = {"insured.1.name": "王秀英", "insured.1.resident_id": OWN, "insured.1.more": "yes",
               "insured.2.name": "张建国", "insured.2.resident_id": PARTNERS}  # fmt: skip
VISITS: Mapping[str, tuple[Errand, Errand]] = {
    "allowance and senior card": (Errand("old-age-allowance"), Errand("senior-card", {"for_whom": "self"})),
    "certification and balance": (
        Errand("pension-certification", {"applicant": "self"}, card=True),
        Errand("medical-insurance-balance", card=True),
    ),
    "disability subsidy and living allowance for a parent": (
        Errand("disability-subsidy", {**PARENT, "certificate": f"{PARENTS}42"}),
        Errand("minimum-living-allowance", {**PARENT, "members.1.name": "李大山"}),
    ),
    "insurance payment for two and out-of-area": (
        Errand("medical-insurance-payment", TWO_INSURED),
        Errand("out-of-area-medical", {"for_whom": "self"}),
    ),
    "residence permit and bus card": (
        Errand("residence-permit", {"for_whom": "self"}),
        Errand("senior-bus-card", {"for_whom": "self"}),
    ),
}
EVENTS: Mapping[str, str] = {
    "allowance and senior card": "turning-eighty",
    "disability subsidy and living allowance for a parent": "disability-in-the-family",
    "residence permit and bus card": "moving-in-with-children",
}


def main() -> None:
    catalogue, texts, pinyin = load_catalogue(ASSETS), Texts.load(ASSETS), PinyinTable.load(ASSETS)
    terminal = WalkedTerminal(catalogue, texts, pinyin)
    terminal.session.do("start")
    alone: dict[str, int] = {}
    visits = {name: visit(terminal, both, alone) for name, both in VISITS.items()}
    forms = [Errand(one.id) for one in catalogue.services.values() if one.kind == "application"]
    alone.clear()  # those above answer otherwise than by examples
    pairs = [visit(terminal, both, alone) for both in permutations(forms, 2)]
    as_events = visits | {name: event_visit(terminal, event, name, visits) for name, event in EVENTS.items()}
    together = sum_of(as_events.values()).told | {"visits": {name: as_events[name].told for name in EVENTS}}
    of_office = {one.service: on_record(terminal, one.service) for one in forms}
    spared = {name: counts.told for name, counts in of_office.items() if counts.shown}
    each = {name: {**counts.told, "again": counts.again} for name, counts in visits.items()}
    result = {
        "bench": "one_form", **sum_of(visits.values()).told, "wanted_percent": WANTED, "visits": each,
        "as_events": together,
        "pairs": {"number": len(pairs), **sum_of(pairs).told},
        "on_record": {**sum_of(one for one in of_office.values() if one.shown).told, "services": spared},
    }  # fmt: skip
    print(written("one_form", result))


def sum_of(visits: Iterable[Counts]) -> Counts:
    every = list(visits)
    return Counts(*(sum(getattr(one, name) for one in every) for name in ("before", "after", "shown")))


def visit(t: WalkedTerminal, both: tuple[Errand, Errand], alone: dict[str, int]) -> Counts:
    """`alone`: how many questions each errand has by itself, as far as they were counted."""
    counts = Counts()
    for errand in both:
        if errand.service not in alone:
            alone[errand.service] = len(fill_in(t, errand).questions)
            errands.leave(t)
        counts.before += alone[errand.service]
    for errand in both:
        counts.add(fill_in(t, errand))
    errands.leave(t)
    return counts


def event_visit(t: WalkedTerminal, event: str, name: str, visits: Mapping[str, Counts]) -> Counts:
    counts = Counts(visits[name].before)
    counts.add(fill_in_event(t, event, VISITS[name]))
    errands.leave(t)
    return counts


def on_record(t: WalkedTerminal, service: str) -> Counts:
    """The same errand by whoever shows their card, at a hall that asks no office and at one that does."""
    counts = Counts(before=len(fill_in(t, Errand(service, card=True)).questions))
    errands.leave(t)
    t.hall.asks, t.hall.answers["on_record"] = True, EXAMPLE
    counts.add(fill_in(t, Errand(service, card=True)))
    t.hall.asks = False
    errands.leave(t)
    return counts


def fill_in_event(t: WalkedTerminal, event: str, both: Sequence[Errand]) -> Asked:
    """Until its forms are sent; the errands that are not of the visit are left out."""
    session, by_service = t.session, {one.service: one for one in both}
    session.do("event", event)
    bundle = session.state.bundle
    assert bundle is not None
    for one in bundle.event.services:
        if one.service not in by_service:
            session.do("take", one.service)
    session.do("next")
    session.do("next")
    return asked(t, lambda visit: by_service[visit.service.id], lambda visit: bundle.is_done)


def fill_in(t: WalkedTerminal, errand: Errand) -> Asked:
    """Until the form is sent."""
    t.session.do("choose", errand.service)
    t.session.do("next")
    return asked(t, lambda visit: errand, lambda visit: visit.stage == "check")


def asked(t: WalkedTerminal, errand_of: Callable[[Visit], Errand], is_done: Callable[[Visit], bool]) -> Asked:
    session, questions, shown = t.session, list[str](), 0
    while len(questions) < FAR_TOO_MANY:
        visit = session.state.visit
        assert visit is not None
        primary, errand = session.screen().primary, errand_of(visit)
        if is_done(visit):
            session.do("ask" if visit.service.query else "send")
            t.finish_background()
            session.do("another")
            return Asked(questions, shown)
        if primary and primary.action == "look_on_record":
            session.do("look_on_record")
            t.finish_background()
            shown += 1
        elif primary and primary.action == "reuse" and is_right(visit, errand):
            session.do("reuse")
            shown += 1
        else:
            questions.append(visit.field_id)
            answer(t, errand)
    raise RuntimeError(f"{errand.service} asks without end: look at the answers that this bench gives.")


def is_right(visit: Visit, errand: Errand) -> bool:
    """Whether what is offered is what this visitor means."""
    lines = visit.offer.lines
    return all(errand.answers.get(name, known.value) == known.value for name, known in lines.items())


def answer(t: WalkedTerminal, errand: Errand) -> None:
    session, visit = t.session, t.session.state.visit
    assert visit is not None
    about = visit.service.field(visit.field_id)
    given = errand.answers.get(about.id)
    if errand.card and about in identity.at_question(visit):
        session.equip(card_reader=True)
        session.card_read(Card(OWN, "王秀英"))
        session.do("take_card")
    elif given is None or not input_of(about).methods:
        chosen = {} if given is None else {about.id: given}
        for _ in errands.question(t, visit.service, about, chosen):
            pass
    else:
        session.do("clear")
        session.state.entry.add(given)
        session.do("next")


if __name__ == "__main__":
    main()
