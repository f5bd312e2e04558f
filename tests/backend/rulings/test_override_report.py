"""How often staff did as the rules advise: counted by service and rule, and too few are not told."""

import csv
import io
import json
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import NOW

from backend import cli
from backend.decisions.tables import Ruling
from backend.hall.hall import Hall
from backend.rulings.report import LEAST, Line, report
from protocol.after_sending import RulingKind

AGE = [{"rule": "age", "version": 1, "hash": "a", "field": "resident_id", "holds": False}]
FINE = [{**AGE[0], "holds": True}]


def keep(hall: Hall, kind: RulingKind, many: int, rules: list[dict[str, object]] = AGE, days_ago: int = 1) -> None:
    """So many decisions of this kind on forms of nobody."""
    refused = kind is RulingKind.REFUSED
    followed = (kind is RulingKind.ACCEPTED) == (rules is FINE)
    with hall.database.write() as session:
        for _ in range(many):
            keep.made += 1  # type: ignore[attr-defined]
            session.add(
                Ruling(
                    id=UUID(int=keep.made),  # type: ignore[attr-defined]
                    submission=UUID(int=keep.made),  # type: ignore[attr-defined]
                    service_id="old-age-allowance",
                    at=NOW - timedelta(days=days_ago),
                    member=UUID(int=1),
                    who="李芳",
                    kind=kind,
                    reason="a",
                    basis="b" if refused else None,
                    remedies=["c"] if refused else [],
                    told="{}",
                    verdict="ask_a_person",
                    rules=json.dumps(rules),
                    followed=followed,
                    waits=False,
                )
            )


keep.made = 0  # type: ignore[attr-defined]


def lines(hall: Hall) -> dict[str, Line]:
    found = report(hall, (NOW - timedelta(days=30)).date(), NOW.date())
    return {one.rule: one for one in found.lines}


def test_it_counts_what_was_advised_what_was_followed_and_how_it_was_decided(hall: Hall) -> None:
    keep(hall, RulingKind.ACCEPTED, 12)
    keep(hall, RulingKind.REFUSED, 20)
    keep(hall, RulingKind.ACCEPTED, 30, FINE)
    keep(hall, RulingKind.REFUSED, 15, days_ago=60)
    found = lines(hall)
    age = found["age"]
    assert (age.advised, age.followed, age.accepted, age.more, age.refused) == (32, 20, 12, 0, 20)
    assert (found[""].advised, found[""].followed) == (62, 50)


@pytest.mark.parametrize(("accepted", "refused"), [(3, 5), (3, 40), (40, 9)])
def test_too_few_are_not_told_nor_can_be_worked_out(hall: Hall, accepted: int, refused: int) -> None:
    keep(hall, RulingKind.ACCEPTED, accepted)
    keep(hall, RulingKind.REFUSED, refused)
    for line in lines(hall).values():
        total = accepted + refused
        assert line.advised == (total if total >= LEAST else None)
        assert {line.followed, line.accepted, line.more, line.refused} == {None}


def test_a_lead_sees_it_on_the_page(clerk: TestClient, hall: Hall) -> None:
    keep(hall, RulingKind.REFUSED, 11)
    told = clerk.get("/staff/rulings/report").json()
    assert told["titles"]["old-age-allowance"]["zh"] == "高龄津贴"
    assert [(one["rule"], one["refused"]) for one in told["report"]["lines"]] == [("", 11), ("age", 11)]
    assert "李芳" not in json.dumps(told, ensure_ascii=False)


def test_the_command_prints_it_for_programs_and_for_a_spreadsheet(
    hall: Hall, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(hall, RulingKind.REFUSED, 11)
    keep(hall, RulingKind.MORE, 2)
    monkeypatch.setenv("YINLING_HALL_DATA", str(hall.settings.folder))
    days = ["--from", "2026-11-01", "--to", "2026-11-20"]
    assert cli.main(["decisions", "report", *days, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lines"][0]["advised"] == 13
    assert cli.main(["decisions", "report", *days, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(one["rule"], one["advised"], one["more"]) for one in rows] == [("", "13", "<10"), ("age", "13", "<10")]
    assert cli.main(["decisions", "report", "--from", "2026-12-01", "--to", "2026-11-20"]) == 1
    assert "--from" in capsys.readouterr().err
