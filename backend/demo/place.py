"""What all parts of the day share: the hall, its staff and kiosks, the invented people, the dice and the hours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from backend.accounts.permissions import Role
from backend.accounts.sessions import SignedIn
from backend.demo.kiosk import PlayedKiosk
from backend.demo.timeline import Timeline
from backend.hall.hall import Hall
from backend.providers.simulated.people import Person
from protocol.receipts.new_number import new_receipt_number

MINUTE_S, HOUR_S, DAY_S = 60.0, 3600.0, 86400.0


@dataclass(frozen=True)
class Place:
    """`people` never ends: each visitor is somebody else. `kiosks` are those that work, by name."""

    hall: Hall
    staff: dict[Role, SignedIn]
    kiosks: dict[str, PlayedKiosk]
    people: Iterator[Person]
    dice: Random
    hours: Timeline = field(repr=False)

    @property
    def clerk(self) -> SignedIn:
        return self.staff[Role.STAFF]

    @property
    def lead(self) -> SignedIn:
        return self.staff[Role.LEAD]

    def any_kiosk(self) -> PlayedKiosk:
        return self.dice.choice(list(self.kiosks.values()))

    def new_id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def new_number(self) -> str:
        return new_receipt_number(self.dice.randrange)
