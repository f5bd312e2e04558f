"""What stands before every request of a kiosk: whose key signed it, that it may speak, and that it was not here before.

`kiosk: TheKiosk` in a route is an approved kiosk whose request is new. `kiosk: SigningKiosk` leaves that last step to
a route that writes, within its own transaction: `spend`. `kiosk: SignedOrNot` is None where a call comes without.
`kiosk: FollowingKiosk` asks how a call stands, which is told without a database that can be written to.
"""

import logging
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any
from uuid import UUID

from anyio import to_thread
from fastapi import Depends, Request
from sqlalchemy import Executable, bindparam, delete, exists, literal, select
from sqlalchemy.orm import Session

from backend.foundation.database import AWAY, Database, insert_into, without_orm
from backend.foundation.errors import RequestError
from backend.hall.hall import TheHall
from backend.kiosks.tables import Kiosk, RequestNonce
from protocol.enrolment import KioskState, NotAdmitted
from protocol.request_signature import HEADERS, WINDOW_S, RequestSignature, is_signed, read_signature
from protocol.signing import SignatureError

log = logging.getLogger("yinling.hall")

_SENTENCES = {
    NotAdmitted.NOT_ENROLLED: "The hall does not know this kiosk: make a code with hall enrol NAME and give it to "
    "kiosk enrol CODE --hall URL.",
    NotAdmitted.WAITING_FOR_APPROVAL: "This kiosk waits for approval: compare its fingerprint and approve it on the "
    "staff page, or with hall approve NAME.",
    NotAdmitted.REVOKED: "This kiosk was revoked: if it is to be used again, enrol it anew.",
    NotAdmitted.CLOCK: "The request was signed at another time than the hall's: set the kiosk's clock.",
    NotAdmitted.REPLAYED: "This very request was here before: sign it anew.",
    NotAdmitted.BAD_SIGNATURE: "The request's signature is not this kiosk's: if its disk was set up anew, or another "
    "machine took its name, enrol it anew.",
}


class NotAdmittedError(RequestError):
    """The hall does not take this kiosk's request."""

    status = 401

    def __init__(self, why: NotAdmitted, kiosk: str = "") -> None:
        super().__init__(_SENTENCES[why])
        self.code = why.value
        log.warning("kiosk not admitted", extra={"fields": {"code": why.value} | ({"kiosk": kiosk} if kiosk else {})})


@dataclass(frozen=True)
class SignedKiosk:
    """Who signed a request. `visitor` is what the signed header Yinling-Visitor says."""

    id: UUID
    name: str
    public_key: bytes = field(repr=False)
    signature: RequestSignature = field(repr=False)

    @property
    def visitor(self) -> str:
        return self.signature.visitor

    def spend(self, session: Session) -> bool:
        """Take the request's nonce if the kiosk is approved, with this key, right now. False when it is not to be
        answered (`refusal` says why): then do nothing of what it asks."""
        of_request = {"start": self.signature.start, "number": self.signature.number, "created": self.signature.created}
        row = {"kiosk": self.id, "key": self.public_key, **of_request}
        return session.execute(_spending(session.get_bind().dialect.name), row).first() is not None

    def refusal(self, database: Database) -> NotAdmittedError:
        """Why `spend` said no."""
        return refusal_of(database, self.id, self.name, self.public_key)


def refusal_of(database: Database, kiosk: UUID, name: str, public_key: bytes) -> NotAdmittedError:
    """Why nothing is taken from this kiosk that signs with this key."""
    with database.read() as session:
        row = session.execute(select(Kiosk.state, Kiosk.public_key).where(Kiosk.id == kiosk)).one_or_none()
    if row is None or row.public_key != public_key:
        return NotAdmittedError(NotAdmitted.BAD_SIGNATURE, name)
    return NotAdmittedError(_OF_STATE.get(row.state, NotAdmitted.REPLAYED), name)


_OF_STATE = {KioskState.WAITING: NotAdmitted.WAITING_FOR_APPROVAL, KioskState.REVOKED: NotAdmitted.REVOKED}


