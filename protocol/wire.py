"""What kiosk and hall say to each other: one pydantic model a body, shared by both sides.

Bodies travel as JSON. Bytes are base64 there and plain `bytes` in Python; times carry their time zone.
Requests refuse unknown fields; answers ignore them, so that an older kiosk still understands a newer hall.
"""

import re
from base64 import b64decode, b64encode
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from protocol.receipts.phone_page import LONGEST
from protocol.unseen import UNSEEN, without_unseen

HALL_HEADER = "Yinling-Hall"  # of every answer: the hall's key id. What answers without it is not the hall
MAX_SEALED_BYTES = 1024 * 1024
MAX_BODY_BYTES = 2 * MAX_SEALED_BYTES  # base64 adds a third; the other fields are small
DAMAGED = "damaged"  # the code of an error that only something on the way can have made: to be sent again
MAX_REASONS = 5  # different ones, of forms that the hall did not take
MAX_ANSWERS = 2000  # of one form: a large household has some hundred
MAX_DEFINITION = 512 * 1024  # characters; at most three bytes each on the way


class IntakeStatus(StrEnum):
    """All that a program may say about a form that arrived. There is no "rejected": only a person decides against."""

    RECEIVED = "received"
    NEEDS_PERSON = "needs_person"


class ProgressStatus(StrEnum):
    """Where a submission stands; staff move it, the words for each are the hall's data."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    NEEDS_MATERIAL = "needs_material"
    DONE = "done"


def _decoded(value: Any) -> Any:
    return b64decode(value, validate=True) if isinstance(value, str) else value


def _in_utc(moment: datetime) -> datetime:
    """In UTC; ValueError outside the years that every database and every time zone can write."""
    if not 1900 < moment.year < 2200:
        raise ValueError("the time is too far away to be one: set the clock")
    return moment.astimezone(UTC)


_LONG_NUMBER = re.compile(r"\d{6,}[\dXx]?")


def hide_numbers(text: str) -> str:
    """The text with every run of six or more digits (ID, phone, bank card) replaced by dots."""
    return _LONG_NUMBER.sub("••••••", text)


Bytes = Annotated[
    bytes,
    BeforeValidator(_decoded),
    PlainSerializer(lambda raw: b64encode(raw).decode("ascii"), when_used="json"),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}),
]
Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
Sha256Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
KioskName = Annotated[str, Field(min_length=1, max_length=64, pattern=rf"^[^{UNSEEN}/]+$")]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
PlainText = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]  # PostgreSQL keeps no NUL
ShortText = Annotated[PlainText, AfterValidator(without_unseen), AfterValidator(hide_numbers)]
ShortName = Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$"), AfterValidator(without_unseen)]


class WireRequest(BaseModel):
    """What a kiosk sends. What is wrong with it is told without its content: that may be an ID number."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True, hide_input_in_errors=True)


