"""What is on record of the invented people. The same inquiry gets the same answer, on the same day."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Literal, get_args

from backend.providers.inquiries import (
    Bill,
    Disability,
    DisabilityOnRecord,
    FarmSubsidies,
    FarmSubsidy,
    HalfDay,
    HospitalSlots,
    Inquiry,
    InsuranceAccount,
    MedicalInsurance,
    Movement,
    OnRecord,
    PersonOnRecord,
    Slots,
    SubsidyRow,
    UtilityBill,
)
from backend.providers.simulated.people import people
from backend.providers.values import MISSING, Missing, Told

INQUIRIES: dict[str, type[Inquiry[Told]]] = {
    one.name: one for one in (MedicalInsurance, FarmSubsidy, OnRecord, Disability, UtilityBill, HospitalSlots)
}
FIRST_DAY = date(2024, 1, 1)  # of the insurance's accounts
FIRST_ACCOUNT = 1_000_000_000  # of water, power and gas; one for each person
HOSPITALS = ("county", "chinese_medicine")
DEPARTMENTS = (
    "general",
    "internal",
    "surgery",
    "bones",
    "eyes",
    "teeth",
    "ears",
    "heart",
    "lungs",
    "stomach",
    "diabetes",
    "kidneys",
    "nerves",
    "urology",
    "skin",
    "women",
    "rehabilitation",
    "acupuncture",
    "geriatrics",
)
_PER_MU: tuple[tuple[Literal["land", "grain"], str, int], ...] = (
    ("land", "耕地地力保护补贴", 9_500),  # fen
    ("grain", "种粮补贴", 1_200),
)
_SPENT_ON = ("门诊", "药店买药", "住院自付")
_UTILITIES: tuple[Literal["water", "power", "gas"], ...] = get_args(Bill.model_fields["utility"].annotation)
_HALVES: tuple[Literal["morning", "afternoon"], ...] = get_args(HalfDay.model_fields["half"].annotation)


class Registry:
    def __init__(self, many: int, seed: int, today: Callable[[], date] = date.today) -> None:
        self.people, self._seed, self._today = people(many, seed), seed, today

    def answer(self, inquiry: Inquiry[Told]) -> Told | Missing:
        match inquiry:
            case UtilityBill():
                return self._bill(inquiry.account_number)
            case HospitalSlots():
                return self._slots(inquiry)
            case MedicalInsurance(id_number=number) if number in self.people:
                return self._account(inquiry)
            case FarmSubsidy(id_number=number) if number in self.people:
                return self._subsidies(inquiry)
            case OnRecord(id_number=number) if number in self.people:
                return self._person(number, inquiry.wanted)
            case Disability(id_number=number) if number in self.people:
                return self._disability(number)
        return MISSING

    def _dice(self, *about: object) -> Random:
        return Random(" ".join(map(str, (self._seed, *about))))

    def _account(self, asked: MedicalInsurance) -> InsuranceAccount | Missing:
        """One in fifty has none, and of another one the balance is not known."""
        today, luck = self._today(), self._dice(asked.id_number, "account").randrange(50)
        if luck == 0:
            return MISSING
        moved = list(self._movements(asked.id_number, today))
        shown = tuple(one for one in moved if asked.first_day <= one.on <= asked.last_day)
        if luck == 1:
            return InsuranceAccount(movements=shown)
        return InsuranceAccount(balance=sum((one.amount for one in moved), Decimal()), as_of=today, movements=shown)

    def _movements(self, id_number: str, today: date) -> Iterator[Movement]:
        """Each month something comes, and of what there is something is spent."""
        month, fen = FIRST_DAY, 0
        while month <= today:
            dice = self._dice(id_number, month)
            comes = dice.randrange(6_000, 12_000)
            days = sorted(dice.sample(range(2, 28), dice.randrange(3)))
            rows = [(month, comes, "个人账户划入")]
            fen += comes
            for day in days:
                spent = dice.randrange(1, fen // 2)
                fen -= spent
                rows.append((month.replace(day=day), -spent, dice.choice(_SPENT_ON)))
            yield from (Movement(on=on, amount=_yuan(moved), what=what) for on, moved, what in rows if on <= today)
            month = (month + timedelta(days=31)).replace(day=1)

    def _subsidies(self, asked: FarmSubsidy) -> FarmSubsidies:
        """By the land that somebody has, paid in the summer; nothing of years to come."""
        mu, today = self.people[asked.id_number].mu, self._today()
        if not mu or not FIRST_DAY.year <= asked.year <= today.year:
            return FarmSubsidies(rows=())
        paid = date(asked.year, 6, 1) + timedelta(days=self._dice(asked.id_number, asked.year).randrange(60))
        when = paid if paid <= today else MISSING
        rows = (
            SubsidyRow(what=what, item=item, amount=_yuan(mu * fen // 100), area_mu=_yuan(mu), paid_on=when)
            for item, what, fen in _PER_MU
        )
        return FarmSubsidies(rows=tuple(rows))

    def _person(self, id_number: str, wanted: Collection[str]) -> PersonOnRecord:
        """Of every tenth the phone is not on record, of every twentieth the address."""
        one, dice = self.people[id_number], self._dice(id_number, "record")
        return PersonOnRecord(
            full_name=one.full_name,
            address=one.address if dice.randrange(20) and "address" in wanted else MISSING,
            phone=one.phone if dice.randrange(10) and "phone" in wanted else MISSING,
            as_of=date(2025, 1, 1) + timedelta(days=dice.randrange(300)),
        )

    def _disability(self, id_number: str) -> DisabilityOnRecord | Missing:
        """Every sixth has a certificate."""
        one, dice = self.people[id_number], self._dice(id_number, "disability")
        if dice.randrange(6):
            return MISSING
        return DisabilityOnRecord(
            full_name=one.full_name,
            certificate=f"{id_number}{dice.randrange(1, 8)}{dice.randrange(1, 5)}",
            as_of=date(2019, 1, 1) + timedelta(days=dice.randrange(2000)),
        )

    def _bill(self, account: str) -> Bill | Missing:
        if not 0 <= int(account) - FIRST_ACCOUNT < len(self.people):
            return MISSING
        until = self._today().replace(day=1) - timedelta(days=1)
        dice = self._dice(account, until)
        owed = _yuan(dice.choice((0, dice.randrange(500, 30_000))))
        return Bill(utility=dice.choice(_UTILITIES), owed=owed, until=until, pay_by=until + timedelta(days=25))

    def _slots(self, asked: HospitalSlots) -> Slots | Missing:
        """None on Sundays."""
        if asked.hospital not in HOSPITALS or asked.department not in DEPARTMENTS:
            return MISSING
        days = (asked.first_day + timedelta(days=ahead) for ahead in range(asked.days))
        rows = (
            HalfDay(on=day, half=half, left=self._dice(asked.hospital, asked.department, day, half).randrange(12))
            for day in days
            if day.weekday() < 6
            for half in _HALVES
        )
        return Slots(half_days=tuple(rows))


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
