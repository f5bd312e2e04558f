"""The digest under which a form is found again: an HMAC of an ID number, never the number itself."""

from backend.hall.hall import Hall
from backend.submissions.opening import Opened
from forms.repeats import member_of


def index_of(hall: Hall, opened: Opened) -> str | None:
    """The digest of the applicant's own ID number; None for none."""
    person = _first(opened, "resident_id")
    return person_index(hall, person) if person else None


def phone_of(opened: Opened) -> str:
    """The applicant's own phone number; "" for none."""
    return _first(opened, "phone")


def _first(opened: Opened, field_type: str) -> str:
    own = (field for field in opened.service.fields if field.type == field_type and not member_of(field))
    values = (opened.report.normalised.get(field.id) for field in own)
    return next((value for value in values if value), "")


def person_index(hall: Hall, resident_id: str) -> str:
    return hall.keys.digest("person", resident_id.upper())
