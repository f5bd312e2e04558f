"""What staff type in a story, in the shells of kiosk and hall."""

import os
import subprocess
import sys

from ui.devtools.stories.demo_kiosk import DemoKiosk
from ui.devtools.stories.steps import StepFailed


def typed(kiosk: DemoKiosk, module: str, *words: object) -> str:
    """What the command (kiosk.cli or backend.cli) prints; StepFailed with its own sentence."""
    environment = os.environ | {
        "YINLING_DATA": str(kiosk.settings.data),
        "YINLING_HALL_DATA": str(kiosk.hall_folder),
        "YINLING_ASSETS": str(kiosk.settings.assets),
        "YINLING_COUNTY": str(kiosk.settings.county or ""),
    }
    command = [sys.executable, "-m", module, *map(str, words)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepFailed(done.stderr.strip())
    return done.stdout
