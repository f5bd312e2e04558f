"""By which definition a form is shown and judged: its own, else the best there is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from backend.definitions.rules import KnownRules
from backend.definitions.tables import DefinitionRow
from backend.foundation.database import Database, insert_new
from backend.foundation.words import words_of
from forms import Catalogue, Service
from forms.definition import Definition, DefinitionError
from forms.service import Check
from protocol.wire import Words

_REMEMBERED = 256  # definitions that were read last; each takes some hundred kilobytes at most


@dataclass(frozen=True)
class Rules:
    """What a form is shown and judged by. `are_its_own`: whether it was filled in by them. `unknown`: its checks that
    count for nothing, as they are registered nowhere or were revoked."""

    catalogue: Catalogue
    service: Service
    are_its_own: bool
    unknown: tuple[Check, ...] = ()


class DefinitionBook:
    """The definitions in a database. What the hall's own catalogue says now is known without it."""

    def __init__(self, database: Database, catalogue: Catalogue, known: KnownRules | None = None) -> None:
        self._database, self._catalogue = database, catalogue
        self._known_rules = known or KnownRules(database)
        own = [Definition.of(catalogue, service) for service in catalogue.services.values()]
        self._own = {one.hash: one for one in own}
        self._kept = lru_cache(_REMEMBERED)(self._load)  # one that is not there raises, and is looked for again
        self._rules = lru_cache(_REMEMBERED)(self._read)

    def keep_own(self, now: datetime) -> None:
        """Keep those of the hall's catalogue, for the day when it says something else."""
        with self._database.read() as session:
            known = set(session.scalars(select(DefinitionRow.hash).where(DefinitionRow.hash.in_(self._own))))
        if new := [one for digest, one in self._own.items() if digest not in known]:
            self._keep(new, now)

    def keep(self, definition: Definition, now: datetime) -> None:
        """Keep one that a kiosk brought. The same again changes nothing."""
        self._keep([definition], now)

    def has(self, digest: str) -> bool:
        return self._find(digest) is not None

    def rules_of(self, service_id: str, version: str, digest: str | None) -> Rules | None:
        """What a form of that service, version and definition is judged by; older kiosks name no definition.

        None when there is nothing at all. DefinitionError when it takes a newer program to read its own.
        """
        if digest and self.has(digest):
            return replace(self._rules(digest), are_its_own=True)
        now = self._catalogue.services.get(service_id)
        if now and str(now.version) == version:
            return Rules(self._catalogue, now, are_its_own=digest is None)
        if (same := self._newest(service_id, version)) is not None:
            return replace(self._rules(same), are_its_own=digest is None)
        if now:
            return Rules(self._catalogue, now, are_its_own=False)
        another = self._newest(service_id)
        return self._rules(another) if another else None

    def title(self, service_id: str, digest: str | None = None) -> Words:
        """A service's title as it was then, else as it is now; its id when nobody knows it."""
        own, now = self._find(digest) if digest else None, self._catalogue.services.get(service_id)
        if own is None and now is None and (newest := self._newest(service_id)):
            own = self._find(newest)
        title = own.head.title.text if own else now.title if now else None
        return words_of(title) if title else Words(zh=service_id, en=service_id)

    def label(self, service_id: str, digest: str | None, field_id: str) -> Words:
        """What a question was called then, else what it is called now; its id when nobody knows it."""
        own, now = self._find(digest) if digest else None, self._catalogue.services.get(service_id)
        try:
            service = own.service if own else now
        except DefinitionError:
            service = now
        label = service.field(field_id).label if service and service.asks(field_id) else None
        return words_of(label) if label else Words(zh=field_id, en=field_id)

    def _keep(self, definitions: Iterable[Definition], now: datetime) -> None:
        with self._database.write() as session:
            for one in definitions:
                insert_new(session, DefinitionRow, _row(one, now))

    def _find(self, digest: str) -> Definition | None:
        try:
            return self._own.get(digest) or self._kept(digest)
        except LookupError:
            return None

    def _load(self, digest: str) -> Definition:
        with self._database.read() as session:
            document = session.scalar(select(DefinitionRow.document).where(DefinitionRow.hash == digest))
        if document is None:
            raise LookupError(digest)
        return Definition(document)

    def _read(self, digest: str) -> Rules:
        """By the checks that are registered alone: any kiosk may bring a definition."""
        definition = self._own.get(digest) or self._kept(digest)
        catalogue, service = definition.catalogue(self._catalogue), definition.service
        unknown = self._known_rules.unknown(service.id, service.checks)
        if unknown:
            known = tuple(one for one in service.checks if one not in unknown)
            service = service.model_copy(update={"checks": known})
            catalogue = replace(catalogue, services={service.id: service})
        return Rules(catalogue, service, are_its_own=False, unknown=unknown)

    def _newest(self, service_id: str, version: str | None = None) -> str | None:
        """The hash of the definition of that service, and of that version if one is given, that came last."""
        wanted = select(DefinitionRow.hash).where(DefinitionRow.service_id == service_id)
        if version is not None:
            wanted = wanted.where(DefinitionRow.service_version == version)
        with self._database.read() as session:
            return session.scalar(wanted.order_by(DefinitionRow.kept_at.desc()).limit(1))


def _row(definition: Definition, now: datetime) -> dict[str, object]:
    head = definition.head
    names = {"hash": definition.hash, "service_id": head.id, "service_version": str(head.version)}
    return names | {"document": definition.document, "kept_at": now}
