"""What staff see and do of what people could not get done. A list holds nothing of anybody; what they said is behind
acts."""

from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from backend.accounts.guard import who_may
from backend.accounts.members import names_of_staff
from backend.accounts.permissions import Permission, Staff
from backend.audit.log import note
from backend.foundation.database import readable
from backend.foundation.words import words_of
from backend.hall.hall import Hall, TheHall
from backend.hall.screens import screen_words
from backend.work_orders import handling, said
from backend.work_orders.figures import StepCount, by_step, reason_words
from backend.work_orders.listing import MOST, OrderSearch, Which, count_overdue, count_waiting, listed
from backend.work_orders.stored import history, is_before, is_overdue, stored
from backend.work_orders.tables import OrderAct, WorkOrder
from forms.hall.work_orders import OFFICE
from protocol.unseen import without_unseen
from protocol.wire import Identifier, PlainText, Words
from protocol.work_orders.order import Contact, OrderState
from protocol.work_orders.sound import MEDIA_TYPE

router = APIRouter()
_CONFLICT: dict[int | str, dict[str, Any]] = {409: {"description": "It stands otherwise than the page shows it"}}
_NOT_SO: dict[int | str, dict[str, Any]] = {422: {"description": "Not in these words"}}
MaySee = Annotated[Staff, who_may(Permission.SEE_BOARD)]
MayAnswer = Annotated[Staff, who_may(Permission.ANSWER_ORDERS)]
LongText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[^\x00]*$"),
    AfterValidator(without_unseen),
]
FIGURES_DAYS = 90


class BoardOrder(BaseModel):
    """One of a list. `has_sound`: what was said waits to be heard. `one_of_many`: its kiosk brought very many."""

    id: UUID
    number: str
    kiosk: str
    service: Words | None
    step: Words
    reason: Words | None
    left_at: AwareDatetime
    due: date
    state: OrderState
    owner: str | None
    overdue: bool
    has_sound: bool
    one_of_many: bool


class NamedService(BaseModel):
    id: str
    words: Words


class BoardOrders(BaseModel):
    """`waiting` is how many nobody has answered at all, `overdue` how many of them are late, `before_me` whether these
    are put before whoever asks; `cut` where there are more than one list holds. With `services` one can search."""

    orders: list[BoardOrder]
    services: list[NamedService]
    waiting: int
    overdue: int
    before_me: bool
    cut: bool


class OrderStep(BaseModel):
    """What was done with it."""

    at: AwareDatetime
    who: str
    act: OrderAct
    text: str


class OrderChange(BaseModel):
    """What can be said to have been changed; `needs_office`: the words have {office} in them."""

    id: str
    words: Words
    needs_office: bool


class OrderDetails(BoardOrder):
    """A work order as its page shows it. `seen` goes back with what is done. `answered_words` is what its person reads
    above the answer, `next` below it; `staff` are those it can be given to, for a lead."""

    seen: int
    form: str | None
    lang: str
    has_contact: bool
    words: str
    answer: str
    change: str | None
    office: str
    history: list[OrderStep]
    changes: list[OrderChange]
    answered_words: Words
    next: Words
    staff: list[str]


class Act(BaseModel):
    """`seen` is that of the page on which it was done."""

    model_config = ConfigDict(extra="forbid")

    seen: Annotated[int, Field(ge=0, le=2**31 - 1)]


class WordsOfSound(Act):
    words: LongText


class OrderAnswer(Act):
    """`change` is one of those that the order lists."""

    answer: LongText
    change: Identifier
    office: Annotated[PlainText, StringConstraints(strip_whitespace=True)] = ""


class Reopening(Act):
    reason: Annotated[PlainText, StringConstraints(strip_whitespace=True, min_length=1)]


class Assignment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: PlainText


@router.get("/staff/work-orders")
def work_orders(
    hall: TheHall,
    staff: MaySee,
    which: Annotated[Which, Query(description="Which of them")] = Which.UNANSWERED,
    service: Annotated[Identifier | None, Query(description="Id of a service")] = None,
    number: Annotated[Identifier | None, Query(description="The whole number of one slip")] = None,
) -> BoardOrders:
    """Late ones first, those that were answered or closed last on top."""
    search = OrderSearch(which, staff.name, service or "", number or "")
    with hall.database.read() as session:
        orders = readable(session, listed(hall, search), partial(_order, hall))
        waiting, late = count_waiting(session), count_overdue(session, hall)
    services = [one for one in hall.catalogue.services.values() if one.kind == "application"]
    return BoardOrders(
        orders=orders,
        services=[NamedService(id=one.id, words=words_of(one.title)) for one in services],
        waiting=waiting,
        overdue=late,
        before_me=late > 0 and is_before(hall, staff),
        cut=len(orders) == MOST,
    )


