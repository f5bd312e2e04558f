"""Taking kiosks in: a code, a key that comes with it, a person who approves it; and putting them out."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backend.audit.log import note
from backend.events.feed import announce
from backend.foundation.database import changed
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.hall.state import state_of
from backend.kiosks.signed import SignedKiosk
from backend.kiosks.tables import EnrolmentCode, Kiosk
from protocol.enrolment import (
    CODE_LIVES_S,
    Enrolment,
    EnrolmentAnswer,
    EnrolmentRequest,
    KioskState,
    NewKey,
    enrolment_answer,
    keys_of_code,
    new_code,
    request_is_proven,
)
from protocol.request_signature import fingerprint
from protocol.signing import SignatureError, verify
from protocol.wire import HallKey

CODE_LIVES = timedelta(seconds=CODE_LIVES_S)
_REMEMBERED = timedelta(days=1)  # so that somebody who is late is told so


class WrongCodeError(RequestError):
    """No such code was given out here, or somebody on the way changed what the kiosk sent."""

    status = 403
    code = "wrong_code"

    def __init__(self) -> None:
        super().__init__("This hall gave out no such code: read it again, or make one with hall enrol NAME.")


class CodeExpiredError(RequestError):
    status = 403
    code = "code_expired"

    def __init__(self) -> None:
        super().__init__("This code is older than 15 minutes: make a new one with hall enrol NAME.")


class CodeUsedError(RequestError):
    status = 403
    code = "code_used"

    def __init__(self) -> None:
        super().__init__("This code was used already: make a new one with hall enrol NAME.")


class WrongKeyError(RequestError):
    """A new key came without the proof that the kiosk has it, or is another kiosk's."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This is not a new key of this kiosk: make one and prove that you have it.")


def give_code(hall: Hall, name: str, approved: bool = False) -> tuple[str, datetime]:
    """A code for a kiosk of this name, and until when it is good; `approved`: nobody needs to look at its key."""
    code, now = new_code(), hall.clock()
    keys = keys_of_code(code)
    with hall.database.write() as session:
        session.execute(delete(EnrolmentCode).where(EnrolmentCode.expires_at < now - _REMEMBERED))
        session.add(
            EnrolmentCode(id=keys.id, secret=keys.secret, name=name, approved=approved, expires_at=now + CODE_LIVES)
        )
    return code, now + CODE_LIVES


def enrol(hall: Hall, request: EnrolmentRequest, ca: str) -> EnrolmentAnswer:
    """Take in the key that came with a code; the same again gets the same answer while the code is good.

    WrongCodeError, CodeExpiredError, CodeUsedError.
    """
    now = hall.clock()
    with hall.database.read() as session:  # whoever only guesses keeps nobody from writing
        _good_code(session, request, now)
    with hall.database.write() as session:
        code = _good_code(session, request, now)
        kiosk = session.scalar(select(Kiosk).where(Kiosk.name == code.name))
        if code.public_key is None:
            code.public_key = request.public_key
            kiosk = _take_in(session, kiosk, code, now)
            note(session, hall, kiosk.name, "enrol_kiosk", kiosk.id, fingerprint(kiosk.public_key))
            announce(session, "kiosk", kiosk.id, now)
        elif kiosk is None or kiosk.public_key != request.public_key:
            raise CodeUsedError
        hall.feed.wake()
        told = Enrolment(kiosk=kiosk.id, name=kiosk.name, state=kiosk.state, hall_key=hall_key(hall, session), ca=ca)
        return enrolment_answer(code.secret, request.public_key, told)


def _good_code(session: Session, request: EnrolmentRequest, now: datetime) -> EnrolmentCode:
    """WrongCodeError, CodeExpiredError, CodeUsedError."""
    code = session.get(EnrolmentCode, request.id)
    if code is None or not request_is_proven(request, code.secret):
        raise WrongCodeError
    if not now <= code.expires_at <= now + CODE_LIVES:  # also when the clock was set back
        raise CodeExpiredError
    if code.public_key not in (None, request.public_key):
        raise CodeUsedError
    return code


def _take_in(session: Session, kiosk: Kiosk | None, code: EnrolmentCode, now: datetime) -> Kiosk:
    """A name that is enrolled anew keeps its id and gets the new key."""
    if kiosk is None:
        kiosk = Kiosk(id=uuid4(), name=code.name)
        session.add(kiosk)
    assert code.public_key is not None
    kiosk.public_key, kiosk.enrolled_at, kiosk.key_since = code.public_key, now, now
    kiosk.state = KioskState.APPROVED if code.approved else KioskState.WAITING
    kiosk.start = kiosk.earlier_start = kiosk.two_machines_at = None
    return kiosk


def hall_key(hall: Hall, session: Session) -> HallKey:
    return HallKey(
        key_id=hall.keys.key_id,
        public_key=hall.keys.public,
        verify_key=hall.keys.verify_key,
        generation=state_of(session).generation,
        takes_sources=True,
    )


def take_new_key(hall: Hall, kiosk: SignedKiosk, new: NewKey) -> None:
    """The kiosk signs with another key from now on. WrongKeyError unless the new key vouches for it too;
    NotAdmittedError where the kiosk was put out, or enrolled anew, meanwhile."""
    try:
        verify(new.public_key, new.proof, kiosk.id.bytes)
    except SignatureError as error:
        raise WrongKeyError from error
    its_own = update(Kiosk).where(
        Kiosk.id == kiosk.id, Kiosk.public_key == kiosk.public_key, Kiosk.state == KioskState.APPROVED
    )
    with hall.database.write() as session:
        if not changed(session, its_own.values(public_key=new.public_key, key_since=hall.clock())):
            raise kiosk.refusal(hall.database)
        note(session, hall, kiosk.name, "new_kiosk_key", kiosk.id, fingerprint(new.public_key))


def approve(hall: Hall, who: str, name: str, public_key: bytes | None = None) -> bool:
    """Let a kiosk that waits speak, on the word of `who`; False when none of this name waits, or not with this key."""
    waiting = update(Kiosk).where(Kiosk.name == name, Kiosk.state == KioskState.WAITING)
    if public_key is not None:
        waiting = waiting.where(Kiosk.public_key == public_key)
    with hall.database.write() as session:
        is_done = changed(session, waiting.values(state=KioskState.APPROVED))
        if is_done:
            note(session, hall, who, "approve_kiosk", name)
        return is_done


def revoke(hall: Hall, who: str, name: str) -> bool:
    """Nothing but unproven calls is taken from this kiosk from now on, and no code for it is good any more; False when
    there is neither of this name."""
    with hall.database.write() as session:
        had_code = changed(session, delete(EnrolmentCode).where(EnrolmentCode.name == name))
        is_done = changed(session, update(Kiosk).where(Kiosk.name == name).values(state=KioskState.REVOKED)) or had_code
        if is_done:
            note(session, hall, who, "revoke_kiosk", name)
        return is_done
