"""Which forms were sent in this visit, so that the same one sent again is noticed."""

import hmac
import json
import secrets
from dataclasses import dataclass, field

from kiosk.entry.field_input import input_of
from kiosk.state.visit import Visit


@dataclass
class SentForms:
    """Keeps digests only, with a key of its own: who has it cannot tell what was sent, nor look for a person."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False, compare=False)
    digests: set[bytes] = field(default_factory=set)

    def add(self, visit: Visit) -> None:
        self.digests.add(self._digest(visit))

    def has_same(self, visit: Visit) -> bool:
        """Whether the same service was sent for the same people; where none are named, with the same answers."""
        return self._digest(visit) in self.digests

    def _digest(self, visit: Visit) -> bytes:
        people = {one.id for one in visit.service.steps if input_of(one).from_card}
        named = {name: value for name, value in visit.answers.items() if name in people} or visit.answers
        return hmac.digest(self.key, json.dumps([visit.service.id, sorted(named.items())]).encode(), "sha256")
