"""What is said of the files of a catalogue."""

from pathlib import Path

from forms import load_catalogue


def mistakes_in(assets: Path, county: Path | None = None) -> list[str]:
    """All that is wrong in the files, one line each."""
    return [str(mistake) for mistake in load_catalogue(assets, county).mistakes]
