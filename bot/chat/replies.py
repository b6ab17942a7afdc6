"""Handlers that send one of the bot's own texts."""

from __future__ import annotations

from telegram import Message, Update

from bot.chat.asking import command_asked
from bot.chat.desk import Context
from bot.chat.wording import Command


async def say(message: Message, text: str, context: Context, *, examples: bool = False) -> None:
    """Reply with a text of wording.yaml, which is plain: nothing in it is markup."""
    desk = context.desk
    buttons = desk.suggestions.keyboard(desk.wording.examples) if examples else None
    await message.reply_text(text.replace("{trials}", desk.trials), parse_mode=None, reply_markup=buttons)


async def command(update: Update, context: Context) -> None:
    """A command of wording.yaml: sends its text, or asks its question."""
    message = update.message
    if message is None or not message.text:
        return
    # The entity ends where Telegram ends the command: in "/help, please" before the comma.
    name = message.text[1 : message.entities[0].length].partition("@")[0].lower()
    entry = next(entry for entry in context.desk.wording.commands if entry.name == name)
    await _run(entry, message, update, context)


async def _run(entry: Command, message: Message, update: Update, context: Context) -> None:
    if entry.question is not None:
        await command_asked(update, context, entry.question, context.args or [])
    elif entry.text is not None:
        text: str = getattr(context.desk.wording.texts, entry.text)
        await say(message, text, context, examples=entry.examples)


async def unknown_command(update: Update, context: Context) -> None:
    """A command that the bot does not have."""
    if update.message:
        await say(update.message, context.desk.wording.texts.unknown_command, context)


async def not_text(update: Update, context: Context) -> None:
    """A picture, a voice message, a sticker, a place: one calm line, also for a whole album."""
    message, desk = update.message, context.desk
    if message is None:
        return
    if message.media_group_id:
        if desk.albums.get(message.media_group_id):
            return
        desk.albums.put(message.media_group_id, True)
    await say(message, desk.wording.texts.not_text, context)
