"""The drafts of a real terminal: in the store, sealed so that only their slips open them.

A draft is sealed with a random 256-bit key. The key is on the slip as a QR code, and beside the draft wrapped with
what Argon2id makes of the slip's digits. See docs/decisions/save-and-return.md.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy.orm import Session

from forms.definition import Definition
from kiosk.hall.service import CannotKeep
from kiosk.state.draft import Draft, DraftError, new_key, opened, sealed
from kiosk.state.slip import Slip, SlipError, new_code
from offline_cache.drafts import Drafts, KeptDraft
from offline_cache.store import Store, StoreError, StoreFull
from offline_cache.versions.definitions import keep_definition
from protocol.aes_gcm import KEY_BYTES, DecryptionError, decrypt, encrypt
from protocol.lockout import Lockout, Tries

log = logging.getLogger(__name__)

_NAME_BYTES = 16
_PASSES, _MEMORY_KIB = 4, 32 * 1024  # bench/slips.py
LOCKOUT = Lockout(free_tries=5, first_wait_s=60, longest_wait_s=3600, forgotten_after_s=24 * 3600)
_SALT, _TRIES = "slip_salt", "slip_code_tries"  # names of single values in the store


class StoredDrafts:
    """Implements kiosk.hall.draft_repository.DraftRepository."""

    def __init__(self, store: Store, days: int, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store, self._drafts = store, Drafts(store)
        self._days, self._clock = days, clock

    def save(self, draft: Draft, *definitions: Definition) -> Slip:
        assert draft.forms, "there is nothing to save without a visit"
        key, code = bytes(new_key()), new_code()
        until = self._clock() + timedelta(days=self._days)
        try:
            code_name, wrap = self._of_code(code)
            box, wrapped = sealed(draft, key), encrypt(wrap, key)
            kept = KeptDraft(_name(key), code_name, draft.name, box, wrapped, until)
            self._drafts.keep(kept, lambda session: _keep_all(session, definitions))
        except StoreFull as error:
            log.error("%s", error)
            raise CannotKeep("store_full") from error
        except StoreError as error:
            log.error("%s", error)
            raise CannotKeep("store_failed") from error
        self._store.audit.note("visitor", "draft_saved", draft.name)
        return Slip(key, code, until.astimezone().date())

    def by_key(self, key: bytes) -> Draft:
        try:
            kept = self._drafts.find("name", _name(key), self._clock())
        except StoreError as error:
            log.error("%s", error)
            raise SlipError("failed") from error
        return self._noted(lambda: _open(kept, key))

    def by_code(self, code: str) -> Draft:
        return self._noted(lambda: self._by_code(code))

    def _by_code(self, code: str) -> Draft:
        now = self._clock()
        try:
            self._take_try(now)
            code_name, wrap = self._of_code(code)
            kept = self._drafts.find("code_name", code_name, now)
            if kept:
                self._store.set(_TRIES, str(Tries()))
        except StoreError as error:
            log.error("%s", error)
            raise SlipError("failed") from error
        return _open(kept, _unwrapped(kept, wrap))

    def _noted(self, find: Callable[[], Draft]) -> Draft:
        """What a slip opens, or that it was refused, is on the record."""
        try:
            draft = find()
        except SlipError as error:
            self._store.audit.note("visitor", "draft_refused", detail=error.reason)
            raise
        self._store.audit.note("visitor", "draft_opened", draft.name)
        return draft

    def drop(self, form: str) -> None:
        try:
            self._drafts.drop(form)
        except StoreError as error:
            log.error("%s", error)  # it expires by itself

    def _of_code(self, code: str) -> tuple[str, bytes]:
        """The name under which the digits find their draft, and the key that unwraps the draft's own."""
        salt = self._store.get(_SALT)
        if salt is None:
            salt = secrets.token_hex(16)
            self._store.set(_SALT, salt)
        stretch = Argon2id(
            salt=bytes.fromhex(salt),
            length=_NAME_BYTES + KEY_BYTES,
            iterations=_PASSES,
            lanes=1,
            memory_cost=_MEMORY_KIB,
        )
        made = stretch.derive(code.encode())
        return made[:_NAME_BYTES].hex(), made[_NAME_BYTES:]

    def _take_try(self, now: datetime) -> None:
        """Count a code before it is looked at; SlipError while one has to wait. Kept over restarts."""
        tries, wait_s = LOCKOUT.take(Tries.parse(self._store.get(_TRIES)), now.timestamp())
        self._store.set(_TRIES, str(tries))
        if wait_s > 0:
            raise SlipError("wait")


def _keep_all(session: Session, definitions: Sequence[Definition]) -> None:
    for one in definitions:
        keep_definition(session, one.hash, one.document)


def _name(key: bytes) -> str:
    """The name under which a key finds its draft; it does not tell the key."""
    return sha256(b"name of a draft" + key).digest()[:_NAME_BYTES].hex()


def _unwrapped(kept: KeptDraft | None, wrap: bytes) -> bytes:
    if kept is None:
        raise SlipError("unknown")
    try:
        return decrypt(wrap, kept.wrapped_key)
    except DecryptionError as error:
        raise SlipError("failed") from error


def _open(kept: KeptDraft | None, key: bytes) -> Draft:
    if kept is None:
        raise SlipError("unknown")
    try:
        return opened(kept.sealed, key)
    except DraftError as error:
        log.error("%s", error)
        raise SlipError("failed") from error
