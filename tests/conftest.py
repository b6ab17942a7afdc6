"""What every test shares: a cache of its own, no network, and the bot on the real data."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from bot.pipeline import Readout

# Deadlines measure how busy the machine is; a failure must be the same on every machine.
settings.register_profile("readout", deadline=None, derandomize=True, print_blob=True)
# tests/run tests/chat/test_any_updates.py --hypothesis-profile=ten_thousand -n0
settings.register_profile("ten_thousand", settings.get_profile("readout"), max_examples=10_000)
settings.load_profile("readout")

_OURS = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Keeps the operator's settings, and the operator's compiled knowledge, out of the tests."""
    for name in [name for name in os.environ if name.startswith(("TELEGRAM_", "READOUT_"))]:
        del os.environ[name]
    if not hasattr(config, "workerinput"):  # xdist's workers share the folder of their parent
        config.stash[_OURS] = os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="readout-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removes the cache."""
    if folder := config.stash.get(_OURS, None):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
            raise AssertionError(f"a test tried to connect to {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def readout() -> Readout:
    """The bot on the real data."""
    # Here, not above: tests of other layers must run while this import is broken.
    from bot.pipeline import open_readout

    return open_readout()
