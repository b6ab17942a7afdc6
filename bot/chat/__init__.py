"""The Telegram edge: the only folder that imports telegram.

A handler takes an update apart, asks the readout, and sends the answer. The
order of the handlers, and which updates are asked for, stands in handlers.py.
"""

from __future__ import annotations

from bot.chat.service import run

__all__ = ["run"]
