"""A provider over HTTP, as docs/providers.md asks of it.

What goes wrong is `ProviderAway`, and a line of the log that says why, without personal data.
"""

import logging
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from time import monotonic
from typing import Generic, TypeVar

import requests
from pydantic import BaseModel, ValidationError
from requests.exceptions import SSLError
from urllib3.exceptions import HTTPError, ReadTimeoutError

from backend.providers.inquiries import Inquiry
from backend.providers.provider import ProviderAway
from backend.providers.values import Missing, Told

A = TypeVar("A", bound=Told)
LIMIT_S = 5.0  # in all, with the second try
AT_ONCE = 8  # a provider that hangs must not take all threads in which the hall answers
MAX_BYTES, PART_BYTES = 256 * 1024, 4 * 1024
_BUSY = {429, 502, 503, 504}
log = logging.getLogger("yinling.hall")


class _Envelope(BaseModel, Generic[A]):
    answer: A | Missing


class ProviderOverHttp:
    """The one at `url`; `token` says who asks, `authorities` is a file of those to trust (PEM).

    Proxies and passwords of the machine's environment are not used, redirects are not followed.
    """

    def __init__(self, url: str, token: str = "", authorities: Path | None = None, limit_s: float = LIMIT_S) -> None:
        self._url, self._limit_s = url.rstrip("/"), limit_s
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        self._headers |= {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {token}"} if token else {})
        self._verify: bool | str = str(authorities) if authorities else True
        self._room = BoundedSemaphore(AT_ONCE)

    def ask(self, inquiry: Inquiry[A]) -> A | Missing:
        """Within `limit_s`, whatever comes in whatever drops: a thread waits for it, of which there are few."""
        try:
            return self._within_limit(inquiry)
        except ProviderAway as away:
            log.warning("provider away", extra={"fields": {"inquiry": inquiry.name, "why": str(away)}})
            raise

    def _within_limit(self, inquiry: Inquiry[A]) -> A | Missing:
        if not self._room.acquire(blocking=False):
            raise ProviderAway(f"It has not answered {AT_ONCE} inquiries yet, so no more are asked now.")
        outcome: SimpleQueue[A | Missing | ProviderAway] = SimpleQueue()
        Thread(target=self._work, args=(inquiry, outcome), daemon=True).start()
        try:
            told = outcome.get(timeout=self._limit_s)
        except Empty:
            raise self._too_slow() from None
        if isinstance(told, ProviderAway):
            raise told
        return told

    def _work(self, inquiry: Inquiry[A], outcome: "SimpleQueue[A | Missing | ProviderAway]") -> None:
        try:
            outcome.put(self._tried_twice(inquiry))
        except ProviderAway as away:
            outcome.put(away)
        finally:
            self._room.release()

    def _tried_twice(self, inquiry: Inquiry[A]) -> A | Missing:
        until = monotonic() + self._limit_s
        try:
            return self._tried(inquiry, until)
        except ProviderAway as away:
            if not away.may_pass:
                raise
        return self._tried(inquiry, until)

    def _tried(self, inquiry: Inquiry[A], until: float) -> A | Missing:
        try:
            content = self._content(inquiry, until)
        except (requests.Timeout, ReadTimeoutError) as error:
            raise self._too_slow() from error
        except SSLError as error:
            raise ProviderAway("This hall does not trust its certificate, or it speaks no TLS.") from error
        except (requests.RequestException, HTTPError) as error:
            raise ProviderAway("It cannot be reached, or broke off in the middle.", may_pass=True) from error
        try:
            return _Envelope[inquiry.answer].model_validate_json(content).answer  # type: ignore[name-defined]
        except ValidationError as error:
            raise ProviderAway(f"Its answer is not as docs/providers.md says: {_wrong(error)}.") from error

    def _content(self, inquiry: Inquiry[A], until: float) -> bytes:
        if (left := until - monotonic()) <= 0:
            raise self._too_slow()
        with requests.Session() as session:
            session.trust_env, session.verify = False, self._verify
            address, body = f"{self._url}/{inquiry.name}", inquiry.model_dump_json()
            with session.post(
                address, body, headers=self._headers, timeout=left, stream=True, allow_redirects=False
            ) as answer:
                if answer.status_code != 200:
                    status = answer.status_code
                    raise ProviderAway(f"It says HTTP {status} instead of an answer.", may_pass=status in _BUSY)
                if not answer.headers.get("Content-Type", "").lower().startswith("application/json"):
                    raise ProviderAway("It answers something that is no JSON: look at YINLING_PROVIDER_URL.")
                content = b""
                for part in answer.raw.stream(PART_BYTES, decode_content=False):  # which notices an end too soon
                    content += part
                    if monotonic() >= until:
                        raise self._too_slow()
                    if len(content) > MAX_BYTES:
                        raise ProviderAway(f"Its answer is longer than {MAX_BYTES} bytes.")
        return content

    def _too_slow(self) -> ProviderAway:
        return ProviderAway(f"It did not answer within {self._limit_s:g} s.")


def _wrong(error: ValidationError) -> str:
    """Where and what kind, never what came, which may be about a person."""
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'all'} ({one['type']})" for one in error.errors()[:3])
