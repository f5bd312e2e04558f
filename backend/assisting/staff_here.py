"""Who of staff stands at which kiosk: judged by the hall, and what a visitor may then see there (level 3)."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend.accounts import login, tries
from backend.accounts.permissions import PERMISSIONS, Permission
from backend.accounts.sessions import SHIFT, SignedIn
from backend.accounts.tables import StaffMember
from backend.audit.log import note
from backend.foundation.database import insert
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.kiosks.signed import SignedKiosk
from backend.kiosks.tables import StaffAtKiosk
from protocol.signing import SignatureError
from protocol.staff.badge import Badge, read
from protocol.staff.here import StaffCheck, StaffHere
from protocol.staff.roster import MAX_MEMBERS, Member, Roster, signed_roster

_MAY_HELP = [role for role, allowed in PERMISSIONS.items() if Permission.TAKE_CALLS in allowed]


class NotStaffError(RequestError):
    """403, as 401 would say that the kiosk is not known."""

    status = 403
    code = "not_staff"

    def __init__(self) -> None:
        super().__init__("The hall does not know this badge or PIN: show today's badge, or type name and PIN anew.")


def new_badge(hall: Hall, staff: SignedIn) -> Badge:
    """Good until the shift of this login ends."""
    now = hall.clock()
    ends_at = min(staff.ends_at, now + SHIFT)
    with hall.database.write() as session:
        note(session, hall, staff.name, "badge", staff.member)
    return Badge(staff.member, staff.name, int(now.timestamp()), int(ends_at.timestamp()))


def arrive(hall: Hall, kiosk: SignedKiosk, check: StaffCheck) -> StaffHere:
    """The member of staff stands at this kiosk from now on. NotStaffError; TooManyTriesError for PINs."""
    member = _by_badge(hall, check.badge) if check.badge else _by_pin(hall, kiosk, check)
    with hall.database.write() as session:
        now = session.get(StaffMember, member)
        if now is None or now.is_disabled or now.role not in _MAY_HELP:
            raise NotStaffError
        _put(session, hall, kiosk, now)
        note(session, hall, now.name, "at_kiosk", kiosk.id, "badge" if check.badge else "pin")
        return StaffHere(member=now.id, name=now.name)


def leave(hall: Hall, kiosk: SignedKiosk) -> None:
    """Nobody of staff stands there any more."""
    with hall.database.write() as session:
        for name in session.scalars(
            delete(StaffAtKiosk).where(StaffAtKiosk.kiosk == kiosk.id).returning(StaffAtKiosk.name)
        ).all():
            note(session, hall, name, "left_kiosk", kiosk.id)


def roster(hall: Hall) -> Roster:
    """All who may help at kiosks now."""
    with hall.database.read() as session:
        may = StaffMember.is_disabled.is_(False), StaffMember.role.in_(_MAY_HELP)
        rows = session.execute(select(StaffMember.id, StaffMember.name).where(*may).order_by(StaffMember.name))
        staff = tuple(Member(member=row.id, name=row.name) for row in rows.fetchmany(MAX_MEMBERS))
    return signed_roster(hall.keys.private, int(hall.clock().timestamp()), staff)


def _by_badge(hall: Hall, text: str) -> UUID:
    try:
        badge = read(text, hall.keys.verify_key)
    except SignatureError as error:
        raise NotStaffError from error
    if not badge.is_fresh(hall.clock().timestamp()):
        raise NotStaffError
    return badge.member


def _by_pin(hall: Hall, kiosk: SignedKiosk, check: StaffCheck) -> UUID:
    """A kiosk has a count of its own, as a known browser has: no stranger there keeps staff out elsewhere."""
    with tries.tried(hall, check.name, tries.of_known_browser(f"kiosk:{kiosk.id.hex[:24]}", check.name)):
        member = login.member_with(hall, check.name, check.pin)
        if member is None:
            raise NotStaffError
    return member.id


def _put(session: Session, hall: Hall, kiosk: SignedKiosk, member: StaffMember) -> None:
    here = {"member": member.id, "name": member.name, "at": hall.clock()}
    new = insert(session, StaffAtKiosk).values(kiosk=kiosk.id, **here)
    session.execute(new.on_conflict_do_update(index_elements=[StaffAtKiosk.kiosk], set_=here))