@cache
def _spending(dialect: str) -> Executable:
    """State, key and nonce in one statement, which the form path can afford. Made once, without the ORM."""
    kiosks, nonces = without_orm(Kiosk), without_orm(RequestNonce)
    columns = [nonces.c.kiosk, nonces.c.start, nonces.c.number, nonces.c.created]
    is_admitted = exists().where(
        kiosks.c.id == bindparam("kiosk"),
        kiosks.c.public_key == bindparam("key"),
        kiosks.c.state == KioskState.APPROVED,
    )
    row = select(*(bindparam(column.name, type_=column.type) for column in columns)).where(is_admitted)
    new = insert_into(dialect, nonces).from_select(columns, row).on_conflict_do_nothing()
    return new.returning(literal(True))


def forget_old_nonces(database: Database, now: float) -> None:
    """Those of requests that would be refused for their time anyway."""
    with database.write() as session:
        session.execute(delete(RequestNonce).where(RequestNonce.created < int(now) - WINDOW_S))


KnownKiosks = dict[UUID, tuple[str, bytes]]  # name and key as they were read last; `spend` asks the table itself


async def _signing(request: Request, hall: TheHall) -> SignedKiosk:
    headers = {name: values[0] for name in HEADERS if len(values := request.headers.getlist(name)) == 1}
    try:
        signature = read_signature(headers)
    except SignatureError as error:
        signed = is_signed(request.headers)
        raise NotAdmittedError(NotAdmitted.BAD_SIGNATURE if signed else NotAdmitted.NOT_ENROLLED) from error
    known: KnownKiosks = request.app.state.known_kiosks
    body = await request.body()
    found = known.get(signature.kiosk)
    if found is None or not _fits(signature, found[1], request, body):
        found = await to_thread.run_sync(_read, hall.database, signature.kiosk)
        if found is None:
            raise NotAdmittedError(NotAdmitted.NOT_ENROLLED)
        if not _fits(signature, found[1], request, body):
            raise NotAdmittedError(NotAdmitted.BAD_SIGNATURE, found[0])
        known[signature.kiosk] = found
    if not signature.is_timely(hall.clock().timestamp()):
        raise NotAdmittedError(NotAdmitted.CLOCK, found[0])
    return SignedKiosk(signature.kiosk, *found, signature)


def _read(database: Database, kiosk: UUID) -> tuple[str, bytes] | None:
    with database.read() as session:
        row = session.execute(select(Kiosk.name, Kiosk.public_key).where(Kiosk.id == kiosk)).one_or_none()
    return (row.name, row.public_key) if row else None


def _fits(signature: RequestSignature, public_key: bytes, request: Request, body: bytes) -> bool:
    """A query is not signed, so there may be none."""
    path = request.scope["raw_path"].decode("latin-1")
    try:
        signature.check(public_key, request.method, path, body)
    except SignatureError:
        return False
    return not request.scope["query_string"]


SigningKiosk = Annotated[SignedKiosk, Depends(_signing)]


async def the_kiosk(kiosk: SigningKiosk, hall: TheHall) -> SignedKiosk:
    """An approved kiosk, whose request is new."""
    if not await to_thread.run_sync(hall.database.together.run, kiosk.spend):
        raise await to_thread.run_sync(kiosk.refusal, hall.database)
    return kiosk


TheKiosk = Annotated[SignedKiosk, Depends(the_kiosk)]


async def _signed_or_not(request: Request, hall: TheHall) -> SignedKiosk | None:
    try:
        return await _signing(request, hall)
    except (NotAdmittedError, *AWAY):
        return None


SignedOrNot = Annotated[SignedKiosk | None, Depends(_signed_or_not)]


async def admitted_when_possible(kiosk: SigningKiosk, hall: TheHall) -> SignedKiosk:
    """Where the database takes nothing the signature alone says who calls."""
    try:
        return await the_kiosk(kiosk, hall)
    except AWAY:
        return kiosk


FollowingKiosk = Annotated[SignedKiosk, Depends(admitted_when_possible)]
NOT_ADMITTED: dict[int | str, dict[str, Any]] = {401: {"description": "Not signed by an approved kiosk, see code"}}
