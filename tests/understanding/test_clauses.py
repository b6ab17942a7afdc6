"""Sentences, premises, and two questions in one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.understanding.clauses import parts, sentences
from bot.understanding.words.tagger import Tagged

Tag = Callable[[str], Tagged]

TAGS = frozenset({"right", "isn't it", "correct"})

SENTENCES = {
    "PFS at 3 years?": 1,
    "PFS at 3 years? And ORR?": 2,
    "Good morning. PFS at 3 years?": 2,
    "I have read the 2020 paper. What was the HR?": 2,
    "PFS vs. ORR": 1,
    "P=.002 or P=0.0005?": 1,
    "approx. 3 yr. PFS": 1,
    "PFS\nORR": 2,
    "PFS; ORR": 2,
    "Since it was blinded, what was the ORR?": 2,
    "PFS, HR and P": 1,
    "It was blinded. Right?": 1,
}
PARTS = {
    "PFS at 3 years": 1,
    "PFS and ORR": 2,
    "PFS, ORR and HR": 3,
    "PFS at 1, 2 and 3 years": 1,
    "lenalidomide and observation PFS": 1,
    "ORR in phase II and III": 1,
}
YES_NO = {
    "Did PFS improve?": True,
    "Was it blinded?": True,
    "What was the PFS?": False,
    "PFS": False,
    "PFS was 91%, isn't it": True,
    "so it was blinded, right?": True,
}


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences(text: str, tag: Tag) -> None:
    """A message is cut where a sentence ends, not at an abbreviation or a decimal point."""
    assert len(sentences(tag(text), text, TAGS)) == SENTENCES[text]


@pytest.mark.parametrize("text", PARTS)
def test_parts(text: str, tag: Tag) -> None:
    """Two things asked are two parts; two slots of one thing are one."""
    tagged = tag(text)
    (sentence,) = sentences(tagged, text, TAGS)
    assert len(parts(sentence, tagged)) == PARTS[text]


@pytest.mark.parametrize("text", YES_NO)
def test_yes_or_no(text: str, tag: Tag) -> None:
    """A question that begins with an auxiliary verb wants yes or no."""
    (sentence,) = sentences(tag(text), text, TAGS)
    assert sentence.yes_no is YES_NO[text]


def test_a_premise_is_told_from_the_question(tag: Tag) -> None:
    """ "Since ..." states, and what follows asks."""
    text = "Since it was blinded, what was the ORR?"
    premise, question = sentences(tag(text), text, TAGS)
    assert (premise.premise, question.premise, question.asks) == (True, False, True)
