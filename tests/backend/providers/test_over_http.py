import logging
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from time import monotonic
from typing import Any

import pytest

from backend.providers import over_http
from backend.providers.inquiries import (
    FarmSubsidies,
    FarmSubsidy,
    HospitalSlots,
    InsuranceAccount,
    MedicalInsurance,
    OnRecord,
    PersonOnRecord,
    UtilityBill,
)
from backend.providers.over_http import ProviderOverHttp
from backend.providers.provider import NoProvider, ProviderAway
from backend.providers.simulated.failures import KINDS, Failure
from backend.providers.simulated.registry import FIRST_ACCOUNT
from backend.providers.simulated.server import Behaviour, SimulatedRegistry
from backend.providers.values import MISSING
from backend.server.certificates import Certificates

SHORT_S = 0.3
AWAY = {  # what the log says of each failure, and how often the registry was asked
    "html": ("no JSON", 1),
    "wrong": ("answer.PersonOnRecord.full_name", 1),
    "broken": ("all (json_invalid)", 1),
    "moved": ("HTTP 302", 1),
    "error": ("HTTP 500", 1),
    "busy": ("HTTP 503", 2),
    "half": ("broke off", 2),
    "close": ("broke off", 2),
    "huge": ("longer than", 1),
    "hang": ("within 0.3 s", 1),
    "drip": ("within 0.3 s", 1),
    "slow": ("within 0.3 s", 1),
}


def fails(registry: SimulatedRegistry, kind: str, share: float = 1.0) -> None:
    registry.behaviour = Behaviour(failures=(Failure(kind, share),))


def test_each_inquiry_gets_its_own_kind_of_answer(registry: SimulatedRegistry, someone: str) -> None:
    provider, people = ProviderOverHttp(registry.url), registry.registry.people
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    account = provider.ask(MedicalInsurance(id_number=someone, first_day=first, last_day=last))
    assert isinstance(account, InsuranceAccount)
    assert account.movements is not MISSING
    assert account.movements[0].what == "个人账户划入"
    assert all(first <= one.on <= last for one in account.movements)
    farmer = next(one for one in people.values() if one.mu)
    subsidies = provider.ask(FarmSubsidy(id_number=farmer.id_number, year=2026))
    assert isinstance(subsidies, FarmSubsidies)
    assert subsidies.rows is not MISSING
    assert [row.what for row in subsidies.rows] == ["耕地地力保护补贴", "种粮补贴"]
    person = provider.ask(OnRecord(id_number=someone))
    assert isinstance(person, PersonOnRecord)
    assert person.full_name == people[someone].full_name
    bill = provider.ask(UtilityBill(account_number=str(FIRST_ACCOUNT)))
    assert bill is not MISSING
    assert (bill.until, bill.pay_by) == (date(2026, 10, 31), date(2026, 11, 25))
    asked = HospitalSlots(hospital="county", department="eyes", first_day=date(2026, 11, 21), days=3)
    slots = provider.ask(asked)
    assert slots is not MISSING
    assert slots.half_days is not MISSING
    days = [(one.on.day, one.half) for one in slots.half_days]
    assert days == [(21, "morning"), (21, "afternoon"), (23, "morning"), (23, "afternoon")]


def test_who_is_not_on_record_is_missing_and_so_is_a_value_that_did_not_come(registry: SimulatedRegistry) -> None:
    provider = ProviderOverHttp(registry.url)
    assert provider.ask(OnRecord(id_number="11010519491231002X")) is MISSING
    answers = [provider.ask(OnRecord(id_number=number)) for number in list(registry.registry.people)[:40]]
    lacking = [one for one in answers if one is not MISSING and one.missing]
    assert lacking[0].missing in (("address",), ("phone",))


def test_no_kind_of_failure_is_forgotten() -> None:
    assert set(AWAY) == set(KINDS)


