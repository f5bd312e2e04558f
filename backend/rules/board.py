"""Which checks of the county count here, as leads and admins see them; `hall rules` registers and revokes them."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.definitions.rules import all_rules
from backend.hall.hall import TheHall
from protocol.wire import Words

router = APIRouter()


class BoardRule(BaseModel):
    """One check of a service; `revoked_at` is None as long as it counts."""

    service: Words
    rule: str
    version: int | None
    owner: str
    hash: str
    registered_by: str
    registered_at: AwareDatetime
    revoked_by: str | None
    revoked_at: AwareDatetime | None


@router.get("/staff/rules")
def rules(hall: TheHall, staff: Annotated[Staff, who_may(Permission.REGISTER_RULES)]) -> list[BoardRule]:
    """Those of the county, revoked ones too."""
    with hall.database.read() as session:
        return [
            BoardRule(
                service=hall.definitions.title(one.service_id),
                rule=one.rule,
                version=one.version,
                owner=one.owner,
                hash=one.hash,
                registered_by=one.registered_by,
                registered_at=one.registered_at,
                revoked_by=one.revoked_by,
                revoked_at=one.revoked_at,
            )
            for one in all_rules(session)
        ]
