"""Leftover meaning stops an answer: what a sentence may hold beside the lookup.

Words are of four sorts: filler carries nothing; light words are everyday
English; heavy words are neither in the vocabulary nor everyday; foreign names
are trials, drugs and diseases we hold nothing on.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence

from bot.understanding.query import Refusal
from bot.understanding.slots import Slots
from bot.understanding.words.spans import MEANINGFUL, Category, Span
from bot.understanding.words.tagger import Tagged

SUPPORTING = frozenset({Category.PHASE, Category.COHORT, Category.GRADE, Category.ARM})
"""Categories that hardly occur outside trials: beside them a general word is surer."""
DETERMINERS = frozenset({"the", "a", "an", "our", "my", "your", "their", "some", "all"})
THOSE = frozenset({"those", "these"})
AMONG = frozenset({"in", "among", "amongst", "for"})
NAMING = MEANINGFUL - {
    Category.FIGURE,
    Category.TIME,
    Category.GRADE,
    Category.PHASE,
    Category.SUBGROUP,
    Category.ASPECT,
    Category.SOURCE,
}
"""Categories whose names tell what a question is about; the others only modify it."""
OF_GROUPS = "groups"
"""What topics tell of that say who could enter a trial."""
FIRST_PERSON = frozenset({"i", "my", "mine", "i'm", "im", "i've"})
CAUSES = frozenset({("due", "to"), ("because", "of"), ("owing", "to"), ("caused", "by"), ("related", "to")})
CIRCUMSTANCES = frozenset("at when once upon after before until till".split())
"""Words that make an outcome the moment of something else ("could they cross over when they progressed")."""
SUBORDINATING = frozenset({"when", "once"})
CLAUSE = 4
"""Words before an outcome among which one of these makes it a circumstance ("when the others progressed")."""
FIRST_YEAR = 2000
CALLS = frozenset({"print", "open", "read", "exec", "eval", "import", "select"})
"""Words of ours that program text calls as functions."""
PROGRAM_TEXT = "program_text"
"""Code of the refusal that a shorter reading of the sentence must not lift."""
MAX_BESIDE_TERM = 2
"""Unknown and everyday words beside a term of the field, up to which it is asked of this trial."""
EXACT, PLAIN, SUPPORT, TRIAL_WORD, THREAD, CORRECTED, LITTLE = 2.5, 1.5, 1.5, 1.0, 2.0, 4.0, 0.5
"""Everyday words that are outweighed by an exact name, made of rare words or of plain ones; by a phase, grade
or arm; by "trial"; by the thread of a short message, and by a correction in one ("my mistake, I was after");
and by a general word, a time or patients.

