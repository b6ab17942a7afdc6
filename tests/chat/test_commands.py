"""Each command answers, with and without words behind it, and stands in the right menu."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answers.answer import Kind
from bot.chat import wording
from bot.chat.wording import Command
from bot.pipeline import Readout
from tests.chat.offline import converse, update

COMMANDS = wording.load().commands
ASKED = {
    "pfs": "3 years",
    "response": "phase 2",
    "survival": "hazard ratio",
    "safety": "neutropenia",
    "eligibility": "FLC ratio",
    "design": "blinded",
    "compare": "response",
    "explain": "HR",
    "conflicts": "response",
    "sources": "2020",
}
"""Commands with words that a clinician may type behind them."""
WANTED = {
    "pfs", "response", "survival", "safety", "eligibility", "design", "compare", "sources", "cite",
    "conflicts", "explain", "summary", "privacy", "forget", "settings", "feedback", "help", "start", "about",
}  # fmt: skip


def typed(text: str, name: str = "private_command_start") -> dict[str, Any]:
    """A message that begins with a command."""
    content = update(name, text=text)
    content["message"]["entities"] = [{"offset": 0, "length": len(text.split()[0]), "type": "bot_command"}]
    return content


def test_all_commands_are_there() -> None:
    """As the help and the profile promise."""
    assert {entry.name for entry in COMMANDS} >= WANTED


@pytest.mark.parametrize("name", sorted(WANTED))
def test_each_command_replies_once(name: str, readout: Readout) -> None:
    """In private, without words."""
    api = converse(typed(f"/{name}"), readout=readout)
    assert len(api.done()) == 1
    assert api.refused == []
    assert "{" not in api.done()[0].text


@pytest.mark.parametrize(("name", "words"), ASKED.items())
def test_words_behind_a_command(name: str, words: str, readout: Readout) -> None:
    """Make it more exact; the answer is a report."""
    (entry,) = [entry for entry in COMMANDS if entry.name == name]
    question = entry.asks(words)
    assert question is not None
    assert readout.reply(question).answer.kind in (Kind.ANSWER, Kind.NOT_REPORTED)
    (sent,) = converse(typed(f"/{name} {words}"), readout=readout).done()
    assert sent.text.startswith(readout.reply(question).answer.headline)


def test_a_command_from_a_file() -> None:
    """The words stand behind the command's own."""
    (sent,) = converse(update("private_command_pfs")).done()
    assert sent.text.startswith("Heard: PFS 3y len")


def test_words_with_a_place() -> None:
    """They stand where the data says."""
    entry = Command(name="explain", text="explain", with_words="What does {words} mean?")
    assert entry.asks("HR") == "What does HR mean?"
    assert entry.asks("") is None


@pytest.mark.parametrize("entry", [entry for entry in COMMANDS if entry.offers], ids=lambda entry: entry.name)
def test_what_a_command_offers_is_answered(entry: Command, readout: Readout) -> None:
    """On buttons: on a phone a tap is less than a word."""
    (sent,) = converse(typed(f"/{entry.name}"), readout=readout).done()
    assert sent.buttons == [f"q:{question}" for question in entry.offers]
    assert {readout.reply(question).answer.kind for question in entry.offers} == {Kind.ANSWER}


def test_in_a_group_a_command_is_answered_as_a_reply() -> None:
    """Also without the bot's name, as the menu sends it."""
    (sent,) = converse(typed("/pfs 3y", "group_command_bare")).done()
    assert sent.text.startswith("Heard: PFS 3y")
    assert "reply_parameters" in sent.params


def test_every_menu_fits() -> None:
    """Telegram shows a hundred commands; nobody reads more than twenty."""
    assert len([entry for entry in COMMANDS if entry.description]) <= 20
    assert len({entry.name for entry in COMMANDS}) == len(COMMANDS)
