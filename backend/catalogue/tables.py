"""What was given out: files by their hash, and which list of files was the newest when."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class CatalogueFile(Table):
    __tablename__ = "catalogue_files"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class PublishedCatalogue(Table):
    """`file_list` is the sha256 of a CatalogueFile that holds a protocol.catalogue.FileList as JSON."""

    __tablename__ = "published_catalogues"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    file_list: Mapped[str]
    published_at: Mapped[datetime]
