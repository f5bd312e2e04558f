"""What a service is made of, and where each part stands in its file."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from forms import Field, Service, Text
from forms.repeats import Repeat
from kiosk.checks.finding import Place


def questions_of(service: Service) -> Iterator[tuple[Place, Field]]:
    """Every question as it is written once, those of a repeat too."""
    for at, step in enumerate(service.steps):
        if isinstance(step, Repeat):
            yield from ((("steps", at, "steps", inside), field) for inside, field in enumerate(step.steps))
        else:
            yield ("steps", at), step


def texts_of(part: Any, place: Place = ()) -> Iterator[tuple[Place, Text]]:
    """("steps", 0, "question"), and the text."""
    if isinstance(part, Text):
        yield place, part
    elif isinstance(part, BaseModel):
        for name, info in type(part).model_fields.items():
            yield from texts_of(getattr(part, name), (*place, info.alias or name))
    elif isinstance(part, list | tuple):
        for at, one in enumerate(part):
            yield from texts_of(one, (*place, at))
