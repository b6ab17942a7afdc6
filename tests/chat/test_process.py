"""The bot as a process: signals, exit statuses, and what it writes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.chat.api import TOKEN
from tests.chat.offline import update
from tests.chat.server import BotServer

ROOT = Path(__file__).parents[2]
PROGRAM = f"""
import sys
from bot.chat import run
from bot.settings import load
from {__package__}.stub import StubReadout
sys.exit(run(load(), StubReadout()))
"""
LIMIT = 30
"""Seconds; starting takes most of them on a busy machine."""


def start(variables: Mapping[str, str]) -> subprocess.Popen[str]:
    """The bot with these variables and no others of its own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "READOUT_"))
    }
    path = os.pathsep.join(entry for entry in [str(ROOT), *sys.path] if entry)
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=kept | {"PYTHONPATH": path} | dict(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_stop_it_well(number: signal.Signals) -> None:
    """Status 0, after answering; at the noisiest log level neither token nor question is written."""
    with BotServer() as server:
        server.post(update("private_text"))
        variables = {"TELEGRAM_BASE_URL": server.base_url, "READOUT_LOG_LEVEL": "debug"}
        process = start({"TELEGRAM_BOT_TOKEN": TOKEN} | variables)
        try:
            until = time.monotonic() + LIMIT
            while not server.api.done("sendMessage") and time.monotonic() < until:
                time.sleep(0.02)
            process.send_signal(number)
            out, err = process.communicate(timeout=LIMIT)
        finally:
            process.kill()
        assert len(server.api.done("sendMessage")) == 1
    assert process.returncode == 0
    assert "answering as @ReadoutTestBot" in err
    for secret in (TOKEN, TOKEN[-20:], "PFS", "Traceback"):
        assert secret not in out + err


def test_a_wrong_token_ends_it_with_one_line() -> None:
    """Status 1 and no traceback."""
    with BotServer(token="another:token") as server:
        process = start({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": server.base_url})
        out, err = process.communicate(timeout=LIMIT)
    assert process.returncode == 1
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "TELEGRAM_BOT_TOKEN" in err
    assert TOKEN not in err


def test_a_missing_token_ends_it_with_one_line() -> None:
    """Status 1; the line says where to get one."""
    process = start({})
    out, err = process.communicate(timeout=LIMIT)
    assert (process.returncode, out, len(err.splitlines())) == (1, "", 1)
    assert "BotFather" in err
