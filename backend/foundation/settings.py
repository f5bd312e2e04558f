"""Where a hall keeps its things, and the one error its commands show."""

import os
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from protocol.hall_name import is_loopback
from protocol.receipts.phone_page import LONGEST

COUNTY = Path("/etc/yinling/county")
CERTIFICATE = ("YINLING_HALL_CERT", "YINLING_HALL_CERT_KEY")
SYSTEM_DATA = Path("/var/lib/yinling-hall")  # the StateDirectory of assets/system/yinling-hall.service


class SetupError(Exception):
    """The hall cannot do what was asked; the text is one plain sentence that says what to do next."""


class Settings(BaseModel):
    """One hall."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    folder: Path
    """Where it keeps its key and its SQLite database; /var/lib/yinling-hall where that is, else
    ~/.local/share/yinling-hall."""
    assets: Path
    """Services, texts and the words of the staff page; usually those of this program."""
    county: Path | None = None
    """The county's own services and texts, laid over those; usually /etc/yinling/county where that is."""
    database_url: str
    """Its database: sqlite:///FILE, or postgresql+psycopg://USER@HOST/NAME for many kiosks. A password in it belongs
    into the variable, or into the file that the other one names, where nobody else sees it."""
    retention_forms: int = Field(730, ge=30, le=36500)
    """How many days a form is kept after it is done. One that is not done never goes."""
    retention_orders: int = Field(365, ge=30, le=3650)
    """How many days a work order (办不成事) is kept after it is answered. One without an answer never goes."""
    retention_calls: int = Field(90, ge=1, le=3650)
    """How many days a call is kept."""
    retention_events: int = Field(7, ge=1, le=3650)
    """How many days the staff page's events are kept."""
    retention_audit: int = Field(730, ge=183, le=36500)
    """How many days the audit is kept; at least half a year."""
    retention_limits: int = Field(30, ge=1, le=3650)
    """How many days wrong tries are remembered."""
    names: tuple[str, ...] = ()
    """More names and addresses by which browsers reach it, with commas between."""
    cert: Path | None = None
    """A certificate that browsers trust, as a PEM file with its chain; the hall makes its own where there is none."""
    cert_key: Path | None = None
    """The key of that certificate, as a PEM file without a passphrase."""
    staff_url: str = ""
    """The address of its staff page, as it was printed."""
    trusted_proxy: str = ""
    """The address of the web server in front, when there is one: of it alone X-Forwarded-For and -Proto count."""
    public_url: str = ""
    """Where phones reach it, such as https://hall.example: receipts have a page there; none for no pages."""
    provider_url: str = ""
    """Where another office answers what the hall asks of it, as docs/providers.md says: https://…, or http:// on this
    machine; none where staff look."""
    provider_token: str = Field("", repr=False)
    """What the hall shows there of who it is; in the variable, or in the file that the other one names, where nobody
    else sees it."""
    provider_ca: Path | None = None
    """The authorities by which it is trusted, as a PEM file; none for those that browsers trust."""
    is_of_a_terminal: bool = False
    """The hall that a kiosk starts for itself: it prints a PIN at every start, with which a newcomer gets in."""
    enrol: str = ""
    """A kiosk that gets a code at the start and needs no approval: the terminal whose own hall this is."""
    json_lines: bool = False
    """Print one JSON object a line instead of sentences."""

    @property
    def key_file(self) -> Path:
        return self.folder / "hall.key"


# What sets each: environment variables, and options of the command; `staff_url` follows from them.
SET_BY = {
    "folder": "`YINLING_HALL_DATA`",
    "assets": "`YINLING_ASSETS`",
    "county": "`YINLING_COUNTY`",
    "database_url": "`YINLING_HALL_DATABASE_URL`, `YINLING_HALL_DATABASE_URL_FILE`, `--database-url`",
    "retention_forms": "`YINLING_RETENTION_FORMS`",
    "retention_orders": "`YINLING_RETENTION_ORDERS`",
    "retention_calls": "`YINLING_RETENTION_CALLS`",
    "retention_events": "`YINLING_RETENTION_EVENTS`",
    "retention_audit": "`YINLING_RETENTION_AUDIT`",
    "retention_limits": "`YINLING_RETENTION_LIMITS`",
    "names": "`YINLING_HALL_NAMES`",
    "cert": "`YINLING_HALL_CERT`",
    "cert_key": "`YINLING_HALL_CERT_KEY`",
    "staff_url": "`--host`, `--port`",
    "trusted_proxy": "`YINLING_TRUSTED_PROXY`",
    "public_url": "`YINLING_PUBLIC_URL`",
    "provider_url": "`YINLING_PROVIDER_URL`",
    "provider_token": "`YINLING_PROVIDER_TOKEN`, `YINLING_PROVIDER_TOKEN_FILE`",
    "provider_ca": "`YINLING_PROVIDER_CA`",
    "is_of_a_terminal": "`--until-stdin-closes`",
    "enrol": "`--enrol`",
    "json_lines": "`--json`",
}


