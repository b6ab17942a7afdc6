"""Why a question got its reply: tokens, spans, candidates, and what was looked up."""

from __future__ import annotations

from bot.pipeline import Readout
from bot.understanding.query import Candidate, Turn
from bot.understanding.words.tagger import Tagged


def explained(readout: Readout, question: str, previous: Turn | None = None) -> str:
    """A developer's view of one message, line by line."""
    understanding = readout.understander.read(question, previous)
    lines = ["tokens: " + " | ".join(map(str, understanding.trace.get("tokens", ())))]
    tagged = understanding.trace.get("spans")
    if isinstance(tagged, Tagged):
        lines.append("spans:")
        for span in tagged.spans:
            words = " ".join(t.text for t in tagged.tokens[span.start : span.end])
            extra = [f"= {', '.join(f'{v:g}' for v in span.values)}"] if span.values else []
            extra += [f"repaired by {span.repaired}"] if span.repaired else []
            extra += [f"asks {span.meaning.proposition}"] if span.meaning.proposition else []
            extra += [f"measure {span.meaning.measure}"] if span.meaning.measure else []
            lines.append(f"  {words!r}: {span.category} {span.id} {' '.join(extra)}".rstrip())
        guards = ", ".join(sorted({span.id for span in tagged.guards}))
        lines.append(f"guards: {guards or 'none'}")
    candidates = understanding.trace.get("candidates") or []
    lines.append("candidates (unexplained, lacking, generality, place, repaired):")
    for candidate in candidates:
        if isinstance(candidate, Candidate):
            query = candidate.query
            lines.append(f"  {candidate.order} {query.topic}/{query.measure or '-'} by {query.shape}")
    if not candidates:
        lines.append("  none")
    for query in understanding.queries:
        lines.append(
            f"winner: {query.understood()} by {query.shape}, inherited {query.inherited or 'nothing'}"
        )
    if understanding.refusal is not None:
        refusal = understanding.refusal
        lines.append(f"refused: {refusal.kind}, {refusal.code} {refusal.detail}".rstrip())
    if understanding.chat is not None:
        lines.append(f"small talk: {understanding.chat}")
    return "\n".join(lines) + "\n"
