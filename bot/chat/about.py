"""What the bot says of itself: /about, with the edition of its knowledge, and the operator's /stats."""

from __future__ import annotations

from collections import Counter

from telegram import Message

from bot.chat.delivery import is_group
from bot.chat.desk import Context, Desk
from bot.chat.replies import say


async def about(message: Message, context: Context) -> None:
    """What this bot is, and which edition of the knowledge base it answers from."""
    texts, edition = context.desk.wording.texts, context.desk.readout.edition()
    line = texts.edition.format(
        facts=edition.facts, sources=edition.sources, latest=edition.latest, mark=edition.mark
    )
    await say(message, f"{texts.about}\n{line}", context)


async def stats(message: Message, context: Context) -> None:
    """Counts for the operator, in private; for anybody else there is no such command."""
    operator, sender = context.desk.operator, message.from_user
    if operator is not None and sender is not None and (sender.id, message.chat.id) == (operator, operator):
        await say(message, report(context.desk), context)
    elif not is_group(message.chat):
        await say(message, context.desk.wording.texts.unknown_command, context)


def report(desk: Desk) -> str:
    """The counts as lines of text."""
    tally, texts = desk.tally, desk.wording.texts
    lines = [
        texts.stats.format(
            hours=round(tally.running / 3600, 1),
            updates=tally.updates,
            milliseconds=round(1000 * tally.seconds / max(tally.updates, 1), 1),
            failures=tally.failures,
        )
    ]
    lines += [f"{place}: {_listed(counts)}" for place, counts in sorted(_by_place(tally.answers).items())]
    verdicts: dict[str, Counter[str]] = {}
    for (subject, verdict), number in desk.feedback.totals().items():
        verdicts.setdefault(verdict, Counter())[subject] += number
    if verdicts:
        lines.append(texts.stats_ratings)
        lines += [f"{verdict}: {_listed(counts)}" for verdict, counts in sorted(verdicts.items())]
    if desk.unanswered is not None:
        kept = desk.unanswered.questions()
        lines.append(texts.stats_unanswered.format(number=len(kept)))
        lines += [f"{number} x {question}" for question, _, number in kept[:_SHOWN]]
    return "\n".join(lines)


_SHOWN = 10
"""Unanswered questions in one message: each has at most 200 characters."""


def _by_place(answers: Counter[tuple[str, str]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for (place, kind), number in answers.items():
        found.setdefault(place, Counter())[kind] += number
    return found


def _listed(counts: Counter[str]) -> str:
    shown = counts.most_common(_SHOWN)
    return f"{counts.total()} ({', '.join(f'{name} {number}' for name, number in shown)})"
