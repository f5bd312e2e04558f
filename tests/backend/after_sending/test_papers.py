from uuid import UUID, uuid4

import pytest
from after_support import FORM, after, follow_up, send
from fastapi.testclient import TestClient
from hall_support import of_person, progress
from rulings_support import decided
from sqlalchemy import select

from backend.audit.tables import Audit
from backend.hall.hall import Hall

PAPER = "certificate_paper"


@pytest.fixture
def lacking(clerk: TestClient, hall: Hall) -> TestClient:
    """A form of which one paper is to be brought."""
    send(clerk, hall, service="disability-subsidy", **{PAPER: "family"})
    return clerk


def papers(client: TestClient) -> list[tuple[str, bool]]:
    """Those that nobody has looked at yet, and whether they are said to be here."""
    lacking = (one for one in after(client)["papers"] if one["seen_by"] is None)
    return [(one["field"], one["brought_at"] is not None) for one in lacking]


def see(client: TestClient, field: str = PAPER, form: UUID = FORM) -> int:
    return client.post(f"/staff/submissions/{form}/paper-seen", json={"field": field}).status_code


def test_who_brings_a_paper_says_so_and_staff_say_that_they_have_seen_it(lacking: TestClient, hall: Hall) -> None:
    assert papers(lacking) == [(PAPER, False)]
    assert follow_up(lacking, "brought", field=PAPER).json()["outcome"] == "taken"
    assert papers(lacking) == [(PAPER, True)]
    (own,) = of_person(lacking)
    assert [(one["field"], one["brought"]) for one in own["papers"]] == [(PAPER, True)]  # type: ignore[index]
    assert see(lacking) == 204
    assert papers(lacking) == []
    assert see(lacking) == 204, "a colleague who presses too changes nothing"
    (paper,) = after(lacking)["papers"]
    assert (paper["seen_by"], paper["seen_at"] is None) == ("李芳", False)
    assert [[one["zh"] for one in asked["labels"]] for asked in after(lacking)["asked"]] == [[paper["label"]["zh"]]] * 2
    assert of_person(lacking)[0]["papers"] == []
    with hall.database.read() as session:
        noted = [(one.who, one.detail) for one in session.scalars(select(Audit).where(Audit.action == "seen"))]
    assert noted == [("李芳", PAPER)]


def test_said_twice_it_is_one_paper_and_one_that_is_not_lacking_changes_nothing(lacking: TestClient) -> None:
    name = uuid4()
    for field, one in ((PAPER, name), (PAPER, name), (PAPER, uuid4()), ("no_such_paper", uuid4())):
        assert follow_up(lacking, "brought", field=field, name=one).status_code == 200
    assert papers(lacking) == [(PAPER, True)]


def test_staff_see_no_paper_that_the_form_does_not_lack(lacking: TestClient) -> None:
    assert [see(lacking, "no_such_paper"), see(lacking, "name")] == [404, 404]
    assert not after(lacking)["asked"]


def test_a_correction_does_not_lack_what_was_seen_before(lacking: TestClient, hall: Hall) -> None:
    see(lacking)
    newer = UUID(int=4)
    send(lacking, hall, newer, "400000000010", amends=FORM, service="disability-subsidy", **{PAPER: "family"})
    assert [one["seen_by"] for one in after(lacking, newer)["papers"]] == ["李芳"]


def test_by_the_number_alone_nobody_learns_which_papers_are_lacking(lacking: TestClient) -> None:
    (seen,) = progress(lacking, "400000000002")
    assert not seen["papers"]
    assert not seen["submission"]


def test_a_form_that_is_decided_lacks_nothing(lacking: TestClient) -> None:
    decided(lacking, FORM, "accepted")
    assert follow_up(lacking, "brought", field=PAPER).json()["outcome"] == "too_late"
    assert see(lacking) == 409