class WireAnswer(BaseModel):
    """What the hall says."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Health(WireAnswer):
    """How the hall is: "ok" or "degraded", and why: whether it can store forms now, its database answers and its disk
    has room. An older hall says nothing but the status.
    """

    status: str
    stores_forms: bool = True
    database: bool = True
    disk: bool = True


class HallKey(WireAnswer):
    """The key that forms are sealed to (`public_key`, 32 bytes), and the one by which what the hall signs is checked.

    An older hall signs nothing and says no `verify_key`. `generation` is another one after the hall's database went
    back in time: forms that an earlier one confirmed may be gone there. An older hall does not say. `takes_sources`:
    whether forms may tell where their answers came from; an older hall could not open them.
    """

    key_id: str
    public_key: Bytes
    verify_key: Bytes = b""
    generation: UUID | None = None
    takes_sources: bool = False


class OnRecord(WireAnswer):
    """What an office has on record, `as_of` a day where it says so."""

    value: Annotated[PlainText, Field(repr=False)]
    as_of: date | None = None


class AnswerSource(WireAnswer):
    """Where an answer came from: `said` by the visitor, a `card`, or what a newer kiosk knows, and on which day, where
    that is known.

    `checked`: an ID card on the reader has confirmed it; `reused`: it was known before this form, and taken over.
    `on_record`: what the visitor was shown instead, and has called wrong.
    """

    source: Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")]
    at: date | None = None
    checked: bool = False
    reused: bool = False
    on_record: OnRecord | None = None


class SealedForm(WireRequest):
    """What is inside `Submission.sealed`, as UTF-8 JSON: the answers by field id, and the visitor's language.

    `sources` tells of answers that were not put in on this form and day; an older kiosk tells of none.
    """

    answers: Annotated[dict[str, Any], Field(max_length=MAX_ANSWERS)]
    lang: Annotated[str, Field(pattern=r"^(zh|en)$")]
    sources: Annotated[dict[str, AnswerSource], Field(max_length=MAX_ANSWERS)] = {}


class Submission(WireRequest):
    """A form on its way to the hall. Sealing is random: keep this body and send the very same one again.

    `definition` is the hash of what it was filled in by (forms.definition); older kiosks do not say. `amends` is the
    form that it corrects; `page_key` opens its page at the hall (protocol.receipts.phone_page). Forms that
    were handed in together have the same `bundle`.
    """

    service_id: Identifier
    service_version: Identifier
    kiosk: KioskName
    receipt_number: Identifier
    created_at: Moment
    sealed: Annotated[Bytes, Field(max_length=MAX_SEALED_BYTES)]
    sha256: Sha256Hex
    definition: Sha256Hex | None = None
    amends: UUID | None = None
    page_key: Sha256Hex | None = None
    bundle: UUID | None = None

    @model_validator(mode="after")
    def _sealed_is_whole(self) -> Self:
        if sha256(self.sealed).hexdigest() != self.sha256:
            raise PydanticCustomError(DAMAGED, "the sealed form was damaged on the way: its sha256 does not match")
        return self

    @property
    def body_hash(self) -> str:
        """SHA-256 (hex) of all of it, by which the same form is told from another one."""
        return sha256(self.model_dump_json(exclude_none=True).encode()).hexdigest()


class DefinitionBody(WireRequest):
    """What forms were filled in by: the document whose SHA-256 they name. Nothing in it is of a person."""

    document: Annotated[str, Field(max_length=MAX_DEFINITION)]


def sealing_context(
    submission: UUID, service_id: str, service_version: str, receipt_number: str, definition: str | None = None
) -> bytes:
    """The bytes that bind a sealed form to its own submission: opened with any other, it stays shut."""
    names = ["yinling submission 1", str(submission), service_id, service_version, receipt_number]
    return "\n".join([*names, definition] if definition else names).encode()


class SubmissionReceipt(WireAnswer):
    """The hall holds the form safely. The same submission always gets the same receipt.

    `lacks_definition`: the hall cannot read it before the kiosk has brought its definition. `arrival` is its number in
    the hall's `generation`, by which a heartbeat's answer says what is in a backup. An older hall says none of these.
    """

    submission: UUID
    receipt_number: str
    status: IntakeStatus
    lacks_definition: bool = False
    arrival: int | None = None
    generation: UUID | None = None


class Words(WireAnswer):
    """One thing said in both languages."""

    zh: str
    en: str


class ChainHead(WireAnswer):
    """Where a chain of records ends (protocol.chain.Head)."""

    sequence: Annotated[int, Field(ge=0, le=2**53)]
    hash: Sha256Hex


class HallChainHead(ChainHead):
    """The end of the hall's audit under its own name (protocol.signing), so that no kiosk can make one up.

    `generation`: a hall whose database was restored may write other records under the same numbers.
    """

    generation: UUID
    signature: Annotated[Bytes, Field(max_length=64)]

    def signed(self) -> bytes:
        """What `signature` covers."""
        return f"yinling audit head 1\n{self.generation}\n{self.sequence}\n{self.hash}".encode()


class AuditHeads(WireAnswer):
    """The ends of both audits: a kiosk tells its own and what it has seen of the hall's, and the hall the same."""

    kiosk: ChainHead | None = None
    hall: HallChainHead | None = None


class Heartbeat(WireRequest):
    """A kiosk is alive: its version, how many submissions wait in its outbox, what does not work in plain words.

    `refused`: forms that the hall did not take, and why; `held`: those that were damaged on the kiosk's disk.
    """

    version: ShortName
    waiting: Annotated[int, Field(ge=0, le=1_000_000)]
    degraded: Annotated[list[ShortText], Field(max_length=20)] = []
    catalogue: Annotated[int, Field(ge=1, le=2**53)] | None = None  # the number of the hall's that it runs
    refused: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    held: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    refused_because: Annotated[list[ShortText], Field(max_length=MAX_REASONS)] = []
    audit: AuditHeads | None = None


class HeartbeatAnswer(WireAnswer):
    """What the hall tells a kiosk in turn: of its `generation`, forms up to number `safe_arrival` are in a backup.

    `public_url` is the address under which receipts have a page, without a slash at the end; "" for none.
    `asks_offices`: whether it asks other offices what they know.
    """

    generation: UUID
    safe_arrival: int
    audit: AuditHeads | None = None
    public_url: Annotated[str, Field(max_length=LONGEST)] = ""
    asks_offices: bool = False
