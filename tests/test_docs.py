"""The documents name only what is there: their links lead somewhere, and so do the paths in them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from project import ROOT

TOP = "assets|backend|bench|docs|forms|kiosk|offline_cache|protocol|requirements|tests|ui|voice"
DOCUMENTS = [*ROOT.glob("*.md"), *(path for top in TOP.split("|") for path in (ROOT / top).rglob("*.md"))]
PATH = re.compile(rf"`((?:{TOP})/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)#]+)")
PLACE = re.compile(r"\b(?:[A-Z]+|x)\b")  # stands for a name, as in kiosk/queries/NAME.py
MADE = "bench/results/"  # by benches, and not kept


def named(document: Path) -> Iterator[tuple[str, Path]]:
    """What a document says is there, and where that would be."""
    text = document.read_text("utf-8")
    for link in LINK.findall(text):
        if "://" not in link:
            yield link, document.parent / link
    for path in PATH.findall(text):
        if not PLACE.search(path) and not path.startswith(MADE):
            yield path, ROOT / path


@pytest.mark.parametrize("document", sorted(DOCUMENTS), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_is_there(document: Path) -> None:
    gone = [name for name, where in named(document) if not where.exists()]
    assert not gone, f"{document.relative_to(ROOT)} names {', '.join(gone)}"
