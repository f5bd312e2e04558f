"""One route a query, found by its name. Who asks is judged here, before any query answers."""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from fastapi import APIRouter

from backend.foundation.settings import Settings
from backend.hall.hall import TheHall
from backend.kiosks.levels import LEVEL_TOO_LOW, TheVisitor
from backend.kiosks.signed import NOT_ADMITTED
from backend.queries import NAMES
from protocol.queries import QueryInputs
from protocol.wire import WireAnswer

router = APIRouter(responses=NOT_ADMITTED | LEVEL_TOO_LOW)
_QUERIES = {name: import_module(f"backend.queries.{name}") for name in sorted(NAMES)}


def _route(query: ModuleType, said: ModuleType) -> Callable[..., WireAnswer]:
    """`query` answers what `said`, its module of protocol.queries, has as Inputs."""

    def ask(hall: TheHall, visitor: TheVisitor, inputs: QueryInputs) -> WireAnswer:
        visitor.must_reach(inputs.needs, inputs.shown_by)
        answer: WireAnswer = query.answer(hall, visitor, inputs)
        return answer

    ask.__annotations__ |= {"inputs": said.Inputs, "return": said.Answer}
    return ask


for name, query in _QUERIES.items():
    said = import_module(f"protocol.queries.{name}")
    router.add_api_route(f"/queries/{name}", _route(query, said), methods=["POST"], name=name)


def check_data(settings: Settings) -> None:
    """Read every data file of the queries once; SetupError tells the county what is wrong before the hall serves."""
    for query in _QUERIES.values():
        if hasattr(query, "read"):
            query.read(settings)
