"""Who of staff has come to this kiosk: what the session needs to know and to write down of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk.state.assistance import Staff, WhyNot
from protocol.staff.here import StaffCheck

Who = Literal["visitor", "staff", "kiosk"]
Act = Literal[
    "staff_arrived", "staff_refused", "help_agreed", "help_declined", "help_ended", "jumped", "corrected", "uncovered",
    "vouched",
]  # fmt: skip


@dataclass(frozen=True)
class NotStaff:
    """Nobody can be let in by this. `unknown`: it is no badge or PIN of today; `wait`: `wait_s` seconds after too many
    wrong ones; `no_line`: only the hall can judge a PIN; `no_list`: nor is there a list that has not ended."""

    why: WhyNot
    wait_s: int = 0


class StaffAtKiosk(Protocol):
    """All but `check` and `left` answer within milliseconds; those wait for the hall, off the GUI thread."""

    def check(self, shown: StaffCheck) -> Staff | NotStaff:
        """Whose badge or PIN this is: as the hall says; without a line a badge by the list that it has signed."""

    def names(self) -> Sequence[str]:
        """Who may help at kiosks, by the list; none where there is no list that has not ended."""

    def left(self) -> None:
        """Nobody of staff is here any more; the hall forgets them by itself where it does not hear of it."""

    def note(self, who: Who, act: Act, subject: str = "", detail: str = "") -> None:
        """Write down what was done: `subject` is a member of staff or a question by its id, never a value."""
