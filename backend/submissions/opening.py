"""Opening a kept form with the hall's key, in memory only, and reading it by its own definition."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import ValidationError

from backend.definitions.book import Rules
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.submissions.tables import Submission
from forms import Report, Service, validate
from forms.definition import DefinitionError
from protocol.sealing import SealError, open_sealed
from protocol.wire import SealedForm, Words, sealing_context

# What judging raises by a definition in which nothing fits: any kiosk may bring one, and it holds no other form up.
_UNFIT = (LookupError, ValueError, TypeError, ArithmeticError, RecursionError)


class UnopenedError(RequestError):
    """The sealed form cannot be opened or read; the text says why."""

    status = 422


class UnreadError(UnopenedError):
    """The seal opens, but this hall cannot read the form yet; `words` says the same in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True)
class SealedAs:
    """What a form is sealed with, and what tells how to read it; `day` is the one it was filled in on."""

    submission: UUID
    service_id: str
    service_version: str
    receipt_number: str
    definition: str | None
    sealed: bytes
    day: date


@dataclass(frozen=True)
class Opened:
    """A form as its writer sees it, with what the rules say about it."""

    rules: Rules
    form: SealedForm
    report: Report

    @property
    def service(self) -> Service:
        return self.rules.service


def sealed_as(hall: Hall, row: Submission) -> SealedAs:
    day = hall.day_of(row.filled_at)
    names = (row.service_id, row.service_version, row.receipt_number, row.definition)
    return SealedAs(row.id, *names, row.sealed, day)


def unseal(hall: Hall, form: SealedAs) -> SealedForm:
    """UnopenedError when it cannot be opened."""
    names = (form.service_id, form.service_version, form.receipt_number, form.definition)
    try:
        return SealedForm.model_validate_json(
            open_sealed(hall.keys.private, form.sealed, sealing_context(form.submission, *names))
        )
    except SealError as error:
        raise UnopenedError(str(error)) from error
    except ValidationError as error:
        raise UnopenedError("The form opens, but what is inside is not a form; ask the person again.") from error


def open_form(hall: Hall, sealed: SealedAs) -> Opened:
    """Open a form and judge it as of the day it was filled in. UnopenedError, or UnreadError, when that cannot be."""
    form = unseal(hall, sealed)
    try:
        rules = hall.definitions.rules_of(sealed.service_id, sealed.service_version, sealed.definition)
    except DefinitionError as error:
        raise UnreadError(_words(hall, "definition_newer", sealed)) from error
    if rules is None:
        raise UnreadError(_words(hall, "definition_unknown", sealed))
    try:
        return Opened(rules, form, validate(rules.catalogue, rules.service, form.answers, sealed.day))
    except _UNFIT as error:
        raise UnreadError(_words(hall, "definition_unfit", sealed)) from error


def _words(hall: Hall, key: str, form: SealedAs) -> Words:
    words, names = hall.page_words[key], {"service": form.service_id, "version": form.service_version}
    return Words(zh=words.zh.format(**names), en=words.en.format(**names))
