"""A visit as plain data, to be taken up where it was left: by the next process after a crash, or from a slip.

A draft that leaves memory is sealed with a key that the kiosk does not keep with it.
"""

import secrets
from typing import Literal
from uuid import UUID

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from forms.home.events import LifeEvent
from kiosk.state.answers.known_answers import Known
from kiosk.state.answers.told import Origin
from kiosk.state.bundle import FormOfBundle
from kiosk.state.look import Look
from kiosk.state.session_state import Location, SessionState
from kiosk.state.visit import Stage, Visit
from protocol.aes_gcm import KEY_BYTES, DecryptionError, decrypt, encrypt


class DraftError(Exception):
    """A draft cannot be opened or no longer fits; the text is one plain sentence."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VisitDraft(_Frozen):
    """One errand; the names are those of kiosk.state.visit.Visit."""

    service: str
    version: int
    definition: str = ""  # its hash; older slips know the version alone
    number: str
    stage: Stage
    field: str
    answers: dict[str, str]
    typed: dict[str, str]
    done: tuple[str, ...]
    changing: bool
    sources: dict[str, Known] = Field(default_factory=dict)  # older slips do not know them
    records: dict[str, Known] = Field(default_factory=dict)  # that the visitor was shown
    amends: tuple[UUID, str] | None = None
    origins: dict[str, Origin] = Field(default_factory=dict)  # of a form of a life event


class BundleDraft(_Frozen):
    """The forms of a life event; the names are those of kiosk.state.bundle.Bundle."""

    event: LifeEvent  # of which no requests and conditions are needed
    visits: tuple[VisitDraft, ...]
    left_out: tuple[str, ...]
    at: int


class Draft(_Frozen):
    """All that a visitor would have to do again."""

    location: Location = Field(validation_alias=AliasChoices("location", "place"))  # older slips say place
    look: Look
    visit: VisitDraft | None = None
    bundle: BundleDraft | None = None  # instead of one visit
    overlay: Literal["help"] | None = None
    known: dict[str, dict[str, Known]] = Field(default_factory=dict)  # of the people of this stay; in no slip

    @property
    def forms(self) -> tuple[VisitDraft, ...]:
        return self.bundle.visits if self.bundle else (self.visit,) if self.visit else ()

    @property
    def name(self) -> str:
        """The number of the first form, by which the draft is found again; "" where nothing was begun."""
        return next((one.number for one in self.forms), "")


def draft_of(state: SessionState) -> Draft:
    """The state as a draft. A query without questions has nothing to be done again, so its draft leads home."""
    overlay: Literal["help"] | None = "help" if state.overlay == "help" else None
    known = state.known.people
    look = state.assistance.look if state.assistance else state.look  # what staff have set goes with them
    if bundle := state.bundle:
        visits = tuple(_visit_draft(one) for one in bundle.visits)
        left_out = tuple(sorted(bundle.left_out))
        forms = BundleDraft(event=bundle.event.as_begun, visits=visits, left_out=left_out, at=bundle.at)
        return Draft(location=state.location, look=look, bundle=forms, overlay=overlay, known=known)
    visit = state.visit if state.visit and state.visit.service.steps else None
    location = "home" if state.location == "visit" and visit is None else state.location
    form = _visit_draft(visit) if visit else None
    return Draft(location=location, look=look, visit=form, overlay=overlay, known=known)


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


def _visit_draft(visit: Visit) -> VisitDraft:
    return VisitDraft(
        service=visit.service.id,
        version=visit.service.version,
        definition=visit.definition.hash,
        number=visit.number,
        stage=visit.stage,
        field=visit.field_id,
        answers=dict(visit.answers),
        typed=dict(visit.typed),
        done=tuple(sorted(visit.done)),
        changing=visit.changing,
        sources=dict(visit.given()),
        records={name: visit.records.found[name] for name in visit.records.shown},
        amends=visit.amends,
        origins=visit.shared if isinstance(visit, FormOfBundle) else {},
    )
