"""Memory that was needed once is given back to the system."""

import ctypes
import gc

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # mallopt(3)


def keep_small() -> None:
    """Call it once all that stays is there. What is large is asked of the system by itself and given back as soon as it
    is free; and what stays is not looked through again for what may go, so that this happens oftener."""
    libc = ctypes.CDLL(None)
    libc.mallopt(_M_MMAP_THRESHOLD, 64 * 1024)
    libc.mallopt(_M_ARENA_MAX, 2)
    gc.collect()
    gc.freeze()
