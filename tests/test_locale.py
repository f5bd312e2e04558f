"""What the terminal says in English stays English on a Chinese machine, and the other way round."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from project import ROOT

PACKAGES = ("forms", "protocol", "kiosk", "ui", "voice", "offline_cache", "backend")
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
NAMES = re.compile(r"%[-_0]*[aAbBcpxX]")  # names of days and months, and whole dates, as the locale of the machine has


def layouts(path: Path) -> Iterator[str]:
    """How dates are laid out: f"{day:%B}", day.strftime("%B"), format(day, "%B")."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        found: list[ast.expr] = []
        if isinstance(node, ast.FormattedValue) and node.format_spec:
            found = [node.format_spec]
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found = node.args if name in ("strftime", "format") else []
        for one in found:
            yield from (part.value for part in ast.walk(one) if isinstance(part, ast.Constant) and part.value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_date_is_written_by_the_locale_of_the_machine(path: Path) -> None:
    assert not [layout for layout in layouts(path) if NAMES.search(str(layout))]
