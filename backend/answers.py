"""Which refusals a route may answer with beside its own, for the API's description of itself (/openapi.json).

They follow from what stands before the route; what it refuses by itself stands there, as its `responses`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from backend.accounts.guard import from_our_page, in_known_browser, signed_in

_ANY = {421: "Not a name of this hall", 503: "The database takes nothing just now"}
_WITH_BODY = {400: "No JSON", 408: "It came too slowly", 413: "It is too large"}
_CHANGING = {429: "Too often: wait as Retry-After says"}
_OF_STAFF = {401: "Nobody is logged in", 403: "Not from the staff page, or not with this role"}
_OF_STAFF_BY_NUMBER = {404: "There is none under this number"}
_STAFF = {from_our_page, in_known_browser, signed_in}


class DescribedApp(FastAPI):
    """Tells all that its routers may answer."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            document = super().openapi()
            for route in _routes(self.state.routers):
                for method in route.methods or ():
                    responses = document["paths"][route.path_format][method.lower()]["responses"]
                    for status, why in refusals(route).items():
                        responses.setdefault(str(status), {"description": why})
        return super().openapi()


def refusals(route: APIRoute) -> dict[int, str]:
    """By their status."""
    found = dict(_ANY)
    if route.methods != {"GET"}:
        found |= _CHANGING
        if route.body_field or route.openapi_extra:
            found |= _WITH_BODY
    if _STAFF & set(_calls(route.dependant)):
        found |= _OF_STAFF
        if route.dependant.path_params:
            found |= _OF_STAFF_BY_NUMBER
    return found


def _routes(routers: Iterable[Any]) -> Iterator[APIRoute]:
    return (
        route
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute) and route.include_in_schema
    )


def _calls(dependant: Dependant) -> Iterator[Callable[..., Any] | None]:
    for one in dependant.dependencies:
        yield one.call
        yield from _calls(one)
