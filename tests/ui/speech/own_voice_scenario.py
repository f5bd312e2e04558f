"""Run by test_own_voice.py in its own process and with its own PulseAudio: the microphone hears the loudspeaker alone.

`own_voice_scenario.py FOLDER SCREENS` has the kiosk speak so many screens of the walk, home first, and prints what it
heard as JSON.
"""

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

sys.path.extend([str(Path(__file__).parents[2] / folder) for folder in ("voice/devices", "support")])

from project import ASSETS
from pulse_scenario import MICROPHONE, pactl, start_pulseaudio, until

SCREENS = int(sys.argv[2])
HISS = ("pacat", "--device=ear", "--volume=6554", "/dev/urandom")  # a room is never without: 65 dB below the loudest
OPEN_S = 2.0  # how long it listens after each reading: longer than it doubts what it heard


def scenario() -> dict[str, object]:
    from forms import load_catalogue
    from kiosk.entry.pinyin import PinyinTable
    from kiosk.state.look import Look
    from kiosk.testing.rehearsal import Rehearsal
    from kiosk.texts.strings import Texts
    from ui.look.theme import Theme
    from ui.processes.application import application
    from ui.speech.microphone_listener import MicrophoneListener
    from ui.speech.screen_reader import ScreenReader
    from ui.speech.speech_player import SpeechPlayer
    from ui.window.window import KioskWindow
    from voice.devices.qt_audio import Loudspeaker, Microphone
    from voice.recognition.choice import recogniser_for
    from voice.speech.live import LiveVoice
    from voice.speech.prompts import Prompts

    app = application()  # noqa: F841 - kept alive
    rehearsal = Rehearsal(load_catalogue(ASSETS), Texts.load(ASSETS), PinyinTable.load(ASSETS))
    session, microphone = rehearsal.session, Microphone()
    heard: list[str | None] = []

    class Spy:
        """The session as the ears see it; what they tell it is only written down."""

        texts = session.texts

        @property
        def look(self) -> Look:
            return session.look

        def hear(self, phrase: str | None, **rest: object) -> None:
            heard.append(phrase)

    live = LiveVoice()
    speaker = SpeechPlayer(Prompts.load(ASSETS / "prompts"), live, Loudspeaker())
    deaf_while_speaking = [True]
    listener = MicrophoneListener(
        Spy(),  # type: ignore[arg-type]
        microphone,
        lambda phrases, dictation: recogniser_for(ASSETS / "voice_model", phrases, dictation=dictation),
        lambda: deaf_while_speaking[0] and speaker.audible,
    )
    window = KioskWindow(session, Theme((1080, 1920), 686.0), ScreenReader(session, speaker), listener)
    speaker.quiet.connect(window.listen)
    levels: list[float] = []
    listener.level.connect(levels.append)
    window.show()
    opened = []
    for label, _ in islice(rehearsal.walk(), 1, SCREENS + 1):
        until(lambda: speaker.speaking, 1)
        until(lambda: not speaker.audible, 60)
        if until(lambda: microphone.listening, 1):
            opened.append(label)
            until(lambda: False, OPEN_S)
        session.do("repeat")
        until(lambda: speaker.speaking, 1)
        until(lambda: False, 0.8)  # in the middle of a word somebody presses the button to speak
        window.reader.hush()
        listener.hold()
        listener.let_go()
        until(lambda: False, OPEN_S)
    told: dict[str, object] = {"heard": list(heard), "opened": opened, "loudest": round(max(levels, default=0.0), 3)}
    deaf_while_speaking[0] = False  # the same without what keeps it from hearing itself
    listener.talk()
    window.reader.say("focus", [session.screen().phrases[0].text])
    told["undone"] = until(lambda: heard, 15)
    speaker.close()
    live.close()
    return told


if __name__ == "__main__":
    pulseaudio = start_pulseaudio()
    pactl("load-module", *MICROPHONE)
    hiss = subprocess.Popen(HISS)
    try:
        print(json.dumps(scenario(), ensure_ascii=False))
    finally:
        hiss.kill()
        pulseaudio.terminate()
        pulseaudio.wait()
