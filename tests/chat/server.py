"""A Bot API server on the loopback interface, speaking real HTTP, with the faults of real networks."""

from __future__ import annotations

import itertools
import json
import socket
import sys
import threading
from collections import defaultdict, deque
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl

from tests.chat.api import TOKEN, BotApi

HOLD = 0.2
"""How long an empty getUpdates is held open at most, in seconds: tests must stop quickly."""

Fault = tuple[int, dict[str, Any]]
DROP: Fault = (0, {})
"""The connection closes without an answer."""


def fault(status: int, description: str, **parameters: int) -> Fault:
    """An error answer."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return status, body | ({"parameters": parameters} if parameters else {})


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A bot that stops drops its open poll; that is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class BotServer:
    """Serves `api` while it is entered; `post` adds updates, `faults` come before answers."""

    def __init__(self, token: str = TOKEN) -> None:
        self.api = BotApi()
        self.token = token
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.polls: list[dict[str, str]] = []
        """Parameters of every getUpdates."""
        self._updates: list[dict[str, Any]] = []
        self._numbers = itertools.count(101)  # a number that was confirmed once is never seen again
        self._changed = threading.Condition()
        self._http = _Quiet(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def base_url(self) -> str:
        """As TELEGRAM_BASE_URL takes it."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/bot"

    def __enter__(self) -> BotServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def post(self, *updates: Mapping[str, Any]) -> None:
        """Make updates available, numbered in this order."""
        with self._changed:
            for content in updates:
                self.api.hear(content)
                self._updates.append(dict(content) | {"update_id": next(self._numbers)})
            self._changed.notify_all()

    def answer(self, token: str, method: str, params: dict[str, str]) -> Fault:
        """Status and body of the answer to a request."""
        if token != self.token:
            return fault(401, "Unauthorized")
        if method == "getUpdates":
            self.polls.append(params)
        if self.faults[method]:
            return self.faults[method].popleft()
        if method == "getUpdates":
            return 200, {"ok": True, "result": self._poll(int(params.get("offset", 0)), params)}
        with self._changed:
            answered = self.api.call(method, params)
            self._changed.notify_all()
        return answered

    def _poll(self, offset: int, params: dict[str, str]) -> list[dict[str, Any]]:
        with self._changed:
            self._updates = [content for content in self._updates if content["update_id"] >= offset]
            if not self._updates:
                # Other requests notify as well; only an update ends the wait.
                self._changed.wait_for(lambda: self._updates, min(HOLD, float(params.get("timeout", 0))))
            return self._updates[:100]


def _handler(server: BotServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65536  # head and body in one packet, or each answer waits for an acknowledgement

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            token, _, method = self.path.removeprefix("/bot").partition("/")
            status, content = server.answer(token, method, dict(parse_qsl(body, keep_blank_values=True)))
            if status == 0:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            data = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler
