"""Parameters that somebody should look at again, and those that do not count yet. They are used all the same."""

from collections.abc import Iterator
from datetime import date

from forms.expressions.parameters import Parameter, Parameters, value_on
from forms.reading.mistake import Flaw

FILE = "parameters.yaml"
PART = "parameters"  # of the file


def flaws_of_parameters(parameters: Parameters, today: date) -> Iterator[Flaw]:
    """Flaws within the file."""
    for name, one in parameters.items():
        if not isinstance(one, Parameter):
            continue
        if value_on(one, today) is None:
            first = min(value.from_ for value in one.values)
            said = f"{name} is not known before {first}: what needs it is not known either"
            yield Flaw((PART, name, "values"), said, "Add the value of today.")
        if one.review_by is not None and one.review_by < today:
            said = f"{name} should have been looked at by {one.review_by}; it is still used and may be out of date"
            yield Flaw((PART, name, "review_by"), said, "Add its new value, or set a later review_by.")
