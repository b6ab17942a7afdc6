"""One structured answer as plain text, Telegram HTML or JSON.

The only place that writes markup: every dynamic text is escaped here.
"""

from __future__ import annotations

from html import escape
from typing import Any

from bot.answers.answer import Answer, Reference

MAX_UTF16 = 4096
"""Telegram counts a message's text in UTF-16 units, after parsing."""


def plain(answer: Answer) -> str:
    """The reply as text, with the sources at its end."""
    parts = [answer.headline, *answer.lines]
    parts += [f"Note: {note}" for note in answer.notes]
    parts += [f"Derived: {step}" for step in answer.basis]
    if answer.references:
        parts.append("Source: " + "; ".join(_cited(reference) for reference in answer.references))
    return "\n".join(parts)


def html(answer: Answer, *, brief: bool = False) -> str:
    """The reply as Telegram HTML; `brief` (groups) folds all but headline and source away.

    Contradictions and arithmetic stand in an expandable quotation. The text
    stays within Telegram's limit by leaving out the last folded lines first.
    """
    folded = [*(answer.lines if brief else ()), *answer.notes, *answer.basis]
    while True:
        text = _html(answer, folded, brief)
        if len(text.encode("utf-16-le")) // 2 <= MAX_UTF16 or not folded:
            return text
        folded = folded[:-1]


def _html(answer: Answer, folded: list[str], brief: bool) -> str:
    parts = [f"<b>{escape(answer.headline)}</b>"]
    if not brief:
        parts += [escape(line) for line in answer.lines]
    if folded:
        inner = "\n".join(escape(line) for line in folded)
        parts.append(f"<blockquote expandable>{inner}</blockquote>")
    if answer.references:
        parts.append(
            "<i>Source: " + "; ".join(_linked(reference) for reference in answer.references) + "</i>"
        )
    return "\n".join(parts)


def _cited(reference: Reference) -> str:
    link = f" <{reference.url}>" if reference.url else ""
    return f"{reference.label} ({reference.locator}){link}"


def _linked(reference: Reference) -> str:
    label = escape(reference.label)
    if reference.url:
        label = f'<a href="{escape(reference.url)}">{label}</a>'
    return f"{label} ({escape(reference.locator)})"


def as_json(answer: Answer) -> dict[str, Any]:
    """The reply contract's object: kind, headline, text, facts, sources, understood."""
    return {
        "kind": answer.kind.value,
        "headline": answer.headline,
        "text": plain(answer),
        "facts": list(answer.facts),
        "sources": [reference.source for reference in answer.references],
        "suggestions": list(answer.suggestions),
        "understood": answer.understood,
    }
