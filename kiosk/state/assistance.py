"""Staff who help at this kiosk: how they show who they are, and what is known while they help."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from kiosk.state.look import Look
from kiosk.state.visit import Stage, Visit
from protocol.calls.messages import Arrival

WhyNot = Literal["unknown", "wait", "no_line", "no_list"]
# In the kiosk's audit: who ended it; the kiosk does after a while without a touch, with the shift, with the visit, or
# at its next start, where its process ended meanwhile.
EndedBy = Literal["visitor", "staff", "time", "shift", "visit", "sending", "restart"]
REASONS = ("visitor_asks", "compare_paper", "correct", "read_out")  # why a value is uncovered
UNCOVERED_S = 15.0


@dataclass(frozen=True)
class Staff:
    """A member of staff whom the hall, or its list, knows. `lasts_s`: until their badge ends; None by PIN."""

    member: UUID
    name: str
    lasts_s: float | None = None


@dataclass
class SigningIn:
    """Name and PIN are put in at the kiosk."""

    names: tuple[str, ...]
    name: str = ""  # "" until one is chosen
    typed: str = ""
    looking: bool = False
    why: WhyNot | Literal[""] = ""  # the last try did not let in
    wait_until: float = 0.0  # of the clock of kiosk.session
    wait_s: int = 0  # of now


@dataclass(frozen=True)
class Place:
    """Where the visitor was: at which question of which form, and whether they had answered it already."""

    visit: Visit | None
    stage: Stage | None = None
    field_id: str = ""
    was_done: bool = False

    @classmethod
    def of(cls, visit: Visit | None) -> "Place":
        if visit is None:
            return cls(None)
        return cls(visit, visit.stage, visit.field_id, visit.field_id in visit.done)


@dataclass
class Assistance:
    """What the visitor had before staff took over comes back in the end. Times are of the clock of kiosk.session."""

    staff: Staff
    arrival: Arrival
    since: float
    look: Look
    place: Place
    agreed: bool = False
    vouched_at: float | None = None  # staff have looked at card and face
    uncovered: tuple[str, float] | None = None  # an answer by its `name_of`, and until when it is shown
    to_uncover: str = ""  # of which the reason is being asked
    typed_anew: str = ""  # the answer that is being put in anew: it is seen while its question is asked

    def is_over(self, now: float) -> bool:
        """Whether the shift of the badge has ended."""
        return self.staff.lasts_s is not None and now - self.since >= self.staff.lasts_s

    def shows(self, name: str) -> bool:
        """Whether this answer may be seen just now."""
        return bool(name) and (self.typed_anew == name or (self.uncovered is not None and self.uncovered[0] == name))


def name_of(visit: Visit, field_id: str) -> str:
    """How an answer is called where there are several forms."""
    return f"{visit.service.id}:{field_id}"
