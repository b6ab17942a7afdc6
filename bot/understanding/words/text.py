"""One spelling for what people type: normalising, tokens with positions, stems.

Vocabulary and questions go through the same functions, so a name written in
the data is found however it is typed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import Stemmer

MAX_CHARACTERS = 4096
"""Telegram's longest message; what is beyond is not read."""

_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u2032`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2265": ">=",
        "\u2264": "<=",
        "\u00d7": "x",
        "\u00b7": ".",
    }
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|(?<!\w)@\w+bot\b", re.IGNORECASE)
"""Links, e-mail addresses and the names of bots say nothing about what is asked."""
_MARK = re.compile(r"(?:(?:^|(?<=[\s\"'(]))\(?([1-9a-i])\)|(?:^|(?<=\n))([1-9])\.)\s+(?=\S)")
"""The number or letter of a point in a list: "1) ... 2) ...", or "1." on a line of its own."""
_LONE_PERCENT = re.compile(r"(?<![^\s(\"'])%(?![^\s?!,;:.)\"'])")
"""A sign that belongs to no number: "deaths in %"."""
_ONE_LESS = re.compile(
    r"(^\s*|[,:]\s+|[\"'])1(?: ?- ?(?=[A-Z]{2})(?!YEAR|YR|MONTH|MO\b|ARM)| - (?=[a-z]{2}))"
)
"""A subtraction from one: "1 - HR"."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|(?<![\d])\.\d+|[^\W\d_]+(?:'[^\W\d_]+)?")
MAX_PLAIN_CAPITALS = 3


def _lines(name: str) -> list[str]:
    """The lines of a file of words, without its comments."""
    text = resources.files("bot.understanding").joinpath("language", name).read_text("utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


_APART = frozenset(_lines("apart.txt"))
"""Words that mean something else than the other words of their stem."""
_BRITISH = (
    (re.compile(r"mould"), "mold"),
    (re.compile(r"ae(?=[a-z]{2})"), "e"),
    (re.compile(r"oe(?=[dm])|(?<=rrh)oe"), "e"),
    (re.compile(r"our(?=(s|ed|ing|al|able)?$)"), "or"),
    (re.compile(r"is(?=(e|ed|es|er|ing|ation|ations)$)"), "iz"),
    (re.compile(r"tre$"), "ter"),
)
_THOUSANDS = re.compile(r"(?<![\d.,-])(\d{1,3}) (000)\b")
"""A space between thousands: "1 000"."""
_STEMMER = Stemmer.Stemmer("english")
_VOWEL = re.compile(r"[aeiouy]")


class Token(NamedTuple):
    """A word or a number of the question."""

    text: str
    """Normalised, lower case."""
    stem: str
    start: int
    """First character in the normalised text."""
    end: int
    lead: str
    """What stands between the token before and this one: " ", ", ", "? "."""
    percent: bool = False
    """A number followed by "%"."""
    plus: bool = False
    """A number followed by "+": "grade 3+"."""
    capitals: bool = False
    """Typed in capitals within a message that has small letters: an acronym."""

    @property
    def is_number(self) -> bool:
        """True for digits, whole or decimal."""
        return self.text[0].isdigit() or self.text[0] == "."


def normalise(text: str) -> str:
    """One kind of quote, dash and space; no control, format or surrogate characters; case is kept."""
    text = text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFKC", text).translate(_SAME)
    if has_address(text):
        text = _ADDRESS.sub(" ", text)
    if " 000" in text:
        text = _THOUSANDS.sub(r"\1\2", text)
    if "%" in text:
        text = _LONE_PERCENT.sub(_spoken, text)
    if " + " in text or " & " in text:
        text = text.replace(" + ", " plus ").replace(" & ", " and ")
    if "1" in text and "-" in text:
        text = _ONE_LESS.sub(r"\g<1>1 minus ", text)
    if ")" in text or ". " in text:
        text = _points(text)
    if text.isascii() and text.isprintable():
        return text
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category == "Cf" or category == "Mn":
            continue
        if character == "\n":
            kept.append("\n")
        elif category[0] in "CZ":
            kept.append(" ")
        else:
            kept.append(character)
    return "".join(kept)


def has_address(text: str) -> bool:
    """Whether the raw message holds a link or an e-mail address."""
    return ("@" in text or "://" in text or "www." in text) and _ADDRESS.search(text) is not None


def _spoken(sign: re.Match[str]) -> str:
    """The sign as a word, unless a number stands before it."""
    if sign.string[: sign.start()].rstrip()[-1:].isdigit():
        return "%"
    return "PERCENT" if sign.string.isupper() else "percent"


def _points(text: str) -> str:
    """Every point of a numbered list as a question of its own."""
    marks = list(_MARK.finditer(text))
    said = [mark.group(1) or mark.group(2) for mark in marks]
    if len(said) < 2 or said not in (list("123456789"[: len(said)]), list("abcdefghi"[: len(said)])):
        return text
    pieces = [text[: marks[0].start()]]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    pieces += [text[mark.end() : end].rstrip() for mark, end in zip(marks, ends, strict=True)]
    pieces[-1] = pieces[-1].replace(". ", "? ")
    return "? ".join(piece.rstrip("?") for piece in pieces if piece.strip()) + "?"


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The form under which a word is stored and looked up.

    British spelling becomes American; words of four letters and more lose
    their ending (Snowball's English stemmer); shorter ones stay as they are.
    """
    plain = own_stem(word)
    return _ALIKE.get(plain, plain)


@lru_cache(maxsize=65536)
def own_stem(word: str) -> str:
    """The word's own stem, not that of the word which says the same (alike.txt)."""
    if word.endswith("'s"):
        word = word[:-2]
    return _plain_stem(american(word.replace("'", "")))


def american(word: str) -> str:
    """A word in American spelling, as the vocabulary and the word list have it."""
    if len(word) > 4:
        for pattern, replacement in _BRITISH:
            word = pattern.sub(replacement, word)
    return word


def _plain_stem(word: str) -> str:
    if len(word) < 4 or word in _APART:
        return word
    if word.endswith("s") and not _VOWEL.search(word[:-1]):
        return word[:-1]
    return str(_STEMMER.stemWord(word))


_ALIKE = {
    _plain_stem(word): _plain_stem(line.split()[0])
    for line in _lines("alike.txt")
    for word in line.split()[1:]
}
"""Stem -> the stem that says the same."""


@lru_cache(maxsize=4096)
def _number_stem(text: str) -> str:
    return text.replace(",", ".")


def tokens(normalised: str) -> tuple[Token, ...]:
    """The words and numbers of a normalised text; digits and letters are parted ("3y": 3, y)."""
    found = []
    last = 0
    mixed = not normalised.isupper()
    for match in _TOKEN.finditer(normalised):
        start, end = match.span()
        typed = match.group()
        word = typed.lower()
        number = word[0].isdigit() or word[0] == "."
        found.append(
            Token(
                word,
                _number_stem(word) if number else stem(word),
                start,
                end,
                normalised[last:start],
                number and normalised[end : end + 2].lstrip()[:1] == "%",
                number and normalised[end : end + 1] == "+",
                mixed and len(typed) > MAX_PLAIN_CAPITALS and typed.isupper(),
            )
        )
        last = end
    return tuple(found)


@lru_cache(maxsize=65536)
def phrase(name: str) -> tuple[str, ...]:
    """A name of the vocabulary as the stems it is looked up by."""
    return tuple(token.stem for token in tokens(normalise(name)))
