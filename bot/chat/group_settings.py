"""The settings of a group, on buttons that only its administrators can use."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from typing import Literal

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.chat.admins import by_admin, is_admin
from bot.chat.delivery import is_group
from bot.chat.desk import Context, Desk
from bot.chat.replies import notice
from bot.memory.chat_settings import ZONES, ChatSettings

PATTERN = r"^g:"
"""Callback data of these buttons: g:SETTING:VALUE."""


async def offer(message: Message, context: Context) -> None:
    """Show the settings to an administrator, and tell anybody else whose they are."""
    desk = context.desk
    texts = desk.wording.texts
    if not await by_admin(message, context):
        await notice(message, texts.admins_only, context)
        return
    await message.reply_text(
        texts.group_settings,
        parse_mode=None,
        reply_markup=_buttons(desk, desk.chat_settings.of(message.chat.id)),
        disable_notification=True,
    )


async def chosen(update: Update, context: Context) -> None:
    """A tap on a setting: kept if an administrator made it, acknowledged in any case."""
    query, desk = update.callback_query, context.desk
    if query is None:
        return
    texts = desk.wording.texts
    chat = query.message.chat if query.message else None
    settings = _changed(query.data or "", desk.chat_settings.of(chat.id)) if chat else None
    refusal = None
    if chat is None or settings is None or not is_group(chat):
        refusal = texts.gone
    elif not await is_admin(chat, query.from_user, context):
        refusal = texts.admins_only
    with contextlib.suppress(BadRequest):  # a query that is too old can no longer be answered
        await query.answer(refusal or texts.rated, show_alert=refusal is not None)
    if chat is None or settings is None or refusal:
        return
    desk.chat_settings.choose(chat.id, settings)
    buttons = _buttons(desk, settings)
    if isinstance(query.message, Message) and query.message.reply_markup != buttons:
        # Two administrators at once, or a message from long ago.
        with contextlib.suppress(BadRequest):
            await query.message.edit_reply_markup(buttons)


def _changed(data: str, settings: ChatSettings) -> ChatSettings | None:
    _, _, rest = data.partition(":")
    name, _, value = rest.partition(":")
    try:
        return settings.changed(name, value)
    except ValueError:
        return None


def _buttons(desk: Desk, settings: ChatSettings) -> InlineKeyboardMarkup:
    labels = desk.wording.group_settings
    now = {
        "reacts_to": settings.reacts_to,
        "verbosity": settings.verbosity,
        "quiet": str(int(settings.quiet)),
        "lifetime": str(settings.lifetime),
        "hours": settings.hours,
    }
    rows = []
    for name, value in now.items():
        choices: dict[str, str] = getattr(labels, name)
        rows.append(
            [
                InlineKeyboardButton(
                    labels.chosen.replace("{label}", label) if key == value else label,
                    callback_data=f"g:{name}:{key}",
                )
                for key, label in choices.items()
            ]
        )
    if settings.hours != "none":
        rows.append(_clock(labels.clock, settings))
    return InlineKeyboardMarkup(rows)


def _clock(
    labels: Mapping[Literal["back", "now", "on"], str], settings: ChatSettings
) -> list[InlineKeyboardButton]:
    """What the group's clock shows; with the buttons around it an administrator puts it right."""
    now = settings.clock(dt.datetime.now(dt.UTC)).strftime("%H:%M")
    # Each button holds the zone itself and no step, so that a double tap does nothing more.
    back, on = (ZONES[(settings.zone - ZONES[0] + step) % len(ZONES)] for step in (-1, 1))
    return [
        InlineKeyboardButton(labels["back"], callback_data=f"g:zone:{back}"),
        InlineKeyboardButton(labels["now"].replace("{time}", now), callback_data=f"g:zone:{settings.zone}"),
        InlineKeyboardButton(labels["on"], callback_data=f"g:zone:{on}"),
    ]
