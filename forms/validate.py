"""The very rules that the screens, the `kiosk validate` command and the hall use."""

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from forms.catalogue import Catalogue
from forms.expressions.facts import Facts
from forms.field import Field
from forms.people import agents
from forms.repeats import seen_from
from forms.rules import AS_EXPECTED, CANNOT_KNOW, SAME_AS_ANOTHER, judge
from forms.service import Check, Service
from forms.shown.filled_texts import Words
from forms.texts import Text

# "rejected" does not exist: only a person may refuse.
Outcome = Literal["ready", "missing", "needs_person"]


@dataclass(frozen=True)
class Problem:
    field: str
    code: str
    message: Text


@dataclass(frozen=True)
class Checked:
    """A check that counts today, of what is asked."""

    check: Check
    holds: bool | None  # None: not known
    message: Text
    answer_is_right: bool  # of one that is wrong, the error says enough

    @property
    def warning(self) -> Problem | None:
        if self.holds or not self.answer_is_right:
            return None
        return Problem(self.check.field, CANNOT_KNOW if self.holds is None else self.check.id, self.message)


@dataclass(frozen=True)
class Report:
    errors: tuple[Problem, ...]
    doubts: tuple[Problem, ...]  # about answers that are taken
    checked: tuple[Checked, ...]
    normalised: dict[str, str]
    calculated: dict[str, str | None]  # None: not known
    facts: Facts = dataclasses.field(compare=False, repr=False)  # by which it was judged

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What a person should look at: doubts, and checks that do not hold or cannot be known."""
        found = (one.warning for one in self.checked)
        return tuple(dict.fromkeys((*self.doubts, *(one for one in found if one))))

    @property
    def ok(self) -> bool:
        return not self.errors

    @property
    def outcome(self) -> Outcome:
        if self.errors:
            return "missing"
        return "needs_person" if self.warnings else "ready"


def relevant_fields(catalogue: Catalogue, service: Service, answers: Mapping[str, str], today: date) -> list[Field]:
    """The fields that are asked, given the answers so far, in order."""
    return _asked(catalogue, service, answers, today)[0]


def known_facts(catalogue: Catalogue, service: Service, answers: Mapping[str, str], today: date) -> Facts:
    """What conditions may look at, given the answers so far: a question that is not asked is known to be empty."""
    return _asked(catalogue, service, answers, today)[1]


def _asked(
    catalogue: Catalogue, service: Service, answers: Mapping[str, str], today: date
) -> tuple[list[Field], Facts]:
    known: dict[str, str] = {}
    facts = catalogue.facts(service, known, today)
    fields = []
    for field in service.fields_for(known):
        asked = is_asked(field, facts)
        if asked:
            fields.append(field)
            if field.id in answers:
                known[field.id] = answers[field.id]
        elif asked is False:
            known[field.id] = ""
    return fields, facts


def is_asked(field: Field, facts: Facts) -> bool | None:
    """Whether a question is asked; None while that is not known yet."""
    return True if field.relevant is None else field.relevant.holds(seen_from(field, facts))


def check_field(
    catalogue: Catalogue, field: Field, raw: object, answers: Mapping[str, str], today: date
) -> tuple[str, Problem | None, Problem | None]:
    """One answer: its tidied value, its error and its warning."""
    field = catalogue.bounded(field, today)
    verdict = judge(field, raw, [choice.id for choice in catalogue.choices(field, answers)], today)
    problem = [
        Problem(field.id, code, catalogue.message(code, field, verdict.value)) if code else None
        for code in (verdict.error, verdict.warning)
    ]
    return verdict.value, problem[0], problem[1]


def validate(catalogue: Catalogue, service: Service, answers: Mapping[str, object], today: date) -> Report:
    """Judge a whole form. Answers to questions that are not asked are left out; unknown fields are errors."""
    errors = [
        Problem(name, "unknown_field", catalogue.plain_message("unknown_field", *[_readable(name)] * 2))
        for name in answers
        if not service.asks(name)
    ]
    doubts: list[Problem] = []
    normalised: dict[str, str] = {}
    asked_for: list[str] = []
    unsure: list[tuple[str, Field]] = []  # what may have to be asked, each with the question before it
    known: dict[str, str] = {}  # what is right, and "" for what is empty
    facts = catalogue.facts(service, known, today)
    for field in service.fields_for(known):
        asked = is_asked(field, facts)
        if not asked:
            known |= {field.id: ""} if asked is False else {}
            unsure += [(asked_for[-1], field)] if asked is None and asked_for and field.required else []
            continue
        asked_for.append(field.id)
        if field.choice_filter and field.choice_filter in {one.field for one in errors}:
            continue  # a village cannot be judged before its town is right
        value, error, warning = check_field(catalogue, field, answers.get(field.id), normalised, today)
        if error:
            errors.append(error)
        if warning:
            doubts.append(warning)
        if value:
            normalised[field.id] = value
        if not error:
            known[field.id] = value
    if not errors:  # else it may become known
        for before, field in unsure:
            said = catalogue.plain_message(CANNOT_KNOW, field.label.zh, field.label.en)
            doubts.append(Problem(before, CANNOT_KNOW, said))
    for repeat in service.repeats.values():
        for field in repeat.given_twice(known):
            doubts.append(Problem(field.id, SAME_AS_ANOTHER, catalogue.message(SAME_AS_ANOTHER, field)))
    asked_now = [field for field in service.fields_for(known) if field.id in asked_for]
    doubts += [
        Problem(field.id, code, catalogue.message(code, field))
        for field, code in agents.doubts(asked_now, known, today)
    ]
    wrong = {error.field for error in errors}
    words = Words(catalogue, service, facts)
    checked = [
        _checked(words, check, not _is_of(check.field, wrong), _is_of(check.field, normalised))
        for check in service.checks
        if check.counts_on(today) and _is_of(check.field, asked_for)
    ]
    calculated = {one.id: one.answer(facts) for one in service.calculate}
    return Report(tuple(errors), tuple(dict.fromkeys(doubts)), tuple(checked), normalised, calculated, facts)


def _checked(words: Words, check: Check, is_right: bool, is_answered: bool) -> Checked:
    holds = check.expect.holds(words.facts) if is_right else None
    if holds is False and not is_answered:
        holds = None
    if holds is False:
        return Checked(check, holds, words.fill(check.message), is_right)
    label = words.service.label_of(check.field)
    code = AS_EXPECTED if holds else CANNOT_KNOW
    return Checked(check, holds, words.catalogue.plain_message(code, label.zh, label.en), is_right)


def _readable(name: str) -> str:
    """JSON can hold half a character."""
    return name.encode("utf-8", "replace").decode()


def _is_of(name: str, field_ids: Collection[str]) -> bool:
    """Whether this field is among these, or a question of this repeat."""
    return any(one == name or one.startswith(f"{name}.") for one in field_ids)
