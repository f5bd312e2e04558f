"""Showing this kiosk's key to a hall, and changing it later."""

import logging
from datetime import UTC, datetime, timedelta

from kiosk.operations.hall_access import client_to_enrol, hall_client
from kiosk.operations.settings import Settings
from offline_cache.hall_client import HallBlocked, HallClient, HallUnreachable, KioskNotAdmitted
from offline_cache.status import note_admission
from offline_cache.store import Store
from offline_cache.sync import PINNED_KEY
from offline_cache.trust.identity import Identity
from offline_cache.trust.identity_file import IdentityError, IdentityFile
from protocol.enrolment import (
    EnrolmentAnswer,
    EnrolmentRequest,
    KioskState,
    NewKey,
    NotAdmitted,
    checked_enrolment,
    enrolment_request,
    keys_of_code,
)
from protocol.request_signature import new_private_key, public_key_of, sign_with
from protocol.signing import SignatureError

log = logging.getLogger(__name__)
KEY_LIVES = timedelta(days=90)


def enrol(
    settings: Settings, store: Store, code: str, url: str, *, own_hall: bool = False
) -> tuple[Identity, KioskState]:
    """Show a new key to the hall at `url` and keep it with what the hall says; `own_hall`: the terminal's own.

    CodeError, IdentityError, StoreError and the client's errors.
    """
    keys, private_key = keys_of_code(code), new_private_key()
    public_key = public_key_of(private_key)
    try:
        told = checked_enrolment(keys, public_key, _shown(settings, url, enrolment_request(keys, public_key)))
    except SignatureError as error:
        raise HallBlocked(str(error)) from error
    identity = Identity(
        kiosk=told.kiosk,
        name=told.name,
        hall="" if own_hall else url,
        hall_key=told.hall_key,
        ca=told.ca,
        private_key=private_key,
        key_since=datetime.now(UTC),
    )
    IdentityFile(settings.identity_file).write(identity)
    store.set(PINNED_KEY, told.hall_key.model_dump_json())  # a person vouches for it, which first contact does not
    store.audit.note("kiosk" if own_hall else "staff", "enrolled", str(identity.kiosk), identity.fingerprint)
    if told.state is KioskState.WAITING:
        note_admission(store, KioskNotAdmitted("", NotAdmitted.WAITING_FOR_APPROVAL, None))
    else:
        note_admission(store, None)
    return identity, told.state


def _shown(settings: Settings, url: str, request: EnrolmentRequest) -> EnrolmentAnswer:
    """Once more where the answer got lost: the code is used by then, and good for this key alone."""
    client = client_to_enrol(settings, url)
    try:
        return client.enrol(request)
    except HallUnreachable:
        return client.enrol(request)


def renew(settings: Settings, url: str, now: datetime) -> Identity:
    """Give this kiosk a new key now; who it is from then on. IdentityError and the client's errors."""
    file = IdentityFile(settings.identity_file)
    return change_key(hall_client(settings, url), file, now)


def change_key(client: HallClient, file: IdentityFile, now: datetime) -> Identity:
    """Give this kiosk a new key, which the present one vouches for. What was begun and cut off is ended first.

    HallBlocked where it is not enrolled; IdentityError and the client's errors.
    """
    identity = file.read()
    if identity is None:
        raise HallBlocked("This kiosk is not enrolled yet, so there is no key to change: kiosk enrol CODE --hall URL.")
    if not identity.next_key:
        identity = identity.model_copy(update={"next_key": new_private_key()})
        file.write(identity)  # before the hall hears of it, since its answer may get lost
    new = NewKey(public_key=public_key_of(identity.next_key), proof=sign_with(identity.next_key, identity.kiosk.bytes))
    after = identity.model_copy(update={"private_key": identity.next_key, "next_key": b"", "key_since": now})
    try:
        client.new_key(new)
    except KioskNotAdmitted as refusal:
        if refusal.code is not NotAdmitted.BAD_SIGNATURE:
            raise
        client.who_am_i(after)  # the hall may have taken it the last time
    file.write(after)
    return after


def change_old_key(settings: Settings, client: HallClient, now: datetime) -> None:
    """Give this kiosk a new key once its own has been used for 90 days. The client's errors."""
    file = IdentityFile(settings.identity_file)
    try:
        identity = file.read()
        if identity and is_old(identity, now):
            change_key(client, file, now)
    except IdentityError as error:
        log.error("%s", error)  # it is tried again with the next heartbeat; the key that there is still signs


def is_old(identity: Identity, now: datetime) -> bool:
    """Whether its key should be changed; also when the clock was set back to before it was made."""
    return bool(identity.next_key) or not identity.key_since <= now < identity.key_since + KEY_LIVES
