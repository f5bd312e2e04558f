"""Forms as the staff page shows them, a page at a time, and the search for one. Nothing personal is in any of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.foundation.database import readable
from backend.hall.hall import FIRST_DAY, LAST_DAY, Hall, TheHall
from backend.kiosks.tables import Kiosk
from backend.submissions.listing import CURSOR, MOST, Cursor, Search, count_open, page
from backend.submissions.lookup import MOST_TOGETHER
from backend.submissions.standing import state_words
from backend.submissions.status import Step
from backend.submissions.stored import stored
from backend.submissions.tables import Submission
from forms.hall.steps import Standing
from protocol.wire import Identifier, IntakeStatus, KioskName, ProgressStatus, Words

router = APIRouter()
Bundles = Mapping[tuple[UUID, UUID | None], Sequence[Any]]  # rows of forms by bundle and kiosk
_COLUMNS = (
    Submission.id,
    Submission.arrival,
    Submission.receipt_number,
    Submission.service_id,
    Submission.kiosk,
    Submission.filled_at,
    Submission.clock_wrong,
    Submission.intake,
    Submission.status,
    Submission.note,
    Submission.definition,
    Submission.amends,
    Submission.replaced_by,
    Submission.taken_back_at,
    Submission.taken_up_at,
    Submission.ruled,
    Submission.bundle,
    Submission.kiosk_id,
    Submission.owner,
    Submission.version,
)


class BoardTogether(BaseModel):
    """Another form of the same bundle."""

    receipt_number: str
    service: Words


class BoardSubmission(BaseModel):
    """`filled_at` is the arrival when the kiosk's clock was wrong. `state` says where it stands: its status, or that it
    was taken back, or is a correction that waits, or was replaced by one. `corrects` is another form or none.
    `owner` is who deals with it; whoever changes it says which `version` they saw. `together` came with it."""

    id: UUID
    receipt_number: str
    service: Words
    kiosk: str
    filled_at: AwareDatetime
    clock_wrong: bool
    needs_person: bool
    status: ProgressStatus
    state: Words
    corrects: UUID | None
    note: str
    owner: str | None
    version: int
    together: list[BoardTogether]


class BoardStatus(BaseModel):
    id: ProgressStatus
    words: Words


class BoardService(BaseModel):
    id: str
    words: Words


class BoardSubmissions(BaseModel):
    """One page of the forms that were asked for. `previous` and `next` are cursors, where there is more on that side.

    `statuses` are all that there are, in order; with `services` and `kiosks` one can search. `open` counts
    the forms of the hall that are not done, up to 1000.
    """

    statuses: list[BoardStatus]
    services: list[BoardService]
    kiosks: list[str]
    open: int
    submissions: list[BoardSubmission]
    previous: str | None
    next: str | None


@router.get("/staff/submissions")
def submissions(
    hall: TheHall,
    staff: Annotated[Staff, who_may(Permission.SEE_BOARD)],
    state: Annotated[
        ProgressStatus | Literal["open"] | None, Query(description="One status, or all that are not done")
    ] = None,
    service: Annotated[Identifier | None, Query(description="Id of a service")] = None,
    kiosk: Annotated[KioskName | None, Query(description="Name of a kiosk")] = None,
    day: Annotated[
        date | None, Query(ge=FIRST_DAY, le=LAST_DAY, description="When it was filled in, where the hall is")
    ] = None,
    receipt: Annotated[Identifier | None, Query(description="A whole receipt number")] = None,
    newest_first: Annotated[bool, Query(description="Open ones too: the one that came last on top")] = False,
    cursor: Annotated[str | None, Query(pattern=CURSOR, description="`previous` or `next` of a page, as it is")] = None,
) -> BoardSubmissions:
    """Open ones first, in the order in which they came to the hall; then those that are done, the newest on top.

    A page has up to 50 and the first one is what one gets without a cursor. Only forms to which all that is given
    applies are listed.
    """
    filled = hall.moments_of(day) if day else None
    search = Search(state, service or "", kiosk or "", receipt or "", filled, newest_first)
    with hall.database.read() as session:
        found = page(session, search, Cursor.parse(cursor) if cursor else None)
        shown = Submission.arrival.in_([place.arrival for place in found.places])
        bundles = _bundles(session, shown)
        forms = dict(readable(session, select(*_COLUMNS).where(shown), partial(_submission, hall, bundles)))
        open_forms, kiosks = count_open(session), session.scalars(select(Kiosk.name).order_by(Kiosk.name)).all()
    return BoardSubmissions(
        statuses=all_statuses(hall),
        services=[BoardService(id=one, words=hall.definitions.title(one)) for one in _services(hall)],
        kiosks=list(kiosks),
        open=open_forms,
        submissions=[forms[place.arrival] for place in found.places if place.arrival in forms],
        previous=str(found.previous) if found.previous else None,
        next=str(found.following) if found.following else None,
    )


def steps(hall: Hall) -> list[BoardStatus]:
    """Those that staff choose themselves, which decide nothing."""
    return [one for one in all_statuses(hall) if one.id in get_args(Step)]


def all_statuses(hall: Hall) -> list[BoardStatus]:
    """All that staff can choose from, in order."""
    return [BoardStatus(id=one, words=hall.status_words[Standing(one.value)]) for one in ProgressStatus]


def one_submission(hall: Hall, submission_id: UUID) -> BoardSubmission:
    """UnknownError, WithdrawnError."""
    with hall.database.read() as session:
        stored(session, submission_id)
        wanted = Submission.id == submission_id
        row = session.execute(select(*_COLUMNS).where(wanted)).one()
        return _submission(hall, _bundles(session, wanted), row)[1]


def _services(hall: Hall) -> list[str]:
    return [one.id for one in hall.catalogue.services.values() if one.kind == "application"]


def _bundles(session: Session, shown: ColumnElement[bool]) -> Bundles:
    """What was handed in together with forms that are shown, as it came."""
    wanted = Submission.bundle.in_(select(Submission.bundle).where(shown, Submission.bundle.is_not(None)))
    rows = select(*_COLUMNS).where(wanted, Submission.withdrawn_at.is_(None)).order_by(Submission.arrival)
    found: defaultdict[tuple[UUID, UUID | None], list[Any]] = defaultdict(list)
    for row in readable(session, rows.limit(MOST * MOST_TOGETHER), lambda row: row):
        found[row.bundle, row.kiosk_id].append(row)
    return found


def _submission(hall: Hall, bundles: Bundles, row: Any) -> tuple[int, BoardSubmission]:
    others = [one for one in bundles.get((row.bundle, row.kiosk_id), ()) if one.id != row.id]
    return row.arrival, BoardSubmission(
        id=row.id,
        receipt_number=row.receipt_number,
        service=hall.definitions.title(row.service_id, row.definition),
        kiosk=row.kiosk,
        filled_at=row.filled_at,
        clock_wrong=row.clock_wrong,
        needs_person=row.intake is IntakeStatus.NEEDS_PERSON and row.status is ProgressStatus.RECEIVED,
        status=row.status,
        state=state_words(hall, row),
        corrects=row.amends,
        note=row.note,
        owner=row.owner,
        version=row.version,
        together=[
            BoardTogether(
                receipt_number=one.receipt_number, service=hall.definitions.title(one.service_id, one.definition)
            )
            for one in others[:MOST_TOGETHER]
        ],
    )
