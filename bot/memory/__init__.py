"""What is remembered of conversations, ratings and choices: little, bounded, and never a text that names anybody."""
