"""The checks of a release by their hashes: what a shipped check has to be to count (`assets/rules.json`)."""

import json
from pathlib import Path

from forms.load import read_catalogue


def manifest(assets: Path) -> str:
    """That file, of the checks as they are now."""
    services = [found.value for _, found in read_catalogue(assets).services.values() if found.value]
    rules = {one.id: {check.id: check.hash for check in one.checks} for one in services if one.checks}
    return json.dumps({"rules": rules}, indent=1) + "\n"
