"""Which rules of the county count on this kiosk: those that its hall has registered, as it said last."""

from pathlib import Path

from pydantic import ValidationError

from forms.reading.register import Register
from protocol.process.whole_files import write_whole
from protocol.rules import RegisteredRules

_NEVER_TOLD = (
    "No hall has told this kiosk yet which rules it registered: enrol it (kiosk enrol), and a lead or an admin "
    "registers them: hall rules register FOLDER."
)


def register_of(data: Path) -> Register:
    """Nothing is registered before a hall has said what is."""
    told = registered_rules(data)
    return Register(told.rules) if told else Register(hint=_NEVER_TOLD)


def registered_rules(data: Path) -> RegisteredRules | None:
    """As they came; None before any did, or when the file was damaged: they come again."""
    try:
        return RegisteredRules.model_validate_json(_file(data).read_bytes())
    except (OSError, ValidationError):
        return None


def keep_registered(data: Path, told: RegisteredRules) -> None:
    """On the disk once this returns, whole or not at all. Its signature was checked."""
    write_whole(_file(data), told.model_dump_json().encode())


def _file(data: Path) -> Path:
    return data / "rules.json"
