"""The kiosk's own voice gives no command: a microphone that hears the loudspeaker, and nothing else."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCENARIO = Path(__file__).with_name("own_voice_scenario.py")


@pytest.mark.skipif(not shutil.which("pulseaudio"), reason="needs Debian's pulseaudio and pulseaudio-utils")
def test_it_never_hears_itself(tmp_path: Path) -> None:
    """Read to the end, and broken off by the button to speak; how loud it all is in the microphone is seen at last."""
    words = [sys.executable, str(SCENARIO), str(tmp_path), "1"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["heard"] == []
    assert told["opened"] == ["home"]
    assert told["loudest"] < 0.1  # the microphone was open, and nothing of the speech was left
    assert told["undone"]  # without the half duplex the same speech is taken for a command
