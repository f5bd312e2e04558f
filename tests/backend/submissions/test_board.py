"""Staff find every form, however many there are: pages both ways, and a search."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import NOW
from httpx import Response
from sqlalchemy import event, insert, update

from backend.hall.hall import Hall
from backend.submissions.tables import Submission
from protocol.wire import IntakeStatus, ProgressStatus

KIOSKS = ("柳林村一号", "大厅二号")
SERVICES = ("old-age-allowance", "pension-certification")


@pytest.fixture
def keep(hall: Hall) -> Callable[..., None]:
    """Keeps a form that came as the `number`th."""

    def keep(number: int, status: ProgressStatus = ProgressStatus.RECEIVED, **other: object) -> None:
        row = {
            "id": UUID(int=number),
            "arrival": number,
            "body_hash": "",
            "service_id": SERVICES[0],
            "service_version": "1",
            "kiosk": KIOSKS[0],
            "receipt_number": f"YL-{number}",
            "created_at": NOW,
            "received_at": NOW,
            "filled_at": NOW,
            "clock_wrong": False,
            "sealed": b"",
            "intake": IntakeStatus.RECEIVED,
            "status": status,
            "note": "",
            "updated_at": NOW,
            "judged": True,
        }
        with hall.database.write() as session:
            session.execute(insert(Submission), row | other)

    return keep


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.submissions.listing.MOST", 4)


def ask(clerk: TestClient, **search: object) -> Response:
    return clerk.get("/staff/submissions", params={name: str(value) for name, value in search.items()})


def numbers(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [form["receipt_number"] for form in answer.json()["submissions"]]


def pages(clerk: TestClient, way: str, **search: object) -> Iterator[list[str]]:
    answer = ask(clerk, **search)
    while True:
        yield numbers(answer)
        cursor = answer.json()[way]
        if cursor is None:
            return
        answer = ask(clerk, **(search | {"cursor": cursor}))


@pytest.mark.parametrize(
    "search",
    [
        {},
        {"newest_first": True},
        {"state": "open"},
        {"state": "open", "newest_first": True},
        {"state": "done"},
        {"state": "needs_material"},
        {"kiosk": KIOSKS[1]},
        {"service": SERVICES[1], "state": "open"},
        {"day": (NOW - timedelta(days=1)).astimezone().date()},
        {"day": NOW.astimezone().date(), "kiosk": KIOSKS[0], "state": "done"},
    ],
    ids=str,
)
def test_every_form_stands_on_one_page_in_order_both_ways(clerk: TestClient, keep, search: dict[str, object]) -> None:
    """Finding 2: of a day's traffic the older forms were on no page."""
    chance, kept = Random(2), []
    for number in range(1, 31):
        form = {
            "status": chance.choice([*ProgressStatus]),
            "kiosk": chance.choice(KIOSKS),
            "service_id": chance.choice(SERVICES),
            "filled_at": NOW - timedelta(days=chance.choice([0, 1])),
        }
        keep(number, **form)
        kept.append((number, form))
    wanted = [(number, form) for number, form in kept if fits(form, search)]
    is_done = lambda form: form["status"] is ProgressStatus.DONE  # noqa: E731
    waiting = [number for number, form in wanted if not is_done(form)]
    done = [number for number, form in wanted if is_done(form)]
    in_order = (waiting[::-1] if "newest_first" in search else waiting) + done[::-1]
    all_pages = list(pages(clerk, "next", **search))
    assert [number for page in all_pages for number in page] == [f"YL-{number}" for number in in_order]
    assert all(len(page) == 4 for page in all_pages[:-1])
    last = ask(clerk, **search)
    while last.json()["next"]:
        last = ask(clerk, **(search | {"cursor": last.json()["next"]}))
    back = [numbers(last)]
    while last.json()["previous"]:
        last = ask(clerk, **(search | {"cursor": last.json()["previous"]}))
        back.append(numbers(last))
    assert back[::-1] == all_pages


def fits(form: dict[str, object], search: dict[str, object]) -> bool:
    state = search.get("state")
    return (
        (state in (None, form["status"]) or (state == "open" and form["status"] is not ProgressStatus.DONE))
        and search.get("kiosk") in (None, form["kiosk"])
        and search.get("service") in (None, form["service_id"])
        and search.get("day") in (None, form["filled_at"].astimezone().date())  # type: ignore[attr-defined]
    )


