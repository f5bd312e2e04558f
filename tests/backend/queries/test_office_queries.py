"""What is asked of other offices: the card, the consent, the record of who asked, and what is said when they fail."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hall_support import NOW, SigningKiosk
from httpx import Response
from sqlalchemy import select

from backend.audit.tables import Audit
from backend.hall.hall import Hall
from backend.providers.cached import CachedProvider
from backend.providers.inquiries import (
    Disability,
    DisabilityOnRecord,
    FarmSubsidies,
    Inquiry,
    InsuranceAccount,
    MedicalInsurance,
    OnRecord,
    PersonOnRecord,
    SubsidyRow,
)
from backend.providers.over_http import ProviderOverHttp
from backend.providers.provider import NoProvider
from backend.providers.simulated.failures import KINDS, Failure
from backend.providers.simulated.people import Person
from backend.providers.simulated.registry import FIRST_ACCOUNT
from backend.providers.simulated.server import Behaviour, SimulatedRegistry
from backend.providers.values import MISSING, Missing, Told
from backend.queries.medical_insurance import days_of
from backend.submissions.indexes import person_index
from protocol.levels import By, Claim

SHORT_S = 0.25
TODAY = NOW.date()


@pytest.fixture
def hall(hall: Hall, registry: SimulatedRegistry) -> Hall:
    """It asks the simulated registry."""
    return replace(hall, provider=CachedProvider(ProviderOverHttp(registry.url, limit_s=SHORT_S)))


class Says:
    """A provider that says this, whatever it is asked."""

    def __init__(self, told: Told | Missing) -> None:
        self.told = told

    def ask(self, inquiry: Inquiry[Told]) -> Any:
        return self.told


def ask(client: TestClient, query: str, by: By | None = By.CARD, **inputs: Any) -> Response:
    kiosk = client.auth
    assert isinstance(kiosk, SigningKiosk)
    claiming = replace(kiosk, claim=Claim(by) if by else None)
    return client.post(f"/queries/{query}", json={"consent": "yes"} | inputs, auth=claiming)


def insurance(client: TestClient, number: str, by: By | None = By.CARD, **inputs: str) -> Response:
    return ask(client, "medical_insurance", by, **({"resident_id": number, "period": "this_year"} | inputs))


def subsidy(client: TestClient, number: str, by: By | None = By.CARD, **inputs: str) -> Response:
    return ask(client, "farm_subsidy", by, **({"resident_id": number, "year": "this_year"} | inputs))


def bill(client: TestClient, account: int, utility: str = "water") -> Response:
    return ask(client, "utility_bill", By.TYPED, account_number=str(account), utility=utility)


def on_record(
    client: TestClient, number: str, name: str, by: By | None = By.CARD, wanted: tuple[str, ...] = ("address", "phone")
) -> Response:
    return ask(client, "on_record", by, resident_id=number, registry="residents", full_name=name, wanted=list(wanted))


def told(answer: Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def as_if(client: TestClient, provider: object) -> None:
    app: Any = client.app
    app.state.hall = replace(app.state.hall, provider=provider)


def records(hall: Hall) -> list[tuple[str, str, str]]:
    with hall.database.read() as session:
        asked = select(Audit).where(Audit.action == "ask_office").order_by(Audit.sequence)
        return [(one.who, one.subject, one.detail) for one in session.scalars(asked)]


def with_an_account(registry: SimulatedRegistry) -> str:
    told_of = {number: registry.registry.answer(_account(number)) for number in registry.registry.people}
    return next(
        number for number, one in told_of.items() if isinstance(one, InsuranceAccount) and one.balance is not MISSING
    )


def _account(number: str) -> Inquiry[Told]:
    return MedicalInsurance(id_number=number, first_day=date(TODAY.year, 1, 1), last_day=TODAY)


def test_the_account_of_whose_card_was_shown(client: TestClient, registry: SimulatedRegistry) -> None:
    number = with_an_account(registry)
    account = registry.registry.answer(_account(number))
    assert isinstance(account, InsuranceAccount)
    assert account.movements is not MISSING
    found = told(insurance(client, number))
    assert (found["office"], found["balance"], found["as_of"]) == ("told", str(account.balance), "2026-11-20")
    assert Decimal(found["came"]) - Decimal(found["spent"]) == sum(one.amount for one in account.movements)
    days = [one["on"] for one in found["movements"]]
    assert days == sorted(days, reverse=True)
    assert len(days) == 12, "of the movements of a year the newest are told one by one"


@pytest.mark.parametrize("by", [None, By.TYPED, By.RECEIPT, By.SLIP])
@pytest.mark.parametrize("query", [insurance, subsidy])
def test_who_only_knows_a_number_is_told_nothing_and_no_office_is_asked(
    client: TestClient, registry: SimulatedRegistry, someone: str, query: Callable[..., Response], by: By | None
) -> None:
    assert query(client, someone, by).json()["code"] == "level_too_low"
    assert registry.asked == 0


@pytest.mark.parametrize("query", [insurance, subsidy])
@pytest.mark.parametrize("consent", ["no", "", "YES"])
def test_without_consent_no_office_is_asked(
    client: TestClient, registry: SimulatedRegistry, someone: str, query: Callable[..., Response], consent: str
) -> None:
    assert query(client, someone, consent=consent).status_code == 422
    assert registry.asked == 0


def test_who_asked_what_about_whom_is_on_record_without_a_number(
    client: TestClient, hall: Hall, registry: SimulatedRegistry, someone: str, kiosk: SigningKiosk
) -> None:
    insurance(client, someone)
    insurance(client, someone)
    subsidy(client, someone)
    bill(client, FIRST_ACCOUNT)
    found = records(hall)
    person = person_index(hall, someone)[:16]
    assert [(who, detail) for who, _, detail in found] == [
        (kiosk.name, "medical-insurance"),
        (kiosk.name, "medical-insurance"),
        (kiosk.name, "farm-subsidy"),
        (kiosk.name, "utility-bill"),
    ]
    assert [subject for _, subject, _ in found[:3]] == [person] * 3
    written = json.dumps(found)
    assert someone not in written
    assert str(FIRST_ACCOUNT) not in written
    assert registry.asked == 3, "what was just told is told again without asking"


def test_a_hall_without_a_provider_asks_and_records_nothing(client: TestClient, hall: Hall, someone: str) -> None:
    as_if(client, NoProvider())
    for answer in (insurance(client, someone), subsidy(client, someone), bill(client, FIRST_ACCOUNT)):
        found = told(answer)
        assert found.pop("office") == "not_asked"
        assert not any(found[name] for name in found if name != "year"), "nothing is made up"
    assert records(hall) == []


@pytest.mark.parametrize("kind", KINDS)
def test_however_an_office_fails_it_is_away_and_nothing_is_made_up(
    client: TestClient, registry: SimulatedRegistry, someone: str, kind: str
) -> None:
    registry.behaviour = Behaviour(failures=(Failure(kind),))
    for answer in (insurance(client, someone), bill(client, FIRST_ACCOUNT), on_record(client, someone, "王秀英")):
        found = told(answer)
        assert found.pop("office") == "away"
        assert not any(found.values())


def test_a_value_that_did_not_come_stays_missing(client: TestClient, someone: str) -> None:
    as_if(client, Says(InsuranceAccount()))
    found = told(insurance(client, someone))
    assert found.pop("office") == "told"
    assert set(found.values()) == {None}
    as_if(client, Says(InsuranceAccount(movements=())))
    found = told(insurance(client, someone))
    assert (found["balance"], found["came"], found["spent"], found["movements"]) == (None, "0.00", "0.00", [])
    as_if(client, Says(FarmSubsidies()))
    assert told(subsidy(client, someone)) == {"office": "told", "year": 2026, "rows": None, "others": None}


def test_nobody_on_record_is_nothing_and_not_zero(client: TestClient) -> None:
    unknown = "11010519491231002X"
    assert told(insurance(client, unknown))["office"] == "nothing"
    assert told(insurance(client, unknown))["balance"] is None
    assert told(bill(client, 9999999999))["office"] == "nothing"


def test_of_the_items_one_is_shown_and_those_of_which_nobody_says_which_they_are(
    client: TestClient, someone: str
) -> None:
    def row(what: str, **more: object) -> SubsidyRow:
        return SubsidyRow.model_validate({"what": what, "amount": "10.00"} | more)

    as_if(client, Says(FarmSubsidies(rows=(row("地力", item="land"), row("种粮", item="grain"), row("不知道")))))
    found = told(subsidy(client, someone, item="grain", year="last_year"))
    assert [one["what"] for one in found["rows"]] == ["种粮", "不知道"]
    assert (found["others"], found["year"]) == (1, 2025)
    assert [one["what"] for one in told(subsidy(client, someone))["rows"]] == ["地力", "种粮", "不知道"]


def utility_of(client: TestClient, account: int) -> str:
    return next(one for one in ("water", "power", "gas") if told(bill(client, account, one))["office"] == "told")


def test_a_bill_tells_the_sum_and_nobodys_name(client: TestClient, registry: SimulatedRegistry) -> None:
    utility = utility_of(client, FIRST_ACCOUNT + 1)
    found = told(bill(client, FIRST_ACCOUNT + 1, utility))
    assert set(found) == {"office", "owed", "until", "pay_by"}
    assert found["owed"] is not None
    other = next(one for one in ("water", "power", "gas") if one != utility)
    assert told(bill(client, FIRST_ACCOUNT + 1, other))["office"] == "nothing", "the number is that of another company"


def test_nobody_reads_the_bills_of_a_town_by_counting_up(client: TestClient) -> None:
    answers = [bill(client, 5_000_000_000 + at).status_code for at in range(21)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {200}


def test_a_company_that_is_away_counts_as_no_wrong_search(client: TestClient, registry: SimulatedRegistry) -> None:
    registry.behaviour = Behaviour(failures=(Failure("error"),))
    assert {bill(client, FIRST_ACCOUNT).status_code for _ in range(25)} == {200}


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("this_month", "2026-03-01", "2026-03-31"),
        ("three_months", "2026-01-01", "2026-03-31"),
        ("this_year", "2026-01-01", "2026-03-31"),
        ("last_year", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_is_counted_from_the_halls_day(period: str, first: str, last: str) -> None:
    assert days_of(period, date(2026, 3, 31)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_three_months_reach_back_over_the_new_year() -> None:
    assert days_of("three_months", date(2026, 1, 5))[0] == date(2025, 11, 1)


def whole_record(registry: SimulatedRegistry) -> Person:
    """Somebody of whom the address and the phone are on record."""
    here = registry.registry
    return next(
        one
        for number, one in here.people.items()
        if isinstance(record := here.answer(OnRecord(id_number=number)), PersonOnRecord) and not record.missing
    )


def test_of_the_record_of_whose_card_was_shown_only_what_is_wanted_is_told(
    client: TestClient, hall: Hall, registry: SimulatedRegistry, kiosk: SigningKiosk
) -> None:
    one = whole_record(registry)
    found = told(on_record(client, one.id_number, one.full_name, wanted=("phone",)))
    assert (found["office"], found["values"]) == ("told", {"phone": one.phone})
    assert found["as_of"].startswith("2025-")
    found = told(on_record(client, one.id_number, one.full_name))
    assert found["values"] == {"address": one.address, "phone": one.phone}
    person = person_index(hall, one.id_number)[:16]
    assert records(hall) == [(kiosk.name, person, "person-on-record")] * 2


@pytest.mark.parametrize("by", [None, By.TYPED, By.RECEIPT, By.SLIP, By.SENDER])
def test_nobodys_record_is_opened_by_a_number_or_a_slip(
    client: TestClient, registry: SimulatedRegistry, by: By | None
) -> None:
    """Anybody can write a neighbour's number into a form, save it and come back with the slip."""
    one = whole_record(registry)
    assert on_record(client, one.id_number, one.full_name, by).json()["code"] == "level_too_low"
    assert registry.asked == 0


