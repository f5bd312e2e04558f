"""The log of decisions: written in the transaction of the form, and again when it could not be judged before."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend.accounts.permissions import Staff
from backend.decisions.advice import advice
from backend.decisions.tables import Decision, DecisionStep, Ruling
from backend.definitions.book import Rules
from backend.foundation.database import insert_all_new
from backend.hall.hall import Hall
from forms import Report, Text
from forms.hall.steps import Standing
from forms.texts import canonical_json
from protocol.wire import Words, hide_numbers


class Step(BaseModel):
    """What staff did with the form, and why."""

    at: AwareDatetime
    who: str
    status: str
    words: Words
    why: str


class Decided(BaseModel):
    """What was said of a form and what staff did then, for the person whose form it is."""

    verdict: str
    rules: list[dict[str, Any]]
    shown: list[Words]
    decided_at: AwareDatetime
    steps: list[Step]


def decided(hall: Hall, rules: Rules, report: Report, answers: Mapping[str, object], day: date) -> dict[str, object]:
    """All columns but `submission`. What people filled in is in none of them."""
    found, messages = advice(rules, report), hall.catalogue.messages
    shown: list[Text] = [messages[one.rule] for one in found.said if not one.hash]
    for one in report.checked:
        if one.warning:
            shown.append(one.check.message if one.holds is False else messages[one.warning.code])
    inputs = canonical_json({"answers": dict(answers), "day": day.isoformat()}).decode("utf-8", "surrogatepass")
    return {
        "verdict": found.verdict,
        "inputs": hall.keys.digest("decision", inputs),
        "rules": json.dumps([one.kept() for one in found.said]),
        "shown": json.dumps([{"zh": text.zh, "en": text.en} for text in shown], ensure_ascii=False),
        "decided_at": hall.clock(),
    }


def keep(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """In the transaction of the forms; a form has one decision."""
    if rows:
        insert_all_new(session, Decision, rows, "submission")


def keep_anew(session: Session, row: Mapping[str, object]) -> None:
    """Of a form that can be judged now."""
    session.execute(delete(Decision).where(Decision.submission == row["submission"]))
    keep(session, [row])


def note_step(session: Session, submission: UUID, at: datetime, staff: Staff, status: str, why: str) -> None:
    """In the transaction of what staff did."""
    session.add(DecisionStep(submission=submission, at=at, who=staff.name, status=status, why=hide_numbers(why)))


def forget(session: Session, submission: UUID) -> None:
    """When the form is erased."""
    session.execute(delete(Decision).where(Decision.submission == submission))
    session.execute(delete(DecisionStep).where(DecisionStep.submission == submission))
    session.execute(delete(Ruling).where(Ruling.submission == submission))


def decision_of(session: Session, hall: Hall, submission: UUID) -> Decided | None:
    """None where the form could not be judged yet."""
    row = session.get(Decision, submission)
    if row is None:
        return None
    return Decided(
        verdict=row.verdict,
        rules=json.loads(row.rules),
        shown=[Words(**one) for one in json.loads(row.shown)],
        decided_at=row.decided_at,
        steps=steps_of(session, hall, submission),
    )


def steps_of(session: Session, hall: Hall, submission: UUID) -> list[Step]:
    """What staff did with a form, in order."""
    of_form = DecisionStep.submission == submission
    steps = session.scalars(select(DecisionStep).where(of_form).order_by(DecisionStep.at, DecisionStep.id))
    return [_step(hall, one) for one in steps]


def _step(hall: Hall, one: DecisionStep) -> Step:
    words = hall.status_words[Standing(one.status)]
    return Step(at=one.at, who=one.who, status=one.status, words=words, why=one.why)


def verdicts(session: Session, submissions: Iterable[UUID]) -> dict[UUID, str]:
    """Of those that were judged."""
    wanted = select(Decision.submission, Decision.verdict).where(Decision.submission.in_(list(submissions)))
    return {row.submission: row.verdict for row in session.execute(wanted)}
