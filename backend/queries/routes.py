"""One route a query, found by its name."""

from importlib import import_module

from fastapi import APIRouter

from backend.queries import NAMES

router = APIRouter()
for name in sorted(NAMES):
    query = import_module(f"backend.queries.{name}")
    router.add_api_route(f"/queries/{name}", query.answer, methods=["POST"], name=name)
