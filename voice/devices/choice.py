"""Which of the sound devices is taken: the one that the settings name, else the system's first choice."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

NOWHERE = b"nowhere"  # a sink that nobody hears; docs/reader.md says how it is made the usual one
# A sound server's "dummy output" takes the place of the last loudspeaker.
NOT_REAL = (b"auto_null", NOWHERE)


class Device(Protocol):
    """What of PySide6's QAudioDevice is looked at."""

    def id(self) -> Any: ...

    def description(self) -> str: ...


D = TypeVar("D", bound=Device)


def real(devices: Sequence[D]) -> list[D]:
    """Those that somebody can hear, or be heard by."""
    return [device for device in devices if device.id().data() not in NOT_REAL]


def is_named(device: Device, chosen: str) -> bool:
    """Whether the device's name holds `chosen`."""
    return bool(chosen) and chosen.lower() in device.description().lower()


def pick(devices: Sequence[D], default: D, chosen: str) -> D | None:
    """The device whose name holds `chosen`, else the system's first choice; None when there is no device."""
    there = real(devices)
    named = [device for device in there if is_named(device, chosen)]
    return next(iter([*named, *([default] if default in there else there)]), None)


def picked_first(devices: Sequence[D], default: D, chosen: str) -> list[D]:
    """All of them, the one that is taken before the others."""
    taken = pick(devices, default, chosen)
    return sorted(devices, key=lambda device: 0 if device == taken else 1)


def missing(devices: Sequence[Device], chosen: str) -> str:
    """`chosen` when another device has to do, else ""."""
    there = real(devices)
    return chosen if there and chosen and not any(is_named(device, chosen) for device in there) else ""
