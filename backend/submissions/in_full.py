"""A form with its answers in full, as data: for an export, and for the person whose form it is."""

from typing import Any

from backend.decisions.rulings import rulings_of
from backend.hall.hall import Hall
from backend.submissions.opening import UnopenedError, UnreadError, open_form, sealed_as, unseal
from backend.submissions.tables import Submission


def in_full(hall: Hall, row: Submission) -> dict[str, Any]:
    """One that cannot be opened says why in `error`; `labels` is what each question was called."""
    plain = {
        "submission": str(row.id),
        "receipt_number": row.receipt_number,
        "service_id": row.service_id,
        "service_version": row.service_version,
        "definition": row.definition,
        "kiosk": row.kiosk,
        "filled_at": None if row.clock_wrong else row.filled_at.isoformat(),
        "received_at": row.received_at.isoformat(),
        "status": row.status.value,
        "rulings": _rulings(hall, row),
    }
    try:
        form = unseal(hall, sealed_as(hall, row))
    except UnopenedError as error:
        return plain | {"error": str(error)}
    sources = {name: source.model_dump(mode="json") for name, source in form.sources.items()}
    return plain | {"answers": form.answers, "sources": sources} | _labels(hall, row)


def _rulings(hall: Hall, row: Submission) -> list[dict[str, Any]]:
    """How people have decided on it, as they did."""
    with hall.database.read() as session:
        return [one.model_dump(mode="json") for one in rulings_of(session, hall, row.id)]


def _labels(hall: Hall, row: Submission) -> dict[str, Any]:
    """What each question was called; why that is not known."""
    try:
        opened = open_form(hall, sealed_as(hall, row))
    except UnreadError as error:
        return {"labels": {}, "note": error.words.en}
    given = (field for field in opened.service.possible_fields if field.id in opened.form.answers)
    labels = {field.id: {"zh": field.label.zh, "en": field.label.en} for field in given}
    note = None if opened.rules.are_its_own else hall.page_words["definition_guessed"].en
    return {"labels": labels} | ({"note": note} if note else {})
