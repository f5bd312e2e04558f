"""What a provider may be asked, and what it answers. An inquiry's `name` is the end of its address.

Everything that a provider may not know is allowed to be `MISSING`; so is a whole answer, where nothing is on record.
"""

from typing import Annotated, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.providers.values import MISSING, Day, IdNumber, Missing, Told, TwoPlaces, Words

A = TypeVar("A", bound=Told, covariant=True)
Id = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]


class Inquiry(BaseModel, Generic[A]):
    """Two that ask the same are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    fresh_s: ClassVar[float] = 60.0
    """How many seconds an answer may be told again without asking anew."""

    @property
    def answer(self) -> type[A]:
        raise NotImplementedError


class Movement(Told):
    """Money that came onto an account (more than 0) or left it, in yuan."""

    on: Day
    amount: TwoPlaces
    what: Words


class InsuranceAccount(Told):
    """A personal account of the medical insurance: the `balance` in yuan at the end of the day `as_of`; the movements
    of the period, the oldest first."""

    balance: TwoPlaces | Missing = MISSING
    as_of: Day | Missing = MISSING
    movements: Annotated[tuple[Movement, ...], Field(max_length=1000)] | Missing = MISSING


class MedicalInsurance(Inquiry[InsuranceAccount]):
    """The account of a person, with what moved on it from one day to another, both included."""

    name = "medical-insurance"

    id_number: IdNumber
    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first_day > self.last_day:
            raise ValueError("the first day is after the last")
        return self

    @property
    def answer(self) -> type[InsuranceAccount]:
        return InsuranceAccount


class SubsidyRow(Told):
    """One farm subsidy, as the office lists it: `item` for its land, for growing grain, for a machine, or another.
    `paid_on` is missing where it is not paid yet."""

    what: Words
    item: Literal["land", "grain", "machine", "other"] | Missing = MISSING
    amount: TwoPlaces
    area_mu: TwoPlaces | Missing = MISSING
    paid_on: Day | Missing = MISSING


class FarmSubsidies(Told):
    rows: Annotated[tuple[SubsidyRow, ...], Field(max_length=100)] | Missing = MISSING


class FarmSubsidy(Inquiry[FarmSubsidies]):
    """The farm subsidies of a person in one year."""

    name = "farm-subsidy"

    id_number: IdNumber
    year: Annotated[int, Field(ge=1990, le=2200)]

    @property
    def answer(self) -> type[FarmSubsidies]:
        return FarmSubsidies


class Record(Told):
    """As an office has written it down of a person, which may be wrong. `as_of` is when."""

    full_name: Words | Missing = MISSING
    as_of: Day | Missing = MISSING


class PersonOnRecord(Record):
    """Where somebody lives and can be called."""

    address: Words | Missing = MISSING
    phone: Words | Missing = MISSING


class OnRecord(Inquiry[PersonOnRecord]):
    """What is on record of a person, for answers that they need not give again: the name, by which it is seen that it
    is theirs, and what is `wanted`."""

    name = "person-on-record"

    id_number: IdNumber
    wanted: tuple[Literal["address", "phone"], ...] = ("address", "phone")

    @property
    def answer(self) -> type[PersonOnRecord]:
        return PersonOnRecord


class DisabilityOnRecord(Record):
    """The number of a disability certificate."""

    certificate: Annotated[str, Field(pattern=r"^\d{17}[\dX]\d{2}$")] | Missing = MISSING


class Disability(Inquiry[DisabilityOnRecord]):
    """The disability certificate of a person; nothing on record of whoever has none."""

    name = "disability-certificate"

    id_number: IdNumber

    @property
    def answer(self) -> type[DisabilityOnRecord]:
        return DisabilityOnRecord


class Bill(Told):
    """What is owed for water, power or gas in yuan, for the time up to the day `until`. It names nobody."""

    utility: Literal["water", "power", "gas"]
    owed: TwoPlaces | Missing = MISSING
    until: Day | Missing = MISSING
    pay_by: Day | Missing = MISSING


class UtilityBill(Inquiry[Bill]):
    """The open bill of an account, by the number that stands on every bill."""

    name = "utility-bill"

    account_number: Annotated[str, Field(pattern=r"^\d{6,20}$", repr=False)]

    @property
    def answer(self) -> type[Bill]:
        return Bill


class HalfDay(Told):
    """How many numbers are `left` in the morning or afternoon of a day."""

    on: Day
    half: Literal["morning", "afternoon"]
    left: Annotated[int, Field(ge=0, le=10_000, strict=True)]


class Slots(Told):
    half_days: Annotated[tuple[HalfDay, ...], Field(max_length=60)] | Missing = MISSING


class HospitalSlots(Inquiry[Slots]):
    """The free numbers of a department of a hospital on some days."""

    name = "hospital-slots"
    fresh_s = 10.0

    hospital: Id
    department: Id
    first_day: Day
    days: Annotated[int, Field(ge=1, le=30)]

    @property
    def answer(self) -> type[Slots]:
        return Slots