def test_a_record_of_another_name_than_the_card_tells_nothing(
    client: TestClient, registry: SimulatedRegistry, caplog: pytest.LogCaptureFixture
) -> None:
    one = whole_record(registry)
    found = told(on_record(client, one.id_number, "李四"))
    assert found == {"office": "of_another", "values": {}, "as_of": None}
    assert "record of another name" in caplog.messages
    assert one.full_name not in caplog.text
    assert "李四" not in caplog.text


def test_what_a_record_lacks_is_left_out_and_never_empty(client: TestClient, someone: str) -> None:
    as_if(client, Says(PersonOnRecord(phone="13800138000")))
    assert told(on_record(client, someone, "王秀英")) == {
        "office": "told",
        "values": {"phone": "13800138000"},
        "as_of": None,
    }
    as_if(client, Says(PersonOnRecord(full_name="王秀英")))
    assert told(on_record(client, someone, "王秀英"))["office"] == "nothing"
    as_if(client, Says(MISSING))
    assert told(on_record(client, someone, "王秀英"))["office"] == "nothing"


@pytest.mark.parametrize("wanted", [(), ("bank_card",), ("full_name",)])
def test_what_no_registry_tells_cannot_be_asked_for(
    client: TestClient, registry: SimulatedRegistry, someone: str, wanted: tuple[str, ...]
) -> None:
    assert on_record(client, someone, "王秀英", wanted=wanted).status_code == 422
    assert registry.asked == 0


def test_a_certificate_is_told_of_who_has_one(client: TestClient, hall: Hall, registry: SimulatedRegistry) -> None:
    told_of = {number: registry.registry.answer(Disability(id_number=number)) for number in registry.registry.people}
    number, one = next((number, one) for number, one in told_of.items() if isinstance(one, DisabilityOnRecord))
    name = registry.registry.people[number].full_name
    asked = {"resident_id": number, "registry": "disability", "full_name": name, "wanted": ["certificate"]}
    found = told(ask(client, "on_record", **asked))
    assert (found["office"], found["values"]) == ("told", {"certificate": one.certificate})
    without = next(number for number, one in told_of.items() if one is MISSING)
    assert told(ask(client, "on_record", **asked | {"resident_id": without}))["office"] == "nothing"
    assert [detail for _, _, detail in records(hall)] == ["disability-certificate"] * 2
