"""Delivers updates to the webhook that a bot has set, as Telegram does."""

from __future__ import annotations

import http.client
import itertools
import json
import socket
import threading
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.chat.server import BotServer

CONNECTIONS = 8
"""At the same time; one chat's updates keep to one of them, and so to their order."""
PATIENCE = 60
"""How long a delivery may take, in seconds."""


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class Postman:
    """Knows the server's webhook; numbers updates in the order in which they are given."""

    def __init__(self, server: BotServer) -> None:
        self._api = server.api
        self._numbers = itertools.count(101)

    def deliver(self, updates: Iterable[Mapping[str, Any]]) -> None:
        """Deliver in the background, the chats in parallel."""
        shares: list[list[bytes]] = [[] for _ in range(CONNECTIONS)]
        for content in updates:
            self._api.hear(content)
            (told,) = (part for part in content.values() if isinstance(part, dict))
            body = json.dumps(dict(content) | {"update_id": next(self._numbers)}).encode()
            shares[told.get("chat", {}).get("id", 0) % CONNECTIONS].append(body)
        for share in filter(None, shares):
            threading.Thread(target=self.send, args=(share,)).start()

    def send(self, bodies: Iterable[bytes], secret: str | None = None) -> list[int]:
        """Deliver one after the other over one connection; the status of each answer."""
        webhook = self._api.webhook
        address = urlsplit(webhook["url"])
        headers = {
            "Content-Type": "application/json",
            "X-Telegram-Bot-Api-Secret-Token": webhook["secret_token"] if secret is None else secret,
        }
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        statuses = []
        for body in bodies:
            connection.request("POST", address.path, body, headers)
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
        connection.close()
        return statuses
