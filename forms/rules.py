"""What makes an answer right: what is asked of every answer, then the rule of the kind of field."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from forms.field import Asked, Field, Verdict, kinds
from forms.people import agents
from forms.values.digit_counts import TOO_FEW, TOO_MANY
from forms.values.patterns import NOT_SO_WRITTEN, matches

# Nobody writes so much, and a program that does would keep the hall busy for seconds with one form.
LONGEST = 10_000
# What the kiosk says while an answer is put in: no more fits, or more was said than fits.
KEYED = ("full", "no_room", "too_much_said")
# What stands for an answer within a text where it cannot stand itself.
INSTEAD = ("not_known_yet", "left_empty", "as_filled_in")
# Messages that name the bounds of the field, {min} and {max}.
BOUNDED = ("date_range", "amount_range", "number_range", "chosen_too_few", "chosen_too_many", "text_length")
# Messages that say how many digits there are, should be, are missing.
COUNTED = (TOO_FEW, TOO_MANY, "not_last_digits", "full", "too_much_said")
# A check that cannot be decided, as an answer that it needs was left empty.
CANNOT_KNOW = "cannot_know"
# What a pre-check says of a paper that is still to be brought, and of a check that holds.
TO_BRING, AS_EXPECTED = "to_bring", "as_expected"
# A number that only one person can have, given for two members of a repeat.
SAME_AS_ANOTHER = "same_as_another"


def judge(field: Field, raw: object, choice_ids: Sequence[str], today: date) -> Verdict:
    """The verdict on one answer as it came; `choice_ids` are those offered for a choice field."""
    kind = field.kind
    text = "" if raw is None else kind.read(raw)
    if text is None:
        return Verdict("", "not_text")
    if len(text) > LONGEST:
        return Verdict("", kind.if_too_long)
    if not text.strip():
        return Verdict("", kind.if_empty if field.required else None)
    verdict = kind.judge(text, Asked(field, today, choice_ids))
    if field.pattern and not verdict.error and not matches(field.pattern, verdict.value):
        return replace(verdict, error=NOT_SO_WRITTEN)
    return verdict


def codes(field: Field) -> tuple[str, ...]:
    """Every code that an answer to this field typed at the kiosk can get, each with a message of its own."""
    if_empty = (field.kind.if_empty,) if field.required else ()
    return tuple(dict.fromkeys((*if_empty, *field.kind.codes, *((NOT_SO_WRITTEN,) if field.pattern else ()))))


def all_codes() -> set[str]:
    """Every code that any answer can get."""
    of_kinds = {code for kind in kinds().values() for code in (kind.if_empty, kind.if_too_long, *kind.codes)}
    of_checks = {CANNOT_KNOW, AS_EXPECTED, TO_BRING}
    return of_kinds | of_checks | {"unknown_field", SAME_AS_ANOTHER, NOT_SO_WRITTEN, *agents.CODES, *KEYED, *INSTEAD}
