"""The digests under which a form is found again: an HMAC of an ID number, never the number itself."""

from backend.hall.hall import Hall
from backend.submissions.opening import Opened
from forms.repeats import member_of


def indexes_of(hall: Hall, opened: Opened) -> dict[str, str | None]:
    """The digests under which the applicant's own ID number, and that with the phone's last four digits, are found."""
    person = _first(opened, "resident_id")
    phone = phone_of(opened)
    return {
        "person_index": person_index(hall, person) if person else None,
        "search_index": search_index(hall, person, phone[-4:]) if person and phone[-4:].isdigit() else None,
    }


def phone_of(opened: Opened) -> str:
    """The applicant's own phone number; "" for none."""
    return _first(opened, "phone")


def _first(opened: Opened, field_type: str) -> str:
    own = (field for field in opened.service.fields if field.type == field_type and not member_of(field))
    values = (opened.report.normalised.get(field.id) for field in own)
    return next((value for value in values if value), "")


def person_index(hall: Hall, resident_id: str) -> str:
    return hall.keys.digest("person", resident_id.upper())


def search_index(hall: Hall, resident_id: str, phone_last4: str) -> str:
    return hall.keys.digest("search", resident_id.upper(), phone_last4)
