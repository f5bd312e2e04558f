"""A visit as plain data, to be taken up where it was left: by the next process after a crash, or from a slip.

A draft that leaves memory is sealed with a key that the kiosk does not keep with it.
"""

import logging
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.screens.model import Look, Place
from kiosk.state.visit import Stage, Visit
from protocol.aes_gcm import KEY_BYTES, DecryptionError, decrypt, encrypt

if TYPE_CHECKING:
    from kiosk.session.session import Session

log = logging.getLogger(__name__)


class DraftError(Exception):
    """A draft cannot be opened or no longer fits; the text is one plain sentence."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VisitDraft(_Frozen):
    """One errand; the names are those of kiosk.state.visit.Visit."""

    service: str
    version: int
    number: str
    stage: Stage
    field: str
    answers: dict[str, str]
    typed: dict[str, str]
    done: tuple[str, ...]
    changing: bool


class Draft(_Frozen):
    """All that a visitor would have to do again."""

    place: Place
    look: Look
    visit: VisitDraft | None = None
    overlay: Literal["help"] | None = None


def draft_of(session: "Session") -> Draft:
    overlay: Literal["help"] | None = "help" if session.overlay == "help" else None
    return Draft(place=session.place, look=session.look, visit=_visit_draft(session.visit), overlay=overlay)


def restore(session: "Session", draft: Draft) -> None:
    """Show the visitor what they saw, in their language and size. DraftError when the errand is gone.

    What a changed form still takes is kept, the rest is asked again.
    """
    visit = _visit(session, draft.visit) if draft.visit else None
    session.take_up(draft.place, draft.look, visit, draft.overlay)


def new_key() -> bytearray:
    """A key for one draft; a bytearray, so that it can be overwritten."""
    return bytearray(secrets.token_bytes(KEY_BYTES))


def sealed(draft: Draft, key: bytes | bytearray) -> bytes:
    return encrypt(key, draft.model_dump_json().encode())


def opened(sealed_draft: bytes, key: bytes | bytearray) -> Draft:
    """DraftError when it was not sealed with this key, or is damaged."""
    try:
        return Draft.model_validate_json(decrypt(key, sealed_draft))
    except (DecryptionError, ValidationError):
        raise DraftError("This draft cannot be opened with this key.") from None  # what it held stays out of logs


class DraftFile:
    """The draft of the visit under way, on disk for the next process. The key is in memory only, and only here.

    A power cut loses the key, and with it the draft.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._key = path, new_key()
        self._written: Draft | None = None

    def write(self, draft: Draft) -> None:
        """Keep the latest; whole or not at all. OSError when the disk is full or gone."""
        if draft == self._written:
            return
        beside = self._path.with_suffix(".new")
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(sealed(draft, self._key))
        beside.replace(self._path)
        self._written = draft

    def read(self) -> Draft | None:
        """What was written last; None when nothing was, or it cannot be used."""
        try:
            return opened(self._path.read_bytes(), self._key)
        except FileNotFoundError:
            return None
        except (DraftError, OSError) as error:
            log.error("%s", error)
            return None

    def shred(self) -> None:
        """The visit is over: without its key the draft is noise, and the next visit has another key."""
        self._key[:] = bytes(KEY_BYTES)
        self._key = new_key()
        self._written = None
        for path in (self._path, self._path.with_suffix(".new")):
            path.unlink(missing_ok=True)


def _visit_draft(visit: Visit | None) -> VisitDraft | None:
    if visit is None:
        return None
    return VisitDraft(
        service=visit.service.id,
        version=visit.service.version,
        number=visit.number,
        stage=visit.stage,
        field=visit.field.id,
        answers=dict(visit.answers),
        typed=dict(visit.typed),
        done=tuple(sorted(visit.done)),
        changing=visit.changing,
    )


def _visit(session: "Session", draft: VisitDraft) -> Visit:
    service = session.catalogue.services.get(draft.service)
    if service is None:
        raise DraftError("This errand is not done here any more: please ask a staff member.")
    visit, done = session.new_visit(service), set(draft.done)
    if service.version != draft.version:  # who agreed to another form is asked again
        done -= {field.id for field in service.steps if field.type == "consent"}
    visit.take_up(draft.stage, draft.field, draft.answers, draft.typed, done, draft.changing, draft.number)
    return visit
