"""Why a request is not done, as the hall answers it: an HTTP status and one plain sentence."""

from collections.abc import Mapping
from typing import ClassVar


class RequestError(Exception):
    """Its text is the sentence; the kind says the status."""

    status: ClassVar[int]
    code: str | None = None
    """For programs: why, in one word, where they do something about it."""
    values: Mapping[str, str] = {}
    """What a sentence of the staff page about the code names, such as who."""
    retry_after: int | None = None
    """The seconds after which it may be asked again, where that is known."""


class UnknownError(RequestError):
    """There is no such form, call or answer."""

    status = 404

    def __init__(self) -> None:
        super().__init__("The hall knows nothing under this number.")
