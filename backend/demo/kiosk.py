"""A kiosk that is played: taken in by a code, with a key of its own, and signing what it brings."""

from dataclasses import dataclass, field
from uuid import UUID

from backend.hall.hall import Hall
from backend.kiosks.enrolment import enrol, give_code
from backend.kiosks.heartbeats import put_heartbeat
from backend.kiosks.signed import SignedKiosk
from protocol.enrolment import checked_enrolment, enrolment_request, keys_of_code
from protocol.request_signature import Signer, new_private_key, public_key_of, read_signature
from protocol.wire import Heartbeat

VERSION = "demo"


@dataclass
class PlayedKiosk:
    hall: Hall
    id: UUID
    name: str
    private_key: bytes = field(repr=False)
    health: Heartbeat = field(default_factory=lambda: Heartbeat(version=VERSION, waiting=0))
    _signer: Signer = field(default_factory=Signer)

    def signed(self) -> SignedKiosk:
        """As a route of the hall gets it, once for each request."""
        created = int(self.hall.clock().timestamp())
        headers = self._signer.headers(self.private_key, self.id, created, "PUT", "/", b"")
        return SignedKiosk(self.id, self.name, public_key_of(self.private_key), read_signature(headers))

    def beat(self) -> None:
        put_heartbeat(self.hall, self.signed(), self.health)


def enrolled(hall: Hall, name: str) -> PlayedKiosk:
    """Taken in, and waiting for somebody to approve it."""
    code, _ = give_code(hall, name)
    keys, private_key = keys_of_code(code), new_private_key()
    public_key = public_key_of(private_key)
    told = checked_enrolment(keys, public_key, enrol(hall, enrolment_request(keys, public_key), ca=""))
    return PlayedKiosk(hall, told.kiosk, told.name, private_key)
