"""Getting in: by one's own PIN, by a one-time code with which one chooses it, or by the PIN of the console."""

from dataclasses import dataclass
from hmac import compare_digest

from sqlalchemy.orm import Session

from backend.accounts import console_pin, members, pins, sessions, tries
from backend.accounts.browser import Browser
from backend.accounts.console_pin import DisabledError
from backend.accounts.tables import OneTimeCode, StaffMember, StaffSession
from backend.audit.log import note
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall


class WrongPinError(RequestError):
    status = 401
    code = "wrong_pin"

    def __init__(self) -> None:
        super().__init__("Name and PIN do not belong together: type both anew, or ask an admin for a one-time code.")


class WrongCurrentPinError(RequestError):
    """Of whoever is logged in: a 401 would end their page."""

    status = 403
    code = "wrong_current_pin"

    def __init__(self) -> None:
        super().__init__("The current PIN is not right: type it anew.")


class WrongCodeError(RequestError):
    status = 401
    code = "wrong_code"

    def __init__(self) -> None:
        super().__init__("Name and one-time code do not belong together, or it is used or too old: ask for a new one.")


@dataclass(frozen=True)
class Entered:
    """The cookies of the page that was opened, and the next PIN for the console to print."""

    cookies: sessions.Cookies
    next_pin: str | None = None


def log_in(hall: Hall, name: str, pin: str, browser: Browser) -> Entered:
    """WrongPinError, DisabledError, or TooManyTriesError (`tries`). It may take long: see `pins.hashed`."""
    if sessions.is_known(hall, browser.cookies.browser, name):
        counts = tries.of_known_browser(sessions.browser_digest(hall, browser.cookies.browser), name)
    else:
        counts = tries.of_stranger(name, browser.address)
    with tries.tried(hall, name, counts):
        entered = _by_console(hall, name, pin, browser) or _by_own_pin(hall, name, pin, browser)
        if entered is None:
            raise WrongPinError
    return entered


def choose_first_pin(hall: Hall, name: str, code: str, pin: str, browser: Browser) -> Entered:
    """WeakPinError or WrongCodeError. Nothing is counted: a code cannot be guessed (59 bits)."""
    pins.check_strength(pin)
    with hall.database.read() as session:
        member = _with_code(session, hall, name, code)
    pin_hash = pins.hashed(hall.keys, member.id, pin)
    with hall.database.write() as session:
        member = _with_code(session, hall, name, code)  # used meanwhile?
        member.pin_hash = pin_hash
        members.end_all(session, hall, member)
        note(session, hall, member.name, "pin_chosen", member.id)
        return Entered(_begin(session, hall, member, browser))


def change_pin(hall: Hall, staff: sessions.SignedIn, current: str | None, pin: str) -> None:
    """WeakPinError, WrongCurrentPinError, TooManyTriesError. The other open pages of this person end."""
    pins.check_strength(pin)
    with hall.database.read() as session:
        member = session.get_one(StaffMember, staff.member)
    with tries.tried(hall, staff.name, tries.of_session(staff.session)):
        if member.pin_hash and not pins.is_right(hall.keys, member.id, current or "", member.pin_hash):
            raise WrongCurrentPinError
    pin_hash = pins.hashed(hall.keys, staff.member, pin)
    with hall.database.write() as session:
        session.get_one(StaffMember, staff.member).pin_hash = pin_hash
        sessions.end(session, hall, StaffSession.member == staff.member, StaffSession.id != staff.session)
        note(session, hall, staff.name, "pin_changed", staff.member)
    hall.feed.wake()


def member_with(hall: Hall, name: str, pin: str) -> StaffMember | None:
    """Whose own PIN it is. As slow as `pins.hashed`; whoever asks counts the try (`tries`)."""
    with hall.database.read() as session:
        member = members.named(session, name)
    if member is None or member.pin_hash is None:
        return None
    return member if pins.is_right(hall.keys, member.id, pin, member.pin_hash) else None


def log_out(hall: Hall, token: str) -> None:
    """By the cookie; one that is none, or is over, is left alone."""
    staff = sessions.staff_of(hall, token)
    if staff is None:
        return
    with hall.database.write() as session:
        sessions.end(session, hall, StaffSession.id == staff.session)
        note(session, hall, staff.name, "log_out", staff.member)
    hall.feed.wake()


def _by_console(hall: Hall, name: str, pin: str, browser: Browser) -> Entered | None:
    with hall.database.read() as session:
        if not console_pin.is_right(session, hall, pin):
            return None
    with hall.database.write() as session:
        if not console_pin.is_right(session, hall, pin):  # used meanwhile
            return None
        member, next_pin = console_pin.use(session, hall, name)
        return Entered(_begin(session, hall, member, browser, "by the console's PIN"), next_pin)


def _by_own_pin(hall: Hall, name: str, pin: str, browser: Browser) -> Entered | None:
    member = member_with(hall, name, pin)
    if member is None:
        return None
    with hall.database.write() as session:
        now = session.get_one(StaffMember, member.id)
        if now.pin_hash != member.pin_hash:  # reset meanwhile
            return None
        if now.is_disabled:
            raise DisabledError
        return Entered(_begin(session, hall, now, browser))


def _begin(session: Session, hall: Hall, member: StaffMember, browser: Browser, how: str = "") -> sessions.Cookies:
    note(session, hall, member.name, "log_in", member.id, ", ".join(filter(None, (browser.kind, how))))
    return sessions.begin(session, hall, member, browser.cookies, browser.kind)


def _with_code(session: Session, hall: Hall, name: str, code: str) -> StaffMember:
    member = members.named(session, name)
    kept = session.get(OneTimeCode, member.id, with_for_update=True) if member else None
    if member is None or kept is None or not kept.is_good(hall.clock()):
        raise WrongCodeError
    if not compare_digest(kept.digest, pins.code_digest(hall.keys, member.id, code)):
        raise WrongCodeError
    if member.is_disabled:
        raise DisabledError
    return member
