"""Requests to the hall over HTTP. Whatever goes wrong is one of three errors, each with one plain sentence:

`HallUnreachable`: try again later.
`HallBlocked`: no request can succeed until a county engineer has repaired something.
`HallRefused`: the hall works, and does not accept this one record.
"""

import time
from datetime import UTC, datetime
from email.utils import formatdate, parsedate_to_datetime
from hashlib import sha256
from ipaddress import ip_address
from typing import TypeVar
from urllib.parse import quote, urlsplit
from uuid import UUID

import requests
from pydantic import BaseModel, TypeAdapter, ValidationError

from offline_cache.trust.hall_tls import HallTrust
from protocol.catalogue import CatalogueNotice
from protocol.wire import (
    MAX_BODY_BYTES,
    CallRequest,
    CallStatus,
    DefinitionBody,
    HallKey,
    Health,
    Heartbeat,
    HeartbeatAnswer,
    Submission,
    SubmissionReceipt,
)

Answer = TypeVar("Answer")

_REFUSALS = {400, 409, 413, 422}
_BUSY = {408, 425, 429}


class HallError(Exception):
    """The hall did not do what was asked."""


class HallUnreachable(HallError):
    """No answer, half an answer, or "not now": the same request again may succeed.

    `retry_after` is the hall's own wish in seconds, None when it did not say.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class HallBlocked(HallError):
    """Wrong address, wrong certificate, wrong key, kiosk not admitted: a county engineer has to mend it."""


class HallRefused(HallError):
    """The hall will not take this one record: `status` is the HTTP status, `message` the hall's reason."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class HallClient:
    """One hall at `url`; `timeout_s` bounds each request as a whole. Use one client in each thread.

    Raises HallBlocked at once when `url` cannot be a hall's address. Proxies and passwords of the machine's
    environment are not used, redirects are not followed: forms go to this address or nowhere. `trust` says by what the
    hall is known on a secure line; without it no https is spoken.
    """

    def __init__(self, url: str, timeout_s: float = 5.0, trust: HallTrust | None = None) -> None:
        wrong = HallBlocked(f"The hall's address {url!r} is not valid; write it like https://hall.example:8443.")
        try:
            parts = urlsplit(url)
        except ValueError as error:  # brackets that hold no IPv6 address
            raise wrong from error
        if parts.scheme not in ("http", "https") or not _has_host(url) or parts.query or parts.fragment:
            raise wrong
        if parts.username is not None or parts.password is not None:
            raise HallBlocked("The hall's address must not contain a user name or password; remove them.")
        if parts.scheme == "http" and not _is_loopback(parts.hostname):
            raise HallBlocked(
                f"The hall's address {url!r} has to begin with https://: only a hall on this very machine is asked "
                "without it."
            )
        self.url = url.rstrip("/")
        self.timeout_s = timeout_s
        self.session = requests.Session()
        self.session.trust_env = False
        self._is_known = parts.scheme == "http" or trust is not None
        if trust:
            self.session.mount("https://", trust)
            if trust.name:
                self.session.headers["Host"] = trust.name  # by which it always goes, whatever its address

    def health(self) -> Health:
        return self._ask("GET", "/health", Health)

    def key(self) -> HallKey:
        """The public key that forms are sealed to; compare it with the pinned one (`sync.pin_hall_key`)."""
        return self._ask("GET", "/key", HallKey)

    def put_submission(self, submission: UUID, body: Submission) -> SubmissionReceipt:
        """Safe to repeat: the hall keeps one copy and gives the same receipt."""
        receipt = self._ask("PUT", f"/submissions/{submission}", SubmissionReceipt, body)
        if (receipt.submission, receipt.receipt_number) != (submission, body.receipt_number):
            raise HallUnreachable("The hall confirmed another form than the one sent; it will be sent again.")
        return receipt

    def put_definition(self, digest: str, document: str) -> None:
        """Safe to repeat, as the hash says what it is."""
        self._send("PUT", f"/definitions/{digest}", DefinitionBody(document=document))

    def query(self, name: str, inputs: BaseModel, answer_type: type[Answer]) -> Answer:
        """What the hall answers to one of `protocol.queries`: that module's Inputs and Answer."""
        return self._ask("POST", f"/queries/{name}", answer_type, inputs)

    def put_call(self, call: UUID, body: CallRequest) -> CallStatus:
        return self._ask("PUT", f"/calls/{call}", CallStatus, body)

    def get_call(self, call: UUID) -> CallStatus | None:
        """How far the call has come; None when the hall does not know it (it may have been restored)."""
        return self._ask_or_none("GET", f"/calls/{call}", CallStatus)

    def catalogue_notice(self) -> CatalogueNotice | None:
        """Which list of files is the newest; None when this hall gives none out."""
        return self._ask_or_none("GET", "/catalogue", CatalogueNotice)

    def catalogue_file(self, digest: str) -> bytes:
        """One file, known by its sha256. HallUnreachable when something else came."""
        body = self._send("GET", f"/catalogue/files/{digest}", None)
        if sha256(body).hexdigest() != digest:
            raise HallUnreachable("A file of the hall's catalogue was damaged on the way; it will be fetched again.")
        return body

    def heartbeat(self, kiosk: str, body: Heartbeat) -> HeartbeatAnswer | None:
        """What the hall tells in turn; an older hall says nothing."""
        content = self._send("PUT", f"/kiosks/{quote(kiosk, safe='')}/heartbeat", body)
        return self._parsed(content, HeartbeatAnswer) if content else None

    def _ask_or_none(self, method: str, path: str, kind: type[Answer]) -> Answer | None:
        try:
            return self._ask(method, path, kind)
        except _NotThere:
            return None

    def _ask(self, method: str, path: str, kind: type[Answer], body: BaseModel | None = None) -> Answer:
        return self._parsed(self._send(method, path, body), kind)

    def _parsed(self, content: bytes, kind: type[Answer]) -> Answer:
        try:
            return TypeAdapter(kind).validate_json(content)
        except ValidationError as error:
            if error.errors(include_url=False, include_context=False)[0]["type"] == "json_invalid":
                raise HallUnreachable(f"The hall's answer from {self.url} could not be read; trying again.") from None
            raise HallBlocked(
                f"What answers at {self.url} is not a hall this kiosk knows; check the address."
            ) from None

    def _send(self, method: str, path: str, body: BaseModel | None) -> bytes:
        if not self._is_known:
            raise HallBlocked(f"This kiosk does not know the hall at {self.url} yet: enrol it, or set hall_ca.")
        data = None if body is None else body.model_dump_json().encode()
        headers = {"Accept": "application/json", "Content-Type": "application/json", "Date": formatdate(usegmt=True)}
        give_up_at = time.monotonic() + self.timeout_s
        try:
            with self.session.request(
                method,
                self.url + path,
                data=data,
                headers=headers,
                timeout=self.timeout_s,
                allow_redirects=False,
                stream=True,
            ) as response:
                content = self._read(response, give_up_at)
        except requests.exceptions.SSLError as error:
            raise self._tls_error(error) from error
        except requests.exceptions.RequestException as error:
            raise HallUnreachable(f"The hall at {self.url} cannot be reached; trying again.") from error
        self._check_status(response, content)
        return content

    def _read(self, response: requests.Response, give_up_at: float) -> bytes:
        content = bytearray()
        for chunk in response.iter_content(16 * 1024):
            content += chunk
            if time.monotonic() > give_up_at or len(content) > MAX_BODY_BYTES:
                raise HallUnreachable(f"The hall at {self.url} answers too slowly or too much; trying again.")
        return bytes(content)

    def _check_status(self, response: requests.Response, content: bytes) -> None:
        status = response.status_code
        if 200 <= status < 300:
            return
        if status >= 500 or status in _BUSY:
            raise HallUnreachable(
                f"The hall at {self.url} is busy or in trouble (HTTP {status}); trying again.",
                _seconds(response.headers.get("Retry-After")),
            )
        if status in _REFUSALS and response.request.body is not None:
            raise HallRefused(status, _reason(content) or f"The hall did not take this record (HTTP {status}).")
        if status in (401, 403):
            raise HallBlocked(f"The hall at {self.url} does not admit this kiosk (HTTP {status}); enrol it again.")
        if status == 421:
            raise HallBlocked(f"The hall does not go by the name in {self.url}; add it to YINLING_HALL_NAMES there.")
        if status == 404 and _reason(content):
            raise _NotThere(f"The hall at {self.url} does not offer what was asked; check the address and its version.")
        raise HallBlocked(f"What answers at {self.url} is not a hall (HTTP {status}); check the address.")

    def _tls_error(self, error: requests.exceptions.SSLError) -> HallError:
        text = str(error)
        if "has expired" in text or "not yet valid" in text:
            return HallBlocked(
                f"The certificate of {self.url} has expired, or the clock of this kiosk is wrong; check both."
            )
        if "CERTIFICATE_VERIFY_FAILED" in text or "doesn't match" in text:
            return HallBlocked(
                f"The certificate of {self.url} is not trusted; check the address, certificate and clock."
            )
        if "WRONG_VERSION_NUMBER" in text:
            return HallBlocked(f"{self.url} does not speak https; check the address.")
        return HallUnreachable(f"The secure line to {self.url} broke; trying again.")


class _NotThere(HallBlocked):
    """The hall itself says 404: for one receipt or call that means "unknown", for anything else a wrong version."""


def _has_host(url: str) -> bool:
    parts = urlsplit(url)
    try:
        return bool(parts.hostname) and (parts.port is None or parts.port > 0) and not any(c.isspace() for c in url)
    except ValueError:  # the port is not a number between 0 and 65535
        return False


def _is_loopback(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"


def _reason(content: bytes) -> str | None:
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


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After in seconds: a number, or an HTTP date (RFC 9110, 10.2.3)."""
    if retry_after is None:
        return None
    try:
        if retry_after.strip().isdecimal():
            return float(retry_after)
        until = parsedate_to_datetime(retry_after).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
