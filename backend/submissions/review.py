"""A staff member reads a form: private answers are masked, each look and each uncovering leaves an audit row."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select

from backend.accounts.permissions import Staff
from backend.audit.log import note
from backend.decisions.log import verdicts
from backend.foundation.errors import UnknownError
from backend.foundation.words import filled, words_of, words_of_day
from backend.hall.hall import Hall
from backend.reading.breaker import take_reading
from backend.reading.limits import Tier
from backend.submissions.opening import Opened, UnreadError, open_form, sealed_as
from backend.submissions.stored import stored
from backend.submissions.tables import Submission, Witness
from forms import Field, Problem, mask
from forms.calculations import Calculation
from forms.fields.material import to_bring
from forms.fields.signature import MARK
from forms.people.agents import AGENT
from forms.repeats import MemberField, opens_another
from forms.service import Check
from forms.values.signatures import Line, read_signature
from protocol.wire import AnswerSource, Words


class Mark(BaseModel):
    """In place of a signature: who of staff saw it made, and when; None for nobody yet."""

    witness: str | None = None
    at: AwareDatetime | None = None


class Answer(BaseModel):
    """`member` says whom it is about where that is one of several people or who acts for another; `is_masked` that
    `reveal` would show more.

    `ink` are the lines of a signature (forms.values.signatures). `source` says where the answer came from, where it was
    not put in on this form and day.
    """

    field: str
    label: Words
    member: Words | None
    value: Words
    is_masked: bool
    ink: list[Line] = []
    mark: Mark | None = None
    source: Words | None = None
    on_record: Words | None = None


class Revealed(Words):
    """One answer in full, what is on record instead, and the lines where it is a signature."""

    ink: list[Line]
    on_record: Words | None


class Form(BaseModel):
    """An opened form, and in plain words what a person should look at."""

    answers: list[Answer]
    problems: list[Words]
    to_bring: list[Words] = []
    verdict: Words | None = None  # what the pre-check said when it came; None where it could not be judged
    rules: list[Words] = []  # those by which a person should look: what for, by which law, who looks after them


def open_masked(hall: Hall, submission_id: UUID, staff: Staff) -> Form:
    """UnknownError when there is no such submission, UnopenedError when it cannot be opened. One that this hall cannot
    read yet has no answers, and says so.
    """
    row = looked_at(hall, submission_id, staff, "open", "", Tier.L3)
    return _form(hall, row, covered=True)


def read_in_full(hall: Hall, row: Submission) -> Form:
    """The same with nothing covered, for the person whose form it is. The caller writes the look down."""
    return _form(hall, row, covered=False)


def _form(hall: Hall, row: Submission, covered: bool) -> Form:
    try:
        opened = open_form(hall, sealed_as(hall, row))
    except UnreadError as error:
        return Form(answers=[], problems=[error.words])
    given = (field for field in opened.service.possible_fields if field.id in opened.form.answers)
    answers = [
        _answer(hall, opened, field, _value(opened, field.id), covered) for field in given if not opens_another(field)
    ]
    _add_witnesses(hall, row.id, answers)
    answers += [_calculated(hall, opened, one, covered) for one in opened.service.calculate if one.shown]
    answers += [_unlabelled(opened, name, covered) for name in opened.form.answers if not opened.service.asks(name)]
    problems = [_problem(hall, opened, one) for one in (*opened.report.errors, *opened.report.warnings)]
    if not opened.rules.are_its_own:
        problems.insert(0, hall.page_words["definition_guessed"])
    problems += [_unknown(hall, one) for one in opened.rules.unknown]
    missing = to_bring(opened.service.possible_fields, opened.report.normalised)
    bring = [_paper(hall, opened, field) for field in missing]
    with hall.database.read() as session:
        said = verdicts(session, [row.id]).get(row.id)
    verdict = hall.page_words[f"verdict_{said}"] if said else None
    rules = [_rule(hall, one.check) for one in opened.report.checked if one.warning]
    return Form(answers=answers, problems=problems, to_bring=bring, verdict=verdict, rules=rules)


def _unknown(hall: Hall, check: Check) -> Words:
    return _filled(hall.page_words["rule_unknown"], rule=check.id, version=check.version)


def _rule(hall: Hall, check: Check) -> Words:
    """What is said of the rule, where it says it."""
    words = hall.page_words
    parts = [_filled(words["rule_told"], rule=check.purpose or check.id, version=check.version)]
    for key, text in (("source", check.source), ("owner", check.owner)):
        parts += [_filled(words[f"rule_{key}"], text=text)] if text else []
    parts += [words[f"rule_risk_{check.risk}"]] if check.risk else []
    return Words(zh="；".join(one.zh for one in parts), en="; ".join(one.en for one in parts))


def _filled(words: Words, **values: object) -> Words:
    return Words(zh=words.zh.format(**values), en=words.en.format(**values))


def masked_tiers(opened: Opened) -> Iterator[Tier]:
    """Of each answer that is covered how private it is."""
    computed = [one.id for one in opened.service.calculate if one.shown and opened.report.calculated[one.id]]
    for name in (*opened.form.answers, *computed):
        value, field = _answer_to(opened, name)
        tier = _tier_of(field)
        if tier and (field is None or mask(field, value) != value):
            yield tier


def _add_witnesses(hall: Hall, submission_id: UUID, answers: Sequence[Answer]) -> None:
    marks = {one.field: one for one in answers if one.mark}
    if marks:
        with hall.database.read() as session:
            for seen in session.scalars(select(Witness).where(Witness.submission == submission_id)):
                if seen.field in marks:
                    marks[seen.field].mark = Mark(witness=seen.who, at=seen.at)


def _paper(hall: Hall, opened: Opened, field: Field) -> Words:
    """What is still to be brought, and by whom."""
    how = _written(hall, opened, field, opened.report.normalised[field.id])
    return Words(zh=f"{field.label.zh}：{how.zh}", en=f"{field.label.en}: {how.en}")


def reveal(hall: Hall, submission_id: UUID, field_id: str, staff: Staff) -> Revealed:
    """One answer in full; UnknownError when the form has no such answer."""
    with hall.database.read() as session:
        row = stored(session, submission_id)
    opened = open_form(hall, sealed_as(hall, row))
    value, field = _answer_to(opened, field_id)
    looked_at(hall, submission_id, staff, "reveal", field_id, _tier_of(field))
    if field is None:
        return Revealed(zh=value, en=value, ink=[], on_record=None)
    words, on_record = _written(hall, opened, field, value), _on_record(hall, opened, field, covered=False)
    return Revealed(zh=words.zh, en=words.en, ink=_ink(field, value), on_record=on_record)


def _ink(field: Field, value: str) -> list[Line]:
    return list(read_signature(value) or ()) if field.type == "signature" else []


def _answer_to(opened: Opened, field_id: str) -> tuple[str, Field | None]:
    """What was answered or computed, and the question; None for one that this definition does not ask."""
    if value := opened.report.calculated.get(field_id):
        return value, opened.service.calculations[field_id].field
    if field_id not in opened.form.answers:
        raise UnknownError
    field = opened.service.field(field_id) if opened.service.asks(field_id) else None
    return _value(opened, field_id), field


def _tier_of(field: Field | None) -> Tier | None:
    """What the circuit breaker counts: how private an unknown answer is, nobody knows, so it counts as sensitive."""
    if field is None:
        return Tier.L4
    return Tier(field.tier) if field.tier in set(Tier) else None


def looked_at(hall: Hall, submission_id: UUID, staff: Staff, action: str, detail: str, tier: Tier | None) -> Submission:
    """The submission, once the look is counted and written down. SlowReadingError, ReadingStoppedError."""
    with hall.database.write() as session:
        row = stored(session, submission_id)
        refusal = take_reading(session, hall, staff.name, tier) if tier else None
        if refusal is None:
            note(session, hall, staff.name, action, row.id, detail)
    if refusal:
        hall.feed.wake()
        raise refusal
    return row


def shown(hall: Hall, opened: Opened, field: Field, value: str) -> Answer:
    """An answer to one of its questions as staff see it, private ones masked."""
    return _answer(hall, opened, field, value, covered=True)


def _calculated(hall: Hall, opened: Opened, calculation: Calculation, covered: bool) -> Answer:
    """What was computed of the answers; that it is not known, or empty, where it is."""
    value = opened.report.calculated[calculation.id]
    if value:
        return _answer(hall, opened, calculation.field, value, covered)
    instead = hall.catalogue.messages["not_known_yet" if value is None else "left_empty"]
    label = words_of(calculation.label)
    words = words_of(instead)
    return Answer(field=calculation.id, label=label, member=None, value=words, is_masked=False)


def _answer(hall: Hall, opened: Opened, field: Field, value: str, covered: bool) -> Answer:
    shown = mask(field, value) if covered else value
    return Answer(
        field=field.id,
        label=words_of(field.label),
        member=_member(hall, field),
        value=_written(hall, opened, field, value) if shown == value else Words(zh=shown, en=shown),
        is_masked=shown != value,
        ink=_ink(field, value) if shown == value else [],
        mark=Mark() if field.type == "signature" and value == MARK else None,
        source=_source(hall, opened.form.sources.get(field.id)),
        on_record=_on_record(hall, opened, field, covered),
    )


def _on_record(hall: Hall, opened: Opened, field: Field, covered: bool) -> Words | None:
    """What an office has instead; covered as the answer is, since one of the two is right."""
    source = opened.form.sources.get(field.id)
    if source is None or source.on_record is None:
        return None
    value, as_of = source.on_record.value, source.on_record.as_of
    shown = mask(field, value) if covered else value
    words = _written(hall, opened, field, value) if shown == value else Words(zh=shown, en=shown)
    told = filled(hall.page_words["on_record"], value=words)
    if as_of is None:
        return told
    day = words_of_day(as_of)
    return Words(zh=f"{told.zh}（{day.zh}）", en=f"{told.en} ({day.en})")


def _source(hall: Hall, told: AnswerSource | None) -> Words | None:
    """Where an answer came from, in words; a newer kiosk may know sources that have none here."""
    if told is None:
        return None
    words = hall.page_words
    key = "source_card_read" if told.source == "card" and told.checked else f"source_{told.source}"
    parts = [words.get(key, Words(zh=told.source, en=told.source))]
    if told.at:
        parts.append(words_of_day(told.at))
    parts += [words["source_reused"]] if told.reused else []
    return Words(zh="，".join(one.zh for one in parts), en=", ".join(one.en for one in parts))


def _member(hall: Hall, field: Field) -> Words | None:
    """Whom an answer is about, where that is one of several people, or who acts for another."""
    if field.whose == AGENT:
        return hall.page_words["agent"]
    if not isinstance(field, MemberField) or not field.place:
        return None
    label, words = field.repeat.label, hall.page_words["member"]
    name = label.en[0].upper() + label.en[1:]
    return Words(
        zh=words.zh.format(place=field.place, label=label.zh), en=words.en.format(place=field.place, label=name)
    )


def _problem(hall: Hall, opened: Opened, problem: Problem) -> Words:
    message, service = problem.message, opened.service
    member = _member(hall, service.field(problem.field)) if service.asks(problem.field) else None
    if member is None:
        return words_of(message)
    return Words(zh=f"{member.zh}：{message.zh}", en=f"{member.en}: {message.en}")


def _unlabelled(opened: Opened, name: str, covered: bool) -> Answer:
    """An answer to no question of this definition: how private it is, nobody knows."""
    value = _value(opened, name)
    shown = "*" * max(len(value), 1) if covered else value
    words = Words(zh=shown, en=shown)
    return Answer(field=name, label=Words(zh=name, en=name), member=None, value=words, is_masked=covered)


def _value(opened: Opened, name: str) -> str:
    raw = opened.form.answers[name]
    return opened.report.normalised.get(name) or (raw if isinstance(raw, str) else json.dumps(raw))


def _written(hall: Hall, opened: Opened, field: Field, value: str) -> Words:
    """Choices by their labels, amounts, days, a consent, a signature and nothing at all as people read them; anything
    else as it is."""
    words = hall.page_words
    if not value:
        return words["left_out"]
    if chosen := opened.rules.catalogue.chosen(field, value, opened.report.normalised):
        return Words(zh="、".join(one.label.zh for one in chosen), en=", ".join(one.label.en for one in chosen))
    if field.type == "consent":
        return words["agreed" if value == "yes" else "not_agreed"]
    if value == field.kind.none:
        return words[f"none_{field.type}"]
    if field.type == "half_day" or _ink(field, value) or isinstance(field.kind.value(value), Decimal | date):
        return Words(zh=field.kind.in_words(field, value, "zh"), en=field.kind.in_words(field, value, "en"))
    return Words(zh=value, en=value)
