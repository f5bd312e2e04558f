"""That somebody agrees: "yes", or there is no answer."""

from forms.field import Asked, FieldKind, Verdict, as_text
from forms.values.characters import tidy


def _judge(text: str, asked: Asked) -> Verdict:
    value = tidy(text)
    return Verdict(value, None if value == "yes" else "consent_needed")


def _read(raw: object) -> str | None:
    return {True: "yes", False: "no"}[raw] if isinstance(raw, bool) else as_text(raw)


KIND = FieldKind(
    judge=_judge,
    codes=("consent_needed",),
    if_empty="consent_needed",
    read=_read,
    optional=False,
    asked_anew=True,
)
