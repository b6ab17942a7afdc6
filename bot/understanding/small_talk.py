"""Greetings, thanks and the like: messages that ask nothing of the trial."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.clauses import Sentence
from bot.understanding.query import Refusal, Turn, Understanding
from bot.understanding.words.lexicon import Lexicon
from bot.understanding.words.spans import POLITE, Category, Span
from bot.understanding.words.tagger import Tagged

NOT_UNDERSTOOD = frozenset({"general_words", "unknown_word", "restricted", "nothing_recognised"})
"""Codes of refusals that name nothing of what was said."""
ASKING = frozenset({Category.MEASURE, Category.TIME, Category.GRADE, Category.PHASE})
"""What nobody says in thanking alone."""
MIN_PHRASE = 3
"""Words of small talk that are so even beside other words ("how are you today")."""


def whole(tagged: Tagged, shared: Lexicon) -> str | None:
    """The kind of small talk when the whole message is one of its phrases ("help")."""
    polite = {at for s in tagged.spans if s.id == POLITE or _greets(s) for at in range(s.start, s.end)}
    said = [token.stem for at, token in enumerate(tagged.tokens) if at not in polite]
    meanings = shared.exactly(said or [token.stem for token in tagged.tokens])
    inflected = len(tagged.tokens) == 1 and tagged.tokens[0].text != tagged.tokens[0].stem
    if inflected and any(meaning.category is Category.TOPIC for meaning in meanings):
        # "Stopped?" is no "stop".
        return None
    return next((m.id for m in meanings if m.category is Category.CHAT), None)


def _greets(span: Span) -> bool:
    return span.category is Category.CHAT and span.id in ("greeting", "thanks")


def only_thanks(refusal: Refusal, tagged: Tagged, sentences: Sequence[Sentence]) -> bool:
    """ "Thank you, you saved my day!": thanks, and nothing asked."""
    thanked = any(s.category is Category.CHAT and s.id == "thanks" for s in tagged.spans)
    if not thanked or refusal.kind != "out_of_scope" or refusal.code not in NOT_UNDERSTOOD:
        return False
    return not any(s.asks or any(span.category in ASKING for span in s.spans) for s in sentences)


def nothing_asked(tagged: Tagged, previous: Turn | None) -> Understanding:
    """Small talk beside other words, advice asked again, or nothing that is known."""
    kinds = [span for span in tagged.spans if span.category is Category.CHAT]
    rest = [s for s in tagged.spans if s.category in (Category.HEAVY, Category.FOREIGN, Category.LIGHT)]
    if previous is not None and previous.kind == "advice" and not kinds:
        return Understanding(refusal=Refusal("advice", "advice", "advice.again"))
    whole = [s for s in kinds if s.end - s.start >= MIN_PHRASE and s.id in ("greeting", "thanks")]
    if kinds and not rest:
        return Understanding(chat=kinds[0].id)
    if whole:
        return Understanding(chat=whole[-1].id)
    return Understanding(refusal=Refusal("out_of_scope", "nothing_recognised"))
