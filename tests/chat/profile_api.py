"""The fake's share of the bot's profile: name, descriptions, menus."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.chat.content import Refused

LIMITS = {"name": 64, "short_description": 120, "description": 512}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


@dataclass
class Profile:
    """What was set so far."""

    texts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LIMITS, ""))
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """By scope, as JSON."""
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "default"})

    def handlers(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        """Method -> what answers it."""
        camel = {"name": "Name", "short_description": "ShortDescription", "description": "Description"}
        found: dict[str, Callable[[dict[str, Any]], Any]] = {
            "getMyCommands": lambda params: self.commands.get(_scope(params), []),
            "setMyCommands": self._set_commands,
            "getChatMenuButton": lambda params: self.menu_button,
            "setChatMenuButton": self._set_button,
        }
        for key, name in camel.items():
            found[f"getMy{name}"] = partial(self._text, key)
            found[f"setMy{name}"] = partial(self._set_text, key)
        return found

    def _text(self, key: str, params: dict[str, Any]) -> dict[str, str]:
        return {key: self.texts[key]}

    def _set_text(self, key: str, params: dict[str, Any]) -> bool:
        if len(params[key]) > LIMITS[key]:
            raise Refused(f"Bad Request: {key} is too long")
        self.texts[key] = params[key]
        return True

    def _set_commands(self, params: dict[str, Any]) -> bool:
        commands = params["commands"]
        if len(commands) > 100:
            raise Refused("Bad Request: BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"]):
                raise Refused("Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise Refused("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[_scope(params)] = commands
        return True

    def _set_button(self, params: dict[str, Any]) -> bool:
        self.menu_button = params["menu_button"]
        return True


def _scope(params: dict[str, Any]) -> str:
    return json.dumps(params.get("scope", {"type": "default"}), sort_keys=True)
