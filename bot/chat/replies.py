"""Handlers that send one of the bot's own texts."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Message, Update

from bot.chat.delivery import is_shared
from bot.chat.desk import Context
from bot.chat.expiry import expire


async def say(
    message: Message,
    text: str,
    context: Context,
    *,
    examples: bool = False,
    buttons: InlineKeyboardMarkup | None = None,
) -> None:
    """Reply with a text of wording.yaml, which is plain: nothing in it is markup."""
    desk = context.desk
    if examples:
        buttons = desk.suggestions.keyboard(desk.wording.examples)
    sent = await message.reply_text(
        text.replace("{trials}", desk.trials),
        parse_mode=None,
        reply_markup=buttons,
        disable_notification=is_shared(message.chat),
    )
    expire(sent, context)


async def notice(message: Message, text: str, context: Context) -> None:
    """Say something that is no answer, unless the group wants to be spared it."""
    if not context.desk.chat_settings.of(message.chat.id).quiet:
        await say(message, text, context)


async def unknown_command(update: Update, context: Context) -> None:
    """A command that the bot does not have."""
    if update.message:
        await notice(update.message, context.desk.wording.texts.unknown_command, context)


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
