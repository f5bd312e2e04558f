from uuid import UUID

import pytest
from after_support import FORM, after, claiming, follow_up, send
from fastapi.testclient import TestClient
from hall_support import KIOSK, RIGHT_ANSWERS, of_person, progress
from rulings_support import decided
from sqlalchemy import select

from backend.audit.tables import Audit
from backend.hall.hall import Hall
from backend.submissions.tables import Submission
from forms.definition import Definition
from protocol.levels import By

CORRECTION, SECOND, THIRD = UUID(int=4), UUID(int=5), UUID(int=6)
NUMBER, NEW_NUMBER = "400000000002", "400000000010"
ID_CARD = str(RIGHT_ANSWERS["resident_id"])


@pytest.fixture
def corrected(clerk: TestClient, hall: Hall) -> TestClient:
    send(clerk, hall)
    send(clerk, hall, CORRECTION, NEW_NUMBER, amends=FORM, phone="13800138000")
    return clerk


def take(client: TestClient, correction: UUID = CORRECTION, instead_of: UUID = FORM) -> int:
    body = {"instead_of": str(instead_of)}
    return client.post(f"/staff/submissions/{correction}/take", json=body).status_code


def counting(hall: Hall) -> list[int]:
    with hall.database.read() as session:
        rows = session.scalars(select(Submission).where(Submission.replaced_by.is_(None)).order_by(Submission.id))
        return [row.id.int for row in rows]


def test_both_are_kept_and_the_first_counts_until_staff_took_the_new_one(corrected: TestClient, hall: Hall) -> None:
    assert progress(corrected, NUMBER)[0]["status"] == "received"
    (waits,) = progress(corrected, NEW_NUMBER)
    assert waits["next"] == hall.next_steps["correction"].model_dump()  # type: ignore[index]
    assert take(corrected) == 204
    assert progress(corrected, NUMBER)[0]["words"] == hall.status_words["replaced"].model_dump()  # type: ignore[index]
    assert progress(corrected, NEW_NUMBER)[0]["status"] == "in_review"
    assert [one["receipt_number"] for one in after(corrected)["corrections"]] == [NEW_NUMBER]
    assert [one["receipt_number"] for one in after(corrected, CORRECTION)["corrects"]] == [NUMBER]


def test_staff_see_both_side_by_side_private_answers_covered_and_what_differs(corrected: TestClient) -> None:
    both = corrected.post(f"/staff/submissions/{CORRECTION}/beside").json()
    assert (both["counts"], both["changed"]) == (str(FORM), ["phone"])
    assert both["can_be_taken"]
    assert both["same_person"]
    assert "13912345678" not in str(both)
    assert "13800138000" not in str(both)


def test_a_correction_that_names_another_person_is_told(corrected: TestClient, hall: Hall) -> None:
    send(corrected, hall, SECOND, "400000000028", amends=FORM, resident_id="11010519491231002X")
    assert not corrected.post(f"/staff/submissions/{SECOND}/beside").json()["same_person"]


def test_the_first_stays_where_it_was_decided_before_anybody_saw_the_correction(
    corrected: TestClient, hall: Hall
) -> None:
    decided(corrected, FORM, "accepted")
    assert not corrected.post(f"/staff/submissions/{CORRECTION}/beside").json()["can_be_taken"]
    assert take(corrected) == 409
    assert counting(hall) == [3, 4]


def test_a_correction_while_staff_work_on_the_first_takes_its_place(corrected: TestClient) -> None:
    corrected.put(f"/submissions/{FORM}/status", json={"status": "in_review"})
    assert take(corrected) == 204
    assert corrected.put(f"/submissions/{FORM}/status", json={"status": "in_review"}).status_code == 409


def test_of_two_corrections_at_once_one_is_taken_and_who_takes_the_other_sees_that(
    corrected: TestClient, hall: Hall
) -> None:
    send(corrected, hall, SECOND, "400000000028", amends=FORM, phone="13700137000")
    assert take(corrected) == 204
    assert take(corrected, SECOND) == 409, "another counts than was shown"
    assert counting(hall) == [4, 5]
    both = corrected.post(f"/staff/submissions/{SECOND}/beside").json()
    assert both["counts"] == str(CORRECTION)
    assert take(corrected, SECOND, CORRECTION) == 204
    assert counting(hall) == [5]


