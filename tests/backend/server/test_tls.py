"""A hall on every address speaks TLS, and a kiosk knows it by the authority that it has pinned."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from hall_support import HallProcess, settings_in

from backend.foundation.settings import SetupError, settings_from_environment
from backend.server.certificates import Certificates
from backend.server.tls import HallTls
from offline_cache.hall_client import HallBlocked, HallClient, HallUnreachable
from offline_cache.trust.hall_tls import HallTrust, of_county, pinned
from protocol.hall_name import HALL_NAME

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    """One that listens on every address, with a certificate of the county's for browsers."""
    folder = tmp_path_factory.mktemp("hall")
    county = Certificates(tmp_path_factory.mktemp("county")).for_server("hall.pem", ["hall.example"], NOW)
    chosen = {"YINLING_HALL_CERT": str(county), "YINLING_HALL_CERT_KEY": str(county)}
    hall = HallProcess(folder, options=("--host", "0.0.0.0", "--workers", "2"), environment=chosen).start()
    authority = (folder / "ca.pem").read_text()
    HallClient(hall.url, timeout_s=60, trust=pinned(authority)).health()  # once its workers serve
    yield hall
    assert hall.stop() == 0


@pytest.fixture(scope="module")
def authority(hall: HallProcess) -> str:
    return (hall.folder / "ca.pem").read_text()


def ask(url: str, trust: HallTrust | None) -> None:
    HallClient(url, timeout_s=20, trust=trust).health()


def shown_to(name: str | None, port: int) -> bytes:
    """The certificate (DER) that who asks for `name` is shown."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port), 10) as plain,
        context.wrap_socket(plain, server_hostname=name) as secure,
    ):
        return secure.getpeercert(binary_form=True) or b""


def test_it_announces_https_and_a_kiosk_reaches_it_at_any_address(hall: HallProcess, authority: str) -> None:
    assert hall.url.startswith("https://")
    assert hall.started["staff_url"].startswith("https://")
    ask(hall.url, pinned(authority))
    ask(f"https://localhost:{hall.port}", pinned(authority))


def test_kiosks_are_shown_the_halls_own_certificate_and_browsers_the_countys(hall: HallProcess) -> None:
    of_kiosks = shown_to(HALL_NAME, hall.port)
    of_others = {shown_to(name, hall.port) for name in ("hall.example", "192.0.2.1", None)}
    assert len(of_others) == 1
    assert of_kiosks not in of_others


def test_another_authority_is_blocked_in_a_sentence(hall: HallProcess, tmp_path: Path) -> None:
    Certificates(tmp_path).authority(NOW)
    with pytest.raises(HallBlocked, match="is not trusted; check the address"):
        ask(hall.url, pinned((tmp_path / "ca.pem").read_text()))


def test_the_countys_name_does_not_do_for_a_kiosk(hall: HallProcess, tmp_path: Path) -> None:
    """Right authority, wrong name: what it has signed for others is not the hall."""
    with pytest.raises(HallBlocked, match="is not trusted"):
        ask(hall.url, of_county(str(hall.folder / "ca.pem")))


def test_a_countys_own_front_is_trusted_by_a_file_or_by_the_system(hall: HallProcess) -> None:
    with pytest.raises(HallBlocked, match="is not trusted"):
        ask(hall.url, of_county("system"))
    with pytest.raises((OSError, ValueError)):
        of_county("/nowhere.pem")


def test_plain_http_is_spoken_to_loopback_only(hall: HallProcess) -> None:
    with pytest.raises(HallBlocked, match="has to begin with https://"):
        HallClient("http://hall.example:8300")
    with pytest.raises(HallUnreachable):
        ask(f"http://127.0.0.1:{hall.port}", None)
    with pytest.raises(HallBlocked, match="does not know the hall"):
        ask(hall.url, None)


def test_tls_before_1_2_is_refused(hall: HallProcess) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", hall.port), 10) as plain, pytest.raises(ssl.SSLError):
        context.wrap_socket(plain)


def handshake(tls: HallTls, trust: ssl.SSLContext) -> ssl.SSLObject:
    """Between the hall's context and a client's, without a socket."""
    to_hall, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trust.wrap_bio(to_client, to_hall, server_hostname=HALL_NAME)
    hall = tls.context.wrap_bio(to_hall, to_client, server_side=True)
    for _ in range(3):
        for end in (client, hall):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return client


def test_what_ends_soon_is_renewed_while_the_hall_runs(tmp_path: Path) -> None:
    clock = [NOW]
    tls = HallTls(settings_in(tmp_path), "0.0.0.0", lambda: clock[0])
    trust = ssl.create_default_context(cadata=(tmp_path / "ca.pem").read_text())
    first = handshake(tls, trust).getpeercert(binary_form=True)
    tls.look()
    assert handshake(tls, trust).getpeercert(binary_form=True) == first
    clock[0] += timedelta(days=310)
    tls.look()
    assert handshake(tls, trust).getpeercert(binary_form=True) != first


def test_a_certificate_that_has_expired_is_blocked_in_a_sentence(tmp_path: Path) -> None:
    tls = HallTls(settings_in(tmp_path), "0.0.0.0", lambda: NOW - timedelta(days=400))
    trust = ssl.create_default_context(cadata=(tmp_path / "ca.pem").read_text())
    with pytest.raises(ssl.SSLCertVerificationError) as caught:
        handshake(tls, trust)
    client = HallClient("https://127.0.0.1:1", trust=pinned((tmp_path / "ca.pem").read_text()))
    assert "has expired, or the clock" in str(client._tls_error(requests.exceptions.SSLError(caught.value)))


@pytest.mark.parametrize("content", ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_countys_certificate_that_cannot_be_used_is_said_at_the_start(tmp_path: Path, content: str) -> None:
    (tmp_path / "cert.pem").write_text(content)
    chosen = settings_in(tmp_path).model_copy(update=dict.fromkeys(("cert", "cert_key"), tmp_path / "cert.pem"))
    with pytest.raises(SetupError, match="cannot be used: both have to be PEM files"):
        HallTls(chosen, "0.0.0.0", lambda: NOW)


def test_a_certificate_without_its_key_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINLING_HALL_CERT", "/a.pem")
    with pytest.raises(SetupError, match="Set both"):
        settings_from_environment()
