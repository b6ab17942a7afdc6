"""From text to query: words, quantities, repair, clauses, follow-ups."""
