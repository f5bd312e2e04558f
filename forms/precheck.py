"""What is likely to come of a form, before it is sent: by the very rules of `forms.validate`, for kiosk and hall alike.

It only tells. No verdict refuses: whether somebody gets what they ask for is a person's to say.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forms.catalogue import Catalogue
from forms.fields.material import to_bring
from forms.rules import CANNOT_KNOW, TO_BRING
from forms.service import Service
from forms.texts import Text
from forms.validate import Checked, Problem, Report, validate


class PrecheckVerdict(StrEnum):
    CAN_SUBMIT = "can_submit"
    MISSING_MATERIAL = "missing_material"
    ASK_A_PERSON = "ask_a_person"


@dataclass(frozen=True)
class Reason:
    """What one rule says of one answer."""

    rule: str  # the id of a check, or the code of what every answer to such a question has to be
    version: int  # of the check, or of the service
    field: str
    holds: bool | None  # None: not known
    message: Text
    source: str  # what the rule rests on; "" where that is not said


@dataclass(frozen=True)
class Precheck:
    verdict: PrecheckVerdict
    because: tuple[Reason, ...]  # what decides first; then the rules that hold

    @property
    def to_look_at(self) -> tuple[Reason, ...]:
        """What decides, for who reads it: of an answer that is missing or wrong, that alone."""
        deciding = [one for one in self.because if not one.holds]
        missing = {one.field for one in deciding if one.holds is False}
        return tuple(one for one in deciding if one.holds is False or one.field not in missing)


def precheck(catalogue: Catalogue, service: Service, answers: Mapping[str, object], today: date) -> Precheck:
    """Judge answers as they came."""
    return precheck_of(catalogue, service, validate(catalogue, service, answers, today))


def precheck_of(catalogue: Catalogue, service: Service, report: Report, seen: Collection[str] = ()) -> Precheck:
    """The same of answers that were judged already. Something is missing where an answer is, or is wrong, or a paper is
    to be brought and not among those that staff have `seen`."""
    missing = [_of_answer(service, error) for error in report.errors]
    lacking = to_bring(service.fields_for(report.normalised), report.normalised)
    for paper in (one for one in lacking if one.id not in seen):
        said = catalogue.plain_message(TO_BRING, paper.label.zh, paper.label.en)
        missing.append(_of_answer(service, Problem(paper.id, TO_BRING, said)))
    doubtful = [_of_answer(service, doubt) for doubt in report.doubts]
    doubtful += [_of_check(one) for one in report.checked if not one.holds]
    verdict = PrecheckVerdict.CAN_SUBMIT
    if doubtful:
        verdict = PrecheckVerdict.ASK_A_PERSON
    if missing:
        verdict = PrecheckVerdict.MISSING_MATERIAL
    held = [_of_check(one) for one in report.checked if one.holds]
    return Precheck(verdict, (*missing, *doubtful, *held))


def _of_answer(service: Service, problem: Problem) -> Reason:
    holds = None if problem.code == CANNOT_KNOW else False
    return Reason(problem.code, service.version, problem.field, holds, problem.message, "")


def _of_check(checked: Checked) -> Reason:
    check = checked.check
    return Reason(check.id, check.version, check.field, checked.holds, checked.message, check.source)
