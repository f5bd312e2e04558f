"""Forty forms of all services, as far as they have come, and what staff have done with each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from itertools import cycle, islice
from uuid import UUID

from backend.accounts.permissions import Role
from backend.after_sending import amending, follow_ups
from backend.casework import owner
from backend.demo.answers import answers_of
from backend.demo.kiosk import PlayedKiosk
from backend.demo.place import DAY_S, HOUR_S, MINUTE_S, Place
from backend.providers.simulated.people import Person
from backend.rulings.choosing import Chosen
from backend.rulings.deciding import agree, decide
from backend.rulings.panel import panel
from backend.submissions.board import one_submission
from backend.submissions.intake import take_in
from backend.submissions.status import set_status
from forms.definition import Definition
from protocol.after_sending import FollowUp, FollowUpKind, RulingKind
from protocol.levels import By, Claim
from protocol.sealing import seal
from protocol.wire import ProgressStatus, SealedForm, Submission, sealing_context

_FIRST_AGO_S, _LAST_AGO_S = 4 * HOUR_S, 3 * MINUTE_S
_EVENT = "turning-eighty"
_CORRECTED, _TAKEN_BACK = "old-age-allowance", "senior-card"
_FOR_SELF = {"for_whom": "self"}
_HOW_MANY = {RulingKind.MORE: 5, RulingKind.ACCEPTED: 6, RulingKind.REFUSED: 3}


@dataclass(frozen=True)
class Sent:
    """A form on its way: what is in it, and whose kiosk brings it."""

    id: UUID
    kiosk: PlayedKiosk
    service_id: str
    answers: Mapping[str, str]
    number: str
    bundle: UUID | None = None


def add_forms(place: Place) -> None:
    """Some wait for somebody, some are somebody's, some are decided; three came together for one event of a life."""
    services = [one.id for one in place.hall.catalogue.services.values() if one.kind == "application"]
    fates: list[Fate | None] = [*[None] * 9, *[_in_review] * 7]
    for kind, many in _HOW_MANY.items():
        fates += [_decided(kind)] * many
    fates.append(_decided(RulingKind.REFUSED, agreed=False))
    place.dice.shuffle(fates)
    for service, fate in zip(islice(cycle(services), len(fates)), fates, strict=True):
        ago_s = place.dice.uniform(_LAST_AGO_S, _FIRST_AGO_S)
        _send(place, ago_s, _filled_in(place, service, _family(place)), fate)
    for service, fate in ((_CORRECTED, _corrected), (_CORRECTED, _corrected), (_TAKEN_BACK, _taken_back_by_staff)):
        _send(place, place.dice.uniform(HOUR_S, _FIRST_AGO_S), _for_self(place, service), fate)
    _send(place, DAY_S, _for_self(place, _TAKEN_BACK), _taken_back_at_the_kiosk)
    _add_together(place)


def _add_together(place: Place) -> None:
    """One person, one kiosk, one visit."""
    family, kiosk, bundle = _family(place), place.any_kiosk(), place.new_id()
    for errand in place.hall.catalogue.events[_EVENT].services:
        _send(place, 2 * HOUR_S, _filled_in(place, errand.service, family, _FOR_SELF, kiosk, bundle), None)


def _for_self(place: Place, service: str) -> Sent:
    return _filled_in(place, service, _family(place), _FOR_SELF)


def _family(place: Place) -> list[Person]:
    """More than any form asks for."""
    return [next(place.people) for _ in range(10)]


def _filled_in(
    place: Place,
    service_id: str,
    people: list[Person],
    given: Mapping[str, str] | None = None,
    kiosk: PlayedKiosk | None = None,
    bundle: UUID | None = None,
) -> Sent:
    catalogue, dice = place.hall.catalogue, place.dice
    today = place.hall.day_of(place.hours.end)
    answers = answers_of(catalogue, catalogue.services[service_id], people, given or {}, today, dice)
    return Sent(place.new_id(), kiosk or place.any_kiosk(), service_id, answers, place.new_number(), bundle)


Fate = Callable[[Place, float, Sent], None]


def _send(place: Place, ago_s: float, sent: Sent, fate: Fate | None) -> None:
    """`fate`: what becomes of it afterwards; None where nobody has looked at it yet."""
    place.hours.add(ago_s, partial(_bring, place, sent))
    if fate:
        fate(place, ago_s, sent)


