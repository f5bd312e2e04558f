"""Who staff are and what each role may do. Every request of staff asks here; nothing else knows the roles."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    SEE_BOARD = "see_board"  # what goes on: calls, forms and kiosks, nothing personal
    TAKE_CALLS = "take_calls"
    CALL_NUMBERS = "call_numbers"  # those of the queue
    READ_FORMS = "read_forms"  # answers, private ones masked
    REVEAL_ANSWERS = "reveal_answers"  # one masked answer in full
    MOVE_FORMS = "move_forms"  # how far a form has got, and the note for its sender
    DECIDE_FORMS = "decide_forms"  # accept a form, ask for more, say no
    REVIEW_DECISIONS = "review_decisions"  # agree to a no as the second person, take up what was decided
    CORRECT_FORMS = "correct_forms"  # fill in single answers anew for the person, as a correction with a reason
    ANSWER_ORDERS = "answer_orders"  # what people could not get done: hear it, write it down, take it, answer it
    ASSIGN_ORDERS = "assign_orders"  # give such an order to somebody
    CARE_FOR_OWN_DATA = "care_for_own_data"  # for a person who stands there: what is kept of them, a copy, consent
    SEE_MISSED_CALLS = "see_missed_calls"  # whose visitor has gone while nobody had come
    READ_FIGURES = "read_figures"
    REOPEN_READING = "reopen_reading"  # as the second person, once somebody has read unusually many forms
    EXPORT = "export"  # all forms in full, by two people
    REGISTER_RULES = "register_rules"  # say which checks of the county count, and revoke one
    ENROL_KIOSKS = "enrol_kiosks"  # take kiosks in, and revoke them
    MANAGE_ACCOUNTS = "manage_accounts"


class Role(StrEnum):
    STAFF = "staff"
    LEAD = "lead"
    ADMIN = "admin"


_STAFF = frozenset(
    {
        Permission.SEE_BOARD,
        Permission.TAKE_CALLS,
        Permission.CALL_NUMBERS,
        Permission.READ_FORMS,
        Permission.REVEAL_ANSWERS,
        Permission.MOVE_FORMS,
        Permission.DECIDE_FORMS,
        Permission.CORRECT_FORMS,
        Permission.ANSWER_ORDERS,
        Permission.CARE_FOR_OWN_DATA,
    }
)
_LEAD = _STAFF | {
    Permission.REVIEW_DECISIONS,
    Permission.ASSIGN_ORDERS,
    Permission.SEE_MISSED_CALLS,
    Permission.READ_FIGURES,
    Permission.REOPEN_READING,
    Permission.EXPORT,
    Permission.REGISTER_RULES,
}
_ADMIN = _LEAD | {Permission.ENROL_KIOSKS, Permission.MANAGE_ACCOUNTS}
PERMISSIONS = {Role.STAFF: _STAFF, Role.LEAD: _LEAD, Role.ADMIN: _ADMIN}


@dataclass(frozen=True)
class Staff:
    """One member of staff, logged in; old people read the name."""

    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        return permission in PERMISSIONS[self.role]
