"""Which language a message is in, as far as the bot must know: English, or a polite line.

Scripts other than Latin tell by themselves; for Latin script the function
words decide. Words of the vocabulary are no evidence either way, because
clinicians mix English abbreviations into any language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.understanding.words.text import Token

MIN_FOREIGN_WORDS = 2
SCRIPT_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Languages:
    """Function words and scripts of the languages in foreign.yaml."""

    words: Mapping[str, frozenset[str]]
    """Word -> codes of the languages in which it is a function word."""
    scripts: Mapping[str, str]
    """Unicode script name ("CYRILLIC") -> language code of its reply."""
    english: frozenset[str]
    shared: Mapping[str, frozenset[str]]
    """Language code -> its words that are English, too: they speak for neither."""
    replies: Mapping[str, str]
    """Language code -> the line that says in it what the bot reads."""

    @classmethod
    def of(cls, foreign: Mapping[str, Mapping[str, object]], english: Iterable[str]) -> Languages:
        """Build from the data of language/foreign.yaml and the English function words."""
        words: dict[str, set[str]] = {}
        scripts: dict[str, str] = {}
        for code, entry in foreign.items():
            script = str(entry["script"]).upper()
            if script != "LATIN":
                scripts.setdefault(script, code)
                continue
            for word in entry["function_words"]:  # type: ignore[attr-defined]
                words.setdefault(_plain(str(word)), set()).add(code)
        replies = {code: str(entry["reply"]) for code, entry in foreign.items()}
        shared = {code: frozenset(map(str, entry.get("shared", ()))) for code, entry in foreign.items()}  # type: ignore[call-overload]
        return cls({w: frozenset(c) for w, c in words.items()}, scripts, frozenset(english), shared, replies)

    def foreign(self, normalised: str, tokens: Iterable[Token]) -> str | None:
        """The code of the language, "other" for an unlisted script, None for English."""
        script = None if normalised.isascii() else self._script(normalised)
        if script is not None:
            return script
        votes: dict[str, int] = {}
        english = []
        for token in tokens:
            word = token.text
            english += [word] if word in self.english else []
            for code in self.words.get(_plain(word), ()):
                votes[code] = votes.get(code, 0) + 1
        if not votes:
            return None
        # Of languages with as many votes, the first of the file.
        code = max(self.replies, key=lambda c: votes.get(c, 0))
        ours = sum(word not in self.shared[code] for word in english)
        return code if votes[code] >= MIN_FOREIGN_WORDS and votes[code] > ours else None

    def _script(self, text: str) -> str | None:
        """The language of the script that most letters are in, other than Latin."""
        letters = [c for c in text if c.isalpha()]
        strange = [c for c in letters if not c.isascii() and not unicodedata.name(c, "").startswith("LATIN")]
        if not letters or len(strange) <= SCRIPT_SHARE * len(letters):
            return None
        return self.scripts.get(unicodedata.name(strange[0], "").split(" ")[0], "other")


def _plain(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
