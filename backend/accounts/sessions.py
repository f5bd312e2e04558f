"""Who is logged in and in which browser: begun by a login, ended by time, by hand, or with the account."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from backend.accounts.permissions import Staff
from backend.accounts.tables import ConsolePin, KnownBrowser, OneTimeCode, StaffMember, StaffSession
from backend.accounts.tries import forget_old
from backend.events.feed import announce
from backend.foundation.database import insert
from backend.hall.hall import Hall

SHIFT = timedelta(hours=12)
BROWSER_KNOWN = timedelta(days=180)
ENDED = "logged_out"  # the kind of event that ends the streams of a session


@dataclass(frozen=True)
class SignedIn(Staff):
    """A member of staff by an open page."""

    member: UUID
    session: UUID
    ends_at: datetime
    has_pin: bool


@dataclass(frozen=True)
class Cookies:
    """What a browser keeps: until the shift is over, and for the next login."""

    session: str
    browser: str


class OpenSession(BaseModel):
    id: UUID
    browser: str
    made_at: AwareDatetime
    ends_at: AwareDatetime


def begin(session: Session, hall: Hall, member: StaffMember, before: Cookies, browser: str) -> Cookies:
    """A new session in the place of the one that this browser had; `browser` is its kind, in words."""
    now = hall.clock()
    session.execute(delete(StaffSession).where(StaffSession.ends_at <= now))
    session.execute(delete(KnownBrowser).where(KnownBrowser.ends_at <= now))
    is_ours = KnownBrowser.digest == browser_digest(hall, before.browser)  # another site may have set a cookie for us
    is_known = before.browser and session.scalar(select(KnownBrowser.digest).where(is_ours).limit(1))
    cookies = Cookies(secrets.token_urlsafe(32), before.browser if is_known else secrets.token_urlsafe(32))
    forget_old(session, now)
    end(session, hall, StaffSession.digest == _digest(hall, before.session))
    session.add(
        StaffSession(
            digest=_digest(hall, cookies.session),
            id=uuid4(),
            member=member.id,
            browser=browser,
            made_at=now,
            ends_at=now + SHIFT,
        )
    )
    lasts = {"made_at": now, "ends_at": now + BROWSER_KNOWN}
    known = insert(session, KnownBrowser).values(
        digest=browser_digest(hall, cookies.browser), member=member.id, **lasts
    )
    session.execute(known.on_conflict_do_update(index_elements=[KnownBrowser.digest, KnownBrowser.member], set_=lasts))
    return cookies


def staff_of(hall: Hall, token: str) -> SignedIn | None:
    """The staff member whose page holds this cookie; None when there is none, or the session is over."""
    wanted = (
        select(StaffSession, StaffMember)
        .join(StaffMember, StaffMember.id == StaffSession.member)
        .where(StaffSession.digest == _digest(hall, token), StaffMember.is_disabled.is_(False))
    )
    with hall.database.read() as session:
        row = session.execute(wanted).one_or_none()
    if row is None or not row[0].is_good(hall.clock()):
        return None
    opened, member = row
    return SignedIn(member.name, member.role, member.id, opened.id, opened.ends_at, member.pin_hash is not None)


def is_known(hall: Hall, token: str, name: str | None = None) -> bool:
    """Whether somebody, or the member of that name, was logged in before in the browser with this cookie."""
    if not token:
        return False
    wanted = select(KnownBrowser).where(KnownBrowser.digest == browser_digest(hall, token))
    if name is not None:
        wanted = wanted.join(StaffMember, StaffMember.id == KnownBrowser.member).where(StaffMember.name == name)
    with hall.database.read() as session:
        return any(one.is_good(hall.clock()) for one in session.scalars(wanted))


def open_sessions(session: Session, now: datetime) -> dict[UUID, list[OpenSession]]:
    """Of each member, the newest first."""
    found: dict[UUID, list[OpenSession]] = {}
    for one in session.scalars(select(StaffSession).order_by(StaffSession.made_at.desc())):
        if one.is_good(now):
            shown = OpenSession(id=one.id, browser=one.browser, made_at=one.made_at, ends_at=one.ends_at)
            found.setdefault(one.member, []).append(shown)
    return found


def end(session: Session, hall: Hall, *which: ColumnElement[bool]) -> int:
    """End these sessions and their streams at once; how many there were."""
    ended: Sequence[UUID] = session.scalars(delete(StaffSession).where(*which).returning(StaffSession.id)).all()
    for one in ended:
        announce(session, ENDED, one, hall.clock())
    return len(ended)


def forget_logins(session: Session) -> None:
    """Of a database that was put back: who was logged out since then, or has used a code, does not get in by it."""
    for table in (StaffSession, OneTimeCode, ConsolePin):
        session.execute(delete(table))


def browser_digest(hall: Hall, token: str) -> str:
    return hall.keys.digest("browser", token)


def _digest(hall: Hall, token: str) -> str:
    return hall.keys.digest("session", token)
