"""Receipt numbers: twelve digits that say nothing, the last a Luhn check digit so that a slip of the pen is noticed."""

import secrets
from collections.abc import Callable

from stdnum import luhn


def new_receipt_number(below: Callable[[int], int] = secrets.randbelow) -> str:
    """A number that nobody can guess from another one: 10^11 of them, none beginning with 0.

    `below` draws one from 0 up to, and without, what it is given.
    """
    body = str(below(9 * 10**10) + 10**10)
    return body + luhn.calc_check_digit(body)
