"""`kiosk doctor` in a process of its own, for the maintenance screen."""

import json
import subprocess
import sys

from kiosk.state.maintenance import Finding
from kiosk.texts.languages import Lang


def ask_doctor(lang: Lang) -> list[Finding]:
    """What `kiosk doctor` says, from a process of its own: nothing that it loads or breaks stays in this one."""
    command = [sys.executable, "-m", "kiosk.cli", "doctor", "--json", "--lang", lang]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if not told.stdout:
        return [Finding("doctor", "failed", told.stderr.strip()[-200:], "kiosk doctor")]
    return [Finding(**check) for check in json.loads(told.stdout)["checks"]]
