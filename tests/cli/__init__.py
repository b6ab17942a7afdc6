"""The front ends of the shell: ask, ask --jsonl, the chat in a terminal."""
