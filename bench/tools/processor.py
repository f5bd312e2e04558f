"""What processes have used of the processor."""

import os
from contextlib import suppress
from pathlib import Path


def processor_s(parent: int) -> float:
    """Seconds that a process and those that it started have used so far; 0 for no process (of a server elsewhere)."""
    if not parent:
        return 0.0
    ticks = 0
    for one in (parent, *Path(f"/proc/{parent}/task/{parent}/children").read_text().split()):
        with suppress(OSError):  # it has just ended, and counts as its parent's
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")
