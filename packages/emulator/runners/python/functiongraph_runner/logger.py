"""The logger of a context."""

import logging
import sys
import time

# Longer texts become several lines, as in the service.
_LONGEST = 90 * 1024


class _Handler(logging.Handler):
    """Writes `2026-02-27T10:41:23Z <request id> INFO <text>` to what is standard output at the time."""

    def __init__(self, request_id):
        super().__init__()
        self._request_id = request_id

    def emit(self, record):
        try:
            text = self.format(record)
            moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
            start = "%s %s %s " % (moment, self._request_id, record.levelname)
            pieces = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)] or [""]
            sys.stdout.write("".join(start + piece + "\n" for piece in pieces))
        except Exception:
            self.handleError(record)


class _Logger(logging.Logger):
    """One that no manager knows, which is who else would tell it to forget its answers when a level changes."""

    def isEnabledFor(self, level):
        return self.manager.disable < level >= self.level


def logger_of(request_id):
    """A logger of its own for each call, so that calls at the same time do not mix up their ids."""
    logger = _Logger("functiongraph", logging.INFO)
    logger.propagate = False
    logger.addHandler(_Handler(request_id))
    return logger
