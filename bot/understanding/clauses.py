"""A message in sentences, and a sentence in parts that ask one thing each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.heads import completes, repeats, within_name
from bot.understanding.words.spans import MEANINGFUL, POLITE, Category, Span
from bot.understanding.words.tagger import Tagged

QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how did do does is was were are has have had can could would "
    "will any whats wats wat hows wasnt didnt isnt doesnt".split()
)
AUXILIARIES = frozenset(
    "did do does is was were are has have had can could would will any didn't doesn't isn't wasn't weren't "
    "aren't hasn't didnt doesnt isnt wasnt".split()
)
SUBJECTS = frozenset("i i'm im i've i'd we it they he she you this that our my there".split())
"""A sentence that begins with one of these tells something."""
DEFINITION = "definition"
RELATIVE = frozenset({"who", "whose", "whom"})
"""Words that after people begin no question."""
PICTURES = 0x2190
"""Code point from which characters are arrows, symbols and emoji, which part sentences as a comma does."""
OPEN_QUESTIONS = QUESTION_WORDS - AUXILIARIES - {"will"}
"""Ask for more than yes or no, wherever they stand."""
COPULAS = frozenset("is was are were by as be used using had".split())
"""Words that say what something is."""
MAX_TAG = 4
"""Words of the longest tag ("or am i wrong")."""
BARE_TAGS = frozenset({"right", "correct"})
"""Tags that stand for themselves also without a mark ("it was blinded right")."""
TURNING = frozenset(
    "what which who whom whose when where why how did does is was were whats could can tell remind".split()
)
"""Words that begin a question after a comma."""
SAYING = frozenset(
    "say says said show shows showed state states report reports reported tell tells and".split()
)
"""Words after which "what about" goes on ("it says what about survival")."""
DEMANDING = frozenset({"give me", "tell me", "show me", "remind me", "give us", "tell us", "show us"})
"""Words that ask without a question mark."""
PREMISES = frozenset(
    "since given if because as assuming considering for per treat treating out over among of in at by "
    "from".split()
)
_ASIDE = re.compile(r"[?!]+\)")
_AROUND = frozenset({Category.FILLER, Category.CHAT, Category.CONNECTIVE})
_JOINING_MARKS = ",+&/;)"
_ABBREVIATED = frozenset(
    "vs yr yrs mo mos mth mths pts pt dr prof no nr approx ph gr fig e.g i.e ie eg rel abs incl excl max min "
    "avg est cum inc med resp cf acc st".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Spans of one sentence."""

    spans: tuple[Span, ...]
    first_word: str
    asks: bool
    """Ends with a question mark or begins as a question."""
    premise: bool
    """Begins as a premise: "since", "given that"."""
    tagged: bool = False
    """Ends with "right?", "isn't it?": it states and wants a yes or no."""
    states: bool = False
    """Says that something is so ("the primary endpoint was ...")."""
    open_question: bool = False
    """Holds a word that asks for more than yes or no."""
    elliptical: bool = False
    """Ends with a question mark and has no question word: "below 5%?"."""

    @property
    def yes_no(self) -> bool:
        """True when it begins with an auxiliary verb or ends with a tag."""
        return self.tagged or (self.asks and self.first_word in AUXILIARIES)


def sentences(tagged: Tagged, text: str, tags: frozenset[str]) -> tuple[Sentence, ...]:
    """Split the spans at ends of sentences, and before a question that follows a premise.

    A tag ("Correct?") belongs to the sentence before it.
    """
    groups: list[list[Span]] = [[]]
    for span in tagged.spans:
        token = tagged.tokens[span.start]
        lead = token.lead
        if groups[-1] and (_ends(lead, tagged, span) or _turns(lead, span, groups[-1], tagged)):
            groups.append([])
        groups[-1].append(span)
    joined: list[list[Span]] = []
    for group in groups:
        if joined and group and (words_of(group, tagged) in tags or _lists_on(joined[-1], group)):
            joined[-1] += group
        elif group:
            joined.append(group)
    return tuple(_sentence(group, tagged, text, tags) for group in joined)


def _lists_on(before: Sequence[Span], group: Sequence[Span]) -> bool:
    """ "Which drug did they get, X? Y?": only one more name of the kind that was listed."""
    names = [span for span in group if span.category not in _AROUND]
    kind = before[-1].category is Category.FOREIGN
    return kind and bool(names) and all(span.category is Category.FOREIGN for span in names)


def words_of(group: Sequence[Span], tagged: Tagged) -> str:
    """The words of some spans, as they were typed."""
    tokens = tagged.tokens
    return " ".join([token.text for span in group for token in tokens[span.start : span.end]])


def _is_tagged(group: Sequence[Span], tagged: Tagged, tags: frozenset[str], asked: bool) -> bool:
    """Whether it ends with a tag; a tag of one word stands behind a mark or before a question mark."""
    words = tagged.tokens[group[0].start : group[-1].end]
    for length in range(1, min(MAX_TAG, len(words) - 1) + 1):
        tail = words[-length:]
        if " ".join(token.text for token in tail) not in tags:
            continue
        bare = tail[0].text in BARE_TAGS and words[-2].text not in COPULAS | {"the", "which"}
        if length > 1 or asked or tail[0].lead != " " or bare:
            return True
    return False


