"""What the tables of all rooms share. What people wrote is in `Submission.sealed` alone; the rest is safe to see."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A point in time. SQLite forgets time zones, so what goes in and comes out is always UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value if value.tzinfo else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012
        datetime: Moment,
        str: String(200),
        list[str]: JSON,
        StrEnum: Enum(StrEnum, native_enum=False, length=32, values_callable=lambda kind: [one.value for one in kind]),
    }


class Limit(Table):
    """Tries that went wrong, and when the next one may be made."""

    __tablename__ = "limits"

    name: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int]
    retry_at: Mapped[datetime]
