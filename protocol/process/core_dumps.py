"""A process that has seen what people wrote leaves no picture of its memory on a disk when it faults."""

import ctypes
import resource

_PR_SET_DUMPABLE = 4  # prctl(2)


def leave_no_core_dump() -> None:
    """Neither a file nor a pipe gets one, now and in every process forked from here; exec sets it back.

    The limit alone is not enough: where the system pipes dumps to a program, a limit of 0 does not stop that (core(5)).
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
