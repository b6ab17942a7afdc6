"""One structured answer as plain text, Telegram HTML or JSON.

The only place that writes markup: every dynamic text is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from bot.answers.answer import Answer, Reference

MAX_UTF16 = 4096
"""Telegram counts a message's text in UTF-16 units, after parsing."""
MAX_BYTES = 32 * 1024
"""What its servers read of a message before parsing."""
SHORT_NOTE = 200
"""A first contradiction up to this many units stands in the open; a longer one is folded."""


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(answer: Answer) -> str:
    """The reply as text, with the sources at its end; as long as the answer is."""
    parts = [answer.headline, *answer.lines]
    parts += [f"Note: {note}" for note in answer.notes]
    parts += [f"Derived: {step}" for step in answer.basis]
    if answer.references:
        parts.append("Source: " + "; ".join(_cited(reference) for reference in answer.references))
    return "\n".join(parts)


def message(answer: Answer) -> str:
    """The reply as text for one Telegram message: when it is too long, details go first."""
    return plain(_fitted(answer, lambda shorter: _fits(plain(shorter), plain(shorter))))


def html(answer: Answer, *, brief: bool = False, footer: str = "") -> str:
    """The reply as Telegram HTML; `brief` (groups) folds all but headline and source away.

    `footer` is a plain line that stands below the source.

    The order is the one in which it should be heard: headline, details, a short contradiction,
    source; then, in an expandable quotation, the other contradictions and the arithmetic. It stays
    within Telegram's limits by leaving out details, never by cutting.
    """

    def fits(shorter: Answer) -> bool:
        return _fits(_html(shorter, brief, footer, _SHOWN), _html(shorter, brief, footer, _SENT))

    return _html(_fitted(answer, fits), brief, footer, _SENT)


def _fits(shown: str, sent: str) -> bool:
    return units(shown) <= MAX_UTF16 and len(sent.encode("utf-8", "surrogatepass")) <= MAX_BYTES


def _fitted(answer: Answer, fits: Callable[[Answer], bool]) -> Answer:
    """The answer without its last details: arithmetic, then lines, contradictions, sources."""
    if fits(answer):
        # Nearly always; each further look would render it again.
        return answer
    for name in ("basis", "lines", "notes", "references"):
        while not fits(answer) and (kept := getattr(answer, name)):
            answer = replace(answer, **{name: kept[:-1]})
    while not fits(answer):
        # Nothing but the headline is left. Before it is escaped there is no tag to cut.
        answer = replace(answer, headline=answer.headline[: len(answer.headline) * 9 // 10].rstrip() + "…")
    return answer


@dataclass(frozen=True, slots=True)
class _Style:
    """How texts and tags are written: as they are sent, or as they are shown."""

    clean: Callable[[str], str]
    tag: Callable[[str, str], str]
    """(opening tag without its brackets, content that is clean) -> markup."""


def _tagged(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag.partition(' ')[0]}>"


_SENT = _Style(clean=escape, tag=_tagged)
_SHOWN = _Style(clean=lambda text: text, tag=lambda tag, content: content)


def _html(answer: Answer, brief: bool, footer: str, style: _Style) -> str:
    clean, tag = style.clean, style.tag
    short = [note for note in answer.notes[:1] if units(note) <= SHORT_NOTE]
    parts = [tag("b", clean(answer.headline))]
    if not brief:
        parts += [clean(line) for line in answer.lines]
    parts += [f"Note: {clean(note)}" for note in short]
    if answer.references:
        cited = "; ".join(_linked(reference, style) for reference in answer.references)
        parts.append(tag("i", f"Source: {cited}"))
    if footer:
        parts.append(tag("i", clean(footer)))
    folded = [
        *(answer.lines if brief else ()),
        *(f"Note: {note}" for note in answer.notes[len(short) :]),
        *(f"Derived: {step}" for step in answer.basis),
    ]
    if folded:
        inner = "\n".join([tag("b", "Basis"), *(clean(line) for line in folded)])
        parts.append(tag("blockquote expandable", inner))
    return "\n".join(parts)


def _cited(reference: Reference) -> str:
    link = f" <{reference.url}>" if reference.url else ""
    return f"{reference.label} ({reference.locator}){link}"


def _linked(reference: Reference, style: _Style) -> str:
    label = style.clean(reference.label)
    if reference.url:
        label = style.tag(f'a href="{escape(reference.url)}"', label)
    return f"{label} ({style.clean(reference.locator)})"


def citation(answer: Answer, limit: int) -> str | None:
    """The figure with its source in one line, to paste elsewhere; None if `limit` units cannot hold it.

    As much of it as fits: the source, its place and link, and the first contradiction.
    """
    found = None
    for text in _citations(answer):
        if units(text) <= limit:
            found = text
    return found


def _citations(answer: Answer) -> list[str]:
    """The same citation, ever more complete."""
    if not answer.references:
        return []
    first = answer.references[0]
    place = f"{first.label} ({first.locator})"
    linked = f"{place} {first.url}" if first.url else place
    heads = [answer.headline, *(f"{answer.headline} Note: {note}" for note in answer.notes[:1])]
    return [f"{head} Source: {source}" for head in heads for source in (first.label, place, linked)]


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
