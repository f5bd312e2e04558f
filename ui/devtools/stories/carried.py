"""What a clerk types to carry forms to the hall, in the shells of kiosk and hall."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ui.devtools.stories.demo_kiosk import DemoKiosk
from ui.devtools.stories.steps import StepFailed

FORMS, RECEIPTS = "forms.yinling", "receipts.yinling"  # on the stick


def export(kiosk: DemoKiosk) -> dict[str, Any]:
    _stick(kiosk).mkdir()
    return _typed(kiosk, "kiosk.cli", "outbox", "export", _stick(kiosk) / FORMS)


def carry_in(kiosk: DemoKiosk) -> dict[str, Any]:
    return _typed(kiosk, "backend.cli", "carry-in", _stick(kiosk) / FORMS, "--out", _stick(kiosk) / RECEIPTS)


def import_receipts(kiosk: DemoKiosk) -> dict[str, Any]:
    return _typed(kiosk, "kiosk.cli", "outbox", "import", _stick(kiosk) / RECEIPTS)


def _stick(kiosk: DemoKiosk) -> Path:
    return kiosk.work / "stick"


def _typed(kiosk: DemoKiosk, module: str, *words: object) -> dict[str, Any]:
    """What the command tells; StepFailed with its own sentence."""
    environment = os.environ | {
        "YINLING_DATA": str(kiosk.settings.data),
        "YINLING_HALL_DATA": str(kiosk.hall_folder),
        "YINLING_ASSETS": str(kiosk.settings.assets),
        "YINLING_COUNTY": str(kiosk.settings.county or ""),
    }
    command = [sys.executable, "-m", module, *map(str, words), "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepFailed(done.stderr.strip())
    told: dict[str, Any] = json.loads(done.stdout)
    return told
