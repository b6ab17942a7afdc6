"""Commands as they were typed: which one, and what stands behind it."""

from __future__ import annotations

from telegram import Message

from bot.chat.addressed import question
from bot.chat.wording import Command, Wording


def typed(message: Message, wording: Wording) -> tuple[Command, str] | None:
    """The command that the message begins with, and the words behind it; None without one that we have.

    A mention of the bot before the command, as guests write it, does not count.
    """
    first, _, words = question(message).partition(" ")
    if not first.startswith("/"):
        return None
    # Telegram ends a command at the first sign that no name has: in "/help, please" before the comma.
    name = "".join(_named(first[1:])).lower()
    entry = next((entry for entry in wording.commands if entry.name == name), None)
    return (entry, " ".join(words.split())) if entry else None


def asks(message: Message, wording: Wording) -> tuple[str, bool] | None:
    """The question (or, with True, the claim to check) that a command stands for; None for any other."""
    found = typed(message, wording)
    if found is None:
        return None
    entry, words = found
    if entry.action == "check":
        return words, True
    asked = entry.asks(words)
    return (asked, False) if asked is not None else None


def _named(text: str) -> list[str]:
    name: list[str] = []
    for sign in text:
        if not (sign.isascii() and (sign.isalnum() or sign == "_")):
            break
        name.append(sign)
    return name
