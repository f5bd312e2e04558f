"""What makes an answer right, a rule per field type. Rules tidy first (full-width digits, spaces), then judge."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from stdnum import luhn

from forms import resident_id
from forms.amounts import read_amount
from forms.bounds import amount_bounds, date_bounds
from forms.dates import DateError, read_date
from forms.schema import Field

NO_PHONE = "none"
_WAYS_TO_SAY_NO_PHONE = {NO_PHONE, "没有电话", "没有", "无", "no phone"}
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}[2-9]\d{6,7}|[2-9]\d{6,7}")
_HAN = r"[㐀-鿿\U00020000-\U0003347F〇]"  # of every plane: rare characters are in old people's names
_LATIN = r"[A-Za-zÀ-ɏḀ-ỿ]"
# Han characters joined by the dot of Uyghur, Tibetan and other names; or a name in Latin letters.
_NAME = re.compile(rf"{_HAN}+(·{_HAN}+)*|{_LATIN}+([ '’.-]+{_LATIN}+)*")
# Something that can be found, and what stands between: 幸福路18号-2, 3号楼2单元501, Room 5.
_ADDRESS = re.compile(rf"(?=.*(?:{_HAN}|[A-Za-z0-9]))(?:{_HAN}|{_LATIN}|[0-9 ,.·、,()#/-])+")


@dataclass(frozen=True)
class Verdict:
    """A tidied answer with the codes of what is wrong (error) or worth a second look (warning)."""

    value: str
    error: str | None = None
    warning: str | None = None


def _tidy(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).strip()


def _digits(raw: str) -> str:
    return re.sub(r"[\s\-‐-―]", "", _tidy(raw)).upper()


def _ascii_digits(value: str) -> bool:
    return value.isascii() and value.isdecimal()


def _person_name(field: Field, raw: str, today: date) -> Verdict:
    value = _tidy(raw)
    if re.search(_HAN, value):
        value = re.sub(r"\s", "", value)
        value = re.sub(rf"[•・‧●.](?={_HAN})", "·", value)
    if not _NAME.fullmatch(value):
        return Verdict(value, "name_characters")
    letters = len(value.replace("·", ""))
    return Verdict(value, None if letters >= 2 and len(value) <= 50 else "name_length")


def _resident_id(field: Field, raw: str, today: date) -> Verdict:
    value = _digits(raw)
    return Verdict(value, resident_id.problem(value, today))


def _phone(field: Field, raw: str, today: date) -> Verdict:
    if _tidy(raw).lower() in _WAYS_TO_SAY_NO_PHONE:
        return Verdict(NO_PHONE)
    value = re.sub(r"[()]", "", _digits(raw))
    value = re.sub(r"^(\+86|0086)", "", value)
    if not _ascii_digits(value):
        return Verdict(value, "phone_characters")
    if _MOBILE.fullmatch(value) or _LANDLINE.fullmatch(value):
        return Verdict(value)
    return Verdict(value, "phone_length" if value.startswith("1") and len(value) != 11 else "phone_unknown")


def _bank_card(field: Field, raw: str, today: date) -> Verdict:
    value = _digits(raw)
    if not _ascii_digits(value):
        return Verdict(value, "bank_card_characters")
    if not 16 <= len(value) <= 19:
        return Verdict(value, "bank_card_length")
    # A passbook number fails Luhn too, so this is only worth a second look.
    return Verdict(value, warning=None if luhn.is_valid(value) else "bank_card_check")


def _receipt_number(field: Field, raw: str, today: date) -> Verdict:
    value = _digits(raw)
    if not _ascii_digits(value) or len(value) != 12:
        return Verdict(value, "receipt_number_length")
    return Verdict(value, None if luhn.is_valid(value) else "receipt_number_check")


def _number(field: Field, raw: str, today: date) -> Verdict:
    value = re.sub(r"\s", "", _tidy(raw))  # a hyphen stays wrong: 12-3 is no 123
    if not _ascii_digits(value):
        return Verdict(value, "digits_characters")
    return Verdict(value, None if field.min_length <= len(value) <= field.max_length else "digits_length")


def _address(field: Field, raw: str, today: date) -> Verdict:
    value = re.sub(r"\s+", " ", _tidy(raw))
    value = re.sub(rf"(?<={_HAN}) | (?={_HAN})", "", value)
    if not _ADDRESS.fullmatch(value):
        return Verdict(value, "address_characters")
    return Verdict(value, None if field.min_length <= len(value) <= field.max_length else "address_length")


def _date(field: Field, raw: str, today: date) -> Verdict:
    try:
        return Verdict(read_date(raw, today, *date_bounds(field, today)).isoformat())
    except DateError as error:
        return Verdict(_tidy(raw), error.code)


def _amount(field: Field, raw: str, today: date) -> Verdict:
    amount = read_amount(raw)
    if amount is None:
        return Verdict(_tidy(raw), "amount_unclear")
    least, most = amount_bounds(field)
    return Verdict(str(amount), None if least <= amount <= most else "amount_range")


def _consent(field: Field, raw: str, today: date) -> Verdict:
    value = _tidy(raw)
    return Verdict(value, None if value == "yes" else "consent_needed")


_RULES: dict[str, Callable[[Field, str, date], Verdict]] = {
    "person_name": _person_name,
    "resident_id": _resident_id,
    "phone": _phone,
    "bank_card": _bank_card,
    "receipt_number": _receipt_number,
    "digits": _number,
    "address": _address,
    "date": _date,
    "amount": _amount,
    "consent": _consent,
}


def judge(field: Field, raw: object, choice_ids: Sequence[str], today: date) -> Verdict:
    """The verdict on one answer as it came; `choice_ids` are those offered for a choice field."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        empty = "consent_needed" if field.type == "consent" else "required"
        return Verdict("", empty if field.required else None)
    if isinstance(raw, bool) and field.type == "consent":
        raw = "yes" if raw else "no"
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**30:  # longer ones Python may not write
        raw = str(raw)
    if isinstance(raw, float) and field.type == "amount":
        raw = repr(raw)  # a JSON number
    if not isinstance(raw, str):
        return Verdict("", "not_text")
    if field.type == "choice":
        value = _tidy(raw)
        return Verdict(value, None if value in choice_ids else "not_a_choice")
    return _RULES[field.type](field, raw, today)


_CODES: dict[str, tuple[str, ...]] = {
    "person_name": ("name_characters", "name_length"),
    "resident_id": (
        "resident_id_length",
        "resident_id_old",
        "resident_id_characters",
        "resident_id_region",
        "resident_id_birth_date",
        "resident_id_check_digit",
    ),
    "phone": ("phone_characters", "phone_length", "phone_unknown"),
    "bank_card": ("bank_card_characters", "bank_card_length", "bank_card_check"),
    "receipt_number": ("receipt_number_length", "receipt_number_check"),
    "digits": ("digits_characters", "digits_length"),
    "address": ("address_characters", "address_length"),
    "date": ("date_unclear", "date_year", "date_calendar", "date_impossible", "date_range"),
    "amount": ("amount_unclear", "amount_range"),
    "choice": ("not_a_choice",),
    "consent": ("consent_needed",),
}

ALL_CODES = frozenset(code for of_type in _CODES.values() for code in of_type) | {
    "required",
    "not_text",
    "unknown_field",
}


def codes(field: Field) -> tuple[str, ...]:
    """Every code that an answer to this field typed at the kiosk can get, each with a message of its own."""
    required = ("required",) if field.required and field.type != "consent" else ()
    return (*required, *_CODES[field.type])
