"""Standard output and error that know how much the function has written."""

import io
import os
import sys


class _CountedFile(io.FileIO):
    """A descriptor that counts what goes to it, as long as it leads to where it led at first."""

    def __init__(self, descriptor):
        super().__init__(descriptor, "w", closefd=False)
        self.count = 0
        self._descriptor = descriptor
        self._first = _place(descriptor)

    def write(self, data):
        written = super().write(data)
        # After os.dup2 the bytes go elsewhere, and nobody must wait for them.
        if written and _place(self._descriptor) == self._first:
            self.count += written
        return written


class Output:
    """Replaces sys.stdout and sys.stderr; functions may replace or close them, as they may everywhere."""

    def __init__(self):
        self._raw = [_CountedFile(1), _CountedFile(2)]
        self._streams = [_stream(raw) for raw in self._raw]
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__ = self._streams

    def flush(self):
        for stream in self._streams + [sys.stdout, sys.stderr]:
            try:
                stream.flush()
            except Exception:
                # Closed, or no stream at all.
                pass

    def written(self):
        """Bytes that have surely gone to descriptors 1 and 2."""
        return sum(raw.count for raw in self._raw)


def _stream(raw):
    # By lines: what is printed before a process is killed must not be lost. And in the order of writing, whether as text or as bytes.
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=True, write_through=True
    )


def _place(descriptor):
    try:
        status = os.fstat(descriptor)
    except OSError:
        return None
    return status.st_dev, status.st_ino
