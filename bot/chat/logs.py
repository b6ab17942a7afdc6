"""Logging to stderr, without tokens and without the text of messages."""

from __future__ import annotations

import logging
import re
import sys
from typing import TextIO

from pydantic import SecretStr

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
_PLACEHOLDER = re.compile(r"%(\(\w+\))?[#0\- +]*\d*(\.\d+)?[a-zA-Z]")
# They log every request's address, and the token is part of it.
_ADDRESSES = ("httpx", "httpcore")
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Redacting(logging.Formatter):
    """Takes tokens out of the finished line, traceback included."""

    def __init__(self, token: SecretStr | None = None) -> None:
        super().__init__(_FORMAT)
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """The line, with "<token>" for this bot's token and for anything that looks like one."""
        line = super().format(record)
        if self._token:
            line = line.replace(self._token.get_secret_value(), "<token>")
        return _TOKEN.sub("<token>", line)


class Discreet(logging.Filter):
    """Shortens the library's records to their fixed words and the kind of the error.

    Their arguments are updates, request data and server replies, all of which hold messages.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: records are shortened, not dropped."""
        if record.name.partition(".")[0] == "telegram":
            kind = record.exc_info[0] if record.exc_info else None
            words = _PLACEHOLDER.sub("…", str(record.msg)) if record.args else str(record.msg)
            record.msg = f"{words} ({kind.__name__})" if kind else words
            record.args, record.exc_info, record.exc_text = None, None, None
        return True


def configure(level: str, token: SecretStr | None, stream: TextIO | None = None) -> None:
    """Set the process's logging up; call it before anything else runs."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Redacting(token))
    handler.addFilter(Discreet())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _ADDRESSES:
        logging.getLogger(name).setLevel(logging.WARNING)
    # The library's debug lines are whole updates.
    logging.getLogger("telegram").setLevel(max(logging.INFO, logging.getLogger().level))
    # Its retry loop reports each failure here as well as to us; one line is enough.
    logging.getLogger("telegram.ext").addFilter(_drop)


def _drop(record: logging.LogRecord) -> bool:
    return False
