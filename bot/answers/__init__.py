"""From a typed query to a structured answer, and from there to text."""
