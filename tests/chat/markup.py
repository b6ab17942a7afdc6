"""Telegram's HTML, as strictly as its servers read it."""

from __future__ import annotations

import re
from html import unescape

ALLOWED = {
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "code", "pre",
    "blockquote",
}  # fmt: skip
_ATTRIBUTES = {
    "a": re.compile(r' href="[^"<>]+"'),
    "span": re.compile(r' class="tg-spoiler"'),
    "blockquote": re.compile(r"( expandable)?"),
    "code": re.compile(r'( class="language-[\w+-]+")?'),
}
_ENTITY = re.compile(r"&(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


class BadMarkup(ValueError):
    """What Telegram answers with "can't parse entities"."""


def visible(html: str) -> str:
    """The text a reader sees. Raises BadMarkup."""
    text: list[str] = []
    stack: list[str] = []
    position = 0
    while position < len(html):
        opening = html.find("<", position)
        end = opening if opening >= 0 else len(html)
        text.append(_ENTITY.sub(lambda match: unescape(match.group()), html[position:end]))
        if opening < 0:
            break
        closing = html.find(">", opening)
        if closing < 0:
            raise BadMarkup(f"unclosed start tag at byte offset {opening}")
        _tag(html[opening + 1 : closing], stack)
        position = closing + 1
    if stack:
        raise BadMarkup(f"can't find end tag corresponding to start tag {stack[-1]!r}")
    return "".join(text)


def _tag(inside: str, stack: list[str]) -> None:
    if inside.startswith("/"):
        if not stack or stack.pop() != inside[1:]:
            raise BadMarkup(f"unexpected end tag {inside!r}")
        return
    name = inside.partition(" ")[0]
    if name not in ALLOWED:
        raise BadMarkup(f"unsupported start tag {name!r}")
    if not _ATTRIBUTES.get(name, re.compile("")).fullmatch(inside[len(name) :]):
        raise BadMarkup(f"unsupported attributes in {inside!r}")
    if name == "blockquote" and name in stack:
        raise BadMarkup("a blockquote in a blockquote")
    stack.append(name)


def units(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
