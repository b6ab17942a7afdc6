"""From a typed question to a typed query, a clarification or a refusal."""
