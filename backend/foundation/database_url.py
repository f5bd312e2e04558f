"""Where the hall learns of its database. A URL may hold a password, which nobody else on the machine is to see."""

import os
import sys

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from backend.foundation.settings import SetupError, in_variable_or_file

VARIABLE = "YINLING_HALL_DATABASE_URL"
DRIVERS = ("sqlite", "postgresql+psycopg")
_USE = "use sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"


def database_url(given: str | None) -> str | None:
    """`given` on the command line, else what YINLING_HALL_DATABASE_URL says, else what is in the file that
    YINLING_HALL_DATABASE_URL_FILE names; None for no such thing. SetupError when that cannot be read.
    """
    return given or in_variable_or_file(VARIABLE, "the database's URL")


def parsed(url: str) -> URL:
    """SetupError for what names no database that the hall speaks to."""
    try:
        named = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise SetupError(f"The database URL is not one: {_USE}.") from error
    if named.drivername not in DRIVERS:
        raise SetupError(f"The hall does not speak {named.drivername!r}: {_USE}.")
    if named.drivername == "sqlite" and named.database in (None, "", ":memory:"):
        raise SetupError(f"The database URL names no file: {_USE}.")
    return named


def hide_from_others(given: str) -> None:
    """Every user sees the command lines of all processes: begin this one again without the password in its own."""
    try:
        url = make_url(given)
        if not url.password and "password" not in url.query:
            return
    except (ArgumentError, ValueError):
        return
    words = list(sys.orig_argv[1:])
    for at, word in enumerate(words):
        if word == given:
            del words[at - 1 : at + 1]
            break
        if word.endswith(f"={given}"):
            del words[at]
            break
    else:
        return  # not from there
    os.execve(sys.executable, [sys.executable, *words], {**os.environ, VARIABLE: given})
