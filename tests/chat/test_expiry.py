"""Messages to be deleted: also when the program was stopped in between."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.chat import pace
from bot.memory.appointments import Appointment, Appointments
from bot.memory.chat_settings import ChatSettings, ChatSettingsStore
from tests.chat.offline import update
from tests.chat.served import served
from tests.chat.server import BotServer

GROUP = -1001000000001


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PAUSES", (0.01, 0.01))


def _later(folder: Path, seconds: float) -> None:
    """As if so much time had passed since the bot was stopped."""
    store = Appointments(folder)
    for appointment in store.open():
        store.make(Appointment(appointment.chat, appointment.message, appointment.due - seconds))
    store.close()


def test_an_appointment_outlives_a_restart(tmp_path: Path) -> None:
    """Sent by one run, deleted by the next, forgotten by the one after that."""
    chosen = ChatSettingsStore(tmp_path)
    chosen.choose(GROUP, ChatSettings(lifetime=10))
    chosen.close()
    with BotServer() as server:
        server.post(update("group_mention"))
        assert served(server, lambda: bool(server.api.done("sendMessage")), state_path=tmp_path) == 0
        assert server.api.done("deleteMessage") == []
        (appointment,) = Appointments(tmp_path).open()
        assert 590 < appointment.due - time.time() <= 600
        _later(tmp_path, 601)
        assert served(server, lambda: bool(server.api.done("deleteMessage")), state_path=tmp_path) == 0
        (deleted,) = server.api.done("deleteMessage")
        assert deleted.params == {"chat_id": GROUP, "message_id": appointment.message}
        assert Appointments(tmp_path).open() == []


def test_what_cannot_be_deleted_is_forgotten(tmp_path: Path) -> None:
    """Somebody was faster."""
    store = Appointments(tmp_path)
    store.make(Appointment(GROUP, 77, time.time() - 5))
    with BotServer() as server:
        assert served(server, lambda: not store.open(), state_path=tmp_path) == 0
        assert [call.method for call in server.api.refused] == ["deleteMessage"]
    store.close()
