"""Taking in a file of carried forms and work orders (protocol.carrying): the intake of the line, so each once.

The whole file is checked before the first form is taken.
"""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from backend.audit.log import note
from backend.hall.hall import Hall
from backend.hall.state import state_of
from backend.kiosks.carried import CarriedKiosk, carried_kiosk
from backend.submissions.intake import OtherBodyError, take_in
from backend.submissions.judging import judge_waiting
from backend.work_orders import intake as orders_intake
from forms.definition import Definition, DefinitionError
from protocol.carrying.bundle import Bundle, BundleError, Kind, Label, packed, read_bundle
from protocol.carrying.contents import (
    CarriedForm,
    CarriedForms,
    CarriedOrder,
    CarriedOrderReceipt,
    CarriedReceipt,
    CarriedReceipts,
    sealing_context_of,
)
from protocol.sealing import SealError, open_sealed
from protocol.signing import sign


@dataclass(frozen=True)
class CarriedIn:
    """`new` and `known` forms and work orders were taken in, now or before; `refused` belong to other ids. `receipts`
    is the file for the kiosk."""

    kiosk: str
    number: int
    new: int
    known: int
    refused: int
    receipts: bytes


def carry_in(hall: Hall, path: Path) -> CarriedIn:
    """BundleError and NotAdmittedError: nothing of the file was taken, unless the kiosk was put out meanwhile."""
    bundle = read_bundle(path, Kind.FORMS)
    kiosk, carried = _checked(hall, bundle, path)
    _keep_definitions(hall, carried)
    counts: Counter[str] = Counter()
    receipts = [_take(hall, kiosk, form, counts) for form in carried.forms]
    orders = [_take_order(hall, kiosk, order, counts) for order in carried.orders]
    told = f"file {bundle.label.number}: {counts['new']} new, {counts['known']} known, {counts['refused']} refused"
    with hall.database.write() as session:
        note(session, hall, "hall carry-in", "carried-in", kiosk.name, told)
        state = state_of(session)
        answer = CarriedReceipts(
            generation=state.generation,
            generations=state.generations,
            safe_arrival=state.safe_arrival,
            receipts=receipts,
            orders=orders,
        )
    file = _signed(hall, bundle.label, answer)
    return CarriedIn(kiosk.name, bundle.label.number, counts["new"], counts["known"], counts["refused"], file)


def _checked(hall: Hall, bundle: Bundle, path: Path) -> tuple[CarriedKiosk, CarriedForms]:
    label = bundle.label
    if label.hall != hall.keys.key_id:
        raise BundleError(
            f"{path} is for another hall ({label.hall}) than this one ({hall.keys.key_id}): carry it there."
        )
    kiosk = carried_kiosk(hall.database, label.kiosk)
    if not bundle.is_signed_by(kiosk.public_key):
        raise BundleError(
            f"{path} is not signed with the key of {kiosk.name}: write it anew there; if its disk was set up anew, "
            "enrol it first."
        )
    with hall.database.read() as session:
        is_admitted = kiosk.spend(session)
    if not is_admitted:
        raise kiosk.refusal(hall.database)
    try:
        plain = open_sealed(hall.keys.private, bundle.content, sealing_context_of(label.kiosk, label.number))
        return kiosk, CarriedForms.model_validate_json(plain)
    except SealError as error:
        raise BundleError(f"{path} cannot be opened with this hall's key: write it anew on the kiosk.") from error
    except ValidationError as error:
        raise BundleError(f"{path} says what this program does not know: update this hall, then try again.") from error


def _keep_definitions(hall: Hall, carried: CarriedForms) -> None:
    """Those that this program can read; a form without is received all the same, and its receipt says so."""
    for document in carried.definitions:
        digest = Definition(document).hash
        if hall.definitions.has(digest):
            continue
        try:
            hall.definitions.keep(Definition.checked(document, digest), hall.clock())
        except DefinitionError:
            continue
        judge_waiting(hall, digest)


def _take(hall: Hall, kiosk: CarriedKiosk, form: CarriedForm, counts: Counter[str]) -> CarriedReceipt:
    answer = partial(CarriedReceipt, submission=form.submission, body_hash=form.body.body_hash)
    try:
        receipt, is_new = take_in(hall, form.submission, form.body, kiosk)
    except OtherBodyError as error:
        counts["refused"] += 1
        return answer(refused=str(error))
    counts["new" if is_new else "known"] += 1
    return answer(receipt=receipt)


def _take_order(hall: Hall, kiosk: CarriedKiosk, carried: CarriedOrder, counts: Counter[str]) -> CarriedOrderReceipt:
    answer = partial(CarriedOrderReceipt, order=carried.order, body_hash=carried.body.body_hash)
    try:
        _, is_new = orders_intake.take_in(hall, carried.order, carried.body, kiosk)
    except orders_intake.OtherOrderError as error:
        counts["refused"] += 1
        return answer(refused=str(error))
    counts["new" if is_new else "known"] += 1
    return answer()


def _signed(hall: Hall, of: Label, answer: CarriedReceipts) -> bytes:
    content = answer.model_dump_json().encode()
    label = Label.of(Kind.RECEIPTS, of.kiosk, hall.keys.key_id, of.number, hall.clock(), content)
    return packed(label, content, [partial(sign, hall.keys.private)])
