"""Calls for help: two ring, two are somebody's, the others are over."""

from datetime import datetime
from functools import partial
from uuid import UUID

from backend.accounts.sessions import SignedIn
from backend.calls.service import move_call, notify, put_call
from backend.demo.place import MINUTE_S, Place
from protocol.calls.messages import Arrival, ArrivedBy, CallRequest, Need, Rating, number_context
from protocol.calls.states import Move
from protocol.sealing import seal

_WHY = ("不知道下一步按哪里", "电话号码没填对", "看不清屏幕上的字", "想问问要带什么材料", "身份证读不出来")
_RATINGS = (Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.FAIR, Rating.BAD)


class _Call:
    """One press, told by its kiosk anew with each move of its own."""

    def __init__(
        self, place: Place, kiosk: str, ago_s: float, reason: str, *needs: Need, service: str = "", phone: str = ""
    ) -> None:
        self.place, self.kiosk, self.ago_s = place, place.kiosks[kiosk], ago_s
        self.id: UUID = place.new_id()
        self.told = {
            "kiosk": kiosk,
            "screen": "check" if service else "home",
            "service_id": service or None,
            "reason": reason,
            "needs": needs,
            "call_back": seal(place.hall.keys.public, phone.encode(), number_context(self.id)) if phone else None,
        }
        self.pressed_at: datetime | None = None
        self.moves: tuple[Move, ...] = ()
        place.hours.add(ago_s, self._press)

    def by_staff(self, after_s: float, move: Move, who: SignedIn) -> None:
        """The page has shown it to them before."""
        self.place.hours.add(self.ago_s - after_s, partial(notify, self.place.hall, [self.id]))
        self.place.hours.add(self.ago_s - after_s, partial(move_call, self.place.hall, self.id, move, who.name))

    def at_kiosk(self, after_s: float, *moves: Move, who: SignedIn | None = None, rating: Rating | None = None) -> None:
        """`who` has come, and has shown the kiosk a badge."""
        come = Arrival(staff=who.name, by=ArrivedBy.BADGE) if who else None

        def tell() -> None:
            self.moves += moves
            self._tell({"arrival": come, "rating": rating})

        self.place.hours.add(self.ago_s - after_s, tell)

    def _press(self) -> None:
        self.pressed_at = self.place.hall.clock()
        self._tell({})

    def _tell(self, more: dict[str, object]) -> None:
        now = self.place.hall.clock()
        said = {**self.told, "requested_at": self.pressed_at, "moves": self.moves, **more}
        put_call(self.place.hall, self.id, CallRequest.model_validate(said), self.kiosk.signed(), now)


def add_calls(place: Place) -> None:
    _add_past(place)
    clerk, lead = place.clerk, place.lead
    taken = _Call(place, "石桥乡便民中心", 3 * MINUTE_S, "想问问要带什么材料", service="minimum-living-allowance")
    taken.by_staff(40, Move.TAKE, clerk)
    helped = _Call(place, "城关镇大厅-2", 8 * MINUTE_S, "身份证读不出来", service="social-security-card")
    helped.by_staff(30, Move.SET_OUT, lead)
    helped.at_kiosk(2 * MINUTE_S, Move.ARRIVE, Move.ASSIST, who=lead)
    phone = next(place.people).phone  # nobody of the hall is in the village
    _Call(place, "柳林村", 70, "不知道下一步按哪里", service="old-age-allowance", phone=phone)
    _Call(place, "清河镇便民中心", 20, "听不见声音，想请人写给我看", Need.HEARING)


def _add_past(place: Place) -> None:
    """One after the other, so that no kiosk calls twice at once; for the last one nobody came in time."""
    names, dice = list(place.kiosks), place.dice
    for at in range(8):
        call = _Call(place, names[at % len(names)], (240 - at * 25 - dice.uniform(0, 5)) * MINUTE_S, dice.choice(_WHY))
        who = dice.choice(list(place.staff.values()))
        call.by_staff(dice.uniform(10, 100), Move.SET_OUT, who)
        call.by_staff(dice.uniform(120, 300), Move.ARRIVE, who)
        call.by_staff(dice.uniform(400, 900), Move.RESOLVE, who)
        call.at_kiosk(1000, Move.LEAVE, rating=dice.choice(_RATINGS))
    phoned = _Call(place, "柳林村", 50 * MINUTE_S, dice.choice(_WHY))
    phoned.by_staff(60, Move.PHONE, place.clerk)
    phoned.by_staff(400, Move.RESOLVE, place.clerk)
    phoned.at_kiosk(420, Move.LEAVE, rating=Rating.GOOD)
    changed_mind = _Call(place, "城关镇大厅-1", 35 * MINUTE_S, "")
    changed_mind.at_kiosk(25, Move.CANCEL)
    missed = _Call(place, "清河镇便民中心", 45 * MINUTE_S, "看不清屏幕上的字", Need.SEEING)
    missed.at_kiosk(6 * MINUTE_S, Move.LEAVE)
