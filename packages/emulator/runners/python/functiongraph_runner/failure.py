"""How a function fails: the service's codes and the error object that callers get."""

import importlib
import json
import linecache
import os
import sys
import traceback

ENTRY = 4001
INVOCATION = 4002
TOO_LARGE = 4004
INVALID_RESULT = 4007
INITIALIZER = 4009

_TEXTS = {
    ENTRY: "function entry exception, error: ",
    INVOCATION: "function invocation exception, error: ",
    INVALID_RESULT: "function result is invalid, error: ",
    INITIALIZER: "function initialization exception, error: ",
}
# Whose frames no stack trace shows: the runner's, and those of imports.
_HIDDEN = tuple(os.path.dirname(path) + os.sep for path in (os.path.abspath(__file__), importlib.__file__)) + ("<frozen ",)
# The innermost frames, of a recursion without end for example, and the starts of texts: an error object is no result.
_MOST_FRAMES = 100
_LONGEST_TEXT = 256 * 1024
_LONGEST_LINE = 500


class Failure(Exception):
    """Ends a call, or the start of an instance, with a code of the service."""

    def __init__(self, code, error_type, text, stack=None):
        super().__init__(text)
        self.code = code
        self.error_type = error_type
        self.text = text
        self.message = _TEXTS.get(code, "") + text
        self._stack = stack

    def changed(self, code=None, text=None):
        """The same with another code or text."""
        return Failure(code or self.code, self.error_type, text or self.text, self._stack)

    def payload(self):
        """The error object as JSON."""
        content = {"errorMessage": self.message, "errorType": self.error_type}
        if self._stack is not None:
            content["stackTrace"] = self._stack
        return json.dumps(content, ensure_ascii=False, indent=4).encode("utf-8", "backslashreplace")


def failure_of(error, code, code_folder):
    """What becomes of an exception of the function's code; SystemExit has a code of its own outside of the initializer.

    A MemoryError ends the process, for it means that the limit is reached; the emulator knows it by the last line of the log.
    """
    if isinstance(error, Failure):
        return error
    if isinstance(error, MemoryError):
        _die(error)
    stack = _stack_of(error, code_folder)
    if isinstance(error, SystemExit):
        return Failure(code if code == INITIALIZER else ENTRY, "SystemExit", "user code sys.exit()", stack)
    return Failure(code, type(error).__name__, _text_of(error), stack)


def _die(error):
    try:
        # Their variables are what takes the memory that the next lines need.
        traceback.clear_frames(error.__traceback__)
        traceback.print_exception(type(error), error, error.__traceback__)
        sys.stderr.flush()
    except BaseException:
        os.write(2, b"MemoryError\n")
    os._exit(1)


def _text_of(error):
    try:
        return str(error)[:_LONGEST_TEXT]
    except Exception:
        return "the exception has no text"


def _stack_of(error, code_folder):
    frames = [
        _frame(frame.filename, frame.lineno, " in " + frame.name, frame.line, code_folder)
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith(_HIDDEN)
    ]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append(_frame(error.filename, error.lineno, "", error.text, code_folder))
    # The files may be others by the next time.
    linecache.clearcache()
    return frames[-_MOST_FRAMES:]


def _frame(path, line_number, where, line, code_folder):
    if path.startswith(code_folder + os.sep):
        path = "." + path[len(code_folder) :]
    text = 'File "%s", line %s%s' % (path, line_number, "," + where if where else "")
    return text + "\n    " + line.strip()[:_LONGEST_LINE] if line and line.strip() else text
