"""A signature by finger, or the mark of somebody who cannot write, which staff witness.

Its lines are kept as JSON, `[[[120,310],[480,305]],[[500,290]]]`: each a list of points, in tenths of a millimetre from
the upper left corner of the pad, x to the right (at most 6000) and y downward (at most 2000); 100 lines and 750 points
at most. One that is hardly there (dots, less than 10 mm) is taken, and a person looks. Who makes a mark answers `mark`,
a choice of the list `signature` of `regions.yaml`.
"""

import json

from forms.field import Asked, Field, FieldKind, Verdict
from forms.values.signatures import is_large, is_little, lies_outside, read_signature, written

MARK = "mark"
_SIGNED = {"zh": "已签字", "en": "signed"}


def _judge(text: str, asked: Asked) -> Verdict:
    if text.strip() == MARK:
        return Verdict(MARK)
    lines = read_signature(text)
    if lines is None:
        return Verdict(text, "signature_unclear")
    if not lines:
        return Verdict("", "signature_needed" if asked.field.required else None)
    if lies_outside(lines):
        return Verdict(written(lines), "signature_outside")
    if is_large(lines):
        return Verdict(written(lines), "signature_large")
    return Verdict(written(lines), warning="signature_little" if is_little(lines) else None)


def _read(raw: object) -> str | None:
    """Of a list as people write it in JSON, too."""
    return raw if isinstance(raw, str) else json.dumps(raw, separators=(",", ":"))


def _in_words(field: Field, value: str, lang: str) -> str:
    return _SIGNED[lang]


KIND = FieldKind(
    judge=_judge,
    codes=("signature_needed", "signature_unclear", "signature_outside", "signature_large", "signature_little"),
    if_empty="signature_needed",
    if_too_long="signature_large",
    read=_read,
    listed_in="signature",
    offered=(MARK,),
    none=MARK,
    asked_anew=True,
    in_words=_in_words,
)
