"""What a person has said to the kiosk: a WAV file that every browser plays, mono, mu-law (ITU-T G.711), 16 kHz.

A byte for a sample needs no codec: a minute is 960 kB, which a sealed part has room for.
"""

import struct

RATE = 16_000  # samples, and bytes, a second
LONGEST_S = 60
_MU_LAW = 7  # its number among the formats of WAV
_RIFF, _CHUNK, _FORMAT = struct.Struct("<4sI4s"), struct.Struct("<4sI"), struct.Struct("<HHIIHH")
LONGEST_BYTES = LONGEST_S * RATE + 128  # with its heads


class SoundError(ValueError):
    """It is no such file; the text is one plain sentence."""


def seconds_of(wav: bytes) -> float:
    """How long it is. SoundError for what is none, or longer than LONGEST_S."""
    chunks = _chunks(wav)
    layout = chunks.get(b"fmt ", b"")[: _FORMAT.size].ljust(_FORMAT.size, b"\0")
    kind, channels, rate, _, _, bits = _FORMAT.unpack(layout)
    if (kind, channels, rate, bits) != (_MU_LAW, 1, RATE, 8) or not chunks.get(b"data"):
        raise SoundError(f"The sound is no WAV file in mono mu-law of {RATE} Hz: record it again.")
    seconds = len(chunks[b"data"]) / RATE
    if seconds > LONGEST_S:
        raise SoundError(f"The sound is longer than {LONGEST_S} seconds: stop recording earlier.")
    return seconds


def _chunks(wav: bytes) -> dict[bytes, bytes]:
    """Those that are whole, by their names; of a file that is none, nothing."""
    found: dict[bytes, bytes] = {}
    if len(wav) < _RIFF.size or _RIFF.unpack_from(wav)[::2] != (b"RIFF", b"WAVE"):
        return found
    at = _RIFF.size
    while at + _CHUNK.size <= len(wav):
        name, size = _CHUNK.unpack_from(wav, at)
        at += _CHUNK.size
        if at + size <= len(wav):
            found[name] = wav[at : at + size]
        at += size + size % 2
    return found
