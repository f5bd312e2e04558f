"""Whose a data folder is: what root makes in it, the kiosk or hall that runs as its owner could not read."""

import os
import pwd
from pathlib import Path


def owner_to_run_as(path: Path) -> str | None:
    """The user as whom a command has to run that writes to `path`, when this is root and another one owns it; else
    None."""
    if os.geteuid() != 0 or not path.exists():
        return None
    owner = path.stat().st_uid
    if owner == 0:
        return None
    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:  # of another machine's disk
        return f"#{owner}"
