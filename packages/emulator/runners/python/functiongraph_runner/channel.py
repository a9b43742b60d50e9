"""The frames between the emulator and the runner."""

import fcntl
import json
import os
import socket
import struct
import threading

_LENGTHS = struct.Struct(">II")
_HIGH_DESCRIPTORS = (1000, 200, 20)


class Channel:
    """A stream socket with frames: two lengths, a JSON object, bytes."""

    def __init__(self, descriptor):
        # Away from the low numbers, which functions use or close by themselves, and never inherited by programs that they start.
        self._descriptor = _move(descriptor)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=self._descriptor)
        self._socket.setblocking(True)
        self._reader = self._socket.makefile("rb", buffering=65536)
        self._sending = threading.Lock()
        self._owner = os.getpid()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._leave)

    def receive(self):
        """The next frame, or None when the emulator has ended."""
        lengths = self._reader.read(_LENGTHS.size)
        if lengths is None or len(lengths) < _LENGTHS.size:
            return None
        head_length, body_length = _LENGTHS.unpack(lengths)
        head = self._reader.read(head_length)
        body = self._reader.read(body_length) if body_length else b""
        if len(head) < head_length or len(body) < body_length:
            return None
        return json.loads(head.decode("utf-8")), body

    def send(self, head, body=b""):
        if os.getpid() != self._owner:
            # A forked child that returned from the handler: the answer is its parent's.
            os._exit(0)
        text = json.dumps(head).encode("utf-8")
        start = _LENGTHS.pack(len(text), len(body)) + text
        with self._sending:
            if len(body) < 65536:
                self._socket.sendall(start + body)
            else:
                self._socket.sendall(start)
                self._socket.sendall(body)

    def _leave(self):
        # A child that outlives the runner must not hold its channel open.
        try:
            os.close(self._descriptor)
        except OSError:
            pass


def _move(descriptor):
    for lowest in _HIGH_DESCRIPTORS:
        try:
            moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, lowest)
        except OSError:
            # The limit of open files is lower.
            continue
        os.close(descriptor)
        return moved
    return descriptor
