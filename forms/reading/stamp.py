"""Whether files have changed since they were read, without reading them."""

import os
from hashlib import sha256
from pathlib import Path

from forms.reading.folders import FILES, FOLDERS, RULES


def stamp(assets: Path, county: Path | None) -> str:
    """Another one as soon as a file of these folders comes, goes, or has another size or time. A few milliseconds."""
    digest = sha256()
    for top in filter(None, (assets, county)):
        for folder in (top, *(top / name for name in FOLDERS)):
            digest.update(repr((str(folder), _entries(folder, top))).encode())
    return digest.hexdigest()


def _entries(folder: Path, top: Path) -> list[tuple[str, int, int]]:
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if folder == top and entry.name not in (*FILES, *FOLDERS, RULES):
                    continue
                try:
                    status = entry.stat()
                except OSError:  # a link that leads nowhere
                    continue
                found.append((entry.name, status.st_mtime_ns, status.st_size))
    except OSError:  # not there, or not to be read: its files do not count
        return []
    return sorted(found)
