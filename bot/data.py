"""Reads the YAML files that lie beside the code, once per process."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=64)
def read(package: str, name: str) -> Any:
    """The content of the YAML file `name` inside `package`; callers must not change it."""
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader, in C where there is one
