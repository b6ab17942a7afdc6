"""The commands of wording.yaml."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.chat import charting, group_settings, links, preferring, rating
from bot.chat.about import about, stats
from bot.chat.asking import check_asked, command_asked
from bot.chat.delivery import is_group, is_shared
from bot.chat.desk import Context
from bot.chat.privacy import forget, privacy
from bot.chat.replies import say
from bot.chat.wording import Command


async def command(update: Update, context: Context) -> None:
    """A command of wording.yaml: asks its question, sends its text, or does its action."""
    message = update.message or update.channel_post
    if message is None or not message.text:
        return
    # The entity ends where Telegram ends the command: in "/help, please" before the comma.
    name = message.text[1 : message.entities[0].length].partition("@")[0].lower()
    entry = next(entry for entry in context.desk.wording.commands if entry.name == name)
    words = " ".join(context.args or [])
    question = entry.asks(words)
    if question is not None:
        await command_asked(update, context, question)
    elif entry.text is not None:
        text: str = getattr(context.desk.wording.texts, entry.text)
        buttons = context.desk.suggestions.keyboard(entry.offers)
        if entry.invites and not is_shared(message.chat):
            buttons = _invitation(context)
        await say(message, text, context, examples=entry.examples, buttons=buttons)
    else:
        await _act(entry, message, context, words)


async def _act(entry: Command, message: Message, context: Context, words: str) -> None:
    if entry.action == "check":
        await check_asked(message, context, words)
    elif entry.action == "chart":
        await charting.asked(message, context, words)
    elif entry.action == "privacy":
        await privacy(message, context)
    elif entry.action == "about":
        await about(message, context)
    elif entry.action == "stats":
        await stats(message, context)
    elif entry.action == "forget":
        await forget(message, context)
    elif entry.action == "settings":
        await (group_settings.offer if is_group(message.chat) else preferring.offer)(message, context)
    elif entry.action == "feedback":
        wording = context.desk.wording
        buttons = InlineKeyboardMarkup([rating.thumbs("bot", wording.buttons)])
        await message.reply_text(wording.texts.feedback, parse_mode=None, reply_markup=buttons)


def _invitation(context: Context) -> InlineKeyboardMarkup | None:
    """The way into a group; None where BotFather's /setjoingroups has closed it."""
    if not context.bot.bot.can_join_groups:
        return None
    label, address = context.desk.wording.buttons.add_to_group, links.group(context.bot.username)
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=address)]])
