"""Which forms were sent in this visit, so that one sent again is noticed."""

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.repeats import member_of
from kiosk.entry.field_input import input_of
from kiosk.state.visit import Visit


@dataclass
class SentForms:
    """Keeps digests only, with a key of its own: who has it cannot tell what was sent, nor look for a person."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False, compare=False)
    digests: set[bytes] = field(default_factory=set)

    def add(self, visit: Visit, answers: Mapping[str, str]) -> None:
        """`answers` here and below: all that are sent, tidied."""
        self.digests |= {self._digest(visit, answers), self._digest(visit, _people(visit, answers))}

    def drop(self, visit: Visit, answers: Mapping[str, str]) -> None:
        """It was taken back: sent again, it is no second one."""
        self.digests -= {self._digest(visit, answers), self._digest(visit, _people(visit, answers))}

    def has_same(self, visit: Visit, answers: Mapping[str, str]) -> bool:
        """Whether the same service was sent with the same answers."""
        return self._digest(visit, answers) in self.digests

    def has_same_people(self, visit: Visit, answers: Mapping[str, str]) -> bool:
        """Whether the same service was sent for the same people, whatever else was answered."""
        people = _people(visit, answers)
        return bool(people) and self._digest(visit, people) in self.digests

    def _digest(self, visit: Visit, answers: Mapping[str, str]) -> bytes:
        return hmac.digest(self.key, json.dumps([visit.service.id, sorted(answers.items())]).encode(), "sha256")


def _people(visit: Visit, answers: Mapping[str, str]) -> dict[str, str]:
    """Whom it is for; the members of a repeat only where nobody else is named."""
    named = [one for one in visit.service.fields_for(answers) if input_of(one).from_card]
    people = {one.id for one in named if not member_of(one)} or {one.id for one in named}
    return {name: value for name, value in answers.items() if name in people}
