"""What a kiosk may ask the hall: one module a query, with its `Inputs` and its `Answer`.

The module's name is the query's: `POST /queries/<name>` with `Inputs` gives `Answer`, and `backend/queries/<name>.py`
answers it.
"""

from collections.abc import Mapping
from pkgutil import iter_modules
from typing import TypeVar

from pydantic import BaseModel

NAMES = frozenset(module.name for module in iter_modules(__path__))
M = TypeVar("M", bound=BaseModel)


def inputs_of(answers: Mapping[str, str], inputs: type[M]) -> M:
    """What a query takes of a visitor's answers, by field; ValidationError when that does not suffice."""
    return inputs.model_validate({name: answers[name] for name in inputs.model_fields if name in answers})
