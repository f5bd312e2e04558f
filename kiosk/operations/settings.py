"""What a county sets for one terminal: a TOML file, and YINLING_… variables over it. Unknown names are refused."""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from kiosk.devices.call_light import checked as call_light_checked
from kiosk.devices.printer_setting import checked
from kiosk.operations.published import published_folder
from kiosk.operations.staff_pin import HASH_PATTERN
from protocol.unseen import UNSEEN

PREFIX = "YINLING_"
COUNTY = Path("/etc/yinling/county")
SYSTEM_DATA = Path("/var/lib/yinling-kiosk")  # the StateDirectory of assets/system/yinling-kiosk.service
# Read by the hall, or naming this very file.
_NOT_OURS = {
    *("YINLING_CONFIG", "YINLING_HALL_DATA", "YINLING_HALL_NAMES", "YINLING_HALL_CERT", "YINLING_HALL_CERT_KEY"),
    *("YINLING_HALL_DATABASE_URL", "YINLING_HALL_DATABASE_URL_FILE", "YINLING_TRUSTED_PROXY"),
}
_HALLS = (f"{PREFIX}RETENTION_", f"{PREFIX}PROVIDER_")  # how long the hall keeps things, which office it asks
_CHECKOUT = Path(__file__).resolve().parents[2]


class SettingsError(Exception):
    """A setting is unknown or wrong; the text names it and says what it may be."""


def county_folder() -> Path | None:
    """Where a county keeps its files by custom, where it does."""
    return COUNTY if os.path.lexists(COUNTY) else None


def _user_data() -> Path:
    """Where the system unit keeps its store: commands that an engineer runs look at the same one."""
    if SYSTEM_DATA.is_dir():
        return SYSTEM_DATA
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "yinling-kiosk"


def _listed(value: Any) -> Any:
    """A variable has them with commas between."""
    return [one.strip() for one in value.split(",") if one.strip()] if isinstance(value, str) else value


