"""The hall's own certificate authority and what it signs: files of its folder, made when they are missing.

`ca.pem` is what kiosks pin and staff install in their browsers; `ca.key` signs, and has the same
certificate in it. `kiosks.pem` (certificate and key) is shown to kiosks, `browsers.pem` to all others while the county
gives none of its own.
"""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from backend.foundation.settings import SetupError
from protocol.process.whole_files import write_whole

CA_LASTS = timedelta(days=3653)
LASTS = timedelta(days=365)
RENEWED_BEFORE = timedelta(days=60)
# A kiosk whose clock has lost its battery believes in 1970, and has to be able to call for help.
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class Certificates:
    """Those of the hall in `folder`. Several processes of a hall share them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ca_file, self._ca_key_file = folder / "ca.pem", folder / "ca.key"

    def authority(self, now: datetime) -> x509.Certificate:
        """The certificate authority, made at the first start. SetupError when its files are not a pair."""
        with self._locked():
            return self._authority(now)[0]

    def for_server(self, file: str, names: Sequence[str], now: datetime, always: bool = False) -> Path:
        """A file with certificate and key for `names`, made anew when it is not, or ends within 60 days.

        `always`: it counts from 1970 on. SetupError when the authority cannot sign.
        """
        path = self._folder / file
        with self._locked():
            ca, ca_key = self._authority(now)
            if not _still_good(path, ca, names, now):
                write_whole(path, _issued(ca, ca_key, names, now, always))
        return path

    def _authority(self, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        if not self.ca_file.exists() and not self._ca_key_file.exists():
            certificate, key = _new_authority(now)
            write_whole(self._ca_key_file, certificate.public_bytes(Encoding.PEM) + _pem(key))
        try:
            of_key = self._ca_key_file.read_bytes()
            if not self.ca_file.exists():  # now, or by a power cut between the two files
                own = x509.load_pem_x509_certificate(of_key)
                write_whole(self.ca_file, own.public_bytes(Encoding.PEM))
            ca = x509.load_pem_x509_certificate(self.ca_file.read_bytes())
            ca_key = load_pem_private_key(of_key, None)
            if not isinstance(ca_key, ec.EllipticCurvePrivateKey) or ca.public_key() != ca_key.public_key():
                raise ValueError("not a pair")
        except (OSError, ValueError, TypeError) as error:
            raise SetupError(
                f"The hall's certificate authority, {self.ca_file} and {self._ca_key_file.name}, cannot be used: put "
                "back your copy of both, or move both away and enrol every kiosk again."
            ) from error
        return ca, ca_key

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / "certificates.lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _new_authority(now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    number = x509.random_serial_number()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Yinling hall {number % 16**8:08x}")])
    usage = dict.fromkeys(_USES, False) | {"key_cert_sign": True, "crl_sign": True}
    builder = (
        x509.CertificateBuilder(name, name, key.public_key(), number)
        .not_valid_before(_ALWAYS)
        .not_valid_after(now + CA_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(key, hashes.SHA256()), key


def _issued(
    ca: x509.Certificate, ca_key: ec.EllipticCurvePrivateKey, names: Sequence[str], now: datetime, always: bool
) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    usage = dict.fromkeys(_USES, False) | {"digital_signature": True}
    builder = (
        x509.CertificateBuilder(ca.subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(_ALWAYS if always else now - timedelta(days=1))
        .not_valid_after(min(now + LASTS, ca.not_valid_after_utc))
        .add_extension(x509.SubjectAlternativeName([_named(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
    )
    return builder.sign(ca_key, hashes.SHA256()).public_bytes(Encoding.PEM) + _pem(key)


_USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


def _named(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _still_good(path: Path, ca: x509.Certificate, names: Sequence[str], now: datetime) -> bool:
    """A file that cannot be read is simply made anew."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        load_pem_private_key(path.read_bytes(), None)
        certificate.verify_directly_issued_by(ca)
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return set(found) == {_named(name) for name in names} and certificate.not_valid_after_utc - now >= RENEWED_BEFORE


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
