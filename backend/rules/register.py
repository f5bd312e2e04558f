"""Registering a county's checks: a lead or an admin says by their name that these count, each by its hash."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.permissions import Permission, Staff
from backend.audit.log import note
from backend.definitions.rules import OF_COUNTY, all_rules, by_service, number_of
from backend.definitions.tables import RegisteredRule
from backend.foundation.errors import RequestError
from backend.foundation.settings import SetupError
from backend.hall.hall import Hall
from forms.load import read_catalogue, released_rules
from forms.service import Check
from protocol.catalogue import signed_rules
from protocol.rules import RegisteredRules

LEAST = 8  # characters of a hash, so that an empty variable of a shell revokes nothing


class MayNotRegisterError(RequestError):
    status = 403

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} may not register rules: a lead or an admin has to.")


@dataclass(frozen=True)
class Registered:
    """What one registering came to."""

    new: int
    known: int  # before, here or by a release


def register(hall: Hall, staff: Staff, place: Path) -> Registered:
    """The checks of a county's folder, or of one file of its services/. MayNotRegisterError; SetupError when there is a
    mistake in them. What was revoked counts again."""
    _check(staff)
    checks, new = _read(hall, place), 0
    with hall.database.write() as session:
        now = _later(session, hall.clock())
        for service_id, check in checks:
            row = session.get(RegisteredRule, (service_id, check.hash))
            if row is not None and row.revoked_at is None:
                continue
            new += 1
            if row is not None:
                session.delete(row)
                session.flush()
            session.add(_row(service_id, check, staff, now))
            note(session, hall, staff.name, "rule_registered", check.hash[:16], f"{service_id} {check.id}")
    return Registered(new, len(checks) - new)


def revoke(hall: Hall, staff: Staff, digest: str) -> RegisteredRule:
    """From now on it counts for no form. `digest`: its beginning is enough. MayNotRegisterError, SetupError."""
    _check(staff)
    if len(digest) < LEAST:
        raise SetupError(f"Give at least {LEAST} characters of the rule's hash: see hall rules list.")
    with hall.database.write() as session:
        wanted = select(RegisteredRule).where(
            RegisteredRule.hash.startswith(digest, autoescape=True),
            RegisteredRule.revoked_at.is_(None),
            OF_COUNTY,
        )
        found = session.scalars(wanted).all()
        if len(found) != 1:
            why = "Several registered rules begin" if found else "No registered rule begins"
            raise SetupError(f"{why} with {digest}: see hall rules list.")
        (rule,) = found
        rule.revoked_by, rule.revoked_at = staff.name, _later(session, hall.clock())
        note(session, hall, staff.name, "rule_revoked", rule.hash[:16], f"{rule.service_id} {rule.rule}")
    return rule


def told_to_kiosks(hall: Hall) -> RegisteredRules:
    with hall.database.read() as session:
        rules = all_rules(session).all()
    return signed_rules(hall.keys.private, number_of(rules), by_service(rules))


def _later(session: Session, now: datetime) -> datetime:
    """After all changes before, also under a clock that was set back: kiosks take the newest register."""
    last = number_of(all_rules(session))
    return max(now, datetime.fromtimestamp((last + 1) / 1000, UTC))


def _check(staff: Staff) -> None:
    if not staff.may(Permission.REGISTER_RULES):
        raise MayNotRegisterError(staff.name)


def _row(service_id: str, check: Check, staff: Staff, now: datetime) -> RegisteredRule:
    return RegisteredRule(
        service_id=service_id,
        hash=check.hash,
        rule=check.id,
        version=check.version,
        owner=check.owner,
        registered_by=staff.name,
        registered_at=now,
        revoked_by=None,
        revoked_at=None,
    )


def _read(hall: Hall, place: Path) -> list[tuple[str, Check]]:
    """Each check with its service; those that came with this release are none of the county's."""
    is_file = place.is_file()
    folder = place.resolve().parent.parent if is_file else place
    if not place.exists():
        raise SetupError(f"There is no {place}: name the county's folder, or a file of its services/.")
    if is_file and (place.resolve().parent.name != "services" or place.suffix != ".yaml"):
        raise SetupError(f"{place} is no service of a county's folder: its services/NAME.yaml are.")
    reading = read_catalogue(hall.settings.assets, folder)
    wrong = [one for one in reading.catalogue.mistakes if not one.is_shipped]
    if wrong:
        more = f" There are {len(wrong) - 1} more" if wrong[1:] else " Mend it"
        raise SetupError(f"{wrong[0]}{more}: `kiosk catalogue --check {folder}` names all that is wrong.")
    released = released_rules(hall.settings.assets)
    catalogue = reading.catalogue
    services = [one for one in catalogue.services.values() if catalogue.source(one.id) == "county"]
    return [
        (service.id, check)
        for service in services
        if not is_file or service.id == place.stem
        for check in service.checks
        if released.get(service.id, {}).get(check.id) != check.hash
    ]
