"""`hall provider`: does the other office answer each inquiry as docs/providers.md says?

It is asked about somebody who cannot be: nobody's data are needed for that, and who tells something makes it up.
"""

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING

from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings, SetupError
from backend.providers.configured import provider_of
from backend.providers.inquiries import (
    Disability,
    FarmSubsidy,
    HospitalSlots,
    Inquiry,
    MedicalInsurance,
    OnRecord,
    UtilityBill,
)
from backend.providers.provider import Provider, ProviderAway
from backend.providers.values import MISSING, Told

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands

NOBODY = "110105190002300000"  # 30 February
_DAY = date(2026, 1, 1)
INQUIRIES: tuple[Inquiry[Told], ...] = (
    MedicalInsurance(id_number=NOBODY, first_day=_DAY, last_day=_DAY),
    FarmSubsidy(id_number=NOBODY, year=_DAY.year),
    OnRecord(id_number=NOBODY),
    Disability(id_number=NOBODY),
    UtilityBill(account_number="00000000000000000000"),
    HospitalSlots(hospital="no-such-hospital", department="none", first_day=_DAY, days=1),
)


def register(commands: "Commands") -> None:
    parser = commands.add_parser(
        "provider",
        help="see whether the other office answers",
        description="Ask the office that YINLING_PROVIDER_URL names each inquiry, about somebody who cannot be. "
        "Exit 1 when it is away, or answers in another way than docs/providers.md says.",
        epilog="example: hall provider --json",
    )
    common_options(parser, "print JSON and nothing else")
    parser.set_defaults(run=_provider, needs_hall=False)


def _provider(settings: Settings, options: argparse.Namespace) -> int:
    if not settings.provider_url:
        raise SetupError("This hall asks no other office: set YINLING_PROVIDER_URL.")
    provider = provider_of(settings)
    found = {inquiry.name: _tried(provider, inquiry) for inquiry in INQUIRIES}
    if options.json:
        print(json.dumps({"url": settings.provider_url, "wrong": found}, ensure_ascii=False))
    else:
        for name, wrong in found.items():
            print(f"{name}: {wrong or 'answers'}")
    return 1 if any(found.values()) else 0


def _tried(provider: Provider, inquiry: Inquiry[Told]) -> str | None:
    """What is wrong, in a sentence; None for nothing."""
    try:
        told = provider.ask(inquiry)
    except ProviderAway as away:
        return str(away)
    return None if told is MISSING else "It tells something about somebody who cannot be: it has to answer null."
