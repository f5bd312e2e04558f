import json
import os
import signal
import subprocess
import sys
from datetime import date
from decimal import Decimal

from project import ROOT

from backend.providers.inquiries import (
    FarmSubsidy,
    HospitalSlots,
    InsuranceAccount,
    MedicalInsurance,
    OnRecord,
    UtilityBill,
)
from backend.providers.over_http import ProviderOverHttp
from backend.providers.simulated.people import people
from backend.providers.simulated.registry import FIRST_ACCOUNT, FIRST_DAY, Registry
from backend.providers.values import MISSING
from forms.values.resident_id import problem

TODAY = date(2026, 11, 20)


def registry(seed: int = 1, many: int = 40) -> Registry:
    return Registry(many, seed, lambda: TODAY)


def account(of: Registry, number: str) -> InsuranceAccount | None:
    told = of.answer(MedicalInsurance(id_number=number, first_day=FIRST_DAY, last_day=TODAY))
    return told if isinstance(told, InsuranceAccount) else None


def told_of_all(of: Registry) -> list[object]:
    slots = HospitalSlots(hospital="county", department="eyes", first_day=TODAY, days=7)
    bills = [of.answer(UtilityBill(account_number=str(FIRST_ACCOUNT + at))) for at in range(len(of.people))]
    each = [
        (
            one,
            account(of, number),
            of.answer(FarmSubsidy(id_number=number, year=2026)),
            of.answer(OnRecord(id_number=number)),
        )
        for number, one in of.people.items()
    ]
    return [of.answer(slots), bills, each]


def test_a_seed_means_the_same_people_and_answers_everywhere() -> None:
    assert told_of_all(registry()) == told_of_all(registry())
    assert registry(seed=1).people.keys() != registry(seed=2).people.keys()
    assert list(people(20, 1)) == list(people(200, 1))[:20]


def test_five_thousand_people_have_right_numbers() -> None:
    everybody = people(5000, 1)
    assert len(everybody) == 5000
    assert {problem(number, TODAY) for number in everybody} == {None}
    assert {number[:6] for number in everybody} == {"110105"}


def test_a_balance_is_the_sum_of_what_moved_and_never_below_nothing() -> None:
    of, without = registry(many=120), 0
    for number in of.people:
        told = account(of, number)
        if told is None or told.balance is MISSING:
            without += 1
            continue
        assert told.movements is not MISSING
        balance = Decimal()
        for one in told.movements:
            balance += one.amount
            assert balance >= 0
        assert told.balance == balance
        assert [one.on for one in told.movements] == sorted(one.on for one in told.movements)
    assert 0 < without < 20, "of some the balance is not on record"


def test_as_a_command_it_says_where_it_is_and_ends_when_told() -> None:
    command = [sys.executable, "-m", "backend.providers.simulated", "--port", "0", "--people", "50", "--json"]
    command += ["--today", "2026-11-20"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "YINLING_PROVIDER_TOKEN": "s3cret"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        inquiry = OnRecord(id_number=told["someone"])
        assert ProviderOverHttp(told["url"], "s3cret").ask(inquiry) == registry(many=50).answer(inquiry)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
