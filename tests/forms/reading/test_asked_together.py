"""A name of fields.yaml that stands for several questions: what is wrong with it, and with its use, is told by line."""

from pathlib import Path

import pytest
import yaml

from forms.load import load_catalogue
from forms.reading.mistake import Mistake

AGENT = ["agent_name", "agent_resident_id", "relation", "agent_phone", "agent_sees"]


def county(assets: Path, folder: Path, steps: str, fields: str = "") -> tuple[Mistake, ...]:
    """What is told of a service with these steps."""
    whole = yaml.safe_load((assets / "services" / "social-security-card.yaml").read_text("utf-8"))
    text = yaml.safe_dump(
        {**whole, "id": "for-another", "checks": [], "outcomes": []}, allow_unicode=True, sort_keys=False
    )
    head, _, rest = text.partition("steps:\n")
    tail = rest[rest.index("\nnext:") :]
    (folder / "services").mkdir()
    (folder / "services" / "for-another.yaml").write_text(f"steps:\n{steps}{head}{tail}", "utf-8")
    if fields:
        (folder / "fields.yaml").write_text(fields, "utf-8")
    return load_catalogue(assets, folder).mistakes


def test_its_questions_are_asked_in_order(assets: Path, tmp_path: Path) -> None:
    folder = tmp_path / "county"
    folder.mkdir()
    assert county(assets, folder, "  - use: for_whom\n  - use: agent\n  - use: name\n  - use: consent\n") == ()
    service = load_catalogue(assets, folder).service("for-another")
    assert [field.id for field in service.fields] == ["for_whom", *AGENT, "name", "consent"]
    assert {field.id for field in service.fields if field.whose == "agent"} == set(AGENT)


@pytest.mark.parametrize(
    ("steps", "line", "said"),
    [
        ("  - use: for_whom\n  - use: agent\n    tier: L2\n", 4, "no tier of their own"),
        ("  - use: for_whom\n  - use: agent\n  - use: agent\n", 4, "agent_name is there twice"),
        ("  - use: for_whom\n  - use: agent\n  - use: nam\n", 4, "which fields.yaml does not define"),
        ("  - use: agent\n", 2, "for_whom"),
        (
            "  - use: for_whom\n  - use: agent\n  - use: name\n    relevant: {eq: {field: famly, value: a}}\n",
            5,
            "famly",
        ),
    ],
)
def test_a_mistake_is_told_with_the_line_that_is_written(
    assets: Path, tmp_path: Path, steps: str, line: int, said: str
) -> None:
    folder = tmp_path / "county"
    folder.mkdir()
    told = [one for one in county(assets, folder, steps) if said in one.message]
    assert told
    assert told[0].line == line


@pytest.mark.parametrize(
    ("fields", "line", "said"),
    [
        ("two:\n  together: [name, nothing]\n", 2, "there is no question 'nothing' yet"),
        ("two:\n  together: name\n", 2, "has to be a list"),
        ("two:\n  together: [name]\n  tier: L2\n", 3, "nothing called 'tier'"),
    ],
)
def test_what_it_stands_for_has_to_be_there(assets: Path, tmp_path: Path, fields: str, line: int, said: str) -> None:
    folder = tmp_path / "county"
    folder.mkdir()
    (told,) = county(assets, folder, "  - use: name\n  - use: consent\n", fields)
    assert (told.file, told.line) == ("fields.yaml", line)
    assert said in told.message
