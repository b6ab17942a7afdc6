"""Tests of the Telegram edge, without Telegram: a strict fake of its Bot API answers."""
