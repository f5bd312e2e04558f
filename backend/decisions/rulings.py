"""How people have decided on forms: what was told to whose form it is, and what is kept of it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.decisions.tables import COUNTS, Ruling
from backend.foundation.words import filled, words_of, words_of_day
from backend.hall.hall import Hall
from forms.hall.decisions import Basis, Remedy
from protocol.after_sending import RulingKind
from protocol.queries import progress
from protocol.wire import Words

_COMPOUND = (  # surnames of two characters
    *("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "宇文", "长孙", "慕容", "司徒", "夏侯"),
    *("闻人", "独孤", "南宫", "西门", "东郭", "百里", "端木", "轩辕", "呼延", "申屠", "太史", "澹台", "公冶", "司空"),
)


class Told(BaseModel):
    """What the person reads, as it stood in the county's file then."""

    reason: Words
    own_words: str
    basis: Words | None
    remedies: list[Remedy]


class ReadRow(BaseModel):
    """One line of what the person reads."""

    label: Words
    words: Words


class Ruled(BaseModel):
    """A ruling as staff see it, and as it is given to the person with all else that is kept of theirs."""

    id: UUID
    at: AwareDatetime
    who: str
    told: progress.ToldRuling
    verdict: str | None
    rules: list[dict[str, Any]]
    followed: bool | None
    otherwise: str
    waits: bool
    second_who: str | None
    second_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    ended_by: str | None
    ended_why: str


class Past(BaseModel):
    """A ruling, and what its person reads of it."""

    ruling: Ruled
    read: list[ReadRow]


def words_of_basis(basis: Basis) -> Words:
    """What the rule says, with the name and article of the law."""
    law = _law(basis)
    return Words(zh=f"{law}：{basis.zh}", en=f"{basis.en} ({law})")


def counting(session: Session, submission: UUID) -> Ruling | None:
    """The one that counts."""
    return session.scalar(select(Ruling).where(Ruling.submission == submission, COUNTS))


def waiting(session: Session, submission: UUID) -> Ruling | None:
    """A no that waits for a second person."""
    open_ones = (Ruling.ended_at.is_(None), Ruling.waits.is_(True))
    return session.scalar(select(Ruling).where(Ruling.submission == submission, *open_ones).limit(1))


def rulings_of(session: Session, hall: Hall, submission: UUID) -> list[Ruled]:
    """All of a form, as they were made."""
    wanted = select(Ruling).where(Ruling.submission == submission).order_by(Ruling.at, Ruling.id)
    return [_ruled(hall, one) for one in session.scalars(wanted)]


def past(session: Session, hall: Hall, submission: UUID) -> list[Past]:
    """The same with what their person reads."""
    return [Past(ruling=one, read=as_read(hall, one.told)) for one in rulings_of(session, hall, submission)]


def end(session: Session, rulings: Sequence[Ruling | None], at: datetime, by: str, why: str = "") -> None:
    """They count no more from now on; kept they are."""
    for one in rulings:
        if one is not None:
            one.ended_at, one.ended_by, one.ended_why = at, by, why
    session.flush()  # before another one counts


def told(hall: Hall, ruling: Ruling) -> progress.ToldRuling:
    """What its person reads of it."""
    return told_of(hall, ruling.kind, Told.model_validate_json(ruling.told), ruling.who, ruling.second_at or ruling.at)


def told_of(hall: Hall, kind: RulingKind, said: Told, who: str, at: datetime) -> progress.ToldRuling:
    """The same of one that is made at this moment."""
    day = hall.day_of(at)
    return progress.ToldRuling(
        kind=kind,
        reason=said.reason,
        own_words=said.own_words,
        basis=said.basis,
        remedies=tuple(
            progress.Remedy(words=words_of(one), until=one.until(day), law=_law(one)) for one in said.remedies
        ),
        by=surname(who),
        day=day,
    )


def in_time(hall: Hall, remedy: progress.Remedy) -> Words:
    """What can be done, with the day until which it is surely in time."""
    if remedy.until is None:
        return remedy.words
    until = filled(hall.page_words["remedy_until"], day=words_of_day(remedy.until))
    return Words(zh=f"{remedy.words.zh}{until.zh}", en=f"{remedy.words.en} {until.en}")


def as_read(hall: Hall, ruling: progress.ToldRuling) -> list[ReadRow]:
    """What the person reads of it at the kiosk, in the same words."""
    words, own = hall.page_words, ruling.own_words
    reason = Words(zh=f"{ruling.reason.zh}{own}", en=f"{ruling.reason.en} {own}".strip())
    rows = [ReadRow(label=words["told_why"], words=reason)]
    rows += [ReadRow(label=words["phone_remedy"], words=in_time(hall, one)) for one in ruling.remedies]
    rows += [ReadRow(label=words["told_rule"], words=ruling.basis)] if ruling.basis else []
    by = filled(words["told_who_when"], name=ruling.by, day=words_of_day(ruling.day))
    return [*rows, ReadRow(label=words["told_who"], words=by)]


def surname(name: str) -> str:
    """欧阳 of 欧阳娜, 李 of 李芳; a name in other letters as it is."""
    if not "\u4e00" <= name[:1] <= "\u9fff":
        return name
    return name[:2] if name.startswith(_COMPOUND) and len(name) > 2 else name[:1]


def _law(choice: Basis | Remedy) -> str:
    return f"{choice.law}{choice.article}"


def _ruled(hall: Hall, one: Ruling) -> Ruled:
    names = ("id", "at", "who", "verdict", "followed", "otherwise", "waits", "second_who", "second_at")
    said = {name: getattr(one, name) for name in (*names, "ended_at", "ended_by", "ended_why")}
    return Ruled(told=told(hall, one), rules=json.loads(one.rules), **said)
