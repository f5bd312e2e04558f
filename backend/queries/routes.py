"""One route a query, found by its name."""

from importlib import import_module

from fastapi import APIRouter, Depends

from backend.foundation.settings import Settings
from backend.kiosks.signed import NOT_ADMITTED, the_kiosk
from backend.queries import NAMES

router = APIRouter(dependencies=[Depends(the_kiosk)], responses=NOT_ADMITTED)
_QUERIES = {name: import_module(f"backend.queries.{name}") for name in sorted(NAMES)}
for name, query in _QUERIES.items():
    router.add_api_route(f"/queries/{name}", query.answer, methods=["POST"], name=name)


def check_data(settings: Settings) -> None:
    """Read every data file of the queries once; SetupError tells the county what is wrong before the hall serves."""
    for query in _QUERIES.values():
        if hasattr(query, "read"):
            query.read(settings)
