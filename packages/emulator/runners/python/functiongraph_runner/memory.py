"""How much memory the process has for itself, as the memory limit counts it (src/sandbox/memory-of.ts)."""

import os
import resource
import sys
import time

_PAGE = os.sysconf("SC_PAGE_SIZE")
# Asking for it costs more than it can change in a short call.
_FRESH_SECONDS = 0.01


class Memory:
    def __init__(self):
        self._asked = 0.0
        self._bytes = 0

    def bytes(self):
        """Bytes of private memory, at most 10 ms old."""
        now = time.monotonic()
        if now - self._asked > _FRESH_SECONDS:
            self._asked = now
            try:
                self._bytes = _private_bytes()
            except OSError:
                # The function has used up its descriptors. What it had last time will do.
                pass
        return self._bytes


def _private_bytes():
    if sys.platform != "linux":
        # All that is resident, in bytes on macOS, which has no /proc.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Less work than a file object is.
    descriptor = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    try:
        _, resident, shared = os.read(descriptor, 100).split()[:3]
        return (int(resident) - int(shared)) * _PAGE
    finally:
        os.close(descriptor)
