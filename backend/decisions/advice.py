"""What the pre-check says of a form at the hall, rule by rule. Nothing of what people filled in is in it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from backend.definitions.book import Rules
from backend.foundation.words import words_of
from forms import Problem, Report
from forms.precheck import PrecheckVerdict, precheck_of
from forms.rules import CANNOT_KNOW, TO_BRING
from forms.service import Check
from protocol.wire import Words

UNKNOWN_RULE = "unknown_rule"  # the verdict's reason for a check that is registered nowhere


@dataclass(frozen=True)
class Said:
    """One rule of one answer. `words` say in general what the rule wants, `source` what it rests on; "" for no hash or
    source, as what is asked of every answer has none. `holds`: None where it is not known."""

    rule: str
    version: int
    hash: str
    field: str
    holds: bool | None
    words: Words
    source: str = ""

    def kept(self) -> dict[str, Any]:
        names = ("rule", "version", "hash", "field", "holds")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Advice:
    verdict: PrecheckVerdict
    said: tuple[Said, ...]

    @property
    def against(self) -> tuple[Said, ...]:
        """What speaks against a yes, and what is not known."""
        return tuple(one for one in self.said if not one.holds)


def advice(rules: Rules, report: Report, seen: Collection[str] = ()) -> Advice:
    """`seen`: the papers that staff have looked at since the form came, by their fields."""
    service = rules.service
    found = precheck_of(rules.catalogue, service, report, seen)
    papers = [Problem(one.field, TO_BRING, one.message) for one in found.because if one.rule == TO_BRING]
    said = [_of_answer(service.version, one) for one in (*report.errors, *papers, *report.doubts)]
    said += [_of_check(one.check, one.holds) for one in report.checked]
    said += [_unknown(one) for one in rules.unknown]
    return Advice(_verdict(found.verdict, rules), tuple(said))


def _verdict(found: PrecheckVerdict, rules: Rules) -> PrecheckVerdict:
    """Where a check of the form is unknown here, a person has to be asked."""
    return PrecheckVerdict.ASK_A_PERSON if found is PrecheckVerdict.CAN_SUBMIT and rules.unknown else found


def _of_answer(version: int, problem: Problem) -> Said:
    """What is asked of every answer to such a question: its rule has no hash of its own. A name that no question has
    was made up by whoever sent it, and is not kept."""
    field = problem.field if problem.code != "unknown_field" else ""
    holds = None if problem.code == CANNOT_KNOW else False
    return Said(problem.code, version, "", field, holds, words_of(problem.message))


def words_of_check(check: Check) -> Words:
    """Its sentence; what it is there for, where the sentence names what somebody has answered."""
    plain = check.purpose or check.id
    return Words(zh=plain, en=plain) if "{" in check.message.zh else words_of(check.message)


def _of_check(check: Check, holds: bool | None) -> Said:
    return Said(check.id, check.version, check.hash, check.field, holds, words_of_check(check), check.source)


def _unknown(check: Check) -> Said:
    return Said(UNKNOWN_RULE, check.version, check.hash, "", None, words_of(check.message), check.source)
