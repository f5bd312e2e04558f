"""`hall ca`: by which certificate browsers and kiosks know this hall."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding

from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings
from backend.server.certificates import Certificates
from protocol.hall_name import fingerprint

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands


def register(commands: "Commands") -> None:
    parser = commands.add_parser(
        "ca",
        help="print the certificate by which kiosks and browsers know this hall",
        description="Print the certificate of the hall's own authority, for staff to install in their browsers, and on "
        "standard error its fingerprint, for them to compare.",
        epilog="example: hall ca > yinling-hall.crt",
    )
    common_options(parser, "print certificate, fingerprint and the last day as JSON")
    parser.set_defaults(run=_ca)


def _ca(settings: Settings, options: argparse.Namespace) -> int:
    ca = Certificates(settings.folder).authority(datetime.now(UTC))
    certificate = ca.public_bytes(Encoding.PEM).decode()
    until = ca.not_valid_after_utc.isoformat()
    if options.json:
        print(json.dumps({"certificate": certificate, "fingerprint": fingerprint(certificate), "until": until}))
    else:
        print(certificate, end="")
        print(f"SHA-256 {fingerprint(certificate)}, until {until}", file=sys.stderr)
    return 0
