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
from backend.decisions.tables import Decision, DecisionStep
from backend.definitions.book import Rules
from backend.foundation.database import insert_all_new
from backend.hall.hall import Hall
from forms import Problem, Report
from forms.hall.steps import Standing
from forms.precheck import PrecheckVerdict, precheck_of
from forms.rules import CANNOT_KNOW, TO_BRING
from forms.texts import canonical_json
from protocol.wire import Words, hide_numbers

UNKNOWN_RULE = "unknown_rule"  # the verdict's reason for a check that is registered nowhere


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
    messages, service = hall.catalogue.messages, rules.service
    found = precheck_of(rules.catalogue, service, report)
    papers = [Problem(one.field, TO_BRING, one.message) for one in found.because if one.rule == TO_BRING]
    said = [_of_answer(service.version, one) for one in (*report.errors, *papers, *report.doubts)]
    shown = [messages[one["rule"]] for one in said]
    for one in report.checked:
        check = one.check
        said.append(
            {"rule": check.id, "version": check.version, "hash": check.hash, "field": check.field, "holds": one.holds}
        )
        if one.warning:
            shown.append(check.message if one.holds is False else messages[one.warning.code])
    for check in rules.unknown:
        said.append({"rule": UNKNOWN_RULE, "version": check.version, "hash": check.hash, "field": "", "holds": None})
    inputs = canonical_json({"answers": dict(answers), "day": day.isoformat()}).decode("utf-8", "surrogatepass")
    return {
        "verdict": _verdict(found.verdict, rules),
        "inputs": hall.keys.digest("decision", inputs),
        "rules": json.dumps(said),
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


def decision_of(session: Session, hall: Hall, submission: UUID) -> Decided | None:
    """None where the form could not be judged yet."""
    row = session.get(Decision, submission)
    if row is None:
        return None
    of_form = DecisionStep.submission == submission
    steps = session.scalars(select(DecisionStep).where(of_form).order_by(DecisionStep.at, DecisionStep.id))
    return Decided(
        verdict=row.verdict,
        rules=json.loads(row.rules),
        shown=[Words(**one) for one in json.loads(row.shown)],
        decided_at=row.decided_at,
        steps=[_step(hall, one) for one in steps],
    )


def _step(hall: Hall, one: DecisionStep) -> Step:
    words = hall.status_words[Standing(one.status)]
    return Step(at=one.at, who=one.who, status=one.status, words=words, why=one.why)


def verdicts(session: Session, submissions: Iterable[UUID]) -> dict[UUID, str]:
    """Of those that were judged."""
    wanted = select(Decision.submission, Decision.verdict).where(Decision.submission.in_(list(submissions)))
    return {row.submission: row.verdict for row in session.execute(wanted)}


def _verdict(found: PrecheckVerdict, rules: Rules) -> PrecheckVerdict:
    """Where a check of the form is unknown here, a person has to be asked."""
    return PrecheckVerdict.ASK_A_PERSON if found is PrecheckVerdict.CAN_SUBMIT and rules.unknown else found


def _of_answer(version: int, problem: Problem) -> dict[str, Any]:
    """What is asked of every answer to such a question: its rule has no hash of its own. A name that no question has
    was made up by whoever sent it, and is not kept."""
    field = problem.field if problem.code != "unknown_field" else ""
    holds = None if problem.code == CANNOT_KNOW else False
    return {"rule": problem.code, "version": version, "hash": "", "field": field, "holds": holds}
