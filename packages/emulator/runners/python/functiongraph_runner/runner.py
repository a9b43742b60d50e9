"""The life of an instance: waits for a function, loads it, calls it until it is told to stop."""

import json
import os
import resource
import sys
import threading
import time
import traceback

from .channel import Channel
from .context import Context
from .failure import ENTRY, INITIALIZER, INVOCATION, Failure, failure_of
from .loader import Loader
from .memory import Memory
from .output import Output
from .result import result_bytes

try:
    from queue import SimpleQueue as Queue
except ImportError:
    from queue import Queue


class Runner:
    """The main thread runs the function, as signals and some libraries need it.

    It also reads the channel, for that is quickest and forks well, unless calls may overlap: then another thread reads, and calls that come
    while the main one is busy get threads of their own.
    """

    def __init__(self, slack, stack):
        self._slack = slack
        # The system counts the whole stack of a thread as data, of which there is an end.
        threading.stack_size(stack)
        self._channel = Channel(3)
        self._output = Output()
        self._memory = Memory()
        self._overlapping = False
        self._work = Queue()
        # Set by the reading thread only, taken back by the main one only.
        self._busy = False
        self._function = {}
        self._code_folder = ""
        self._most = 0
        self._handler = None
        self._pre_stop = ""
        self._loader = None

    def serve(self):
        self._channel.send({"type": "ready"})
        while not self._overlapping:
            self._do(*self._next())
        threading.Thread(target=self._read, daemon=True, name="functiongraph-channel").start()
        while True:
            self._do(*self._work.get())

    def _do(self, head, body):
        if head["type"] == "call":
            self._call_alone(head, body)
        elif head["type"] == "load":
            self._load(head)
        elif head["type"] == "stop":
            self._stop()

    def _next(self):
        frame = None
        try:
            frame = self._channel.receive()
        finally:
            if frame is None:
                # The emulator has ended, and so must everything here, whatever it is doing.
                os._exit(0)
        return frame

    def _read(self):
        while True:
            head, body = self._next()
            if head["type"] == "call" and self._busy:
                threading.Thread(target=self._call, args=(head, body), daemon=True).start()
            else:
                self._busy = True
                self._work.put((head, body))

    def _load(self, head):
        self._function = head.get("context") or {}
        _limit_data(self._function.get("memory"), self._slack)
        self._most = head["maxResult"]
        self._overlapping = head.get("concurrency", 1) != 1
        self._pre_stop = head.get("preStop") or ""
        self._code_folder = head["code"].rstrip("/")
        # The sandbox finds by it what a function has started, where it has no namespaces to look into.
        mark = os.environ.get("FUNCTIONGRAPH_INSTANCE")
        os.environ.clear()
        os.environ.update(head["environment"])
        if mark is not None:
            os.environ["FUNCTIONGRAPH_INSTANCE"] = mark
        time.tzset()
        os.chdir(head["root"])
        # Python itself reads PYTHONPATH when it starts.
        folders = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        sys.path[:0] = [self._code_folder] + [os.path.abspath(folder) for folder in folders if folder]
        self._loader = Loader(self._code_folder)
        try:
            self._handler = self._loader.find(head["handler"])
            if head.get("initializer"):
                self._initialize(head["initializer"])
        except Failure as failure:
            self._output.flush()
            answer = {"type": "failed", "code": failure.code, "errorType": failure.error_type}
            answer["message"] = failure.message
            self._channel.send(dict(answer, **self._usage()), failure.payload())
            return
        self._output.flush()
        self._channel.send(dict({"type": "loaded"}, **self._usage()))

    def _initialize(self, handler):
        try:
            initializer = self._loader.find(handler, "initializer")
        except Failure as failure:
            if failure.code == ENTRY:
                raise failure.changed(code=INITIALIZER)
            raise
        try:
            initializer(Context(self._function, keys=self._function))
        except BaseException as error:
            raise failure_of(error, INITIALIZER, self._code_folder)

    def _call_alone(self, head, body):
        code, payload = self._run(head, body)
        # Before the answer: the next call follows it, and it is for this thread too.
        self._busy = False
        self._answer(head, code, payload)

    def _call(self, head, body):
        code, payload = self._run(head, body)
        self._answer(head, code, payload)

    def _run(self, head, body):
        context = Context(self._function, head["id"], head.get("alias") or "", head.get("keys"))
        try:
            value = self._handler(_event_of(body), context)
            return 0, result_bytes(value, self._most)
        except BaseException as error:
            failure = failure_of(error, INVOCATION, self._code_folder)
            return failure.code, failure.payload()

    def _answer(self, head, code, payload):
        self._output.flush()
        self._channel.send(dict({"type": "result", "id": head["id"], "code": code}, **self._usage()), payload)

    def _stop(self):
        if self._pre_stop:
            try:
                _call_pre_stop(self._loader.find(self._pre_stop), Context(self._function, keys=self._function))
            except Failure as failure:
                sys.stderr.write(failure.message + "\n")
            except BaseException:
                traceback.print_exc()
        self._output.flush()
        os._exit(0)

    def _usage(self):
        return {"written": self._output.written(), "memory": self._memory.bytes()}


def _limit_data(megabytes, slack):
    # The sandbox does the same, but later when it has many to limit at once.
    if megabytes and sys.platform == "linux":
        most = megabytes * 1024 * 1024 + slack
        try:
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        except (OSError, ValueError):
            # A lower limit is set already.
            pass


def _event_of(body):
    try:
        return json.loads(body.decode("utf-8")) if body else {}
    except ValueError as error:
        raise Failure(INVOCATION, type(error).__name__, str(error))


def _call_pre_stop(function, context):
    import inspect

    try:
        inspect.signature(function).bind(context)
    except (TypeError, ValueError):
        function()
    else:
        function(context)
