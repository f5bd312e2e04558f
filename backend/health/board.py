"""What is the matter with the hall itself, as the staff page shows it."""

from typing import Annotated, Literal

from fastapi import APIRouter

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.hall.hall import TheHall

router = APIRouter()


@router.get("/staff/health")
def troubles(
    hall: TheHall, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]
) -> list[Literal["database", "disk", "memory"]]:
    """What does not work: its database, its disk; "memory": calls that are kept in memory alone for now."""
    health = hall.watch.health
    found: list[Literal["database", "disk", "memory"]] = []
    if not health.database:
        found.append("database")
    if not health.disk:
        found.append("disk")
    if hall.memory.names():
        found.append("memory")
    return found
