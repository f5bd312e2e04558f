"""What stands in an answer of the hall that is not the one that was hoped for."""

import time
from datetime import UTC
from email.utils import parsedate_to_datetime

from pydantic import BaseModel, ValidationError

from protocol.enrolment import NotAdmitted
from protocol.wire import DAMAGED


def reason_in(content: bytes) -> str | None:
    """The hall's own sentence; of FastAPI's list of problems never the `input`, which may be what a person answered."""
    try:
        detail = _Detail.model_validate_json(content).detail
    except ValidationError:
        return None
    if isinstance(detail, str):
        return detail
    return "; ".join(f"{'.'.join(str(part) for part in item.loc)}: {item.msg}" for item in detail)


class _Problem(BaseModel):
    loc: list[str | int] = []
    msg: str


class _Detail(BaseModel):
    detail: str | list[_Problem]


def seconds(retry_after: str | None) -> float | None:
    """Retry-After in seconds: a number, or an HTTP date (RFC 9110, 10.2.3)."""
    if retry_after is not None and retry_after.strip().isdecimal():
        return float(retry_after)
    until = moment(retry_after)
    return None if until is None else max(0.0, until - time.time())


def moment(date: str | None) -> float | None:
    """An HTTP date in seconds since 1970; None for none that can be read."""
    try:
        return parsedate_to_datetime(date).astimezone(UTC).timestamp() if date else None
    except (ValueError, OverflowError):
        return None


def code_in(content: bytes) -> NotAdmitted | None:
    """Why the hall does not admit this kiosk, where that is what it says."""
    try:
        return _Code.model_validate_json(content).code
    except ValidationError:
        return None


class _Code(BaseModel):
    code: NotAdmitted


def was_damaged(content: bytes) -> bool:
    """The hall says that it did not get what was sent: something on the way has changed it."""
    try:
        return _Damage.model_validate_json(content).code == DAMAGED
    except ValidationError:
        return False


class _Damage(BaseModel):
    code: str
