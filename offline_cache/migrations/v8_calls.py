"""A call is told by the kiosk's own moves, and by how it stands at the hall."""

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Integer, String, column, select, table, update

if TYPE_CHECKING:
    from alembic.operations import Operations

_NAMES = ("sequence", "body", "state", "sent_body", "own_step", "hall_step", "hall_state", "turn")
_CALL = table("call", *(column(name) for name in _NAMES))
_MOVES = {"cancelled": ["cancel"], "closed": ["leave"]}  # by the state that the kiosk told


def upgrade(op: "Operations") -> None:
    with op.batch_alter_table("call", recreate="always") as batch:
        batch.add_column(Column("own_step", Integer), insert_after="state")
        batch.add_column(Column("hall_step", Integer), insert_after="own_step")
        batch.add_column(Column("hall_state", String), insert_after="hall_step")
        batch.add_column(Column("turn", Integer), insert_after="hall_state")
    connection = op.get_bind()
    for row in connection.execute(select(_CALL)).all():
        connection.execute(update(_CALL).where(_CALL.c.sequence == row.sequence).values(_of(row)))
    with op.batch_alter_table("call", recreate="always") as batch:
        batch.drop_column("sent_body")
        for name, kind in (("own_step", Integer), ("hall_state", String), ("turn", Integer)):
            batch.alter_column(name, existing_type=kind(), nullable=False)


def _of(row: Any) -> dict[str, object]:
    """The hall has taken all that it was told; what it was not told begins anew with its first step."""
    told = json.loads(row.body)
    moves = _MOVES.get(told.pop("state"), [])
    was_sent = row.sent_body == row.body
    return {
        "body": json.dumps(told | {"moves": moves}, ensure_ascii=False),
        "own_step": len(moves),
        "hall_step": len(moves) if was_sent else None,
        "hall_state": row.state if was_sent else "requested",
        "turn": 0,
    }
