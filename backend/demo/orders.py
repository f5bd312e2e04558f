"""What people could not get done: late, new, in hand, answered and closed ones, one of them spoken."""

import json
from functools import partial
from uuid import UUID

from backend.accounts.sessions import SignedIn
from backend.demo.place import DAY_S, HOUR_S, MINUTE_S, Place
from backend.work_orders import handling
from backend.work_orders.intake import take_in
from backend.work_orders.stored import stored
from protocol.sealing import seal
from protocol.work_orders.order import Contact, OrderPart, WorkOrderRequest, sealing_context

_SPOKEN = "高龄津贴"  # a recording of assets/demo, made by the project's own voice


def add_orders(place: Place) -> None:
    _leave(place, 12 * DAY_S, "sent_around", "minimum-living-allowance")  # nobody has taken it
    late = _leave(place, 10 * DAY_S, "papers", "disability-subsidy")
    place.hours.add(9 * DAY_S, partial(handling.take, place.hall, late, place.clerk))
    answered = _leave(place, 2 * DAY_S, "not_understood", "out-of-area-medical")
    _answer(place, DAY_S, answered, "您要的表在 3 号窗口，工作人员陪您一起填。", "told_how", place.lead)
    closed = _leave(place, 3 * DAY_S, "machine", "")
    _answer(place, 2 * DAY_S, closed, "读卡器换了新的，可以用了。", "machine_mended", place.clerk)
    place.hours.add(DAY_S, partial(_close, place, closed))
    given = _leave(place, 3 * HOUR_S, "wrong_record", "pension-certification")
    place.hours.add(2 * HOUR_S, partial(handling.assign, place.hall, given, place.clerk.name, place.lead))
    _leave(place, 50 * MINUTE_S, "told_no", "old-age-allowance")
    _leave(place, 15 * MINUTE_S, None, "old-age-allowance")


def _leave(place: Place, ago_s: float, reason: str | None, service: str) -> UUID:
    """A chosen `reason`, or else a spoken one; every person has left a number to be phoned at."""
    order, person, kiosk, number = place.new_id(), next(place.people), place.any_kiosk(), place.new_number()
    contact = Contact(name=person.full_name, phone=person.phone).model_dump_json().encode()

    def leave() -> None:
        body = WorkOrderRequest(
            kiosk=kiosk.name,
            number=number,
            created_at=place.hall.clock(),
            screen="check" if service else "home",
            service_id=service or None,
            reason=reason,
            lang="zh",
            sound=None if reason else _sealed(place, order, OrderPart.SOUND, _spoken(place)),
            contact=_sealed(place, order, OrderPart.CONTACT, contact),
        )
        take_in(place.hall, order, body, kiosk.signed())

    place.hours.add(ago_s, leave)
    return order


def _answer(place: Place, ago_s: float, order: UUID, text: str, change: str, who: SignedIn) -> None:
    def answer() -> None:
        handling.take(place.hall, order, who)
        handling.answer(place.hall, order, _seen(place, order), text, change, "", who)

    place.hours.add(ago_s, answer)


def _close(place: Place, order: UUID) -> None:
    handling.close(place.hall, order, _seen(place, order), place.clerk)


def _seen(place: Place, order: UUID) -> int:
    with place.hall.database.read() as session:
        return stored(session, order).changes


def _spoken(place: Place) -> bytes:
    folder = place.hall.settings.assets / "demo"
    file: str = json.loads((folder / "index.json").read_text("utf-8"))["zh"][_SPOKEN]
    return (folder / file).read_bytes()


def _sealed(place: Place, order: UUID, part: OrderPart, plain: bytes) -> bytes:
    return seal(place.hall.keys.public, plain, sealing_context(order, part))
