"""What is the matter with the hall itself, as the staff page shows it."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.hall.hall import Hall, TheHall

router = APIRouter()


class Trouble(StrEnum):
    """What does not work."""

    DATABASE = "database"
    DISK = "disk"
    AUDIT = "audit"  # a record is not as it was written
    MEMORY = "memory"  # calls are kept in memory alone for now


@router.get("/staff/health")
def troubles(hall: TheHall, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> list[Trouble]:
    return troubles_of(hall)


def troubles_of(hall: Hall) -> list[Trouble]:
    health = hall.watch.health
    works = {
        Trouble.DATABASE: health.database,
        Trouble.DISK: health.disk,
        Trouble.AUDIT: hall.watch.audit_is_whole,
        Trouble.MEMORY: not hall.memory.names(),
    }
    return [trouble for trouble, is_well in works.items() if not is_well]
