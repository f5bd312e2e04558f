"""What makes or prints a page in a process of its own, as `lp` does: its libraries take tens of MiB, and a device that
hangs can be given up.
"""

import logging
import os
import subprocess
import sys
from tempfile import TemporaryDirectory

PATIENCE_S = 20.0  # for a page to be made or taken

log = logging.getLogger(__name__)


class HelperError(Exception):
    """Why the process gave up, in one plain sentence."""


def run_helper(module: str, *args: str, given: bytes) -> bytes:
    """What `python -m module args` prints when it is given this on standard input. Each line on its standard error is a
    sentence: of one that ends well for the log, and the last one of one that does not is why.
    """
    command = [sys.executable, "-W", "ignore", "-m", module, *args]
    try:
        with TemporaryDirectory() as scratch:  # python-escpos leaves a folder behind in each process
            done = subprocess.run(
                command, input=given, capture_output=True, timeout=PATIENCE_S, check=False,
                env={**os.environ, "TMPDIR": scratch, "PYTHONIOENCODING": "utf-8"},
            )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise HelperError(f"It was not done after {PATIENCE_S:.0f} seconds.") from error
    except OSError as error:
        raise HelperError(f"It cannot be begun: {error.strerror}.") from error
    told = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode:
        raise HelperError(told[-1] if told else f"{module} ended with {done.returncode}.")
    for sentence in told:
        log.warning("%s", sentence)
    return done.stdout
