"""Every public thing says what it means."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.tree import python_files, syntax

Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def undocumented(node: Documented, name: str) -> Iterator[str]:
    """The public names at and below `node` without a docstring; a function's inside is its own."""
    if ast.get_docstring(node) is None:
        yield name
    if isinstance(node, ast.Module | ast.ClassDef):
        for child in node.body:
            if isinstance(child, Documented) and not child.name.startswith("_") and not overload(child):
                yield from undocumented(child, f"{name}.{child.name}")


def overload(node: Documented) -> bool:
    """True for typing.overload, whose implementation carries the docstring."""
    return any(ast.unparse(decorator) == "overload" for decorator in getattr(node, "decorator_list", ()))


@pytest.mark.parametrize("file", python_files(), ids=str)
def test_public_names_are_documented(file: Path) -> None:
    """Modules, classes, methods and functions."""
    assert not list(undocumented(syntax(file), file.stem))
