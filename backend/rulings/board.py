"""What staff see and do when they decide on a form, and what leads see of decisions altogether."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission
from backend.accounts.sessions import SignedIn
from backend.decisions.advice import words_of_check
from backend.decisions.rulings import ReadRow
from backend.hall.hall import FIRST_DAY, LAST_DAY, Hall, TheHall
from backend.rulings import deciding
from backend.rulings.choosing import Chosen
from backend.rulings.panel import Panel, panel
from backend.rulings.proposed import Proposed, proposed
from backend.rulings.report import Report, report, usual_days
from backend.submissions.stored import WITHDRAWN
from forms.rules import TO_BRING, all_codes
from forms.texts import Identifier
from protocol.after_sending import RulingKind
from protocol.wire import PlainText, Words

router = APIRouter()
Deciding = Annotated[SignedIn, who_may(Permission.DECIDE_FORMS)]
Reviewing = Annotated[SignedIn, who_may(Permission.REVIEW_DECISIONS)]
Told = Annotated[PlainText, StringConstraints(strip_whitespace=True)]
_CHOSEN: dict[int | str, dict[str, Any]] = {422: {"description": "A no without rule or remedy; an unfit choice"}}
_CONFLICTS: dict[int | str, dict[str, Any]] = {409: {"description": "It has changed meanwhile, or counts no more"}}


class Choosing(BaseModel):
    """Names of what the panel offers."""

    model_config = ConfigDict(extra="forbid")

    kind: RulingKind
    reason: Identifier
    own_words: Told = ""
    basis: Identifier | None = None
    remedies: Annotated[tuple[Identifier, ...], Field(max_length=10)] = ()

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.kind, self.reason, self.own_words, self.basis, self.remedies)


class Decision(Choosing):
    """`version` is the panel's; `otherwise` says why not as the rules advise."""

    version: Annotated[int, Field(ge=0)]
    otherwise: Told = ""


class Figures(BaseModel):
    """`titles` are what the services are called, `rules` what each rule of a service wants, in words."""

    report: Report
    titles: dict[str, Words]
    rules: dict[str, dict[str, Words]]


class Agreeing(BaseModel):
    """`version` is the panel's: nobody agrees to another no than the one that they have read."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[int, Field(ge=0)]


class Why(BaseModel):
    model_config = ConfigDict(extra="forbid")

    why: Annotated[Told, StringConstraints(min_length=1)]


@router.get("/staff/rulings/report")
def figures(
    hall: TheHall,
    staff: Annotated[SignedIn, who_may(Permission.READ_FIGURES)],
    since: Annotated[date | None, Query(ge=FIRST_DAY, le=LAST_DAY, description="The first day, or 90 days ago")] = None,
    until: Annotated[date | None, Query(ge=FIRST_DAY, le=LAST_DAY, description="The last day, or today")] = None,
) -> Figures:
    """How often staff have done as the rules advise, of nobody in particular."""
    found = report(hall, *usual_days(hall, since, until))
    titles = {one.service: hall.definitions.title(one.service) for one in found.lines}
    rules: dict[str, dict[str, Words]] = {name: {} for name in titles}
    for one in found.lines:
        rules[one.service][one.rule] = _in_words(hall, one.service, one.rule)
    return Figures(report=found, titles=titles, rules=rules)


def _in_words(hall: Hall, service_id: str, rule: str) -> Words:
    """Its name where nobody knows it any more."""
    service = hall.catalogue.services.get(service_id)
    for check in service.checks if service else ():
        if check.id == rule:
            return words_of_check(check)
    if rule in all_codes():
        return hall.page_words["verdict_missing_material" if rule == TO_BRING else "ruling_figures_answer"]
    return Words(zh=rule, en=rule)


@router.get("/staff/rulings/proposed")
def waiting(hall: TheHall, staff: Reviewing) -> list[Proposed]:
    """What a colleague has proposed and this person may agree to."""
    return proposed(hall, staff)


@router.get("/staff/submissions/{submission_id}/ruling", responses=WITHDRAWN)
def ruling(hall: TheHall, submission_id: UUID, staff: Deciding) -> Panel:
    return panel(hall, submission_id, staff)


@router.post("/staff/submissions/{submission_id}/ruling/preview", responses=WITHDRAWN | _CHOSEN)
def preview(hall: TheHall, submission_id: UUID, body: Choosing, staff: Deciding) -> list[ReadRow]:
    """What the person of the form would read; nothing is decided."""
    return deciding.preview(hall, submission_id, body.chosen, staff)


@router.post("/staff/submissions/{submission_id}/ruling", status_code=204, responses=WITHDRAWN | _CHOSEN | _CONFLICTS)
def decide(hall: TheHall, submission_id: UUID, body: Decision, staff: Deciding) -> None:
    """Accept, ask for more, or say no. Where the county wants two for a no, it waits for the second."""
    deciding.decide(hall, submission_id, body.chosen, body.otherwise, body.version, staff)


@router.post("/staff/submissions/{submission_id}/ruling/agree", status_code=204, responses=WITHDRAWN | _CONFLICTS)
def agree(hall: TheHall, submission_id: UUID, body: Agreeing, staff: Reviewing) -> None:
    """As the second person, to a no that waits."""
    deciding.agree(hall, submission_id, body.version, staff)


@router.post("/staff/submissions/{submission_id}/ruling/hand-back", status_code=204, responses=WITHDRAWN)
def hand_back(hall: TheHall, submission_id: UUID, body: Why, staff: Reviewing) -> None:
    """The second person does not agree."""
    deciding.hand_back(hall, submission_id, body.why, staff)


@router.post("/staff/submissions/{submission_id}/ruling/take-up", status_code=204, responses=WITHDRAWN | _CONFLICTS)
def take_up(hall: TheHall, submission_id: UUID, body: Why, staff: Reviewing) -> None:
    """What was decided is looked at again."""
    deciding.take_up(hall, submission_id, body.why, staff)
