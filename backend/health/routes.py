"""How the hall is, for whatever watches it."""

from fastapi import APIRouter, Response

from backend.hall.hall import TheHall
from protocol.wire import Health

router = APIRouter()


@router.get("/health", responses={503: {"model": Health, "description": "Forms cannot be stored now"}})
async def health(hall: TheHall, response: Response) -> Health:
    """From memory, whatever else the hall is waiting for."""
    told = hall.watch.health
    response.status_code = 200 if told.stores_forms else 503
    return told
