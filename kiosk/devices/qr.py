"""QR codes, as dark and light squares."""

import sys

# Where Pillow is installed, qrcode loads it for pictures that nobody here asks for: 5 MiB in every terminal.
_PILLOW = sys.modules.setdefault("PIL", None)  # type: ignore[arg-type]  # an import of None fails, and qrcode goes on
import qrcode  # noqa: E402

if _PILLOW is None:
    del sys.modules["PIL"]

QUIET_ZONE = 4  # modules of white around it

Modules = list[list[bool | None]]  # the rows of a code; true ones are dark


def qr_modules(payload: str) -> Modules:
    """The code of `payload` with its quiet zone, square."""
    code = qrcode.QRCode(border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(payload)
    modules: Modules = code.get_matrix()
    return modules
