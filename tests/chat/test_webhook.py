"""Updates delivered by Telegram instead of asked for: one switch, the same answers."""

from __future__ import annotations

import gc
import json
import socket
import threading
from collections.abc import Callable
from functools import partial

import pytest

from bot.chat.handlers import UPDATES
from tests.chat.offline import update
from tests.chat.postman import Postman, free_port
from tests.chat.served import sent, served
from tests.chat.server import BotServer


def _webhook(port: int) -> dict[str, object]:
    """Settings of an operator whose own server passes deliveries on to the port."""
    return {"telegram_webhook_url": f"http://127.0.0.1:{port}/updates", "telegram_webhook_port": port}


def _is_set(server: BotServer) -> bool:
    return bool(server.api.webhook)


def _delivered(server: BotServer, deliver: Callable[[Postman], None], number: int = 1) -> Callable[[], bool]:
    """Delivers when the webhook is set; then whether that is done and so many messages were sent."""
    threads: list[threading.Thread] = []

    def until() -> bool:
        if server.api.webhook and not threads:
            threads.append(threading.Thread(target=deliver, args=(Postman(server),)))
            threads[0].start()
        return sent(server, number)() and not threads[0].is_alive()

    return until


def test_a_delivered_update_is_answered() -> None:
    """Telegram is told where, what, and the secret; nothing is polled."""
    with BotServer() as server:
        until = _delivered(server, lambda postman: postman.deliver([update("private_text")]))
        assert served(server, until, **_webhook(free_port())) == 0
        (answer,) = server.api.done("sendMessage")
    assert answer.text.startswith("Heard: 3-year PFS?")
    assert server.api.webhook["allowed_updates"] == [str(kind) for kind in UPDATES]
    assert server.polls == []


def test_the_secret_is_not_the_token_and_stays_the_same() -> None:
    """So that deliveries that were on their way at a restart are taken."""
    secrets = []
    for _ in range(2):
        with BotServer() as server:
            served(server, partial(_is_set, server), **_webhook(free_port()))
        secrets.append(server.api.webhook["secret_token"])
        assert server.token not in secrets[-1]
    assert secrets[0] == secrets[1]


def test_a_delivery_by_somebody_else_is_refused() -> None:
    """Whoever finds the address has no secret; and what comes twice is answered once."""
    statuses: list[int] = []

    def deliver(postman: Postman) -> None:
        content = update("private_text") | {"update_id": 7}
        server.api.hear(content)
        body = json.dumps(content).encode()
        statuses.extend(postman.send([body], secret="another"))
        statuses.extend(postman.send([body, body, b"{}", b"no json"]))
        postman.deliver([update("private_text", text="the last")])

    with BotServer() as server:
        assert served(server, _delivered(server, deliver, 2), **_webhook(free_port())) == 0
        answers = [call.text.splitlines()[0] for call in server.api.done("sendMessage")]
    assert statuses[:3] == [403, 200, 200]
    assert answers == ["Heard: 3-year PFS?", "Heard: the last"]


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # left by the library's server
def test_a_port_in_use_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    """Exit status 1, no traceback."""
    with BotServer() as server, socket.socket() as used:
        used.bind(("127.0.0.1", 0))
        used.listen()
        assert served(server, lambda: False, **_webhook(used.getsockname()[1])) == 1
    gc.collect()
    (line,) = capfd.readouterr().err.splitlines()
    assert "TELEGRAM_WEBHOOK_PORT" in line


def test_polling_ends_an_earlier_webhook() -> None:
    """While one is set, Telegram refuses to be asked."""
    with BotServer() as server:
        server.api.webhook = {"url": "https://example.org/old"}
        server.post(update("private_text"))
        assert served(server, sent(server)) == 0
        assert server.api.webhook == {}
