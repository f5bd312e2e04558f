"""What kiosk and hall say of a call: the kiosk's own steps, and how the call stands."""

from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from protocol.calls.states import KIOSK_MOVES, CallState, Move
from protocol.unseen import UNSEEN
from protocol.wire import Bytes, Identifier, KioskName, Moment, ShortName, ShortText, WireAnswer, WireRequest

MAX_MOVES = 1000  # of one call on its kiosk: a few in practice
MAX_NUMBER = 20  # characters of a phone number
_SEALED_NUMBER = 256  # bytes


class Need(StrEnum):
    """What staff should know before they come, where the visitor has said so."""

    HEARING = "hearing"  # cannot hear
    SEEING = "seeing"  # cannot see
    STANDING = "standing"  # cannot stand for long


class ArrivedBy(StrEnum):
    """How it is known that somebody has come."""

    BADGE = "badge"
    PIN = "pin"
    PAGE = "page"


class Rating(StrEnum):
    """How it went, as the visitor says."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


def _in_order(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    return tuple(need for need in Need if need in needs)


Needs = Annotated[tuple[Need, ...], Field(max_length=len(Need)), AfterValidator(_in_order)]
Number = Annotated[str, Field(pattern=rf"^[0-9+ -]{{0,{MAX_NUMBER}}}$")]
StaffName = Annotated[str, Field(min_length=1, max_length=64, pattern=rf"^[^{UNSEEN}]+$")]


class Arrival(WireRequest):
    """Who has come, as the kiosk has checked it."""

    staff: StaffName
    by: Literal[ArrivedBy.BADGE, ArrivedBy.PIN]


class CallRequest(WireRequest):
    """All that the kiosk knows of its call. Never carries who the person is: long numbers in `reason` are hidden.

    `moves` are the kiosk's own, in order, and only ever grow; each change of anything here is one. Their count is the
    `step`, and the hall takes each step once. `heard` is the hall's highest turn that the kiosk has heard of.

    `other_way`: the screen has told of phone, counter and ticket. `phone_here`: the number of a phone beside the
    kiosk, "" for none. `call_back`: a number of the visitor's own, sealed to the hall's key (`number_context`).
    `has_gone`: the visitor waits for that elsewhere.
    """

    kiosk: KioskName
    screen: ShortName
    service_id: Identifier | None = None
    reason: ShortText = ""
    requested_at: Moment
    moves: Annotated[tuple[Move, ...], Field(max_length=MAX_MOVES)] = ()
    heard: Annotated[int, Field(ge=0, le=2**30)] = 0  # the next turn fits into 32 bits
    needs: Needs = ()
    other_way: bool = False
    arrival: Arrival | None = None
    rating: Rating | None = None
    phone_here: Number = ""
    call_back: Annotated[Bytes, Field(max_length=_SEALED_NUMBER)] | None = None
    has_gone: bool = False

    @property
    def step(self) -> int:
        return len(self.moves)

    @model_validator(mode="after")
    def _kiosks_own_moves(self) -> Self:
        if not KIOSK_MOVES.issuperset(self.moves):
            raise ValueError("a kiosk may not make this move: only staff take, phone or hand back a call")
        if self.arrival is None and Move.ARRIVE in self.moves:
            raise ValueError("who has arrived is missing")
        return self


class CallStatus(WireAnswer):
    """How the call stands at the hall: after the kiosk's first `step` moves, and all of its own `turn` changes.

    `staff`: who has it, or had it last. `escalation`: 0 to 2 (protocol.calls.waiting). `reason`: what staff can read
    of the call, since one that is done takes no other reason over. `staff_page_open`: whether anybody can see it.
    `phone`: the hall's number that the visitor may phone, "" for none.
    """

    call: UUID
    state: CallState
    turn: int
    step: int
    staff: str | None = None
    escalation: int = 0
    reason: str = ""
    staff_page_open: bool = True
    phone: str = ""


def number_context(call: UUID) -> bytes:
    """The bytes that bind a sealed number to its own call."""
    return f"yinling call back 1\n{call}".encode()
