"""The order of the board, read a page at a time: open forms as they came, then those that are done, the newest first.

A page begins or ends at a place in that order: whatever comes in or is done meanwhile, none is skipped or shown twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self

from sqlalchemy import ColumnElement, and_, func, literal, select, union_all
from sqlalchemy.orm import Session

from backend.submissions.tables import Submission
from protocol.wire import ProgressStatus

MOST = 50  # forms of one page
COUNTED = 1000  # open forms; whether there are more takes too long to count
CURSOR = r"^(after|before)-[01]-\d{1,15}$"
DONE = (ProgressStatus.DONE,)
OPEN = tuple(status for status in ProgressStatus if status not in DONE)
_SECTIONS = (OPEN, DONE)


@dataclass(frozen=True)
class Place:
    """Where a form stands: open ones are section 0, those that are done section 1."""

    section: int
    arrival: int


@dataclass(frozen=True)
class Cursor:
    """Where a page begins or, read backwards, ends. As text it is for a client to hand back unread."""

    way: Literal["after", "before"]
    place: Place

    def __str__(self) -> str:
        return f"{self.way}-{self.place.section}-{self.place.arrival}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """`text` is of the pattern CURSOR."""
        way, section, arrival = text.split("-")
        return cls("after" if way == "after" else "before", Place(int(section), int(arrival)))


@dataclass(frozen=True)
class Search:
    """Which forms; None and an empty text are all. `filled` is from a moment until before another one."""

    state: ProgressStatus | Literal["open"] | None = None
    service: str = ""
    kiosk: str = ""
    receipt_number: str = ""
    filled: tuple[datetime, datetime] | None = None
    newest_first: bool = False

    def statuses(self, section: int) -> Sequence[ProgressStatus]:
        return [
            one for one in _SECTIONS[section] if self.state in (None, one) or (self.state == "open" and not section)
        ]

    def descends(self, section: int) -> bool:
        return self.newest_first or section == 1

    def conditions(self) -> list[ColumnElement[bool]]:
        named = ((Submission.service_id, self.service), (Submission.kiosk, self.kiosk))
        conditions = [
            column == value for column, value in (*named, (Submission.receipt_number, self.receipt_number)) if value
        ]
        if self.filled:
            conditions += [Submission.filled_at >= self.filled[0], Submission.filled_at < self.filled[1]]
        return [*conditions, Submission.withdrawn_at.is_(None)]

    @property
    def arrival(self) -> ColumnElement[int]:
        """To order by. Where the search is for few forms, an index of arrivals would be the long way to them."""
        return Submission.arrival + 0 if self.receipt_number or self.filled else Submission.arrival.expression


@dataclass(frozen=True)
class Page:
    """`places` in order; `previous` and `following` are where there is more."""

    places: list[Place]
    previous: Cursor | None
    following: Cursor | None


def page(session: Session, search: Search, cursor: Cursor | None) -> Page:
    """The page at a cursor, the first one for None; the first one is always full."""
    if cursor is None:
        found = _next(session, search, None, "after", MOST + 1)
        following = Cursor("after", found[MOST - 1]) if len(found) > MOST else None
        return Page(found[:MOST], None, following)
    found = _next(session, search, cursor.place, cursor.way, MOST + 1)
    if cursor.way == "before" and len(found) <= MOST:
        return page(session, search, None)
    places = found[:MOST] if cursor.way == "after" else found[MOST - 1 :: -1]
    first, last = (places[0], places[-1]) if places else (cursor.place, cursor.place)
    before = _next(session, search, first, "before", 1)
    after = found[MOST:] if cursor.way == "after" else _next(session, search, last, "after", 1)
    return Page(places, Cursor("before", first) if before else None, Cursor("after", last) if after else None)


def count_open(session: Session) -> int:
    """How many forms are open, up to COUNTED."""
    some = select(literal(1)).where(Submission.status.in_(OPEN), Submission.withdrawn_at.is_(None)).limit(COUNTED)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _next(session: Session, search: Search, start: Place | None, way: str, most: int) -> list[Place]:
    """The places after `start`, or before it, the nearest first."""
    found: list[Place] = []
    for section in (0, 1) if way == "after" else (1, 0):
        if start is None or section == start.section:
            beyond = start.arrival if start else None
        elif (section > start.section) == (way == "after"):
            beyond = None
        else:
            continue
        descends = search.descends(section) == (way == "after")
        found += [
            Place(section, one) for one in _arrivals(session, search, section, beyond, descends, most - len(found))
        ]
    return found


def _arrivals(
    session: Session, search: Search, section: int, beyond: int | None, descends: bool, most: int
) -> Sequence[int]:
    """Each status is read by its own index, as one reading of several would have to sort them all."""
    arrival = search.arrival
    conditions = search.conditions()
    if beyond is not None:
        conditions.append(arrival < beyond if descends else arrival > beyond)
    parts = [
        select(Submission.arrival.label("arrival"))
        .where(and_(Submission.status == status, *conditions))
        .order_by(arrival.desc() if descends else arrival)
        .limit(most)
        .subquery()
        for status in search.statuses(section)
    ]
    if not parts or not most:
        return []
    nearest = union_all(*(select(part.c.arrival) for part in parts)).subquery().c.arrival
    return session.scalars(select(nearest).order_by(nearest.desc() if descends else nearest).limit(most)).all()
