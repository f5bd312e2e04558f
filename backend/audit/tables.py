"""Who did what to a form."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class Audit(Table):
    """Who did what to a submission; rows are only ever added. `detail` names fields, never their values."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    staff: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]
