"""What kiosks fetch: the notice of the newest list of files, then the list and the files that they lack."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import StringConstraints

from backend.catalogue import service
from backend.hall.hall import TheHall
from backend.kiosks.signed import NOT_ADMITTED, the_kiosk
from backend.rules.register import told_to_kiosks
from protocol.catalogue import CatalogueNotice
from protocol.rules import RegisteredRules

router = APIRouter(dependencies=[Depends(the_kiosk)], responses=NOT_ADMITTED)
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@router.get("/catalogue/rules")
def registered_rules(hall: TheHall) -> RegisteredRules:
    """Which checks of the county count, signed."""
    return told_to_kiosks(hall)


@router.get("/catalogue", responses={404: {"description": "Nothing was ever published"}})
def newest(hall: TheHall) -> CatalogueNotice:
    return service.newest_notice(hall)


@router.get(
    "/catalogue/files/{digest}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}, 404: {"description": "No such file"}},
)
def file(hall: TheHall, digest: Digest) -> Response:
    return Response(service.file_of(hall, digest), media_type="application/octet-stream")
