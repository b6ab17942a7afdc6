"""What is remembered: little of it, for a while, and no text that names anybody."""