def test_a_correction_of_a_correction_takes_the_place_of_both(corrected: TestClient, hall: Hall) -> None:
    send(corrected, hall, SECOND, "400000000028", amends=CORRECTION, phone="13700137000")
    assert corrected.post(f"/staff/submissions/{SECOND}/beside").json()["counts"] == str(FORM)
    assert take(corrected, SECOND) == 204
    assert counting(hall) == [5]
    assert take(corrected, CORRECTION, SECOND) == 409


def test_what_corrects_nothing_or_itself_is_a_form_like_any_other(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, CORRECTION, NEW_NUMBER, amends=UUID(int=99))
    send(clerk, hall, SECOND, "400000000028", amends=SECOND)
    send(clerk, hall, THIRD, "400000000036", amends=UUID(int=7))
    send(clerk, hall, UUID(int=7), "400000000044", amends=THIRD)
    for one in (CORRECTION, SECOND):
        assert clerk.post(f"/staff/submissions/{one}/beside").status_code == 404
        assert take(clerk, one) == 404
    assert clerk.post(f"/staff/submissions/{THIRD}/beside").status_code == 200
    assert follow_up(clerk, form=THIRD).status_code == 200
    send(clerk, hall, UUID(int=99), "400000000051")
    assert take(clerk, CORRECTION, UUID(int=99)) == 204, "it came before what it corrects"


def test_looks_and_decisions_are_on_the_record(corrected: TestClient, hall: Hall) -> None:
    corrected.post(f"/staff/submissions/{CORRECTION}/beside")
    take(corrected)
    with hall.database.read() as session:
        done = [(one.who, one.action, one.subject) for one in session.scalars(select(Audit).order_by(Audit.sequence))]
    assert ("李芳", "open", str(FORM)) in done
    assert ("李芳", "open", str(CORRECTION)) in done
    assert done[-1] == ("李芳", "correction_taken", str(CORRECTION))


# the answers, for who wants to correct them


def answers(client: TestClient, by: By | None, **shown: str) -> tuple[int, dict[str, str]]:
    answer = client.post(f"/submissions/{FORM}/answers", json=shown, auth=claiming(client, by))
    return answer.status_code, answer.json().get("answers", {})


def test_who_shows_their_card_gets_the_form_and_what_it_was_filled_in_by(corrected: TestClient, hall: Hall) -> None:
    auth = claiming(corrected, By.CARD)
    told = corrected.post(f"/submissions/{FORM}/answers", json={"resident_id": ID_CARD}, auth=auth).json()
    assert told["answers"] == RIGHT_ANSWERS
    assert Definition.checked(told["document"], told["definition"]).head.id == "old-age-allowance"
    with hall.database.read() as session:
        assert (KIOSK, "own_form") in [(one.who, one.action) for one in session.scalars(select(Audit))]


def test_a_receipt_and_a_phone_open_no_number_of_an_id_or_bank_card(corrected: TestClient) -> None:
    status, told = answers(corrected, By.RECEIPT, phone_last4="5678")
    assert status == 200
    assert told["village"] == "chengguan_dongjie"
    assert not {"resident_id", "bank_card"} & set(told)


@pytest.mark.parametrize(
    ("by", "shown", "status"),
    [
        (None, {"resident_id": ID_CARD}, 403),
        (By.TYPED, {"resident_id": ID_CARD}, 403),
        (By.SENDER, {}, 403),
        (By.CARD, {}, 404),
        (By.CARD, {"resident_id": "11010519491231002X"}, 404),
        (By.CARD, {"phone_last4": "5678"}, 404),
        (By.RECEIPT, {"phone_last4": "0000"}, 404),
        (By.RECEIPT, {"resident_id": ID_CARD}, 404),
        (By.CARD, {"resident_id": ID_CARD, "phone_last4": "5678"}, 422),
    ],
)
def test_the_wrong_person_sees_no_answers(
    corrected: TestClient, by: By | None, shown: dict[str, str], status: int
) -> None:
    assert answers(corrected, by, **shown) == (status, {})


def test_a_form_that_is_decided_or_taken_back_is_not_corrected(corrected: TestClient) -> None:
    follow_up(corrected)
    assert answers(corrected, By.CARD, resident_id=ID_CARD) == (409, {})
    assert not any(one["may_change"] for one in of_person(corrected))
