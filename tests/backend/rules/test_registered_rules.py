"""A county's rules count once a lead or an admin has registered them, on the hall and its kiosks, until revoked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, StandingClock, enrolled, settings_in
from project import ASSETS

from backend.accounts.console_pin import next_pin
from backend.accounts.permissions import Role, Staff
from backend.app import create_app
from backend.audit.log import entries
from backend.definitions.rules import all_rules
from backend.foundation.settings import SetupError
from backend.hall.hall import Hall, open_hall
from backend.rules.register import MayNotRegisterError, register, revoke, told_to_kiosks
from protocol.catalogue import check_rules
from protocol.rules import RegisteredRules
from protocol.signing import SignatureError, verify_key_of

ALLOWANCE = "old-age-allowance"
LEAD, CLERK = Staff("王强", Role.LEAD), Staff("李芳", Role.STAFF)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Its allowance has one of the shipped checks, and another that is its own."""
    folder = tmp_path / "county"
    (folder / "services").mkdir(parents=True)
    text = (ASSETS / "services" / f"{ALLOWANCE}.yaml").read_text("utf-8")
    own = text.replace('expect: {eq: {field: hukou_here, value: "yes"}}', "expect: {answered: hukou_here}", 1)
    assert own != text
    (folder / "services" / f"{ALLOWANCE}.yaml").write_text(own, "utf-8")
    return folder


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def hall(tmp_path: Path, county: Path, clock: StandingClock) -> Iterator[Hall]:
    hall = open_hall(settings_in(tmp_path).model_copy(update={"county": county}), clock)
    yield hall
    hall.database.close()


def checks(hall: Hall) -> list[str]:
    hall.files.look()
    hall.files.look()
    return [one.id for one in hall.catalogue.service(ALLOWANCE).checks]


def test_what_is_registered_nowhere_is_left_out_and_told_with_its_line(hall: Hall, county: Path) -> None:
    assert checks(hall) == ["age"], "the shipped one counts in the county's file too"
    (mistake,) = hall.files.now.mistakes
    lines = (county / "services" / f"{ALLOWANCE}.yaml").read_text("utf-8").splitlines()
    assert (mistake.file, lines[mistake.line - 1].strip()) == (f"services/{ALLOWANCE}.yaml", "- id: hukou")
    assert "registered nowhere" in mistake.message
    assert "hall rules register" in mistake.hint


def test_what_a_lead_registers_counts_without_a_restart_and_is_written_down(hall: Hall, county: Path) -> None:
    done = register(hall, LEAD, county)
    assert (done.new, done.known) == (1, 0)
    assert checks(hall) == ["age", "hukou"]
    assert hall.files.now.mistakes == ()
    again = register(hall, LEAD, county / "services" / f"{ALLOWANCE}.yaml")
    assert (again.new, again.known) == (0, 1)
    with hall.database.read() as session:
        (rule,) = all_rules(session)
        acts = [(one.record["who"], one.record["action"], one.record["detail"]) for one in entries(session)]
    assert (rule.rule, rule.version, rule.registered_by) == ("hukou", 1, "王强")
    assert acts.count(("王强", "rule_registered", f"{ALLOWANCE} hukou")) == 1


def test_a_changed_rule_has_to_be_registered_anew(hall: Hall, county: Path) -> None:
    register(hall, LEAD, county)
    path = county / "services" / f"{ALLOWANCE}.yaml"
    path.write_text(path.read_text("utf-8").replace("有时要回户口所在地办", "要回户口所在地办", 1), "utf-8")
    assert checks(hall) == ["age"]


def test_kiosks_are_told_signed_and_a_revoked_rule_counts_no_more(
    hall: Hall, county: Path, clock: StandingClock
) -> None:
    verify_key = verify_key_of(hall.keys.private)
    assert (told_to_kiosks(hall).number, told_to_kiosks(hall).rules) == (0, {})
    register(hall, LEAD, county)
    first = told_to_kiosks(hall)
    check_rules(first, verify_key)
    (digest,) = first.rules[ALLOWANCE]
    with pytest.raises(SignatureError):
        check_rules(first.model_copy(update={"rules": {ALLOWANCE: ["0" * 64]}}), verify_key)
    clock.pass_(days=-1)  # a clock that was set back
    assert revoke(hall, LEAD, digest[:8]).rule == "hukou"
    then = told_to_kiosks(hall)
    check_rules(then, verify_key)
    assert then.rules == {}
    assert then.number > first.number, "kiosks take the newest"
    assert checks(hall) == ["age"]
    register(hall, LEAD, county)
    assert checks(hall) == ["age", "hukou"]
    with TestClient(create_app(hall, lambda pin: None)) as client:
        assert client.get("/catalogue/rules").status_code == 401, "a kiosk signs what it asks"
        client.auth = enrolled(hall)
        asked = RegisteredRules.model_validate_json(client.get("/catalogue/rules").content)
    assert asked.rules == first.rules


def test_leads_see_the_register_on_the_staff_page(hall: Hall, county: Path) -> None:
    register(hall, LEAD, county)
    pins = [next_pin(hall)]
    with TestClient(create_app(hall, pins.append), headers=dict(FROM_PAGE)) as client:
        assert client.get("/staff/rules").status_code == 401
        client.post("/staff/login", json={"name": "赵敏", "pin": pins[0]})
        (shown,) = client.get("/staff/rules").json()
        assert (shown["service"]["zh"], shown["rule"], shown["registered_by"]) == ("高龄津贴", "hukou", "王强")
        revoke(hall, LEAD, shown["hash"])
        (shown,) = client.get("/staff/rules").json()
    assert shown["revoked_by"] == "王强"


def test_who_may_not_is_refused_and_what_cannot_be_registered_is_said(hall: Hall, county: Path) -> None:
    with pytest.raises(MayNotRegisterError, match="a lead or an admin"):
        register(hall, CLERK, county)
    with pytest.raises(MayNotRegisterError):
        revoke(hall, CLERK, "00")
    with pytest.raises(SetupError, match="No registered rule begins with 00000000"):
        revoke(hall, LEAD, "0" * 8)
    with pytest.raises(SetupError, match=r"name the county's folder"):
        register(hall, LEAD, county / "nothing")
    (county / "notes.yaml").write_text("a: 1\n", "utf-8")
    with pytest.raises(SetupError, match=r"no service of a county's folder"):
        register(hall, LEAD, county / "notes.yaml")
    with pytest.raises(SetupError, match=r"notes.yaml:1"):
        register(hall, LEAD, county)
    assert checks(hall) == ["age"]


def test_the_beginning_of_a_hash_has_to_be_long_enough_to_be_meant(hall: Hall, county: Path) -> None:
    register(hall, LEAD, county)
    for digest in ("", told_to_kiosks(hall).rules[ALLOWANCE][0][:7]):
        with pytest.raises(SetupError, match="at least 8"):
            revoke(hall, LEAD, digest)
    assert checks(hall) == ["age", "hukou"]


def test_what_a_lead_of_any_name_registers_is_the_countys(hall: Hall, county: Path) -> None:
    register(hall, Staff("release", Role.LEAD), county)
    (digest,) = told_to_kiosks(hall).rules[ALLOWANCE]
    assert revoke(hall, LEAD, digest).rule == "hukou"
    assert checks(hall) == ["age"]


def test_no_rule_of_a_release_can_be_revoked(hall: Hall) -> None:
    shipped = hall.catalogue.service(ALLOWANCE).checks[0].hash
    with pytest.raises(SetupError, match="No registered rule"):
        revoke(hall, LEAD, shipped)
