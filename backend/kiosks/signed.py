"""What stands before every request of a kiosk: whose key signed it, that it may speak, and that it was not here before.

`kiosk: TheKiosk` in a route is an approved kiosk whose request is new. `kiosk: SigningKiosk` leaves that last step to
a route that writes, within its own transaction: `spend`. `kiosk: SignedOrNot` is None where a call comes without.
`kiosk: FollowingKiosk` asks how a call stands, which is told without a database that can be written to.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any
from uuid import UUID

from anyio import to_thread
from fastapi import Depends, Request
from sqlalchemy import Executable, bindparam, delete, exists, select, union_all
from sqlalchemy.orm import Session

from backend.foundation.database import AWAY, Database, insert_into, without_orm
from backend.foundation.errors import RequestError
from backend.foundation.together import Together
from backend.hall.hall import Hall, TheHall
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

    @staticmethod
    def spend_all(session: Session, kiosks: Sequence["SignedKiosk"]) -> list[bool]:
        """Take each request's nonce if its kiosk is approved, with this key, right now. False for those that are not
        to be answered (`refusal` says why): then do nothing of what they ask."""
        asked = {f"{name}_{at}": value for at, one in enumerate(kiosks) for name, value in one._asked.items()}
        spending = _spending(session.get_bind().dialect.name, len(kiosks))
        new = {(kiosk, start, number) for kiosk, start, number in session.execute(spending, asked)}
        found = []
        for one in kiosks:
            found.append(one._nonce in new)
            new.discard(one._nonce)  # the same request, twice at once, is taken once
        return found

    def spend(self, session: Session) -> bool:
        """The same for one."""
        return self.spend_all(session, [self])[0]

    def refusal(self, database: Database) -> NotAdmittedError:
        """Why `spend` said no."""
        return refusal_of(database, self.id, self.name, self.public_key)

    @property
    def _nonce(self) -> tuple[UUID, str, int]:
        return self.id, self.signature.start, self.signature.number

    @property
    def _asked(self) -> dict[str, object]:
        kiosk, start, number = self._nonce
        created = self.signature.created
        return {"kiosk": kiosk, "key": self.public_key, "start": start, "number": number, "created": created}


def refusal_of(database: Database, kiosk: UUID, name: str, public_key: bytes) -> NotAdmittedError:
    """Why nothing is taken from this kiosk that signs with this key."""
    with database.read() as session:
        row = session.execute(select(Kiosk.state, Kiosk.public_key).where(Kiosk.id == kiosk)).one_or_none()
    if row is None or row.public_key != public_key:
        return NotAdmittedError(NotAdmitted.BAD_SIGNATURE, name)
    return NotAdmittedError(_OF_STATE.get(row.state, NotAdmitted.REPLAYED), name)


_OF_STATE = {KioskState.WAITING: NotAdmitted.WAITING_FOR_APPROVAL, KioskState.REVOKED: NotAdmitted.REVOKED}


@cache
def _spending(dialect: str, count: int) -> Executable:
    """State, key and nonce of so many requests in one statement, which the form path can afford.

    Made once, without the ORM. In the order of the key, so that no two processes wait for each other.
    """
    kiosks, nonces = without_orm(Kiosk), without_orm(RequestNonce)
    types = {"key": kiosks.c.public_key.type} | {column.name: column.type for column in nonces.c}
    asked = union_all(
        *(
            select(*(bindparam(f"{name}_{at}", type_=type_).label(name) for name, type_ in types.items()))
            for at in range(count)
        )
    ).subquery()
    is_admitted = exists().where(
        kiosks.c.id == asked.c.kiosk,
        kiosks.c.public_key == asked.c.key,
        kiosks.c.state == KioskState.APPROVED,
    )
    key = (asked.c.kiosk, asked.c.start, asked.c.number)
    rows = select(*key, asked.c.created).where(is_admitted).order_by(*key)
    new = insert_into(dialect, nonces).from_select([column.name for column in rows.selected_columns], rows)
    return new.on_conflict_do_nothing().returning(nonces.c.kiosk, nonces.c.start, nonces.c.number)


def spend_each(database: Database, kiosks: Sequence[SignedKiosk]) -> list[bool]:
    """Of requests that write nothing else, or do so on their own."""
    with database.write() as session:
        return SignedKiosk.spend_all(session, kiosks)


_UNDER_WAY_S = 60  # that a request may wait here for the database after its time was looked at


def forget_old_nonces(database: Database, now: float) -> None:
    """Those of requests that would be refused for their time anyway."""
    with database.write() as session:
        session.execute(delete(RequestNonce).where(RequestNonce.created < int(now) - WINDOW_S - _UNDER_WAY_S))


KnownKiosks = dict[UUID, tuple[str, bytes]]  # name and key as they were read last; `spend` asks the table itself


async def signing(request: Request) -> SignedKiosk:
    """Who signed the request. NotAdmittedError."""
    hall: Hall = request.app.state.hall
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


SigningKiosk = Annotated[SignedKiosk, Depends(signing)]


async def the_kiosk(request: Request, kiosk: SigningKiosk, hall: TheHall) -> SignedKiosk:
    """An approved kiosk, whose request is new."""
    requests: Together[SignedKiosk, bool] = request.app.state.requests
    if not await requests.do(kiosk):
        raise await to_thread.run_sync(kiosk.refusal, hall.database)
    return kiosk


TheKiosk = Annotated[SignedKiosk, Depends(the_kiosk)]


async def _signed_or_not(request: Request) -> SignedKiosk | None:
    try:
        return await signing(request)
    except (NotAdmittedError, *AWAY):
        return None


SignedOrNot = Annotated[SignedKiosk | None, Depends(_signed_or_not)]


async def admitted_when_possible(request: Request, kiosk: SigningKiosk, hall: TheHall) -> SignedKiosk:
    """Where the database takes nothing the signature alone says who calls."""
    try:
        return await the_kiosk(request, kiosk, hall)
    except AWAY:
        return kiosk


FollowingKiosk = Annotated[SignedKiosk, Depends(admitted_when_possible)]
NOT_ADMITTED: dict[int | str, dict[str, Any]] = {401: {"description": "Not signed by an approved kiosk, see code"}}