Set where the tables of questions and refusals together have the fewest errors.
"""


def useful(spans: Sequence[Span]) -> bool:
    """True when a sentence holds anything that a lookup could use, or a foreign name."""
    return any(span.category in MEANINGFUL or span.category is Category.FOREIGN for span in spans)


def check(
    spans: Sequence[Span],
    tagged: Tagged,
    slots: Slots,
    restrictors: frozenset[str],
    *,
    identifying: Mapping[str, str],
    in_thread: bool = False,
    beside: float = 0,
) -> Refusal | None:
    """The refusal that a sentence's leftovers force, or None.

    A general word with one everyday word beside it is enough when the trial is
    spoken of, or when the message is a short one in a thread (`in_thread`).
    `beside`: the evidence of the sentences around it.
    `identifying`: topic -> the kind of names that its fact is one of.
    """
    foreign = [s for s in spans if s.category is Category.FOREIGN]
    if slots.related:
        foreign = [s for s in foreign if s.id == "trials"]
    kinds = {identifying.get(topic.id) for topic in slots.topics}
    if foreign and _of_our_patients(foreign, spans, slots, kinds):
        return Refusal("not_reported", "unknown_word")
    if foreign:
        return Refusal("out_of_scope", f"elsewhere.{foreign[0].id}")
    if any(_called(before, after, tagged) for before, after in itertools.pairwise(spans)):
        return Refusal("out_of_scope", PROGRAM_TEXT)
    strange = [s for s in slots.identities if s.meaning.proposition not in kinds]
    if strange and not (slots.related or slots.sources):
        # With a source named ("the 2020 paper in that journal?") it is a claim about where that stands.
        return Refusal("out_of_scope", f"elsewhere.{strange[0].meaning.proposition}")
    heavy = [s for s in spans if s.category is Category.HEAVY and not _in_brackets(s, tagged)]
    light = [s for s in spans if s.category is Category.LIGHT or _long_ago(s)]
    strong = [s for s in spans if s.category in NAMING and not s.meaning.weak]
    term = any(s.category is Category.TOPIC and not s.meaning.common for s in strong)
    # "Was response judged by a panel?": beside a term of the field, a word we do not know is of this trial.
    anchored = slots.anchored or bool(slots.related) or (term and len(heavy) + len(light) <= MAX_BESIDE_TERM)
    if heavy:
        return _stopped(anchored, "unknown_word")
    of_trial = any(span.category is Category.FILLER and span.id == "trial" for span in spans)
    if not (strong or of_trial or slots.cohorts) and _speaks_of_self(spans, tagged):
        return Refusal("out_of_scope", "general_words")
    own = evidence(spans)
    thread = in_thread * (CORRECTED if "correction" in slots.aspect_ids() else THREAD)
    if light and own + beside * (own > LITTLE) + thread <= len(light):
        return _stopped(anchored, "restricted") if strong else Refusal("out_of_scope", "general_words")
    if any(_restricts(span, tagged, restrictors) for span in light):
        return _stopped(anchored, "restricted")
    return None


def _of_our_patients(
    foreign: Sequence[Span], spans: Sequence[Span], slots: Slots, kinds: Collection[str | None]
) -> bool:
    """ "Were patients with X eligible?": a disease that no group lists, asked of who could enter."""
    asked = "entry" in slots.aspect_ids() or OF_GROUPS in kinds
    spoken = any(s.category is Category.FILLER and s.id in ("people", "trial") for s in spans)
    known = not any(s.category in (Category.HEAVY, Category.LIGHT) for s in spans)
    return asked and spoken and known and all(s.id == "diseases" for s in foreign)


def _in_brackets(span: Span, tagged: Tagged) -> bool:
    """ "Licensed (zugelassen) for ...": one small word in brackets only says the word before it again."""
    token, following = tagged.tokens[span.start], tagged.tokens[span.end : span.end + 1]
    closed = not following or ")" in following[0].lead
    return (
        span.start > 0 and token.lead.endswith("(") and closed and not token.capitals and token.text.isalpha()
    )


def _long_ago(span: Span) -> bool:
    """A calendar year before any trial like ours: "between 1980 and 1990"."""
    return span.category is Category.YEAR and span.values[0] < FIRST_YEAR


def evidence(spans: Sequence[Span]) -> float:
    """How much of a sentence speaks of a trial like ours, in everyday words that it outweighs."""
    found: dict[tuple[Category, str], float] = {}
    for span in spans:
        weight = _weight(span)
        key = (span.category, span.id)
        found[key] = max(weight, found.get(key, 0))
    return sum(found.values())


def _weight(span: Span) -> float:
    if span.category is Category.FILLER:
        return {"trial": TRIAL_WORD, "people": LITTLE}.get(span.id, 0)
    if span.category in SUPPORTING:
        return SUPPORT if not span.meaning.weak else LITTLE
    if span.category is Category.SUBGROUP:
        return LITTLE if span.meaning.common else SUPPORT
    if span.category is Category.ASPECT:
        return 0
    if span.category in NAMING:
        return (EXACT, PLAIN, LITTLE)[span.meaning.common]
    return LITTLE if span.category in MEANINGFUL and span.category is not Category.FIGURE else 0


def _called(before: Span, after: Span, tagged: Tagged) -> bool:
    """ "library(survival)": a name set as a function's argument is program text."""
    unnamed = before.category in (Category.LIGHT, Category.HEAVY) or tagged.tokens[before.start].text in CALLS
    return unnamed and tagged.tokens[after.start].lead == "("


def is_cause(span: Span, tagged: Tagged) -> bool:
    """Whether a name is given as a cause ("because of X")."""
    return tuple(token.text for token in tagged.tokens[max(0, span.start - 2) : span.start]) in CAUSES


def governed_topics(spans: Sequence[Span], tagged: Tagged) -> set[str]:
    """Topics that are named as a cause ("dose reductions due to toxicity")."""
    topics = [span for span in spans if span.category is Category.TOPIC]
    found = set()
    for span in topics if len(topics) > 1 else ():
        before = tuple(token.text for token in tagged.tokens[max(0, span.start - 2) : span.start])
        clause = {token.text for token in tagged.tokens[max(0, span.start - CLAUSE) : span.start]}
        when = SUBORDINATING & clause or CIRCUMSTANCES & set(before)
        if (before in CAUSES and span is not topics[0]) or when:
            found.add(span.id)
    return found


def _speaks_of_self(spans: Sequence[Span], tagged: Tagged) -> bool:
    """ "Where can I withdraw?": general words about the person asking are not about a trial."""
    return any(
        span.category is Category.FILLER
        and span.end == span.start + 1
        and tagged.tokens[span.start].text in FIRST_PERSON
        for span in spans
    )


def _restricts(span: Span, tagged: Tagged, restrictors: frozenset[str]) -> bool:
    at = span.start - 1
    while at >= 0 and tagged.tokens[at].text in DETERMINERS:
        at -= 1
    if at > 0 and tagged.tokens[at].text in THOSE and tagged.tokens[at - 1].text in AMONG:
        # "In those alive".
        return True
    return at >= 0 and tagged.tokens[at].text in restrictors


def _stopped(anchored: bool, code: str) -> Refusal:
    return Refusal("not_reported", code) if anchored else Refusal("out_of_scope", code)
