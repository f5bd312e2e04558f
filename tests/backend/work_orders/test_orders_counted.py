"""What people could not get done, counted by service and step; the command that lists and counts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from left_orders import leave

from backend import cli
from backend.hall.hall import Hall
from backend.work_orders.figures import SMALLEST

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """What `hall work-orders` prints."""
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path))

    def run(*options: str) -> str:
        capsys.readouterr()
        assert cli.main(["work-orders", *options]) == 0
        return capsys.readouterr().out

    return run


def test_the_open_ones_are_listed_the_most_urgent_first(client: TestClient, hall: Hall, run: Run) -> None:
    assert run() == "Nobody waits for an answer.\n"
    leave(client, hall, number="400000000010", reason="papers")
    leave(client, hall, number="400000000028", reason="machine", service_id=None, screen="home")
    first, second = json.loads(run("--json"))["work_orders"]
    assert (first["number"], first["step_title"]["zh"], first["reason_title"]["zh"]) == (
        "400000000028",
        "首页",
        "机器不好用",
    )
    assert (second["service"], second["due"], second["owner"], second["state"]) == (
        "old-age-allowance",
        "2026-11-24",
        None,
        "open",
    )
    assert "400000000010\t2026-11-24\t" in run()


def test_it_is_counted_by_service_and_step_and_small_counts_are_not_published(
    clerk: TestClient, hall: Hall, run: Run
) -> None:
    for at in range(SMALLEST + 1):
        leave(clerk, hall, number=str(400000000100 + at), reason="papers")
    leave(clerk, hall, number="400000000028", reason="machine", service_id=None, screen="home")
    counts = clerk.get("/staff/work-orders/figures").json()
    assert [(one["count"], one["unanswered"], one["reason"]) for one in counts] == [
        (11, 11, "papers"),
        (1, 1, "machine"),
    ]
    assert [one["count"] for one in json.loads(run("--by-step", "--json", "--days", "3650"))["by_step"]] == [11, 1]
    public = json.loads(run("--by-step", "--publish", "--json", "--days", "3650"))["by_step"]
    assert [(one["service"]["zh"], one["count"]) for one in public] == [("高龄津贴", 11)]
    assert "机器不好用" in run("--by-step", "--days", "3650")


@pytest.mark.parametrize("option", [("--publish",), ("--days", "3650")], ids=["publish", "days"])
def test_who_asks_for_counts_is_given_no_number_of_a_person(
    client: TestClient, hall: Hall, run: Run, option: tuple[str, ...]
) -> None:
    leave(client, hall, number="400000000010", reason="papers")
    assert "400000000010" not in run(*option)


def test_where_no_count_is_large_enough_to_be_published_it_says_so(client: TestClient, hall: Hall, run: Run) -> None:
    leave(client, hall, number="400000000010", reason="papers")
    assert run("--publish") == f"No count reaches {SMALLEST}: nothing to publish.\n"


@pytest.mark.parametrize("days", ["0", "-3", "many", "99999999"])
def test_days_that_are_none_are_refused_in_a_sentence(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["work-orders", f"--days={days}"])
    assert f"'{days}' is no number of days: give 1 to 36500" in capsys.readouterr().err
