"""docs/accessibility.md: each test that it names is there, and each clause of chapter 5 has its row."""

import re

from project import ROOT

PAGE = (ROOT / "docs" / "accessibility.md").read_text("utf-8")
SOUND = [f"5.1.3.{number}" for number in range(1, 17)]
CLAUSES = [
    *("5.1.2.1", "5.1.2.2", *SOUND, "5.1.4", "5.1.5", "5.1.6.1", "5.1.6.2", "5.1.7"),
    *("5.2", "5.3", "5.4", "5.5.1", "5.5.2", "5.6.1", "5.6.2", "5.7", "5.8", "5.9"),
]
JUDGEMENTS = {"met", "met, on our side", "partly", "not met", "n/a"}


def rows() -> list[list[str]]:
    """The cells of each row of the tables that judge."""
    judged = PAGE.partition("## Reach mode")[0]
    cells = [line.strip("|").split("|") for line in judged.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in cells if row[0].strip() not in ("clause", "article")]


def test_every_test_that_it_names_is_there() -> None:
    named = re.findall(r"`(tests/[^`:]+)::(\w+)`", PAGE)
    assert len(named) > 30
    for path, name in named:
        assert f"def {name}(" in (ROOT / path).read_text("utf-8"), f"{path} has no {name}"


def test_every_clause_is_judged_once_and_what_is_met_is_shown() -> None:
    clauses = [row[0] for row in rows() if len(row) == 5 and row[0].startswith("5")]
    assert clauses == CLAUSES
    for row in rows():
        assert row[2] in JUDGEMENTS, row[0]
        if row[2].startswith("met"):
            assert "::" in row[4], f"{row[0]}: what shows it?"
