"""Of conditions and values: what they name is there, and what they compare and compute is of one kind."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from forms.calculations import Calculation
from forms.catalogue import Catalogue
from forms.expressions.answers import (
    Age,
    AgeAtLeast,
    Eq,
    FieldValue,
    In,
    InArea,
    Node,
    ParameterValue,
    Part,
    Selected,
)
from forms.expressions.conditions import (
    TODAY,
    Choose,
    Comparison,
    Condition,
    Difference,
    Expression,
    Largest,
    Product,
    Quotient,
    Rounded,
    Same,
    Smallest,
    Sum,
    Total,
)
from forms.expressions.facts import Value, as_text
from forms.expressions.parameters import as_value, values_of
from forms.expressions.references import nodes, references
from forms.field import Field
from forms.flaws.asked import Asked, unknown
from forms.flaws.of_parameters import FILE
from forms.reading.mistake import Flaw, did_you_mean

Fields = Mapping[str, Field]
Sort = Literal["number", "day", "text", "digits", "several"]  # digits: a text that may be compared with a number
_OF_TYPES: Mapping[str, Sort] = {"amount": "number", "number": "number", "date": "day"}
_AS_SAID: Mapping[Sort, str] = {
    "number": "a number",
    "day": "a day",
    "text": "a text",
    "digits": "a text",
    "several": "several choices",
}


def flaws_of_expression(catalogue: Catalogue, asked: Asked, part: Condition | Expression) -> Iterator[Flaw]:
    """Of a condition or value that may look at what is asked before it; Flaws within it."""
    yield from unknown(asked, part)
    for one in references(part):
        if one.what == "parameter" and one.name not in catalogue.parameters:
            hint = did_you_mean(one.name, catalogue.parameters)
            yield Flaw(one.path, f"{FILE} does not set {one.name!r}", hint, missing=(FILE, one.name))
    for node, path, inside in nodes(part):
        yield from (flaw.under(path) for flaw in _of_node(catalogue, asked.of(inside), node))


def flaws_of_calculation(catalogue: Catalogue, asked: Asked, one: Calculation) -> Iterator[Flaw]:
    """Of a calculation whose earlier ones are in `asked`; Flaws within it."""
    if one.id in {*asked.fields, *asked.repeats, *asked.computed}:
        yield Flaw(("id",), f"{one.id} is there twice", "Give it another id.", one.id)
    flaws = [flaw.under(("calculation",)) for flaw in flaws_of_expression(catalogue, asked, one.calculation)]
    yield from flaws
    if not flaws:
        gives, shown = _sort(catalogue, asked.of(), one.calculation), _OF_TYPES.get(one.type)
        if gives in ("number", "day") and shown != gives:
            hint = "Its type may be amount or number." if gives == "number" else "Its type may be date."
            yield Flaw(("type",), f"{one.id} gives {_AS_SAID[gives]}, which no {one.type} is", hint, one.type)


def flaws_of_bounds(catalogue: Catalogue, field: Field) -> Iterator[Flaw]:
    """Of bounds that are parameters: each is there, and each of its values can be a bound of that kind of field."""
    for end, bound in (("min", field.min), ("max", field.max)):
        if not isinstance(bound, ParameterValue):
            continue
        parameter = catalogue.parameters.get(bound.parameter)
        if parameter is None:
            hint = did_you_mean(bound.parameter, catalogue.parameters)
            said = f"{FILE} does not set {bound.parameter!r}"
            yield Flaw((end, "parameter"), said, hint, missing=(FILE, bound.parameter))
            continue
        for plain in values_of(parameter):
            bounded = field.model_copy(update={end: as_text(as_value(plain))})
            if wrong := field.kind.wrong_settings(bounded):
                yield Flaw((end, "parameter"), f"the parameter {bound.parameter} does not fit: {wrong}")


def _of_node(catalogue: Catalogue, fields: Fields, node: Node) -> Iterator[Flaw]:
    match node:
        case Eq(eq=body):
            yield from _of_choices(catalogue, fields.get(body.field), [body.value])
        case In(in_=body):
            yield from _of_choices(catalogue, fields.get(body.field), body.values)
        case Selected(selected=body):
            yield from _of_choices(catalogue, fields.get(body.field), [body.value])
        case InArea(in_area=body):
            yield from _of_areas(catalogue, fields.get(body.field), body.areas)
        case AgeAtLeast() | Age():
            name = node.age_at_least.field if isinstance(node, AgeAtLeast) else node.age
            if name in fields and not fields[name].kind.tells_age:
                yield Flaw((), f"it asks for the age by {name}, which is no ID number and no birthday", "", name)
        case Comparison():
            yield from _of_comparison(catalogue, fields, node)
        case Sum(sum=parts) | Product(product=parts) | Quotient(quotient=parts):
            yield from _of_numbers(catalogue, fields, parts)
        case Rounded(rounded=body):
            yield from _of_numbers(catalogue, fields, [body.value])


def _of_comparison(catalogue: Catalogue, fields: Fields, node: Comparison) -> Iterator[Flaw]:
    first, second = (_sort(catalogue, fields, one) for one in node.compared)
    if first is None or second is None:
        return
    alike = first == second or {first, second} in ({"text", "digits"}, {"number", "digits"})
    if not alike or "several" in (first, second):
        yield Flaw((), f"it compares {_AS_SAID[first]} with {_AS_SAID[second]}")
    elif not isinstance(node, Same) and not {first, second} & {"number", "day"}:
        yield Flaw((), "texts can only be the same, not less or more", "Use same.")


def _of_numbers(catalogue: Catalogue, fields: Fields, parts: Sequence[Expression]) -> Iterator[Flaw]:
    for one in parts:
        if (sort := _sort(catalogue, fields, one)) not in (None, "number", "digits"):
            yield Flaw((), f"it computes with {_AS_SAID[sort]} as if that were a number")


def _sort(catalogue: Catalogue, fields: Fields, part: Expression | None) -> Sort | None:
    """What a value is; None where that is not known, or does not matter as something else is wrong already."""
    match part:
        case int() | float() | str():
            return "day" if part == TODAY else _sort_of(as_value(part))
        case FieldValue():
            return _of_field(fields.get(part.field))
        case ParameterValue():
            parameter = catalogue.parameters.get(part.parameter)
            return None if parameter is None else _sort_of(as_value(values_of(parameter)[0]))
        case Part():
            return "digits"
        case Smallest(smallest=parts) | Largest(largest=parts):
            return _sort(catalogue, fields, parts[0])
        case Choose():
            return _sort(catalogue, fields, part.choose[0].value or part.choose[0].otherwise)
        case Difference() | Total() | None:
            return "number" if part else None
        case _:
            return "number"


def _of_field(field: Field | None) -> Sort | None:
    if field is None:
        return None
    sort = _sort_of(field.kind.value(field.example)) if field.example else _OF_TYPES.get(field.type)
    return "digits" if sort == "text" and field.kind.digits else sort


def _sort_of(value: Value | None) -> Sort | None:
    match value:
        case None:
            return None
        case Decimal():
            return "number"
        case date():
            return "day"
        case tuple():
            return "several"
        case _:
            return "text"


def _of_choices(catalogue: Catalogue, field: Field | None, values: Sequence[str]) -> Iterator[Flaw]:
    if field is None or (field.listed_in and field.listed_in not in catalogue.lists):
        return  # told already
    offered = [choice.id for choice in catalogue.all_choices(field)]
    for value in values if offered else ():
        if value not in offered:
            said = f"{value!r} is not a choice of {field.id}; those are {', '.join(offered)}"
            yield Flaw((), said, did_you_mean(value, offered), value)


def _of_areas(catalogue: Catalogue, field: Field | None, areas: Sequence[str]) -> Iterator[Flaw]:
    """An area is a choice, or what a choice of a list is within."""
    if field is None or (field.listed_in and field.listed_in not in catalogue.lists):
        return
    known = {choice.id for choice in catalogue.all_choices(field)} | set(catalogue.within.values())
    for area in areas:
        if area not in known:
            said = f"{area!r} is no choice of {field.id}, and no choice is within it"
            yield Flaw((), said, did_you_mean(area, known), area)
