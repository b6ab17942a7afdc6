"""What is known: a trial's facts, their sources, contradictions and gaps.

No chat, no wording, no guessing. Data lives beside this code in YAML;
``python -m knowledge check`` proves it sound.
"""
