"""Receipt numbers: twelve digits that say nothing, the last a Luhn check digit so that a slip of the pen is noticed."""

import secrets

from stdnum import luhn


def new_receipt_number() -> str:
    """A number that nobody can guess from another one: 10^11 of them, none beginning with 0."""
    body = str(secrets.randbelow(9 * 10**10) + 10**10)
    return body + luhn.calc_check_digit(body)
