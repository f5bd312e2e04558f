"""Requests to the hall over HTTP. Whatever goes wrong is one of three errors, each with one plain sentence:

`HallUnreachable`: try again later.
`HallBlocked`: no request can succeed until a county engineer has repaired something.
`HallRefused`: the hall works, and does not accept this one record.
"""

import time
from email.utils import formatdate
from functools import partial
from hashlib import sha256
from typing import TypeVar
from urllib.parse import quote, urlsplit
from uuid import UUID

import requests
from pydantic import BaseModel, TypeAdapter, ValidationError

from offline_cache.http.addresses import has_host
from offline_cache.http.answers import code_in, moment, reason_in, seconds, was_damaged
from offline_cache.trust.hall_tls import HallTrust, pinned
from offline_cache.trust.identity import Identity
from offline_cache.trust.identity_file import IdentityError, IdentityFile
from protocol.after_sending import FollowUp, FollowUpAnswer, OwnFormAnswer, OwnFormRequest
from protocol.calls.messages import CallRequest, CallStatus
from protocol.catalogue import CatalogueNotice
from protocol.enrolment import EnrolmentAnswer, EnrolmentRequest, KioskStanding, NewKey, NotAdmitted
from protocol.hall_name import is_loopback
from protocol.levels import NOBODY, Claim
from protocol.request_signature import Signer
from protocol.rules import RegisteredRules
from protocol.staff.here import StaffCheck, StaffHere
from protocol.staff.roster import Roster
from protocol.wire import (
    HALL_HEADER,
    MAX_BODY_BYTES,
    DefinitionBody,
    HallKey,
    Health,
    Heartbeat,
    HeartbeatAnswer,
    Submission,
    SubmissionReceipt,
)
from protocol.work_orders.order import WorkOrderReceipt, WorkOrderRequest

Answer = TypeVar("Answer")

_QUERIES = "/queries/"
_REFUSALS = {403, 409, 413, 422}
_DAMAGE = {400, 409, 413, 422}  # else; the hall itself says 400 to what is no JSON any more
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


class KioskNotAdmitted(HallBlocked):
    """The hall does not take what this kiosk signs, or it signed nothing: `code` says why. `hall_time` is the hall's
    clock in seconds since 1970, where it said so."""

    def __init__(self, message: str, code: NotAdmitted, hall_time: float | None) -> None:
        super().__init__(message)
        self.code, self.hall_time = code, hall_time


