"""What people, programs and accidents put into a front end."""

from __future__ import annotations

GOOD = "3-year PFS?"
ODD: dict[str, str] = {
    "blanks": "   ",
    "five thousand letters": "a" * 5000,
    "five thousand words": "pfs " * 1250,
    "emoji only": "\U0001f600\U0001f64f\U0001f3fd",
    "control characters": "\x01\x02\x1b[31m\x07",
    "right-to-left marks": "\u200f\u202e\u2067",
    "html": "<b>PFS</b> <script>alert(1)</script> &amp;",
    "sql": "'; DROP TABLE fact; --",
    "format fields": "{trial} {0.__class__} %s",
    "a nul": "\x00",
    "numbers only": "9" * 400,
    "combining marks": "e\u0301" * 40,
}
