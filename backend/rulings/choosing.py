"""What a member of staff has chosen to decide with, put together as the person of the form will read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from backend.decisions.rulings import Told, words_of_basis
from backend.foundation.errors import RequestError
from backend.foundation.words import words_of
from forms.hall.decisions import Choice, Decisions, of_service
from protocol.after_sending import RulingKind
from protocol.wire import hide_numbers

C = TypeVar("C", bound=Choice)


class BareRefusalError(RequestError):
    """A no without the rule behind it, or without what can be done against it."""

    status = 422
    code = "bare_refusal"

    def __init__(self) -> None:
        super().__init__("A no needs its reason, the rule behind it, and what the person can do about it: choose them.")


class UnfitChoiceError(RequestError):
    """It is not among what can be chosen for this decision on this service."""

    status = 422
    code = "unfit_choice"

    def __init__(self) -> None:
        super().__init__("One of these cannot be chosen here: look at the form again and choose from what is offered.")


@dataclass(frozen=True)
class Chosen:
    """Names of hall/decisions.yaml. `own_words` are added to the reason."""

    kind: RulingKind
    reason: str
    own_words: str = ""
    basis: str | None = None
    remedies: tuple[str, ...] = ()


def told_with(decisions: Decisions, service_id: str, chosen: Chosen) -> Told:
    """BareRefusalError, UnfitChoiceError."""
    if chosen.kind is RulingKind.REFUSED and not (chosen.basis and chosen.remedies):
        raise BareRefusalError
    reason = _named(decisions.reasons_for(chosen.kind), service_id, chosen.reason)
    basis = _named(decisions.bases, service_id, chosen.basis) if chosen.basis else None
    return Told(
        reason=words_of(reason),
        own_words=hide_numbers(chosen.own_words),
        basis=words_of_basis(basis) if basis else None,
        remedies=[_named(decisions.remedies, service_id, one) for one in chosen.remedies],
    )


def _named(choices: Mapping[str, C], service_id: str, name: str) -> C:
    fitting = of_service(choices, service_id)
    if name not in fitting:
        raise UnfitChoiceError
    return fitting[name]
