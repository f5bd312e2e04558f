"""What kiosk and hall say of the same forms, each in its own way."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

from hall_support import signed, submission
from random_forms import random_answers

from backend.decisions.log import decision_of
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.submissions.intake import Brought, take_in_all
from forms import Catalogue, Service, validate
from forms.definition import Definition
from forms.precheck import precheck_of


@dataclass(frozen=True)
class Said:
    """Of one form: the verdict, and what each check of its service said, by their ids."""

    verdict: str
    checks: dict[str, bool | None]


@dataclass(frozen=True)
class Both:
    service: str
    answers: dict[str, str]
    kiosk: Said
    hall: Said


def both(hall: Hall, catalogue: Catalogue, many: int, random: Random) -> Iterator[Both]:
    """Of `many` forms of each service that sends one; the hall has none yet."""
    for number, service in enumerate(one for one in catalogue.services.values() if one.kind == "application"):
        forms = [random_answers(catalogue, service, random) for _ in range(many)]
        ids = [UUID(int=number * many + at) for at in range(many)]
        sent = _sent(hall, catalogue, service, forms)
        assert not [one for one in take_in_all(hall, _brought(hall, catalogue, service, ids, sent)) if _failed(one)]
        for answers, at in zip(forms, ids, strict=True):
            yield Both(service.id, answers, _at_kiosk(hall, catalogue, service, answers), _at_hall(hall, at))


def _sent(hall: Hall, catalogue: Catalogue, service: Service, forms: list[dict[str, str]]) -> list[dict[str, object]]:
    """As the kiosk tidies the answers before it seals them."""
    return [dict(validate(catalogue, service, answers, hall.today).normalised) for answers in forms]


def _brought(
    hall: Hall, catalogue: Catalogue, service: Service, ids: list[UUID], sent: list[dict[str, object]]
) -> list[Brought]:
    definition = Definition.of(catalogue, service)
    names = {"service_id": service.id, "version": str(service.version), "definition": definition.hash}
    return [
        Brought(at, submission(hall.keys.public, at, answers, f"YL-{at.int}", **names), signed(hall))  # type: ignore[arg-type]
        for at, answers in zip(ids, sent, strict=True)
    ]


def _failed(taken: object) -> bool:
    return isinstance(taken, RequestError)


def _at_kiosk(hall: Hall, catalogue: Catalogue, service: Service, answers: dict[str, str]) -> Said:
    report = validate(catalogue, service, answers, hall.today)
    found = precheck_of(catalogue, service, report)
    return Said(found.verdict, {one.check.id: one.holds for one in report.checked})


def _at_hall(hall: Hall, at: UUID) -> Said:
    with hall.database.read() as session:
        decided = decision_of(session, hall, at)
    assert decided, "a form by the hall's own definition is judged"
    return Said(decided.verdict, {one["rule"]: one["holds"] for one in decided.rules if one["hash"]})