@pytest.mark.parametrize("kind", AWAY)
def test_whatever_goes_wrong_is_said_in_a_sentence_without_the_person(
    registry: SimulatedRegistry, someone: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    fails(registry, kind)
    began, (said, times) = monotonic(), AWAY[kind]
    with pytest.raises(ProviderAway, match=r"\.$"), caplog.at_level(logging.WARNING, "yinling.hall"):
        ProviderOverHttp(registry.url, limit_s=SHORT_S if "within" in said else 5).ask(OnRecord(id_number=someone))
    assert monotonic() - began < 3
    (line,) = caplog.records
    fields = line.fields  # type: ignore[attr-defined]
    assert fields["inquiry"] == "person-on-record"
    assert said in fields["why"]
    assert not [one for one in (someone, "王秀兰") if one in str(fields)]
    assert registry.asked == times


class Drawn:
    """Dice that fall as they are told."""

    def __init__(self, *falls: float) -> None:
        self._falls: Iterator[float] = iter(falls)

    def random(self) -> float:
        return next(self._falls)


def test_what_may_pass_is_tried_once_more(
    registry: SimulatedRegistry, someone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "dice", Drawn(0.1, 0.9))
    fails(registry, "busy", 0.5)
    assert ProviderOverHttp(registry.url).ask(OnRecord(id_number=someone)) is not MISSING
    assert registry.asked == 2


def test_nobody_there_is_said(someone: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}"
    with pytest.raises(ProviderAway, match="cannot be reached"):
        ProviderOverHttp(url).ask(OnRecord(id_number=someone))


def test_one_that_hangs_takes_few_threads_of_the_hall(
    registry: SimulatedRegistry, someone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(over_http, "AT_ONCE", 1)
    fails(registry, "drip")
    provider = ProviderOverHttp(registry.url, limit_s=SHORT_S)
    with pytest.raises(ProviderAway, match="did not answer within"):
        provider.ask(OnRecord(id_number=someone))
    began = monotonic()
    with pytest.raises(ProviderAway, match="no more are asked now"):
        provider.ask(OnRecord(id_number=someone))
    assert monotonic() - began < SHORT_S
    assert registry.asked == 1


def test_what_comes_too_slowly_is_given_up(
    registry: SimulatedRegistry, someone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a bad line would keep further inquiries out for minutes."""
    monkeypatch.setattr(over_http, "AT_ONCE", 1)
    fails(registry, "slow")
    provider, inquiry = ProviderOverHttp(registry.url, limit_s=SHORT_S), OnRecord(id_number=someone)
    with pytest.raises(ProviderAway, match="did not answer within"):
        provider.ask(inquiry)
    registry.behaviour, told, until = Behaviour(), None, monotonic() + 2
    while not told and monotonic() < until:
        with suppress(ProviderAway):
            told = provider.ask(inquiry)
    assert isinstance(told, PersonOnRecord)


def test_the_token_is_shown_to_who_asks_for_it(registry: SimulatedRegistry, someone: str) -> None:
    registry.behaviour = Behaviour(token="s3cret")
    inquiry = OnRecord(id_number=someone)
    assert ProviderOverHttp(registry.url, "s3cret").ask(inquiry) is not MISSING
    with pytest.raises(ProviderAway, match="HTTP 401"):
        ProviderOverHttp(registry.url, "other").ask(inquiry)


def test_on_a_secure_line_it_is_known_by_its_authority(
    registry: SimulatedRegistry, someone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secured, inquiry = SSLContext(PROTOCOL_TLS_SERVER), OnRecord(id_number=someone)
    certificates = Certificates(tmp_path)
    secured.load_cert_chain(certificates.for_server("registry.pem", ["127.0.0.1"], datetime.now(UTC)))
    url = registry.url.replace("http:", "https:")
    with pytest.raises(ProviderAway, match="speaks no TLS"):
        ProviderOverHttp(url).ask(inquiry)
    plain = registry.get_request

    def get_request() -> tuple[socket.socket, Any]:
        line, address = plain()
        return secured.wrap_socket(line, server_side=True, do_handshake_on_connect=False), address

    monkeypatch.setattr(registry, "get_request", get_request)
    assert ProviderOverHttp(url, authorities=certificates.ca_file).ask(inquiry) is not MISSING
    with pytest.raises(ProviderAway, match="does not trust its certificate"):
        ProviderOverHttp(url).ask(inquiry)


def test_without_a_provider_nothing_is_made_up(someone: str) -> None:
    with pytest.raises(ProviderAway, match="YINLING_PROVIDER_URL"):
        NoProvider().ask(OnRecord(id_number=someone))
