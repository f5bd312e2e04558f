"""Whatever a kiosk says of its visitor: nothing of a person comes out below its level, on any route of the hall."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import (
    FROM_PAGE,
    JSON_BODY,
    NOW,
    RIGHT_ANSWERS,
    SigningKiosk,
    StandingClock,
    enrolled,
    settings_in,
    staff_at,
    submission,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.app import create_app
from backend.hall.hall import open_hall
from backend.submissions.tables import Submission
from protocol.enrolment import KioskState
from protocol.levels import By, Level, granted

PERSON, NUMBER, LAST4, NOTE = str(RIGHT_ANSWERS["resident_id"]), "400000000002", "5678", "请带户口本来三号窗口"
SECRET = (NOTE, "欧阳秀兰", PERSON, "13912345678", "6228480031234567894", "old-age-allowance", "高龄津贴")
ID = UUID(int=5)


class Place:
    """A hall that has one form, with a note to its person; two kiosks, of which one waits for approval."""

    def __init__(self, folder: Path) -> None:
        self.hall = open_hall(settings_in(folder), StandingClock(NOW))
        self.client = TestClient(create_app(self.hall, lambda pin: None))
        self.kiosk = enrolled(self.hall)
        self.waiting = enrolled(self.hall, "waits", KioskState.WAITING)
        body = submission(self.hall.keys.public, ID, RIGHT_ANSWERS, NUMBER).model_dump_json()
        sent = self.client.put(f"/submissions/{ID}", content=body, headers=JSON_BODY, auth=self.kiosk)
        assert sent.status_code == 201
        with self.hall.database.write() as session:
            session.get_one(Submission, ID).note = NOTE
        described = self.client.get("/openapi.json").json()["paths"]
        self.routes = sorted((method.upper(), path) for path, methods in described.items() for method in methods)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place(tmp_path_factory.mktemp("levels"))
    with place.client:
        yield place
    place.hall.database.close()


NOW_S = int(NOW.timestamp())
CLAIMS = st.builds(
    "level={};by={};at={}".format,
    st.integers(0, 4),
    st.sampled_from([*By, "boss"]),
    st.sampled_from([NOW_S, NOW_S - 60, NOW_S - 599, NOW_S - 901, NOW_S - 90_000, NOW_S + 1, NOW_S + 9_000, 0]),
) | st.sampled_from(["level=0", "level=3", "", "level=2;by=card", "level=2;by=card;at=1;by=staff"])
INPUTS = st.fixed_dictionaries(
    {},
    optional={
        "resident_id": st.just(PERSON),
        "receipt_number": st.just(NUMBER),
        "phone_last4": st.sampled_from(["0000", LAST4]),
    },
)


class Saying(SigningKiosk):
    """Signs whatever it is told to say of its visitor."""

    header = ""

    def headers(self, method: str, path: str, body: bytes = b"") -> dict[str, str]:
        return self.signer.headers(self.private_key, self.id, NOW_S, method, path, body, self.header)


def saying(kiosk: SigningKiosk, header: str) -> Saying:
    found = Saying(kiosk.id, kiosk.name, kiosk.private_key, kiosk.clock)
    found.header = header
    return found


def may_see_all(header: str, inputs: dict[str, str]) -> bool:
    """By the table: the card's person, staff, a slip with its receipt number, a receipt with its phone."""
    given = granted(header, NOW_S)
    if "resident_id" in inputs:
        return given.level >= Level.SHOWN and given.by in (By.CARD, By.STAFF)
    if "receipt_number" not in inputs or given.level < Level.TYPED:
        return False
    shown = given.level >= Level.SHOWN and given.by in (By.SLIP, By.STAFF)
    return shown or inputs.get("phone_last4") == LAST4


@given(header=CLAIMS, inputs=INPUTS, route=st.data())
@settings(max_examples=150, deadline=None)
def test_nothing_of_a_person_comes_out_below_its_level(
    place: Place, header: str, inputs: dict[str, str], route: st.DataObject
) -> None:
    queries = [one for one in place.routes if one[1] == "/queries/progress"]
    method, path = route.draw(st.sampled_from(queries) | st.sampled_from(place.routes))
    filled = path
    for name in ("submission_id", "call_id", "session_id", "id"):
        filled = filled.replace(f"{{{name}}}", str(ID))
    body = inputs if method != "GET" else None
    auth = saying(place.kiosk, header)
    said = place.client.request(method, filled, json=body, auth=auth, headers=FROM_PAGE)
    out = [word for word in SECRET if word in said.text]
    if out:
        assert path == "/queries/progress", (method, path)
        assert may_see_all(header, inputs), (header, inputs, out)
    assert not {*SECRET[1:5]} & {*out}, "no answer of a form comes out at all"
    with place.hall.database.write() as session:  # no example waits for another
        session.connection().exec_driver_sql("DELETE FROM limits")


@given(header=CLAIMS)
@settings(max_examples=20, deadline=None)
def test_who_may_see_it_does(place: Place, header: str) -> None:
    """So that the test above does not pass for a hall that tells nothing."""
    staff_at(place.hall, place.kiosk.id)
    for inputs in (
        {"resident_id": PERSON},
        {"receipt_number": NUMBER},
        {"receipt_number": NUMBER, "phone_last4": LAST4},
    ):
        said = place.client.post("/queries/progress", json=inputs, auth=saying(place.kiosk, header))
        assert (NOTE in said.text) == may_see_all(header, inputs)


def test_a_level_that_is_too_low_is_logged_without_the_person(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    asked = {"resident_id": PERSON}
    assert place.client.post("/queries/progress", json=asked, auth=saying(place.kiosk, "level=0")).status_code == 403
    (record,) = [one for one in caplog.records if one.message == "level too low"]
    assert record.__dict__["fields"] == {"kiosk": place.kiosk.name, "level": 0, "needed": 2}


def test_unsigned_or_of_a_kiosk_that_waits_no_claim_counts(place: Place) -> None:
    """Also where the header was put in on the way: it is under the signature."""
    claim = f"level=2;by=card;at={NOW_S}"
    asks = {"json": {"resident_id": PERSON}}
    assert place.client.post("/queries/progress", headers={"Yinling-Visitor": claim}, **asks).status_code == 401
    assert place.client.post("/queries/progress", auth=saying(place.waiting, claim), **asks).status_code == 401

    class Raised(Saying):
        def headers(self, method: str, path: str, body: bytes = b"") -> dict[str, str]:
            return super().headers(method, path, body) | {"Yinling-Visitor": claim}

    raised = Raised(place.kiosk.id, place.kiosk.name, place.kiosk.private_key, place.kiosk.clock)
    raised.header = "level=0"
    assert place.client.post("/queries/progress", auth=raised, **asks).status_code == 401