def _order(hall: Hall, row: Any) -> BoardOrder:
    return BoardOrder(
        id=row.id,
        number=row.number,
        kiosk=row.kiosk,
        service=hall.definitions.title(row.service_id) if row.service_id else None,
        step=screen_words(hall, row.screen, row.service_id),
        reason=reason_words(hall, row.reason),
        left_at=row.left_at,
        due=row.due,
        state=row.state,
        owner=row.owner,
        overdue=is_overdue(hall, row),
        has_sound=row.has_sound,
        one_of_many=row.one_of_many,
    )


@router.get("/staff/work-orders/figures")
def figures(hall: TheHall, staff: Annotated[Staff, who_may(Permission.READ_FIGURES)]) -> list[StepCount]:
    """What people could not get done in the last 90 days, by service, step and reason."""
    return by_step(hall, hall.clock() - timedelta(days=FIGURES_DAYS))


@router.post("/staff/work-orders/{order_id}/open")
def open_order(hall: TheHall, order_id: UUID, staff: MayAnswer) -> OrderDetails:
    """All of it but what is sealed; the look is written down."""
    with hall.database.write() as session:
        row = stored(session, order_id)
        note(session, hall, staff.name, "order_open", row.id)
        steps = [OrderStep(at=one.at, who=one.who, act=one.act, text=one.text) for one in history(session, row.id)]
        names = names_of_staff(session) if staff.may(Permission.ASSIGN_ORDERS) else []
    return _details(hall, row, steps, names)


def _details(hall: Hall, row: WorkOrder, steps: list[OrderStep], names: list[str]) -> OrderDetails:
    rules = hall.catalogue.work_orders
    changes = [
        OrderChange(id=name, words=words_of(words), needs_office=OFFICE in words.zh)
        for name, words in rules.changes.items()
    ]
    answered = rules.states[OrderState.ANSWERED]
    return OrderDetails(
        **_order(hall, row).model_dump(),
        seen=row.changes,
        form=row.form,
        lang=row.lang,
        has_contact=row.contact is not None,
        words=row.words,
        answer=row.answer,
        change=row.change,
        office=row.office,
        history=steps,
        changes=changes,
        answered_words=words_of(answered.words),
        next=words_of(answered.next),
        staff=names,
    )


@router.post(
    "/staff/work-orders/{order_id}/sound",
    responses=_CONFLICT | {200: {"content": {MEDIA_TYPE: {}}, "description": "What the person said"}},
    response_class=Response,
)
def play(hall: TheHall, order_id: UUID, staff: MayAnswer) -> Response:
    """What the person said; the look is written down and counts."""
    return Response(said.sound(hall, order_id, staff), media_type=MEDIA_TYPE)


@router.post("/staff/work-orders/{order_id}/contact")
def show_contact(hall: TheHall, order_id: UUID, staff: MayAnswer) -> Contact:
    """How the person may be reached; the look is written down and counts."""
    return said.contact(hall, order_id, staff)


@router.post("/staff/work-orders/{order_id}/words", status_code=204, responses=_CONFLICT)
def write_words(hall: TheHall, order_id: UUID, body: WordsOfSound, staff: MayAnswer) -> None:
    """What was said, written down; the sound is deleted for good."""
    said.write_words(hall, order_id, body.seen, body.words, staff)


@router.post("/staff/work-orders/{order_id}/take", status_code=204, responses=_CONFLICT)
def take(hall: TheHall, order_id: UUID, staff: MayAnswer) -> None:
    """Whoever is first is its owner."""
    handling.take(hall, order_id, staff)


@router.post("/staff/work-orders/{order_id}/assign", status_code=204, responses=_CONFLICT)
def assign(
    hall: TheHall, order_id: UUID, body: Assignment, staff: Annotated[Staff, who_may(Permission.ASSIGN_ORDERS)]
) -> None:
    """Give it to somebody with an account."""
    handling.assign(hall, order_id, body.name, staff)


@router.post("/staff/work-orders/{order_id}/answer", status_code=204, responses=_CONFLICT | _NOT_SO)
def answer(hall: TheHall, order_id: UUID, body: OrderAnswer, staff: MayAnswer) -> None:
    """What has become of it; whoever has the slip can read it."""
    handling.answer(hall, order_id, body.seen, body.answer, body.change, body.office, staff)


@router.post("/staff/work-orders/{order_id}/close", status_code=204, responses=_CONFLICT)
def close(hall: TheHall, order_id: UUID, body: Act, staff: MayAnswer) -> None:
    """Nothing more is to be done."""
    handling.close(hall, order_id, body.seen, staff)


@router.post("/staff/work-orders/{order_id}/reopen", status_code=204, responses=_CONFLICT)
def reopen(hall: TheHall, order_id: UUID, body: Reopening, staff: MayAnswer) -> None:
    """Its person has come again: it was not settled."""
    handling.reopen(hall, order_id, body.seen, body.reason, staff)


@router.post("/staff/work-orders/{order_id}/erase", status_code=204)
def erase(hall: TheHall, order_id: UUID, staff: Annotated[Staff, who_may(Permission.CARE_FOR_OWN_DATA)]) -> None:
    """As the person wishes who has come with the slip: nothing that they left stays."""
    said.erase(hall, order_id, staff)