def settings_from_environment(database_url: str | None = None) -> Settings:
    """YINLING_HALL_DATA (else /var/lib/yinling-hall where that is, else the user's data folder), YINLING_ASSETS (else
    the checkout's assets), YINLING_COUNTY (else /etc/yinling/county where that is; empty for none) and
    YINLING_TRUSTED_PROXY (else none)."""
    user_data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    usual = SYSTEM_DATA if SYSTEM_DATA.is_dir() else user_data / "yinling-hall"
    folder = Path(os.environ.get("YINLING_HALL_DATA") or usual).absolute()
    checkout = Path(__file__).resolve().parents[2] / "assets"
    cert, cert_key = (Path(name) if name else None for name in map(os.environ.get, CERTIFICATE))
    if (cert is None) != (cert_key is None):
        raise SetupError(f"Set both {' and '.join(CERTIFICATE)}, or neither.")
    names = os.environ.get("YINLING_HALL_NAMES", "").split(",")
    return Settings(
        names=tuple(name.strip() for name in names if name.strip()),
        cert=cert,
        cert_key=cert_key,
        folder=folder,
        assets=Path(os.environ.get("YINLING_ASSETS") or checkout),
        county=_county(os.environ.get("YINLING_COUNTY")),
        database_url=database_url or f"sqlite:///{folder / 'hall.db'}",
        **_retention(),
        trusted_proxy=_address(os.environ.get("YINLING_TRUSTED_PROXY", "")),
        public_url=_public(os.environ.get("YINLING_PUBLIC_URL", "")),
        provider_url=_provider(os.environ.get("YINLING_PROVIDER_URL", "")),
        provider_token=_token(),
        provider_ca=_authorities("YINLING_PROVIDER_CA"),
    )


def in_variable_or_file(variable: str, what: str) -> str | None:
    """What the environment variable says, else what is in the file that VARIABLE_FILE names; None for no such thing.
    SetupError when that cannot be read."""
    if os.environ.get(variable):
        return os.environ[variable]
    if not (file := os.environ.get(f"{variable}_FILE")):
        return None
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"{variable}_FILE names {file}, which cannot be read: put {what} there.") from error


def _public(url: str) -> str:
    """SetupError for what no phone can open."""
    url = _address_in(
        url, "YINLING_PUBLIC_URL is no address for phones: write it like https://hall.example", LONGEST
    ).rstrip("/")
    if url.count("/") > 2:
        raise SetupError(f"YINLING_PUBLIC_URL is {url!r}: give the name alone, with nothing after it.")
    return url


def _provider(url: str) -> str:
    """SetupError for an address to which no ID number may go."""
    return _address_in(url, "YINLING_PROVIDER_URL is no address for it: write it like https://registry.example/yinling")


def _address_in(url: str, advice: str, longest: int = 2000) -> str:
    """ "" for none. SetupError with the advice for what is no safe address."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        whole = url.isprintable() and " " not in url and len(url) <= longest
        is_address = parts.hostname and parts.port != 0 and whole
    except ValueError as error:  # the port, or brackets
        raise SetupError(f"{advice}.") from error
    if not is_address or parts.scheme not in ("http", "https") or parts.query or parts.fragment or parts.username:
        raise SetupError(f"{advice}, without a name, a password or a question mark.")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise SetupError(f"{advice}: only on this very machine it is asked without https.")
    return url


def _token() -> str:
    token = in_variable_or_file("YINLING_PROVIDER_TOKEN", "the provider's token") or ""
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise SetupError("YINLING_PROVIDER_TOKEN is no token: give letters, digits and signs in one line.")
    return token


def _authorities(variable: str) -> Path | None:
    """SetupError for a file that holds none."""
    if not (name := os.environ.get(variable)):
        return None
    try:
        SSLContext(PROTOCOL_TLS_CLIENT).load_verify_locations(name)
    except OSError as error:  # of ssl too
        raise SetupError(f"{variable} names {name}, which holds no certificate in PEM that can be read.") from error
    return Path(name)


def _retention() -> dict[str, Any]:
    """Those of the settings YINLING_RETENTION_… that are set."""
    found = {}
    for name in Settings.model_fields:
        variable = f"YINLING_{name.upper()}"
        if name.startswith("retention_") and variable in os.environ:
            found[name] = _days(variable, Settings.model_fields[name])
    return found


def _days(variable: str, field: FieldInfo) -> int:
    try:
        days: int = TypeAdapter(Annotated[int, *field.metadata]).validate_python(os.environ[variable])
    except ValidationError as error:
        problem = error.errors()[0]["msg"]
        raise SetupError(f"{variable} is how many days: {problem}.") from error
    return days


def _address(text: str) -> str:
    try:
        return str(ip_address(text)) if text else ""
    except ValueError as error:
        raise SetupError(f"YINLING_TRUSTED_PROXY is {text!r}: give the one address that the web server has.") from error


def _county(named: str | None) -> Path | None:
    if named is None:
        return COUNTY if os.path.lexists(COUNTY) else None
    return Path(named) if named else None


def prepare_folder(settings: Settings) -> None:
    """Make the hall's folder, readable by its owner alone; SetupError when that is not possible."""
    try:
        settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"The hall cannot make its folder {settings.folder} ({error.strerror}): "
            "set YINLING_HALL_DATA to a folder you may write to."
        ) from error
    if not os.access(settings.folder, os.W_OK | os.X_OK):
        raise SetupError(
            f"The hall may not write to {settings.folder}: set YINLING_HALL_DATA to a folder you may write to."
        )
