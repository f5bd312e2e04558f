"""The kinds of speech, and what becomes of each while another is heard. docs/reader.md explains the table."""

from dataclasses import dataclass
from typing import Literal

SpeechKind = Literal["screen", "focus", "echo", "error", "landing", "progress", "news", "countdown"]


@dataclass(frozen=True)
class Manner:
    """`while_speaking`: what it does when something else is being said. Whatever the visitor does ends all speech and
    drops what waits; only what is `kept` is said later, once it is quiet."""

    while_speaking: Literal["cuts in", "waits", "is dropped"]
    kept: bool = False


MANNERS: dict[SpeechKind, Manner] = {
    # What somebody did is answered at once: nothing that comes by itself stands in its way or cuts it short.
    "screen": Manner("cuts in"),  # a screen has opened, or is asked for again
    "focus": Manner("cuts in"),  # what the keys have reached, or a finger has touched to hear it
    "echo": Manner("cuts in"),  # what was pressed, where nothing else answers
    "error": Manner("cuts in"),  # an answer was not taken, or something else that one has to know; stays on the screen
    # What comes by itself lets that finish.
    "landing": Manner("waits"),  # where the keys stand when a screen has opened
    "progress": Manner("waits"),  # printed, delivered, found; "Are you still there?"
    "news": Manner("waits", kept=True),  # of the call for help: never lost, the latest in place of an earlier one
    "countdown": Manner("is dropped"),  # seconds left: late they would be wrong
}