def _ends(lead: str, tagged: Tagged, span: Span) -> bool:
    if lead == " ":
        return False
    # "RR (not HR!) of ...": a mark inside brackets ends nothing.
    lead = _ASIDE.sub(")", lead)
    if any(mark in lead for mark in "?!\n") or (";" in lead and lead != ";"):
        return True
    if "." in lead and not lead.startswith("..") and lead.strip() != "":
        before = tagged.tokens[span.start - 1].text if span.start else ""
        return before not in _ABBREVIATED and (" " in lead or "\n" in lead)
    return False


def _asks_about(span: Span, tagged: Tagged) -> bool:
    words = [token.text for token in tagged.tokens[span.start : span.start + 2]]
    before = tagged.tokens[span.start - 1].text if span.start else ""
    return words in (["what", "about"], ["how", "about"]) and before not in SAYING


def _turns(lead: str, span: Span, group: Sequence[Span], tagged: Tagged) -> bool:
    """A comma or dash before a question word ends a premise or an introduction."""
    if tagged.tokens[span.start].text not in TURNING:
        return False
    if group and tagged.tokens[group[-1].end - 1].text == "but":
        # "It delays progression but what about survival?"
        return True
    if _asks_about(span, tagged) and any(s.category in MEANINGFUL for s in group):
        # "That is the abstract what about the paper?"
        return True
    pictured = any(ord(character) >= PICTURES for character in lead)
    if not pictured and not any(mark in lead for mark in (",", " - ", ":", "..", "(", ")")):
        return False
    # "After the first year, what ...": a time says nothing by itself.
    return any(span.category not in (Category.FILLER, Category.CHAT, Category.TIME) for span in group)


def _sentence(group: list[Span], tagged: Tagged, text: str, tags: frozenset[str]) -> Sentence:
    opening = next((s for s in group if s.id != POLITE and s.category is not Category.CHAT), group[0])
    first = tagged.tokens[opening.start].text
    last = tagged.tokens[group[-1].end - 1]
    following = text[last.end : last.end + 4]
    opener = first
    for place, span in enumerate(group):
        if span.category in _AROUND and span.end - span.start > 1 and span.id == POLITE:
            # "Could you tell me ..." opens nothing.
            continue
        if place and group[place - 1].id == "people" and tagged.tokens[span.start].text in RELATIVE:
            break  # "Patients whose scan shows X, what ...": only tells of whom.
        opener = tagged.tokens[span.start].text
        if opener in QUESTION_WORDS or opener in SUBJECTS or span.category not in _AROUND:
            break
    asks = "?" in following or opener in QUESTION_WORDS
    asks = asks or (group[-1] is tagged.spans[-1] and _asks_about(group[0], tagged))
    asks = asks or (group[0].id == POLITE and words_of(group[:1], tagged) in DEMANDING)
    words = {token.text for token in tagged.tokens[group[0].start : group[-1].end]}
    open_question = bool(words & OPEN_QUESTIONS)
    return Sentence(
        tuple(group),
        opener,
        asks,
        first in PREMISES and "?" not in following,
        tagged=not open_question and _is_tagged(group, tagged, tags, "?" in following),
        states=not open_question and bool(words & COPULAS),
        open_question=open_question,
        elliptical="?" in following and not open_question,
    )


def parts(sentence: Sentence, tagged: Tagged, joints: Sequence[Span] = ()) -> list[list[Span]]:
    """Split a sentence between two heads (topics or measures) that are coordinated.

    `joints`: spans that join two heads beside the connectives ("rash versus fever").
    """
    result: list[list[Span]] = [[]]
    headed = anew = False
    cut: int | None = None
    for place, span in enumerate(sentence.spans):
        # "RR (not HR) of ...": what was left out joins nothing.
        whole = place == 0 or sentence.spans[place - 1].end == span.start
        if headed and whole and (_joins(span, tagged) or span in joints):
            cut = len(result[-1])
            # "What means X and which share had it?"
            anew = _asks_anew(span, tagged) and any(s.id == DEFINITION for s in result[-1])
        elif _asks_anew(span, tagged) and any(
            s.category in (Category.MEASURE, Category.ASPECT) for s in result[-1]
        ):
            # "How many were in each arm, and was it blinded?"
            headed, anew, cut = True, True, len(result[-1])
        if anew and repeats(span, result[-1]):
            headed, anew, cut = False, False, None
        exact = span.category is Category.MEASURE and (anew or not span.meaning.weak)
        if span.category is Category.TOPIC or exact:
            if headed and cut is not None and not (completes(result[-1]) or within_name(result[-1])):
                tail = result[-1][cut:]
                result[-1] = result[-1][:cut]
                result.append(tail)
            headed, anew, cut = True, False, None
        result[-1].append(span)
    return result


def _asks_anew(span: Span, tagged: Tagged) -> bool:
    """ "And was ...": a connective before a word that begins a question."""
    following = tagged.tokens[span.end].text if span.end < len(tagged.tokens) else ""
    return span.category is Category.CONNECTIVE and following in TURNING


def _joins(span: Span, tagged: Tagged) -> bool:
    lead = tagged.tokens[span.start].lead
    text = tagged.tokens[span.start].text
    if text == "as" or (text == "not" and "(" in lead):
        # "The effect on progression, as a hazard ratio", "RR (not HR)".
        return False
    return span.category is Category.CONNECTIVE or any(mark in lead for mark in _JOINING_MARKS)
