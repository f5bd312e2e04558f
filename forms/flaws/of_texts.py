"""Of the texts of a service: whatever stands in braces is filled in."""

from collections.abc import Iterable, Iterator
from string import Formatter

from forms.field import Field
from forms.flaws.of_parameters import FILE
from forms.reading.mistake import Flaw, Keys, did_you_mean
from forms.texts import Text

MOST_NAMED = 12  # in a hint


def placeholders(text: str) -> set[str]:
    """The words in braces that the program fills in; ValueError where the braces are wrong."""
    found = set()
    for _, name, layout, conversion in Formatter().parse(text):
        if name is not None:
            if not name.isidentifier() or layout or conversion:
                raise ValueError(f"{{{name}}} is not a plain word in braces")
            found.add(name)
    return found


def flaws_of_braces(text: Text, may: Iterable[str]) -> Iterator[Flaw]:
    """Of a text in which the program fills in some words."""
    allowed = set(may)
    hint = f"Use only {_listed(allowed)}." if 0 < len(allowed) <= MOST_NAMED else ""
    for lang, written in (("zh", text.zh), ("en", text.en)):
        try:
            wrong = placeholders(written) - allowed
        except ValueError as error:
            yield Flaw((lang,), f"the braces in {written!r} are wrong ({error})", hint)
        else:
            for name in sorted(wrong):
                near, word = did_you_mean(name, allowed) or hint, f"{{{name}}}"
                yield Flaw((lang,), f"nothing fills in {word}", near, word, missing=(FILE, name))


def flaws_of_field_texts(field: Field, may: Iterable[str]) -> Iterator[Flaw]:
    """Of one question; `may` are the names of what stands before it."""
    before = set(may)
    texts: list[tuple[Keys, Text | None, set[str]]] = [
        (("label",), field.label, set()),  # it stands where no visit is: at the hall, in messages
        (("question",), field.question, before),
        (("hint",), field.hint, before),
        (("explain",), field.explain, before),
    ]
    for number, choice in enumerate(field.choices):
        texts += [
            (("choices", number, "label"), choice.label, before),
            (("choices", number, "detail"), choice.detail, before),
        ]
    for at, text, allowed in texts:
        if text:
            yield from (flaw.under(at) for flaw in flaws_of_braces(text, allowed))


def _listed(names: set[str]) -> str:
    return " and ".join(f"{{{name}}}" for name in sorted(names, reverse=True))
