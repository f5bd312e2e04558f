"""What has to fit together between the files of the catalogue: found when they are read, not while people wait."""

from collections.abc import Iterator, Sequence
from datetime import date
from importlib import import_module
from string import Formatter

from pydantic import ValidationError

from forms.catalogue import Catalogue
from forms.expressions.answers import AgeAtLeast, Eq, In, Selected
from forms.expressions.conditions import Condition
from forms.expressions.references import named, nodes, satisfied_by
from forms.field import Field
from forms.rules import BOUNDED, COUNTED, all_codes, judge
from forms.service import Service
from forms.texts import Text, wrong_with
from forms.validate import relevant_fields
from forms.values.digit_counts import DigitCount
from protocol.queries import inputs_of


def problems(catalogue: Catalogue) -> Iterator[str]:
    """Everything that does not fit, each as one sentence naming file and place."""
    yield from _of_messages(catalogue)
    of_errands = _of_pictures(catalogue, [errand.picture for errand in catalogue.counters.errands])
    yield from (f"counters.yaml: {problem}" for problem in of_errands)
    for name, choices in catalogue.lists.items():
        for choice in choices:
            if choice.alone:
                yield f"regions.yaml: {name}: {choice.id} cannot be alone: say it in a field with choices of its own."
    for service in catalogue.services.values():
        for problem in _of_service(catalogue, service):
            yield f"{service.id}.yaml: {problem}"


def placeholders(text: str) -> set[str]:
    """The words in braces that the program fills in; ValueError where the braces are wrong."""
    found = set()
    for _, name, layout, conversion in Formatter().parse(text):
        if name is not None:
            if not name.isidentifier() or layout or conversion:
                raise ValueError(f"{{{name}}} is not a plain word in braces")
            found.add(name)
    return found


def _of_messages(catalogue: Catalogue) -> Iterator[str]:
    for code in sorted(all_codes() - set(catalogue.messages)):
        yield f"messages.yaml: it has no message {code!r}; add it in zh and en."
    for code in sorted(set(catalogue.messages) - all_codes()):
        yield f"messages.yaml: nothing uses the message {code!r}; mend its name or take it out."
    for code, text in catalogue.messages.items():
        may = {"label"} if code == "unknown_field" else {"label", "example"}
        may |= {"min", "max"} if code in BOUNDED else set()
        may |= set(DigitCount(1, 1).in_words("", "zh")) if code in COUNTED else set()
        yield from (f"messages.yaml: {code}: {why}" for why in _braces(text, may))


def _braces(text: Text, may: set[str]) -> Iterator[str]:
    for written in (text.zh, text.en):
        try:
            wrong = placeholders(written) - may
        except ValueError as error:
            yield f"the braces in {written!r} are wrong ({error}); use only {_listed(may)}."
        else:
            yield from (f"nothing fills in {{{name}}}; use only {_listed(may)}." for name in sorted(wrong))


def _of_service(catalogue: Catalogue, service: Service) -> Iterator[str]:
    named = [*(one.picture for one in service.prerequisites), *(field.picture for field in service.fields)]
    yield from _of_pictures(catalogue, named)
    if service.group not in catalogue.groups:
        yield f"there is no group {service.group!r}; those of groups.yaml are {', '.join(catalogue.groups)}."
    for field in service.fields:
        if field.choices_from and field.choices_from not in catalogue.lists:
            yield f"field {field.id} takes its choices from {field.choices_from!r}, which regions.yaml does not list."
            return  # nothing below makes sense without them
    for field in service.fields:
        if field.choice_filter:
            yield from _of_filter(catalogue, field, service.field(field.choice_filter))
        offered = [choice.id for choice in catalogue.all_choices(field)]
        if code := judge(field, field.example, offered, date.today()).error:
            yield f"field {field.id}: its own rules refuse its example {field.example!r} ({code})."
    yield from _of_query(catalogue, service)
    for where, condition, beside in _conditions(service):
        yield from (f"{where}: {problem}" for problem in _of_condition(catalogue, service, condition, beside))


def _of_pictures(catalogue: Catalogue, named: Sequence[str]) -> Iterator[str]:
    for picture in sorted({*filter(None, named)} - set(catalogue.pictures)):
        yield f"there is no picture {picture!r}; those of pictures.yaml are {_listed(set(catalogue.pictures))}."


def _of_query(catalogue: Catalogue, service: Service) -> Iterator[str]:
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
            yield f"the query {service.query!r} cannot be asked with {', '.join(asked)}: {wrong_with(error)}."
            return


def _of_filter(catalogue: Catalogue, field: Field, by: Field) -> Iterator[str]:
    if by.type != "choice":
        yield f"field {field.id}: its choice_filter {by.id} is not a choice."
        return
    if not by.required:
        yield f"field {field.id}: its choice_filter {by.id} may be left empty; take out its required."
    if by.relevant not in (None, field.relevant):
        yield f"field {field.id} may be asked when its choice_filter {by.id} is not; give both the same relevant."
    towns = {choice.id for choice in catalogue.all_choices(by)}
    within = {choice.within for choice in catalogue.all_choices(field)}
    for stray in sorted(str(one) for one in within - towns):
        yield f"field {field.id}: a choice is within {stray!r}, which {by.id} does not offer."
    for empty in sorted(towns - within):
        yield f"field {field.id}: there is no choice within {empty!r}; whoever picks that {by.id} could not go on."


def _conditions(service: Service) -> Iterator[tuple[str, Condition, Field | None]]:
    """Each with where it stands; in a repeat also with the field beside whose siblings it looks at."""
    for field in service.fields:
        if field.relevant:
            yield f"field {field.id}", field.relevant, field
    for check in service.checks:
        yield f"check {check.id}", check.expect, None
    for outcome in service.outcomes:
        yield "outcomes", outcome.relevant, None


def _of_condition(catalogue: Catalogue, service: Service, condition: Condition, beside: Field | None) -> Iterator[str]:
    for missing in sorted(named(condition, "parameter") - set(catalogue.parameters)):
        yield f"parameters.yaml does not set {missing!r}."
    for node, _, _ in nodes(condition):
        match node:
            case Eq():
                yield from _of_values(catalogue, service.field(node.eq.field, beside), [node.eq.value])
            case In():
                yield from _of_values(catalogue, service.field(node.in_.field, beside), node.in_.values)
            case Selected():
                yield from _of_values(catalogue, service.field(node.selected.field, beside), [node.selected.value])
            case AgeAtLeast() if not service.field(node.age_at_least.field, beside).kind.tells_age:
                yield f"age_at_least looks at {node.age_at_least.field}, which is no ID number and no birthday."


def _of_values(catalogue: Catalogue, field: Field, values: list[str]) -> Iterator[str]:
    offered = [choice.id for choice in catalogue.all_choices(field)]
    if offered:
        for value in values:
            if value not in offered:
                yield f"{value!r} is not a choice of {field.id}; those are {', '.join(offered)}."


def _listed(names: set[str]) -> str:
    return " and ".join(f"{{{name}}}" for name in sorted(names, reverse=True))