class HallRefused(HallError):
    """The hall will not take this one record: `status` is the HTTP status, `message` the hall's reason."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class HallClient:
    """One hall at `url`; `timeout_s` bounds each request as a whole, `query_timeout_s` a query, for which the hall may
    ask another office. Use one client in each thread.

    Raises HallBlocked at once when `url` cannot be a hall's address. Proxies and passwords of the machine's
    environment are not used, redirects are not followed: forms go to this address or nowhere. `trust` says by what the
    hall is known on a secure line; without it no https is spoken. What is asked is signed with the key of `identity`.
    """

    def __init__(
        self,
        url: str,
        timeout_s: float = 5.0,
        trust: HallTrust | None = None,
        identity: IdentityFile | None = None,
        query_timeout_s: float = 8.0,
    ) -> None:
        wrong = HallBlocked(f"The hall's address {url!r} is not valid; write it like https://hall.example:8443.")
        try:
            parts = urlsplit(url)
        except ValueError as error:  # brackets that hold no IPv6 address
            raise wrong from error
        if parts.scheme not in ("http", "https") or not has_host(url) or parts.query or parts.fragment:
            raise wrong
        if parts.username is not None or parts.password is not None:
            raise HallBlocked("The hall's address must not contain a user name or password; remove them.")
        if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            raise HallBlocked(
                f"The hall's address {url!r} has to begin with https://: only a hall on this very machine is asked "
                "without it."
            )
        self.url = url.rstrip("/")
        self.timeout_s, self.query_timeout_s = timeout_s, query_timeout_s
        self.session = requests.Session()
        self.session.trust_env = False
        self._identity, self._signer = identity, Signer()
        self._clock_offset_s = 0.0  # of the hall's clock to this one, once it has complained
        self._is_known = parts.scheme == "http"
        self._pins = "" if trust is None else None  # the authority of the enrolment; None: `trust` stands in its place
        if trust:
            self._know_by(trust)

    def _know_by(self, trust: HallTrust) -> None:
        self.session.mount("https://", trust)
        self._is_known = True
        if trust.name:
            self.session.headers["Host"] = trust.name  # by which it always goes, whatever its address

    def health(self) -> Health:
        return self._ask("GET", "/health", Health)

    def key(self) -> HallKey:
        """The public key that forms are sealed to; compare it with the pinned one (`sync.pin_hall_key`)."""
        return self._ask("GET", "/key", HallKey)

    def key_of_enrolment(self) -> HallKey | None:
        """The key for which a person vouched when this kiosk was enrolled. HallBlocked."""
        identity = self._who("/key")
        return identity.hall_key if identity else None

    def enrol(self, body: EnrolmentRequest) -> EnrolmentAnswer:
        """HallRefused where the code is none of this hall's, or not good any more."""
        return self._ask("POST", "/enrolments", EnrolmentAnswer, body)

    def who_am_i(self, identity: Identity | None = None) -> KioskStanding:
        """What the hall says of this kiosk, or of `identity`. KioskNotAdmitted says why it may not speak."""
        return self._parsed(self._send("GET", "/kiosks/me", None, identity), KioskStanding)

    def new_key(self, body: NewKey) -> None:
        self._send("PUT", "/kiosks/me/key", body)

    def put_submission(self, submission: UUID, body: Submission) -> SubmissionReceipt:
        """Safe to repeat: the hall keeps one copy and gives the same receipt."""
        receipt = self._ask("PUT", f"/submissions/{submission}", SubmissionReceipt, body)
        if (receipt.submission, receipt.receipt_number) != (submission, body.receipt_number):
            raise HallUnreachable("The hall confirmed another form than the one sent; it will be sent again.")
        return receipt

    def put_definition(self, digest: str, document: str) -> None:
        """Safe to repeat, as the hash says what it is."""
        self._send("PUT", f"/definitions/{digest}", DefinitionBody(document=document))

    def query(self, name: str, inputs: BaseModel, answer_type: type[Answer], claim: Claim | None = None) -> Answer:
        """What the hall answers to one of `protocol.queries`: that module's Inputs and Answer.

        `claim`: how the visitor has shown who they are.
        """
        path = f"{_QUERIES}{name}"
        return self._parsed(self._send("POST", path, inputs, claim=claim), answer_type)

    def put_follow_up(self, submission: UUID, name: UUID, body: FollowUp) -> FollowUpAnswer | None:
        """What came of it; safe to repeat. None where the hall does not have the form."""
        return self._ask_or_none("PUT", f"/submissions/{submission}/follow-ups/{name}", FollowUpAnswer, body)

    def put_work_order(self, order: UUID, body: WorkOrderRequest) -> WorkOrderReceipt:
        """Safe to repeat: the hall keeps one copy and gives the same receipt."""
        receipt = self._ask("PUT", f"/work-orders/{order}", WorkOrderReceipt, body)
        if (receipt.order, receipt.number) != (order, body.number):
            raise HallUnreachable("The hall confirmed another work order than the one sent; it will be sent again.")
        return receipt

    def own_answers(self, submission: UUID, shown: OwnFormRequest, claim: Claim) -> OwnFormAnswer:
        """What was filled in. HallRefused where it counts no more; HallBlocked where it is no form of this person."""
        return self._parsed(self._send("POST", f"/submissions/{submission}/answers", shown, claim=claim), OwnFormAnswer)

    def put_call(self, call: UUID, body: CallRequest) -> CallStatus:
        return self._ask("PUT", f"/calls/{call}", CallStatus, body)

    def get_call(self, call: UUID) -> CallStatus | None:
        """How far the call has come; None when the hall does not know it (it may have been restored)."""
        return self._ask_or_none("GET", f"/calls/{call}", CallStatus)

    def staff_here(self, shown: StaffCheck) -> StaffHere:
        """A member of staff stands at this kiosk from now on. HallRefused: the hall does not know this badge or PIN;
        HallUnreachable with `retry_after`: too many wrong ones."""
        return self._ask("POST", "/kiosks/staff", StaffHere, shown)

    def staff_left(self) -> None:
        """Safe to repeat."""
        self._send("DELETE", "/kiosks/staff", None)

    def staff_roster(self) -> Roster:
        """Who may help at kiosks, to be checked by the hall's verify key."""
        return self._ask("GET", "/kiosks/staff", Roster)

    def catalogue_notice(self) -> CatalogueNotice | None:
        """Which list of files is the newest; None when this hall gives none out."""
        return self._ask_or_none("GET", "/catalogue", CatalogueNotice)

    def registered_rules(self) -> RegisteredRules | None:
        """Which rules of the county the hall has registered; None when this hall is older and keeps no register."""
        return self._ask_or_none("GET", "/catalogue/rules", RegisteredRules)

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

    def _ask_or_none(self, method: str, path: str, kind: type[Answer], body: BaseModel | None = None) -> Answer | None:
        try:
            return self._ask(method, path, kind, body)
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

    def _send(
        self,
        method: str,
        path: str,
        body: BaseModel | None,
        identity: Identity | None = None,
        claim: Claim | None = None,
    ) -> bytes:
        """Once more where that can help: by the hall's time, or with a key that another process has changed."""
        signs = identity or self._who(path)
        try:
            return self._send_once(method, path, body, signs, claim)
        except KioskNotAdmitted as refusal:
            again = identity or self._who(path)
            if refusal.code is NotAdmitted.CLOCK and refusal.hall_time is not None:
                self._clock_offset_s = refusal.hall_time - time.time()
            elif again == signs:
                raise
            return self._send_once(method, path, body, again, claim)

    def _who(self, path: str) -> Identity | None:
        """Who signs. A call for help goes unsigned rather than not at all."""
        try:
            return self._identity.read() if self._identity else None
        except IdentityError as error:
            if path.startswith("/calls/"):
                return None
            raise HallBlocked(str(error)) from error

    def _send_once(
        self, method: str, path: str, body: BaseModel | None, identity: Identity | None, claim: Claim | None
    ) -> bytes:
        if identity and identity.ca and self._pins not in (None, identity.ca):
            self._know_by(pinned(identity.ca))
            self._pins = identity.ca
        if not self._is_known:
            raise HallBlocked(f"This kiosk does not know the hall at {self.url} yet: enrol it, or set hall_ca.")
        data = None if body is None else body.model_dump_json().encode()
        headers = {"Accept": "application/json", "Content-Type": "application/json", "Date": formatdate(usegmt=True)}
        limit_s = self.query_timeout_s if path.startswith(_QUERIES) else self.timeout_s
        give_up_at = time.monotonic() + limit_s
        try:
            with self.session.request(
                method,
                self.url + path,
                data=data,
                headers=headers,
                auth=partial(self._signed, identity, claim) if identity else None,
                timeout=limit_s,
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

    def _signed(
        self, identity: Identity, claim: Claim | None, request: requests.PreparedRequest
    ) -> requests.PreparedRequest:
        """With the headers that sign it; `requests` has written address and body by now."""
        assert request.method is not None
        body = request.body or b""
        assert isinstance(body, bytes)
        created = int(time.time() + self._clock_offset_s)
        who = (identity.private_key, identity.kiosk, created)
        visitor = claim.header(created) if claim else NOBODY
        signed = self._signer.headers(*who, request.method, request.path_url, body, visitor)
        request.headers.update(signed)
        return request

    def _read(self, response: requests.Response, give_up_at: float) -> bytes:
        content = bytearray()
        for chunk in response.iter_content(16 * 1024):
            content += chunk
            if time.monotonic() > give_up_at or len(content) > MAX_BODY_BYTES:
                raise HallUnreachable(f"The hall at {self.url} answers too slowly or too much; trying again.")
        return bytes(content)

    def _check_status(self, response: requests.Response, content: bytes) -> None:
        status, is_hall = response.status_code, HALL_HEADER in response.headers
        if 200 <= status < 300:
            if not is_hall:  # it may say that it took what the hall never saw
                raise HallUnreachable(
                    f"Not the hall but something on the way to {self.url} answered, or the address is another "
                    "server's; trying again."
                )
            return
        if status >= 500 or status in _BUSY:
            raise HallUnreachable(
                f"The hall at {self.url} is busy or in trouble (HTTP {status}); trying again.",
                seconds(response.headers.get("Retry-After")),
            )
        reason = reason_in(content)
        if is_hall and (code := code_in(content)):
            raise KioskNotAdmitted(reason or "", code, moment(response.headers.get("Date")))
        if response.request.body is not None:
            if is_hall and reason and status in _REFUSALS and not was_damaged(content):
                raise HallRefused(status, reason)
            if status in _DAMAGE:
                raise HallUnreachable(f"Something on the way to {self.url} answered (HTTP {status}); trying again.")
        if status in (401, 403):
            raise HallBlocked(f"What answers at {self.url} does not admit this kiosk (HTTP {status}).")
        if status == 421:
            raise HallBlocked(f"The hall does not go by the name in {self.url}; add it to YINLING_HALL_NAMES there.")
        if status == 404 and is_hall and reason:
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
