"""A visit as plain data, to be taken up where it was left: by the next process after a crash, or from a slip.

A draft that leaves memory is sealed with a key that the kiosk does not keep with it.
"""

import secrets
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.screens import Look
from kiosk.session import Place, Session
from kiosk.visit import Stage, Visit

KEY_BYTES = 32
_NONCE_BYTES = 12


class DraftError(Exception):
    """A draft cannot be opened or no longer fits; the text is one plain sentence."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VisitDraft(_Frozen):
    """One errand; the names are those of kiosk.visit.Visit."""

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


def draft_of(session: Session) -> Draft:
    overlay: Literal["help"] | None = "help" if session.overlay == "help" else None
    return Draft(place=session.place, look=session.look, visit=_visit_draft(session.visit), overlay=overlay)


def restore(session: Session, draft: Draft) -> None:
    """Show the visitor what they saw, in their language and size. DraftError when the errand has changed since."""
    visit = _visit(session, draft.visit) if draft.visit else None
    session.take_up(draft.place, draft.look, visit, draft.overlay)


def new_key() -> bytearray:
    """A key for one draft; a bytearray, so that it can be overwritten."""
    return bytearray(secrets.token_bytes(KEY_BYTES))


def sealed(draft: Draft, key: bytes | bytearray) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, draft.model_dump_json().encode(), None)


def opened(sealed_draft: bytes, key: bytes | bytearray) -> Draft:
    """DraftError when it was not sealed with this key, or is damaged."""
    nonce, box = sealed_draft[:_NONCE_BYTES], sealed_draft[_NONCE_BYTES:]
    try:
        return Draft.model_validate_json(AESGCM(key).decrypt(nonce, box, None))
    except (InvalidTag, ValidationError, ValueError):
        raise DraftError("This draft cannot be opened with this key.") from None  # what it held stays out of logs


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


def _visit(session: Session, draft: VisitDraft) -> Visit:
    service = session.catalogue.services.get(draft.service)
    if service is None or service.version != draft.version:
        raise DraftError("This errand has changed since: please begin it again.")
    visit = session.new_visit(service)
    visit.take_up(draft.stage, draft.field, draft.answers, draft.typed, set(draft.done), draft.changing, draft.number)
    return visit
