"""Another office is asked: who asked which one about whom is on record before anything goes out.

The record names whom by the beginning of a keyed digest alone. What was answered is in no record.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from backend.audit.log import note
from backend.hall.hall import Hall
from backend.kiosks.levels import Visitor
from backend.providers.inquiries import Inquiry
from backend.providers.provider import NoProvider, ProviderAway
from backend.providers.values import MISSING, Missing, Told
from protocol.queries import Office

A = TypeVar("A", bound=Told)
V = TypeVar("V")
_SHOWN = 16  # characters of the digest, as backend.privacy names a person


@dataclass(frozen=True)
class Reply(Generic[A]):
    """`told` is there exactly when `office` is TOLD."""

    office: Office
    told: A | None = None


def ask_office(hall: Hall, visitor: Visitor, inquiry: Inquiry[A], about: str = "") -> Reply[A]:
    """What the provider says. `about`: the keyed digest of the person or account; "" where it is about nobody.

    It waits up to 5 s, and is called in a thread.
    """
    if isinstance(hall.provider, NoProvider):
        return Reply(Office.NOT_ASKED)
    if about:
        with hall.database.write() as session:
            note(session, hall, visitor.kiosk.name, "ask_office", about[:_SHOWN], inquiry.name)
    try:
        told = hall.provider.ask(inquiry)
    except ProviderAway:
        return Reply(Office.AWAY)
    return Reply(Office.NOTHING) if told is MISSING else Reply(Office.TOLD, told)


def known(value: V | Missing) -> V | None:
    """As it goes over the wire: a value that did not come is None."""
    return None if isinstance(value, Missing) else value
