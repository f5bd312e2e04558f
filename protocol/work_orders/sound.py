"""What a person has said to the kiosk: Opus in Ogg (RFC 7845), mono, which browsers play; a minute is some 210 kB."""

import struct
from collections.abc import Iterator

LONGEST_S = 60
MEDIA_TYPE = "audio/ogg"
_CLOCK = 48_000  # of Opus, whatever was recorded
_PAGE = struct.Struct("<4sBBqIIIB")  # its name, version, kind, place in the sound, stream, number, checksum, segments
_HEAD = struct.Struct("<8sBBH")  # its name, version, channels, what is skipped at the beginning
_MOST_OVER_S = 0.5  # the last packet is filled up


class SoundError(ValueError):
    """It is no such sound; the text is one plain sentence."""


def seconds_of(sound: bytes) -> float:
    """How long it is. SoundError for what is none, or longer than LONGEST_S."""
    pages = list(_pages(sound))
    if len(pages) < 3 or len(pages[0][1]) < _HEAD.size:
        raise _no_sound()
    name, _, channels, skipped = _HEAD.unpack_from(pages[0][1])
    if (name, channels) != (b"OpusHead", 1) or not pages[1][1].startswith(b"OpusTags"):
        raise _no_sound()
    seconds = float(pages[-1][0] - skipped) / _CLOCK
    if seconds <= 0:
        raise _no_sound()
    if seconds > LONGEST_S + _MOST_OVER_S:
        raise SoundError(f"The sound is longer than {LONGEST_S} seconds: stop recording earlier.")
    return seconds


def _pages(sound: bytes) -> Iterator[tuple[int, bytes]]:
    """Of each its place in the sound and its content. SoundError where it is not made of whole pages."""
    at = 0
    while at < len(sound):
        if len(sound) < at + _PAGE.size:
            raise _no_sound()
        name, version, _, place, _, _, _, segments = _PAGE.unpack_from(sound, at)
        begins = at + _PAGE.size + segments
        ends = begins + sum(sound[at + _PAGE.size : begins])
        if (name, version) != (b"OggS", 0) or ends > len(sound):
            raise _no_sound()
        yield place, sound[begins:ends]
        at = ends


def _no_sound() -> SoundError:
    return SoundError("The sound is no Opus file in mono: record it again.")
