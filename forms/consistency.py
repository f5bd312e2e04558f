"""What has to fit together between the files of the catalogue: found when they are read, not while people wait.

Each flaw says where it stands in its file: `Flaw(("steps", 2, "relevant"), sentence, word="famly")`; `word` is what is
written there, by which the reader finds its line.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from uuid import UUID

from pydantic import ValidationError

from forms.catalogue import Catalogue
from forms.expressions.references import satisfied_by
from forms.field import Choice, Field
from forms.flaws.asked import Asked, not_asked
from forms.flaws.of_expressions import flaws_of_bounds, flaws_of_calculation, flaws_of_expression
from forms.flaws.of_texts import flaws_of_braces, flaws_of_field_texts
from forms.flaws.of_versions import flaws_of_days, flaws_of_version
from forms.home.counters import CounterErrand
from forms.reading.mistake import Flaw, Keys, did_you_mean
from forms.repeats import CHOICES, Repeat
from forms.rules import (
    AS_EXPECTED,
    BOUNDED,
    CANNOT_KNOW,
    COUNTED,
    KEYED,
    SAME_AS_ANOTHER,
    TO_BRING,
    all_codes,
    codes,
    judge,
)
from forms.service import Service
from forms.texts import Text, wrong_with
from forms.validate import relevant_fields
from forms.values.digit_counts import DigitCount
from protocol.queries import NAMES, OfferAnswer, OfficeAnswer, OfficeInputs, SumAnswer, inputs_of


def flaws_of_message(code: str, text: Text) -> Iterator[Flaw]:
    """Of one sentence of messages.yaml; Flaws within its part."""
    if code not in all_codes():
        yield Flaw((), f"nothing uses the message {code!r}", did_you_mean(code, all_codes()) or "Take it out.")
        return
    may = {"label"} if code in ("unknown_field", CANNOT_KNOW, TO_BRING, AS_EXPECTED) else {"label", "example"}
    may |= {"min", "max"} if code in BOUNDED else set()
    may |= set(DigitCount(1, 1).in_words("", "zh")) if code in COUNTED else set()
    yield from flaws_of_braces(text, may)


def flaws_of_errand(catalogue: Catalogue, errand: CounterErrand) -> Iterator[Flaw]:
    """Of one errand of the counters; Flaws within its part."""
    yield from _of_picture(catalogue, errand.picture, ())


def flaws_of_list(_: str, choices: Iterable[Choice]) -> Iterator[Flaw]:
    """Of one list of regions.yaml; Flaws within its part."""
    for number, choice in enumerate(choices):
        if choice.alone:
            hint = "Say it in a field with choices of its own."
            yield Flaw((number, "alone"), f"{choice.id} cannot be alone in a list that fields share", hint)


def flaws_of_service(catalogue: Catalogue, service: Service) -> Iterator[Flaw]:
    """What does not fit in one service, be it offered by the catalogue or not."""
    yield from flaws_of_version(service.version)
    for number, paper in enumerate(service.prerequisites):
        yield from _of_picture(catalogue, paper.picture, ("prerequisites", number))
    if service.group not in catalogue.groups:
        hint = did_you_mean(service.group, catalogue.groups)
        there = ", ".join(catalogue.groups)
        said = f"there is no group {service.group!r}; those of groups.yaml are {there}"
        yield Flaw(("group",), said, hint, missing=("groups.yaml", service.group))
    asked = Asked()
    in_steps = list(_of_steps(catalogue, service, asked))
    yield from in_steps
    for number, one in enumerate(service.calculate):
        before = Asked(asked.fields, asked.repeats, {it.id: it for it in service.calculate[:number]})
        yield from (flaw.under(("calculate", number)) for flaw in flaws_of_calculation(catalogue, before, one))
    if not in_steps:
        yield from _of_query(catalogue, service)
    seen: set[str] = set()
    for number, check in enumerate(service.checks):
        at: Keys = ("checks", number)
        if check.id in seen:
            yield Flaw((*at, "id"), f"check {check.id} is there twice", "Give it another id.")
        seen.add(check.id)
        if check.field not in {*asked.fields, *asked.repeats}:
            yield not_asked(check.field, asked.fields).under((*at, "field"))
        yield from (flaw.under((*at, "expect")) for flaw in flaws_of_expression(catalogue, asked, check.expect))
        yield from (flaw.under(at) for flaw in (*flaws_of_version(check.version), *flaws_of_days(check)))
    for number, outcome in enumerate(service.outcomes):
        at = ("outcomes", number)
        found = flaws_of_expression(catalogue, asked, outcome.relevant)
        yield from (flaw.under((*at, "relevant")) for flaw in found)
        yield from (flaw.under(at) for flaw in flaws_of_days(outcome))
    for keys, text, names in _texts(catalogue, service, asked):
        yield from (flaw.under(keys) for flaw in flaws_of_braces(text, names))


def _texts(catalogue: Catalogue, service: Service, asked: Asked) -> Iterator[tuple[Keys, Text, Iterable[str]]]:
    """Each text beside those of questions: where it stands, and what may stand in braces there."""
    parameters = set(catalogue.parameters)
    everything = parameters | set(asked.of())
    yield ("title",), service.title, ()
    yield ("summary",), service.summary, ()
    for number, paper in enumerate(service.prerequisites):
        yield ("prerequisites", number), paper, parameters
    for number, one in enumerate(service.calculate):
        yield ("calculate", number, "label"), one.label, ()
    for number, check in enumerate(service.checks):
        yield ("checks", number, "message"), check.message, everything
    yield ("next",), service.next, everything
    if service.handled:
        yield ("handled",), service.handled, everything
    for number, outcome in enumerate(service.outcomes):
        yield ("outcomes", number, "next"), outcome.next, everything
        if outcome.handled:
            yield ("outcomes", number, "handled"), outcome.handled, everything
        for place, paper in enumerate(outcome.papers):
            yield ("outcomes", number, "papers", place), paper, everything


def _of_steps(catalogue: Catalogue, service: Service, asked: Asked) -> Iterator[Flaw]:
    """Of all questions; `asked` grows."""
    for number, step in enumerate(service.steps):
        at: Keys = ("steps", number)
        asked.compute(service.calculate)
        is_repeat = isinstance(step, Repeat)
        if step.id in {*asked.fields, *asked.repeats}:
            said = f"{'repeat' if is_repeat else 'field'} {step.id} is there twice"
            yield Flaw((*at, "repeat" if is_repeat else "id"), said, "Give it another id.", step.id)
        if isinstance(step, Repeat):
            if CHOICES not in catalogue.lists:
                yield Flaw(at, f"regions.yaml has no list {CHOICES!r}, which every repeat needs", "Put it back.")
            inside = Asked(dict(asked.fields), asked.repeats, asked.computed)
            for place, one in enumerate(step.steps):
                yield from (flaw.under((*at, "steps", place)) for flaw in _of_field(catalogue, inside, one))
                inside.fields[one.id] = one
            asked.repeats.setdefault(step.id, step)
        else:
            yield from (flaw.under(at) for flaw in _of_field(catalogue, asked, step))
            asked.fields.setdefault(step.id, step)
    asked.compute(service.calculate)


def _of_field(catalogue: Catalogue, asked: Asked, field: Field) -> Iterator[Flaw]:
    """Of one question; `asked` are those asked before it."""
    yield from _of_picture(catalogue, field.picture, ())
    yield from _of_messages(catalogue, field)
    if field.relevant:
        yield from (flaw.under(("relevant",)) for flaw in flaws_of_expression(catalogue, asked, field.relevant))
    yield from flaws_of_field_texts(field, {*asked.of(), *catalogue.parameters})
    if field.kind.listed_in:
        listed = {choice.id for choice in catalogue.lists.get(field.kind.listed_in, ())}
        for one in sorted(set(field.kind.offered) - listed):
            said = f"regions.yaml: the list {field.kind.listed_in!r} has no {one!r}, which every {field.type} needs"
            yield Flaw(("type",), said, "Put it back.")
            return
    if field.choices_from and field.choices_from not in catalogue.lists:
        there = ", ".join(catalogue.lists)
        yield Flaw(
            ("choices_from",),
            f"field {field.id} takes its choices from {field.choices_from!r}, which regions.yaml does not list",
            did_you_mean(field.choices_from, catalogue.lists) or f"It lists: {there}.",
            missing=("regions.yaml", field.choices_from),
        )
        return  # nothing below makes sense without them
    if field.told_by:
        yield from _of_teller("told_by", field.told_by, SumAnswer, "an amount", asked)
    if field.offered_by:
        yield from _of_teller("offered_by", field.offered_by, OfferAnswer, "how many are left", asked)
    if field.choice_filter:
        by = asked.fields.get(field.choice_filter)
        if by is None:
            yield not_asked(field.choice_filter, asked.fields).under(("choice_filter",))
        elif not (by.choices_from and by.choices_from not in catalogue.lists):
            yield from _of_filter(catalogue, field, by)
    in_bounds = list(flaws_of_bounds(catalogue, field))
    yield from in_bounds
    if in_bounds:
        return
    today = date.today()
    bounded = catalogue.bounded(field, today)
    offered = [choice.id for choice in catalogue.all_choices(bounded)]
    if code := judge(bounded, field.example, offered, today).error:
        said = f"the example {field.example!r} of {field.id} is not taken: {_told(catalogue, field, code)}"
        yield Flaw(("example",), said, did_you_mean(field.example, offered))


def _told(catalogue: Catalogue, field: Field, code: str) -> str:
    """What a visitor would be told of the example as an answer, without an example."""
    if code not in catalogue.messages:
        return code
    said = catalogue.message(code, catalogue.bounded(field, date.today()), field.example).en
    return f"“{said.partition(' For example:')[0]}”"


def _of_messages(catalogue: Catalogue, field: Field) -> Iterator[Flaw]:
    always = {"not_text", "unknown_field", CANNOT_KNOW, SAME_AS_ANOTHER, TO_BRING, AS_EXPECTED}
    for code in sorted({*codes(field), *KEYED, *always} - set(catalogue.messages)):
        yield Flaw(
            ("type",), f"messages.yaml has no message {code!r} for what is answered here", "Add it in zh and en."
        )


def _of_teller(key: str, query: str, gives: type[OfficeAnswer], what: str, asked: Asked) -> Iterator[Flaw]:
    """The query that tells something of a question is asked with answers that were given before."""
    able = sorted(one for one in NAMES if issubclass(import_module(f"protocol.queries.{one}").Answer, gives))
    if query not in able:
        hint = did_you_mean(query, able) or f"Those that tell it: {', '.join(able)}."
        yield Flaw((key,), f"there is no query {query!r} that tells {what}", hint)
        return
    inputs = import_module(f"protocol.queries.{query}").Inputs
    for name in sorted(inputs.model_fields.keys() - OfficeInputs.model_fields.keys() - asked.fields.keys()):
        told = f"the query {query!r} needs {name!r}, which no question before this one asks"
        yield Flaw((key,), told, f"Ask {name} first.")


def _of_picture(catalogue: Catalogue, picture: str, at: Keys) -> Iterator[Flaw]:
    if picture and picture not in catalogue.pictures:
        there = ", ".join(sorted(catalogue.pictures))
        hint = did_you_mean(picture, catalogue.pictures)
        said = f"there is no picture {picture!r}; those of pictures.yaml are {there}"
        yield Flaw((*at, "picture"), said, hint, missing=("pictures.yaml", picture))


def _of_query(catalogue: Catalogue, service: Service) -> Iterator[Flaw]:
    """Whichever way the examples lead, what was answered has to be what the query takes."""
    if service.query is None:
        return
    inputs = import_module(f"protocol.queries.{service.query}").Inputs
    examples = {field.id: field.example for field in service.fields}
    for chosen in ({}, *(satisfied_by(field.relevant) for field in service.fields)):
        answers = examples | chosen
        asked = [field.id for field in relevant_fields(catalogue, service, answers, date.today())]
        try:
            inputs_of({"id": str(UUID(int=0))} | {name: answers[name] for name in asked}, inputs)
        except ValidationError as error:
            said = f"the query {service.query!r} cannot be asked with {', '.join(asked)}: {wrong_with(error)}"
            yield Flaw(("query",), said)
            return


def _of_filter(catalogue: Catalogue, field: Field, by: Field) -> Iterator[Flaw]:
    at: Keys = ("choice_filter",)
    if by.type != "choice":
        yield Flaw(at, f"the choice_filter {by.id} of {field.id} is not a choice")
        return
    if not by.required:
        yield Flaw(at, f"the choice_filter {by.id} of {field.id} may be left empty", "Take out its required.")
    if by.relevant not in (None, field.relevant):
        said = f"field {field.id} may be asked when its choice_filter {by.id} is not"
        yield Flaw(at, said, "Give both the same relevant.")
    towns = {choice.id for choice in catalogue.all_choices(by)}
    within = {choice.within for choice in catalogue.all_choices(field)}
    for stray in sorted(str(one) for one in within - towns):
        said = f"a choice of {field.id} is within {stray!r}, which {by.id} does not offer"
        yield Flaw(at, said, did_you_mean(stray, towns))
    for empty in sorted(towns - within):
        yield Flaw(at, f"no choice of {field.id} is within {empty!r}; whoever picks that {by.id} could not go on")
