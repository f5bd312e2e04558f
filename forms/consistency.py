"""What has to fit together between the files of the catalogue: found when they are read, not while people wait.

Each flaw says where it stands in its file: `Flaw(("steps", 2, "relevant"), sentence, word="famly")`; `word` is what is
written there, by which the reader finds its line.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from string import Formatter

from pydantic import ValidationError

from forms.catalogue import Catalogue
from forms.counters import CounterErrand
from forms.expressions.answers import AgeAtLeast, Eq, In, Selected
from forms.expressions.conditions import Condition
from forms.expressions.references import nodes, references, satisfied_by
from forms.field import Choice, Field
from forms.reading.mistake import Flaw, Keys, did_you_mean
from forms.repeats import CHOICES, Repeat
from forms.rules import BOUNDED, COUNTED, KEYED, all_codes, codes, judge
from forms.service import Service
from forms.texts import Text, wrong_with
from forms.validate import relevant_fields
from forms.values.digit_counts import DigitCount
from protocol.queries import inputs_of


def placeholders(text: str) -> set[str]:
    """The words in braces that the program fills in; ValueError where the braces are wrong."""
    found = set()
    for _, name, layout, conversion in Formatter().parse(text):
        if name is not None:
            if not name.isidentifier() or layout or conversion:
                raise ValueError(f"{{{name}}} is not a plain word in braces")
            found.add(name)
    return found


def flaws_of_message(code: str, text: Text) -> Iterator[Flaw]:
    """Of one sentence of messages.yaml; Flaws within its part."""
    if code not in all_codes():
        yield Flaw((), f"nothing uses the message {code!r}", did_you_mean(code, all_codes()) or "Take it out.")
        return
    may = {"label"} if code == "unknown_field" else {"label", "example"}
    may |= {"min", "max"} if code in BOUNDED else set()
    may |= set(DigitCount(1, 1).in_words("", "zh")) if code in COUNTED else set()
    yield from flaws_of_braces(text, may)


def flaws_of_braces(text: Text, may: set[str]) -> Iterator[Flaw]:
    """Of a text in which the program fills in some words."""
    for lang, written in (("zh", text.zh), ("en", text.en)):
        try:
            wrong = placeholders(written) - may
        except ValueError as error:
            yield Flaw((lang,), f"the braces in {written!r} are wrong ({error})", f"Use only {_listed(may)}.")
        else:
            for name in sorted(wrong):
                yield Flaw(
                    (lang,), f"nothing fills in {{{name}}}", did_you_mean(name, may) or f"Use only {_listed(may)}."
                )


def flaws_of_errand(catalogue: Catalogue, errand: CounterErrand) -> Iterator[Flaw]:
    """Of one errand of the counters; Flaws within its part."""
    yield from _of_picture(catalogue, errand.picture, ())


def flaws_of_list(_: str, choices: Iterable[Choice]) -> Iterator[Flaw]:
    """Of one list of regions.yaml; Flaws within its part."""
    for number, choice in enumerate(choices):
        if choice.alone:
            hint = "Say it in a field with choices of its own."
            yield Flaw((number, "alone"), f"{choice.id} cannot be alone in a list that fields share", hint)


@dataclasses.dataclass
class Asked:
    """What may be named at one place of a service: what is asked before it."""

    fields: dict[str, Field] = dataclasses.field(default_factory=dict)
    repeats: dict[str, Repeat] = dataclasses.field(default_factory=dict)

    def of(self, repeat: str = "") -> dict[str, Field]:
        """The fields by how they are named, among the members of a repeat where one is given."""
        members = self.repeats[repeat].steps if repeat in self.repeats else ()
        return {**self.fields, **{field.id: field for field in members}}


def flaws_of_service(catalogue: Catalogue, service: Service) -> Iterator[Flaw]:
    """What does not fit in one service, be it offered by the catalogue or not."""
    for number, paper in enumerate(service.prerequisites):
        yield from _of_picture(catalogue, paper.picture, ("prerequisites", number))
    if service.group not in catalogue.groups:
        hint = did_you_mean(service.group, catalogue.groups)
        there = ", ".join(catalogue.groups)
        yield Flaw(("group",), f"there is no group {service.group!r}; those of groups.yaml are {there}", hint)
    asked = Asked()
    in_steps = list(_of_steps(catalogue, service, asked))
    yield from in_steps
    if not in_steps:
        yield from _of_query(catalogue, service)
    seen: set[str] = set()
    for number, check in enumerate(service.checks):
        at: Keys = ("checks", number)
        if check.id in seen:
            yield Flaw((*at, "id"), f"check {check.id} is there twice", "Give it another id.")
        seen.add(check.id)
        if check.field not in {*asked.fields, *asked.repeats}:
            yield _not_asked(check.field, asked.fields).under((*at, "field"))
        yield from (flaw.under((*at, "expect")) for flaw in _of_condition(catalogue, asked, check.expect))
    for number, outcome in enumerate(service.outcomes):
        at = ("outcomes", number, "relevant")
        yield from (flaw.under(at) for flaw in _of_condition(catalogue, asked, outcome.relevant))


def _of_steps(catalogue: Catalogue, service: Service, asked: Asked) -> Iterator[Flaw]:
    """Of all questions; `asked` grows."""
    for number, step in enumerate(service.steps):
        at: Keys = ("steps", number)
        is_repeat = isinstance(step, Repeat)
        if step.id in {*asked.fields, *asked.repeats}:
            said = f"{'repeat' if is_repeat else 'field'} {step.id} is there twice"
            yield Flaw((*at, "repeat" if is_repeat else "id"), said, "Give it another id.", step.id)
        if isinstance(step, Repeat):
            if CHOICES not in catalogue.lists:
                yield Flaw(at, f"regions.yaml has no list {CHOICES!r}, which every repeat needs", "Put it back.")
            inside = Asked(dict(asked.fields), asked.repeats)
            for place, one in enumerate(step.steps):
                yield from (flaw.under((*at, "steps", place)) for flaw in _of_field(catalogue, inside, one))
                inside.fields[one.id] = one
            asked.repeats.setdefault(step.id, step)
        else:
            yield from (flaw.under(at) for flaw in _of_field(catalogue, asked, step))
            asked.fields.setdefault(step.id, step)


def _of_field(catalogue: Catalogue, asked: Asked, field: Field) -> Iterator[Flaw]:
    """Of one question; `asked` are those asked before it."""
    yield from _of_picture(catalogue, field.picture, ())
    yield from _of_messages(catalogue, field)
    if field.relevant:
        yield from (flaw.under(("relevant",)) for flaw in _of_condition(catalogue, asked, field.relevant))
    if field.choices_from and field.choices_from not in catalogue.lists:
        there = ", ".join(catalogue.lists)
        yield Flaw(
            ("choices_from",),
            f"field {field.id} takes its choices from {field.choices_from!r}, which regions.yaml does not list",
            did_you_mean(field.choices_from, catalogue.lists) or f"It lists: {there}.",
        )
        return  # nothing below makes sense without them
    if field.choice_filter:
        by = asked.fields.get(field.choice_filter)
        if by is None:
            yield _not_asked(field.choice_filter, asked.fields).under(("choice_filter",))
        elif not (by.choices_from and by.choices_from not in catalogue.lists):
            yield from _of_filter(catalogue, field, by)
    offered = [choice.id for choice in catalogue.all_choices(field)]
    if code := judge(field, field.example, offered, date.today()).error:
        hint = did_you_mean(field.example, offered)
        yield Flaw(("example",), f"the rules of {field.id} refuse its example {field.example!r} ({code})", hint)


def _of_messages(catalogue: Catalogue, field: Field) -> Iterator[Flaw]:
    for code in sorted({*codes(field), *KEYED, "not_text", "unknown_field"} - set(catalogue.messages)):
        yield Flaw(
            ("type",), f"messages.yaml has no message {code!r} for what is answered here", "Add it in zh and en."
        )


def _of_picture(catalogue: Catalogue, picture: str, at: Keys) -> Iterator[Flaw]:
    if picture and picture not in catalogue.pictures:
        there = ", ".join(sorted(catalogue.pictures))
        hint = did_you_mean(picture, catalogue.pictures)
        yield Flaw((*at, "picture"), f"there is no picture {picture!r}; those of pictures.yaml are {there}", hint)


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
            inputs_of({name: answers[name] for name in asked}, inputs)
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


def _of_condition(catalogue: Catalogue, asked: Asked, condition: Condition) -> Iterator[Flaw]:
    """Of a condition that may look at what is asked before it."""
    for one in references(condition):
        match one.what:
            case "field" if one.name not in asked.of(one.inside):
                yield _not_asked(one.name, asked.of(one.inside)).under(one.path)
            case "repeat" if one.name not in asked.repeats:
                hint = did_you_mean(one.name, asked.repeats)
                yield Flaw(one.path, f"there is no repeat {one.name!r} before it", hint)
            case "parameter" if one.name not in catalogue.parameters:
                hint = did_you_mean(one.name, catalogue.parameters)
                yield Flaw(one.path, f"parameters.yaml does not set {one.name!r}", hint)
    for node, path, inside in nodes(condition):
        known = asked.of(inside)
        match node:
            case Eq() if looked_at := known.get(node.eq.field):
                yield from _of_values(catalogue, looked_at, [node.eq.value], path)
            case In() if looked_at := known.get(node.in_.field):
                yield from _of_values(catalogue, looked_at, node.in_.values, path)
            case Selected() if looked_at := known.get(node.selected.field):
                yield from _of_values(catalogue, looked_at, [node.selected.value], path)
            case AgeAtLeast() if (looked_at := known.get(node.age_at_least.field)) and not looked_at.kind.tells_age:
                said = f"age_at_least looks at {looked_at.id}, which is no ID number and no birthday"
                yield Flaw(path, said, "", looked_at.id)


def _not_asked(name: str, asked: Iterable[str]) -> Flaw:
    hint = did_you_mean(name, asked) or f"Asked before it are: {', '.join(asked) or 'none'}."
    return Flaw((), f"it names {name}, which is not asked before it", hint)


def _of_values(catalogue: Catalogue, field: Field, values: list[str], at: Keys) -> Iterator[Flaw]:
    if field.choices_from and field.choices_from not in catalogue.lists:
        return  # told already
    offered = [choice.id for choice in catalogue.all_choices(field)]
    for value in values if offered else ():
        if value not in offered:
            said = f"{value!r} is not a choice of {field.id}; those are {', '.join(offered)}"
            yield Flaw(at, said, did_you_mean(value, offered), value)


def _listed(names: set[str]) -> str:
    return " and ".join(f"{{{name}}}" for name in sorted(names, reverse=True))
