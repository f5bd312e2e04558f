"""What somebody could not get done, while they tell it, and then its number."""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.devices.printers import Printing
from voice.audio.spoken_file import SpokenFile


@dataclass
class OrderInHand:
    """It lies in memory alone. `screen`, `service_id` and `form` say where they stood, as protocol.work_orders has it.

    `sound` is forgotten as soon as it is kept, or was left.
    """

    screen: str
    service_id: str | None = None
    form: str | None = None
    step: Literal["reason", "phone", "speak", "kept"] = "reason"
    number: str = ""
    reason: str | None = None  # None: it is to be spoken
    phone: str = field(default="", repr=False)
    phone_wrong: bool = False
    recording: SpokenFile | None = field(default=None, repr=False)  # somebody is speaking
    heard: bool = False  # anything at all
    sound: bytes = field(default=b"", repr=False)
    replayed: bool = False
    page: str = field(default="", repr=False)  # its address at the hall, "" where it has none
    printing: Printing = ""

    def forget_sound(self) -> None:
        if self.recording:
            self.recording.close()
        self.recording, self.sound, self.heard, self.replayed = None, b"", False, False
