"""The county's folder as the hall gave it to this kiosk: `DATA/catalogue/current` leads to the one in use."""

from pathlib import Path


def published_folder(data: Path) -> Path | None:
    """The one in use, by its own name: it stays as it is while the next one is taken over. None before any came."""
    current = data / "catalogue" / "current"
    return current.resolve() if current.is_dir() else None


def published_number(data: Path) -> int | None:
    """Which of the hall's folders is in use."""
    folder = published_folder(data)
    return int(folder.name) if folder else None
