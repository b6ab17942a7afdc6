"""From characters to spans: tokens, names, spelling, numbers, other languages."""
