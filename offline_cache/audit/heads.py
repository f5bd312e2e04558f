"""Heads of the audit that kiosk and hall keep for each other: neither can then cut the end of its own unseen."""

from typing import Protocol

from offline_cache.audit.file import AuditFile
from protocol.chain import Head
from protocol.wire import AuditHeads, ChainHead, HallChainHead

_AT_HALL, _OF_HALL = "audit_head_at_hall", "audit_head_of_hall"  # names of single values


class Values(Protocol):
    """What offline_cache.store.Store does."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...


def heads_to_tell(audit: AuditFile, values: Values) -> AuditHeads:
    """Where this kiosk's audit ends, and the end of the hall's as it was seen here."""
    own = audit.head()
    told = None if own is None else ChainHead(sequence=own.sequence, hash=own.hash)
    return AuditHeads(kiosk=told, hall=_of_hall(values))


def keep_heads(values: Values, told: AuditHeads) -> None:
    """What the hall answers. A head never goes back here, unless the hall's database was restored."""
    known, held = _of_hall(values), held_by_hall(values)
    if told.hall and (known is None or known.generation != told.hall.generation or known.sequence < told.hall.sequence):
        values.set(_OF_HALL, told.hall.model_dump_json())
    if told.kiosk and (held is None or held.sequence < told.kiosk.sequence):
        values.set(_AT_HALL, told.kiosk.model_dump_json())


def held_by_hall(values: Values) -> Head | None:
    """The end of this kiosk's audit as the hall has it; None before the first answer."""
    kept = values.get(_AT_HALL)
    if kept is None:
        return None
    head = ChainHead.model_validate_json(kept)
    return Head(head.sequence, head.hash)


def _of_hall(values: Values) -> HallChainHead | None:
    kept = values.get(_OF_HALL)
    return None if kept is None else HallChainHead.model_validate_json(kept)
