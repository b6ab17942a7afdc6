"""Readout, the bot: understands a question, looks the answer up, words it, and talks to people."""
