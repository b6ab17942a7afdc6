"""The command /start: the greeting, or the question of the deep link that was opened."""

from __future__ import annotations

from telegram import Update

from bot.chat import links
from bot.chat.addressed import readable
from bot.chat.asking import command_asked
from bot.chat.delivery import is_group
from bot.chat.desk import Context
from bot.chat.replies import say


async def started(update: Update, context: Context) -> None:
    """A tap on "Start", on a link to a question, or on a link that adds the bot to a group."""
    message, desk = update.message, context.desk
    texts = desk.wording.texts
    if message is None:
        return
    words = [word for word in context.args or [] if word != links.NOTHING]
    if not words:
        if is_group(message.chat):
            # The link that adds the bot says /start beside the card of welcome.
            if desk.greeted.get(message.chat.id):
                return
            desk.greeted.put(message.chat.id, True)
        await say(message, texts.start, context, examples=True)
        return
    # A link has one payload. More words were typed by hand.
    question = links.question(words[0]) if len(words) == 1 else " ".join(words)
    if question is None:
        await say(message, texts.link_gone, context, examples=True)
    else:
        await command_asked(update, context, readable(question))