class Settings(BaseSettings):
    """One terminal. Lengths are millimetres, times seconds."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    kiosk: str = Field(
        "kiosk-1", pattern=rf"^[^{UNSEEN}/]{{1,64}}$", description="its name until it is enrolled, and at its own hall"
    )
    hall: str = Field("", description="the hall's address, such as https://hall.example:8443")
    hall_ca: str = Field(
        "",
        description="where the county's own web server stands before the hall: a file of the authorities to trust, or "
        '"system" for those of this machine; empty for the hall\'s own, which enrolment has pinned',
    )
    data: Path = Field(
        default_factory=_user_data,
        description="where forms are kept; /var/lib/yinling-kiosk where that is, else ~/.local/share/yinling-kiosk",
    )
    assets: Path = Field(_CHECKOUT / "assets", description="services, strings, prompts, voice model")
    services: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)] = Field(
        (), description="which errands this kiosk offers, in this order, by their ids; none for all"
    )
    county: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = Field(
        default_factory=county_folder,
        description="the county's own services and texts, laid over those; usually /etc/yinling/county where that is, "
        "else what the hall gives out (`hall catalogue publish`)",
    )
    voice_model: Literal["bundled", "official"] | Path = Field(
        "bundled",
        description="bundled, official (once kiosk voice install-model has put it there), or a model's folder",
    )
    accent: str = Field("default", description="how people here speak: default, jianghuai, sichuan or cantonese")
    diagonal_mm: float | None = Field(None, gt=100, lt=3000, description="the panel's diagonal")
    lang: Literal["zh", "en"] = Field("zh", description="the language that a visitor meets; they may change it")
    text: Literal["S", "M", "L"] = Field("M", description="the size of letters that a visitor meets")
    contrast: Literal["default", "dark", "yellow"] = Field("default", description="the colours that a visitor meets")
    microphone: str = Field("", description="part of the microphone's name; empty for the usual one")
    loudspeaker: str = Field("", description="part of the loudspeaker's name; empty for the usual one")
    headset: str = Field("", description="part of the name of the headset socket's sound device; empty for none")
    printer: Annotated[str, AfterValidator(checked)] = Field(
        "",
        description="for slips and receipts: a print queue's name; escpos:/dev/usb/lp0 or escpos:tcp://HOST:9100 for a "
        "receipt printer, with ?mm=58 after it where the paper is not 80 mm wide; pdf:/FOLDER for PDF files; a folder "
        "for pictures; empty for none",
    )
    scanner: str = Field("", description="a serial device; or part of the name of one that types, for doctor")
    card_reader: Path | None = Field(None, description="pipe or serial device that tells of ID cards, a JSON line each")
    call_light: Annotated[str, AfterValidator(call_light_checked)] = Field(
        "",
        description="a lamp that burns while a call has not reached the hall: relay:/dev/ttyUSB0 for a USB relay, "
        "line:/sys/class/gpio/gpio17/value or another file that takes 1 and 0; empty for none",
    )
    call_alarm: Literal["unreached", "waiting", "off"] = Field(
        "unreached",
        description="light and chime at the kiosk: until the hall has the call, until somebody has taken it, never",
    )
    phone: str = Field(
        "", pattern=r"^[0-9+ -]{0,20}$", description="the number of a phone beside the kiosk; empty for none"
    )
    help_key: str = Field("F1", description="the key that calls staff, as Qt names it")
    dead_time_ms: int = Field(500, ge=300, le=1000, description="how long a target is dead after a press")
    near_miss_mm: float = Field(3, ge=0, le=3, description="how far beside a target a press still counts for it")
    fades: bool = Field(True, description="whether one screen fades into the next, a sixth of a second")
    staff_pin: str = Field("", pattern=HASH_PATTERN, description="of the maintenance screen, as kiosk pin prints it")
    idle_warning_s: float = Field(120, ge=20, description="without a touch or word, before 'Are you still there?'")
    idle_countdown_s: float = Field(45, ge=20, description="after that question, before the visit is laid by")
    offer_help_s: float = Field(40, ge=10, description="on one screen without a touch, before help is offered")
    unanswered_s: float = Field(60, ge=20, description="since help was called, before 'Nobody has answered yet'")
    waiting_for_staff_s: float = Field(1800, ge=120, description="with a call open, before 'Are you still there?'")
    goodbye_s: float = Field(20, ge=5, description="how long goodbye is shown")
    audit_days: int = Field(365, ge=183, le=3650, description="how long the audit of this kiosk is kept")
    draft_days: int = Field(7, ge=1, le=30, description="how long what somebody saved for another day is kept")

    @property
    def county_in_use(self) -> Path | None:
        """The county's folder on this kiosk, else the one that its hall gives out, else none."""
        return self.county or published_folder(self.data)

    @property
    def store_file(self) -> Path:
        return self.data / "kiosk.db"

    @property
    def identity_file(self) -> Path:
        """Who this kiosk is at its hall, once it was enrolled."""
        return self.data / "identity.json"

    @property
    def derived_folder(self) -> Path:
        """Of what may be deleted at any time and is then made anew."""
        return self.data / "derived"

    @property
    def county_prompts(self) -> Path | None:
        return self.county_in_use / "prompts" if self.county_in_use else None

    @property
    def model_folder(self) -> Path:
        if isinstance(self.voice_model, Path):
            return self.voice_model
        return self.bundled_model if self.voice_model == "bundled" else self.official_model

    @property
    def bundled_model(self) -> Path:
        return self.assets / "voice_model"

    @property
    def official_model(self) -> Path:
        return self.data / "voice_model"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment over what the file says (which comes as init values)."""
        return env_settings, init_settings


def load_settings() -> Settings:
    """Read $YINLING_CONFIG, else /etc/yinling/kiosk.toml when it is there, and the YINLING_… variables."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | _NOT_OURS
    ours = (name for name in os.environ if name.startswith(PREFIX) and not name.startswith(_HALLS))
    if unknown := sorted(name for name in ours if name not in known):
        raise SettingsError(f"There is no setting {unknown[0]}. The settings are: {_names()}.")
    named = os.environ.get("YINLING_CONFIG")
    path = Path(named) if named else Path("/etc/yinling/kiosk.toml")
    values = _read(path) if named or path.exists() else {}
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise SettingsError(f"{path}: there is no setting {name!r}. The settings are: {_names()}.") from error
        why = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"The setting {name!r} is wrong: {why}. Mend it and start again.") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}): mend its path or its rights.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}. Mend it and start again.") from error


def _names() -> str:
    return ", ".join(Settings.model_fields)
