"""Timings, on request only."""
