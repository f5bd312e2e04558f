"""How an answer is written, as a regular expression. RE2 takes time by the length of the answer, whatever a county
writes: `(a|a)*b` hangs Python's own `re` at 30 letters."""

from functools import cache
from typing import Annotated, Any

import re2
from pydantic import AfterValidator

NOT_SO_WRITTEN = "pattern"  # error code of every kind that takes a pattern
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False  # it would write to standard error by itself


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text is written so."""
    return _compiled(pattern).fullmatch(text) is not None


def _known(pattern: str) -> str:
    try:
        _compiled(pattern)
    except re2.error as error:
        raise ValueError(f"{pattern!r} is no regular expression of RE2 ({_reason(error)})") from error
    return pattern


@cache
def _compiled(pattern: str) -> Any:
    return re2.compile(pattern, _OPTIONS)


def _reason(error: Exception) -> str:
    reason = error.args[0]
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)


Pattern = Annotated[str, AfterValidator(_known)]
