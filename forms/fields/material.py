"""A paper that is needed: it is here, it is handed in at the counter, or the family brings it.

What is not here is listed on the check screen, the receipt and at the hall. The three answers are the list `material`
of `regions.yaml`.
"""

from collections.abc import Iterable, Mapping

from forms.field import Asked, Field, FieldKind, Verdict
from forms.values.characters import tidy

HAVE, AT_COUNTER, FAMILY = "have", "at_counter", "family"


def _judge(text: str, asked: Asked) -> Verdict:
    value = tidy(text)
    return Verdict(value, None if value in asked.choices else "not_a_choice")


def to_bring(fields: Iterable[Field], answers: Mapping[str, str]) -> list[Field]:
    """Which of the papers are still to be brought."""
    return [one for one in fields if one.type == "material" and answers.get(one.id) in (AT_COUNTER, FAMILY)]


KIND = FieldKind(judge=_judge, codes=("not_a_choice",), listed_in="material", offered=(HAVE, AT_COUNTER, FAMILY))