def test_a_hundred_junk_forms_hide_nobody_and_a_receipt_number_finds_its_form(clerk: TestClient, keep) -> None:
    """Finding 2. Several forms may say that they have this number: staff see them all."""
    keep(1, receipt_number="400000000002")
    for number in range(2, 103):
        keep(number, kiosk="junk")
    keep(103, receipt_number="400000000002")
    assert numbers(ask(clerk))[0] == "400000000002"
    assert numbers(ask(clerk, receipt="400000000002")) == ["400000000002"] * 2
    assert numbers(ask(clerk, receipt="4000")) == []
    assert numbers(ask(clerk, newest_first=True))[0] == "400000000002"
    assert ask(clerk).json()["open"] == 103


def test_what_is_done_or_comes_in_meanwhile_skips_no_form(clerk: TestClient, keep, hall: Hall) -> None:
    for number in range(1, 11):
        keep(number)
    first = ask(clerk)
    with hall.database.write() as session:
        session.execute(update(Submission).where(Submission.arrival <= 3).values(status=ProgressStatus.DONE))
    keep(11)
    second = ask(clerk, cursor=first.json()["next"])
    assert numbers(second) == ["YL-5", "YL-6", "YL-7", "YL-8"]
    assert numbers(ask(clerk, cursor=second.json()["previous"])) == ["YL-4", "YL-5", "YL-6", "YL-7"], (
        "a full first page"
    )


def test_a_page_all_of_which_is_done_by_now_leads_back(clerk: TestClient, keep, hall: Hall) -> None:
    for number in range(1, 7):
        keep(number)
    cursor = ask(clerk, state="open").json()["next"]
    with hall.database.write() as session:
        session.execute(update(Submission).where(Submission.arrival > 4).values(status=ProgressStatus.DONE))
    emptied = ask(clerk, state="open", cursor=cursor)
    assert (numbers(emptied), emptied.json()["next"]) == ([], None)
    assert numbers(ask(clerk, state="open", cursor=emptied.json()["previous"])) == ["YL-1", "YL-2", "YL-3", "YL-4"]


def test_a_form_whose_person_took_their_consent_back_is_not_listed(clerk: TestClient, keep) -> None:
    keep(1, withdrawn_at=NOW)
    keep(2)
    assert numbers(ask(clerk)) == ["YL-2"]
    assert ask(clerk).json()["open"] == 1


@pytest.mark.parametrize(
    "search",
    [
        {"cursor": "after-2-1"},
        {"cursor": "after-0-9999999999999999999"},
        {"cursor": "x"},
        {"state": "rejected"},
        {"day": "9999-12-31"},
        {"day": "yesterday"},
        {"receipt": "1' OR 1=1"},
        {"kiosk": "a\x00b"},
        {"service": "a b"},
    ],
    ids=str,
)
def test_a_search_that_means_nothing_is_told_so(clerk: TestClient, search: dict[str, str]) -> None:
    assert ask(clerk, **search).status_code == 422


@pytest.mark.parametrize(
    ("search", "index"),
    [
        ({}, "status_arrival"),
        ({"newest_first": True}, "status_arrival"),
        ({"kiosk": "a"}, "kiosk_status_arrival"),
        ({"service": "a"}, "service_id_status_arrival"),
        ({"receipt": "a"}, "receipt_number_status"),
        ({"day": "2026-11-20"}, "status_filled_at"),
    ],
    ids=str,
)
def test_each_search_goes_by_an_index_of_its_own(
    clerk: TestClient, hall: Hall, search: dict[str, object], index: str
) -> None:
    asked: list[tuple[str, object]] = []
    engine = hall.database.engine
    event.listen(engine, "before_cursor_execute", lambda *about: asked.append((about[2], about[3])))
    ask(clerk, **search)
    (statement, values) = next(one for one in asked if "UNION" in one[0])
    with engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    used = [line for line in plan if "submissions" in line and "USING" in line]
    assert used
    assert all(f"ix_submissions_{index} " in line for line in used), plan


def test_what_was_handed_in_together_is_named_beside_each(clerk: TestClient, keep: Callable[..., None]) -> None:
    bundle, kiosk = UUID(int=9), UUID(int=1)
    for number in range(1, 8):  # the last two are on the second page
        keep(number, bundle=bundle if number in (1, 3, 7) else None, kiosk_id=kiosk)
    keep(8, bundle=bundle, kiosk_id=UUID(int=2))
    keep(9, bundle=bundle, kiosk_id=kiosk, withdrawn_at=NOW)
    shown = {form["receipt_number"]: form["together"] for form in ask(clerk).json()["submissions"]}
    title = {"zh": "高龄津贴", "en": "Old-age allowance"}
    assert shown == {
        "YL-1": [{"receipt_number": "YL-3", "service": title}, {"receipt_number": "YL-7", "service": title}],
        "YL-2": [],
        "YL-3": [{"receipt_number": "YL-1", "service": title}, {"receipt_number": "YL-7", "service": title}],
        "YL-4": [],
    }
