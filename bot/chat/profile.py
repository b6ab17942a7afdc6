"""What Telegram shows of the bot: name, descriptions, menus; set only where it shows something else."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    MenuButtonCommands,
)
from telegram.error import TelegramError

from bot.chat.connection import ReadoutBot
from bot.chat.desk import Desk
from bot.chat.wording import Scope, Wording

_log = logging.getLogger(__name__)

Step = Callable[[ReadoutBot, Desk], Awaitable[None]]


async def introduce(bot: ReadoutBot, desk: Desk) -> None:
    """Bring the profile up to date. What Telegram refuses is logged; the bot answers without it."""
    for step in (_name, _short_description, _description, _menus, _menu_button):
        try:
            await step(bot, desk)
        except TelegramError as error:
            _log.warning("the profile could not be set: %s (%s)", step.__name__[1:], type(error).__name__)


def menu(wording: Wording, scope: Scope) -> tuple[BotCommand, ...]:
    """The commands that a scope shows; administrators see those of the group and their own."""
    scopes = {"group", "admin"} if scope == "admin" else {scope}
    return tuple(
        BotCommand(entry.name, entry.description)
        for entry in wording.commands
        if entry.description and scopes & set(entry.scopes)
    )


async def _name(bot: ReadoutBot, desk: Desk) -> None:
    # Setting it is limited to a few times a day, so it is asked for first; so with the others.
    if (await bot.get_my_name()).name != desk.wording.profile.name:
        await bot.set_my_name(desk.wording.profile.name)


async def _short_description(bot: ReadoutBot, desk: Desk) -> None:
    text = _filled(desk.wording.profile.short_description, desk, 120)
    if (await bot.get_my_short_description()).short_description != text:
        await bot.set_my_short_description(text)


async def _description(bot: ReadoutBot, desk: Desk) -> None:
    text = _filled(desk.wording.profile.description, desk, 512)
    if (await bot.get_my_description()).description != text:
        await bot.set_my_description(text)


async def _menus(bot: ReadoutBot, desk: Desk) -> None:
    scopes: dict[Scope, BotCommandScope] = {
        "private": BotCommandScopeAllPrivateChats(),
        "group": BotCommandScopeAllGroupChats(),
        "admin": BotCommandScopeAllChatAdministrators(),
    }
    for name, scope in scopes.items():
        commands = menu(desk.wording, name)
        if await bot.get_my_commands(scope=scope) != commands:
            await bot.set_my_commands(commands, scope=scope)


async def _menu_button(bot: ReadoutBot, desk: Desk) -> None:
    if not isinstance(await bot.get_chat_menu_button(), MenuButtonCommands):
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())


def _filled(text: str, desk: Desk, limit: int) -> str:
    """The text with the trials' names, as far as Telegram takes it."""
    return text.replace("{trials}", desk.trials)[:limit]
