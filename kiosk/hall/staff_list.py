"""The hall's list of staff as this kiosk keeps it, and what a badge is worth by it while the line is down."""

from pathlib import Path

from pydantic import ValidationError

from kiosk.state.assistance import Staff
from protocol.process.whole_files import write_whole
from protocol.signing import SignatureError
from protocol.staff.badge import read
from protocol.staff.roster import Roster


def keep_roster(data: Path, roster: Roster, verify_key: bytes) -> None:
    """On the disk once this returns, whole or not at all. SignatureError where this hall has not signed it."""
    roster.check(verify_key)
    write_whole(_file(data), roster.model_dump_json().encode())


def kept_roster(data: Path) -> Roster | None:
    """As it came; None before any did, or when the file was damaged: it comes again."""
    try:
        return Roster.model_validate_json(_file(data).read_bytes())
    except (OSError, ValidationError):
        return None


def good_roster(data: Path, verify_key: bytes, now: float) -> Roster | None:
    """What the hall has signed and what has not ended at `now`, in seconds since 1970."""
    roster = kept_roster(data)
    if roster is None or not roster.is_good(now):
        return None
    try:
        roster.check(verify_key)
    except SignatureError:
        return None
    return roster


def by_list(badge: str, roster: Roster, verify_key: bytes, now: float) -> Staff | None:
    """Whose badge this is; None where it is not the hall's, has ended, or the list does not know its member."""
    try:
        found = read(badge, verify_key)
    except SignatureError:
        return None
    name = roster.named(found.member)
    return Staff(found.member, name, found.ends_at - now) if name is not None and found.is_good(now) else None


def lasts_s(badge: str, verify_key: bytes, now: float) -> float | None:
    """Until the shift of a badge ends; None where this key did not sign it."""
    try:
        return read(badge, verify_key).ends_at - now
    except SignatureError:
        return None


def _file(data: Path) -> Path:
    return data / "staff.json"
