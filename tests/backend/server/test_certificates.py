"""The hall's own authority and what it signs."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from backend.foundation.settings import SetupError
from backend.server.certificates import CA_LASTS, Certificates
from protocol.hall_name import fingerprint

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def shown(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def test_the_authority_is_made_once_lasts_ten_years_and_its_key_is_the_owners_alone(tmp_path: Path) -> None:
    first = Certificates(tmp_path).authority(NOW)
    assert Certificates(tmp_path).authority(NOW + timedelta(days=900)) == first
    assert first.not_valid_after_utc == NOW + CA_LASTS
    Certificates(tmp_path).for_server("kiosks.pem", ["yinling-hall"], NOW)
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("ca.key", "kiosks.pem")} == {0o600}


@pytest.mark.parametrize(("days", "renewed"), [(304, False), (306, True), (400, True)])
def test_a_certificate_of_a_year_is_renewed_when_less_than_sixty_days_are_left(
    tmp_path: Path, days: int, renewed: bool
) -> None:
    first = shown(Certificates(tmp_path).for_server("kiosks.pem", ["yinling-hall"], NOW))
    later = shown(Certificates(tmp_path).for_server("kiosks.pem", ["yinling-hall"], NOW + timedelta(days=days)))
    assert (later != first) is renewed
    assert later.not_valid_after_utc == NOW + timedelta(days=365 + (days if renewed else 0))


def test_other_names_and_a_damaged_file_make_it_anew(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path)
    file = certificates.for_server("browsers.pem", ["hall.example"], NOW)
    certificates.for_server("browsers.pem", ["hall.example", "192.0.2.7"], NOW)
    names = shown(file).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name.value) for name in names] == ["hall.example", "192.0.2.7"]
    file.write_bytes(b"half a cert")
    certificates.for_server("browsers.pem", ["hall.example"], NOW)
    assert shown(file).not_valid_after_utc > NOW


def test_it_outlives_no_authority(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path)
    ca = certificates.authority(NOW)
    last = shown(certificates.for_server("kiosks.pem", ["yinling-hall"], ca.not_valid_after_utc - timedelta(days=90)))
    assert last.not_valid_after_utc == ca.not_valid_after_utc


def test_a_power_cut_between_its_two_files_leaves_an_authority(tmp_path: Path) -> None:
    ca = Certificates(tmp_path).authority(NOW)
    (tmp_path / "ca.pem").unlink()
    assert Certificates(tmp_path).authority(NOW) == ca
    assert (tmp_path / "ca.pem").exists()


@pytest.mark.parametrize("lost", ["ca.pem", "ca.key"])
def test_half_an_authority_is_never_replaced_in_silence(tmp_path: Path, lost: str) -> None:
    Certificates(tmp_path).authority(NOW)
    key = tmp_path / "ca.key"
    key.write_text(key.read_text().partition("-----END CERTIFICATE-----\n")[2])  # as earlier versions had it
    (tmp_path / lost).unlink()
    with pytest.raises(SetupError, match="put back your copy of both"):
        Certificates(tmp_path).authority(NOW)


def test_an_authority_with_the_key_of_another_is_not_used(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        Certificates(tmp_path / folder).authority(NOW)
    (tmp_path / "a" / "ca.key").write_bytes((tmp_path / "b" / "ca.key").read_bytes())
    with pytest.raises(SetupError, match="put back your copy of both"):
        Certificates(tmp_path / "a").authority(NOW)


def test_the_fingerprint_is_the_one_that_browsers_show(tmp_path: Path) -> None:
    ca = Certificates(tmp_path).authority(NOW)
    text = (tmp_path / "ca.pem").read_text()
    assert fingerprint(text).replace(":", "").lower() == ca.fingerprint(ca.signature_hash_algorithm).hex()  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="PEM"):
        fingerprint("none")
    ssl.create_default_context(cadata=text)
