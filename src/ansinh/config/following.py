"""Chết theo tiến trình cha: a child that ends with whoever started it, also when that one is killed.

The kernel tells the child on Linux; elsewhere the children of a killed parent have to notice it themselves.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def follow(parent: int, how: signal.Signals = signal.SIGTERM) -> None:
    """In a child: be sent `how` once the parent is gone. It may be gone already."""
    if _LIBC is not None:
        _LIBC.prctl(_SET_DEATH_SIGNAL, int(how))
        if os.getppid() != parent:
            os.kill(os.getpid(), how)
