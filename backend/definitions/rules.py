"""Which checks count at this hall: those of every release that it ran, and those that a person registered."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ScalarResult, select
from sqlalchemy.orm import Session

from backend.definitions.tables import RegisteredRule
from backend.foundation.database import Database, insert_new
from forms.load import released_rules
from forms.reading.register import Register
from forms.service import Check

RELEASE = "release"  # who registered what came with a release
OF_COUNTY = RegisteredRule.version.is_not(None)  # a member of staff may be called anything


def keep_released(database: Database, assets: Path, now: datetime) -> None:
    """Those of this release are known for good: forms are read by them after the next one too."""
    with database.read() as session:
        known = {(one.service_id, one.hash) for one in session.scalars(select(RegisteredRule))}
    rows: list[dict[str, object]] = [
        {"service_id": service_id, "hash": digest, "rule": rule, "version": None, "owner": ""}
        | {"registered_by": RELEASE, "registered_at": now, "revoked_by": None, "revoked_at": None}
        for service_id, rules in released_rules(assets).items()
        for rule, digest in rules.items()
        if (service_id, digest) not in known
    ]
    if not rows:
        return
    with database.write() as session:
        for row in rows:
            insert_new(session, RegisteredRule, row)


def all_rules(session: Session) -> ScalarResult[RegisteredRule]:
    """Those of the county, revoked ones too."""
    order = (RegisteredRule.service_id, RegisteredRule.rule, RegisteredRule.registered_at)
    return session.scalars(select(RegisteredRule).where(OF_COUNTY).order_by(*order))


def number_of(rules: Iterable[RegisteredRule]) -> int:
    """When the register last changed: milliseconds since 1970; 0 while nothing was ever registered."""
    moments = [moment for one in rules for moment in (one.registered_at, one.revoked_at) if moment]
    return max((int(moment.astimezone(UTC).timestamp() * 1000) for moment in moments), default=0)


def by_service(rules: Iterable[RegisteredRule]) -> dict[str, list[str]]:
    """The hashes of each service, of what is not revoked."""
    found: dict[str, list[str]] = {}
    for one in rules:
        if one.revoked_at is None:
            found.setdefault(one.service_id, []).append(one.hash)
    return found


class KnownRules:
    """What the register said when it was read."""

    def __init__(self, database: Database) -> None:
        with database.read() as session:
            rows = session.scalars(select(RegisteredRule)).all()
        self._known: Mapping[str, frozenset[str]] = {
            service_id: frozenset(hashes) for service_id, hashes in by_service(rows).items()
        }
        of_county = [one for one in rows if one.version is not None]
        self.number = number_of(of_county)
        self.register = Register(by_service(of_county))

    def unknown(self, service_id: str, checks: Iterable[Check]) -> tuple[Check, ...]:
        """Those that are registered nowhere, or were revoked."""
        known = self._known.get(service_id, frozenset())
        return tuple(one for one in checks if one.hash not in known)