def _bring(place: Place, sent: Sent) -> None:
    """As a kiosk seals it."""
    hall, service = place.hall, place.hall.catalogue.services[sent.service_id]
    names = (service.id, str(service.version), sent.number, Definition.of(hall.catalogue, service).hash)
    inside = SealedForm(answers=dict(sent.answers), lang="zh")
    sealed = seal(hall.keys.public, inside.model_dump_json().encode(), sealing_context(sent.id, *names))
    body = Submission(
        service_id=service.id,
        service_version=str(service.version),
        kiosk=sent.kiosk.name,
        receipt_number=sent.number,
        created_at=hall.clock() - timedelta(seconds=2),
        sealed=sealed,
        sha256=sha256(sealed).hexdigest(),
        definition=names[-1],
        bundle=sent.bundle,
    )
    take_in(hall, sent.id, body, sent.kiosk.signed())


def _in_review(place: Place, ago_s: float, sent: Sent) -> None:
    who = place.dice.choice(list(place.staff.values()))

    def look() -> None:
        owner.give(place.hall, sent.id, who.name, one_submission(place.hall, sent.id).version, who)
        set_status(place.hall, sent.id, ProgressStatus.IN_REVIEW, "", None, who)

    place.hours.add(ago_s / 2, look)


def _decided(kind: RulingKind, *, agreed: bool = True) -> Fate:
    """By somebody who chooses from what the county offers, as the staff page lays it before them. `agreed`: where the
    county wants two for a no, the second one has looked already."""

    def fate(place: Place, ago_s: float, sent: Sent) -> None:
        who = place.dice.choice([place.clerk, place.lead])
        second = place.staff[Role.ADMIN] if who is place.lead else place.lead

        def rule() -> None:
            beside = panel(place.hall, sent.id, who)
            against, refused = beside.ways[kind].against, kind is RulingKind.REFUSED
            chosen = Chosen(
                kind,
                reason=_reason(kind, as_advised=not against),
                basis=beside.bases[0].id if refused else None,
                remedies=tuple(one.id for one in beside.remedies) if refused else (),
            )
            decide(place.hall, sent.id, chosen, "看过原件，问过本人。" if against else "", beside.version, who)

        def agree_to_it() -> None:
            beside = panel(place.hall, sent.id, second)
            if beside.may_agree:
                agree(place.hall, sent.id, beside.version, second)

        place.hours.add(ago_s / 2, rule)
        if agreed:
            place.hours.add(ago_s / 3, agree_to_it)

    return fate


def _reason(kind: RulingKind, *, as_advised: bool) -> str:
    """One that fits any service."""
    match kind:
        case RulingKind.ACCEPTED:
            return "as_it_should_be" if as_advised else "looked_at_by_a_person"
        case RulingKind.MORE:
            return "paper_missing" if as_advised else "answer_unclear"
        case RulingKind.REFUSED:
            return "not_shown"


def _corrected(place: Place, ago_s: float, sent: Sent) -> None:
    """The phone number was somebody else's; the correction waits for a colleague to look at both."""
    changes, name = {"phone": next(place.people).phone}, place.new_id()
    why = "本人来说电话填错了。"
    place.hours.add(ago_s / 2, lambda: amending.keep(place.hall, sent.id, name, changes, why, place.clerk))


def _taken_back_by_staff(place: Place, ago_s: float, sent: Sent) -> None:
    why = "本人来说先不办了。"
    place.hours.add(ago_s / 2, lambda: follow_ups.take_back(place.hall, sent.id, why, place.clerk))


def _taken_back_at_the_kiosk(place: Place, ago_s: float, sent: Sent) -> None:
    """A few minutes after it was sent, where it was sent."""
    name = place.new_id()

    def take_back() -> None:
        now = place.hall.clock()
        visitor = Claim(By.SENDER).header(int(now.timestamp()))
        body = FollowUp(kind=FollowUpKind.TAKE_BACK, made_at=now, visitor=visitor)
        follow_ups.put(place.hall, sent.id, name, body, sent.kiosk.signed())

    place.hours.add(ago_s - 5 * MINUTE_S, take_back)
