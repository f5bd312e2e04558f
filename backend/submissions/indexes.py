"""The digest under which a form is found again: an HMAC of an ID number, never the number itself."""

from backend.hall.hall import Hall
from backend.submissions.opening import Opened
from forms.field import Whose
from forms.repeats import member_of


def index_of(hall: Hall, opened: Opened, whose: Whose = "applicant") -> str | None:
    """The digest of the ID number of the applicant, or of who acts for them; None for none."""
    person = _first(opened, "resident_id", whose)
    return person_index(hall, person) if person else None


def phone_of(opened: Opened, whose: Whose = "applicant") -> str:
    """The phone number of the applicant, or of who acts for them; "" for none."""
    return _first(opened, "phone", whose)


def _first(opened: Opened, field_type: str, whose: Whose) -> str:
    asked = (field for field in opened.service.fields if field.type == field_type and field.whose == whose)
    values = (opened.report.normalised.get(field.id) for field in asked if not member_of(field))
    return next((value for value in values if value), "")


def person_index(hall: Hall, resident_id: str) -> str:
    return hall.keys.digest("person", resident_id.upper())
