"""Who staff are and what each role may do. Every request of staff asks here; nothing else knows the roles."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    SEE_BOARD = "see_board"  # what goes on: calls, forms and kiosks, nothing personal
    TAKE_CALLS = "take_calls"
    READ_FORMS = "read_forms"  # answers, private ones masked
    REVEAL_ANSWERS = "reveal_answers"  # one masked answer in full
    MOVE_FORMS = "move_forms"  # how far a form has got, and the note for its sender


class Role(StrEnum):
    STAFF = "staff"


PERMISSIONS = {Role.STAFF: frozenset(Permission)}


@dataclass(frozen=True)
class Staff:
    """One member of staff, logged in; old people read the name."""

    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        return permission in PERMISSIONS[self.role]
