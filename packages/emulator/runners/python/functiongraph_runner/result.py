"""What becomes of the value that a handler returns."""

import json

from .failure import INVALID_RESULT, TOO_LARGE, Failure


def result_bytes(value, most):
    """None is nothing, text and bytes are taken as they are, everything else becomes JSON. Raises Failure."""
    try:
        if value is None:
            data = b""
        elif isinstance(value, str):
            data = value.encode("utf-8")
        elif isinstance(value, (bytes, bytearray, memoryview)):
            data = bytes(value)
        else:
            data = _json(value)
    except MemoryError:
        raise
    except Exception as error:
        raise Failure(INVALID_RESULT, type(error).__name__, str(error))
    if len(data) > most:
        text = "response body size %d exceeds the limit of %d" % (len(data), most)
        raise Failure(TOO_LARGE, "FunctionResponseTooLarge", text)
    return data


def _json(value):
    try:
        return json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        # Halves of surrogate pairs, which only escapes can write.
        return json.dumps(value).encode("utf-8")
