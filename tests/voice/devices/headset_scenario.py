"""Run by test_devices.py in its own process, with its own PulseAudio: a headset is pulled out while it speaks."""

import json
import subprocess

import numpy as np
from pulse_scenario import RUNTIME, pactl, start_pulseaudio, until

RATE = 16000
RECORD = (
    "parec",
    "--device=ear.monitor",
    "--raw",
    "--latency-msec=20",
    f"--rate={RATE}",
    "--channels=1",
    "--format=s16le",
)


def plug(name: str) -> str:
    what = f"sink_properties=device.description={name.title()}"
    return pactl("load-module", "module-null-sink", f"sink_name={name}", what)


def scenario() -> dict[str, object]:
    from PySide6.QtCore import QCoreApplication

    from voice.devices.qt_audio import Headset, Loudspeaker, headset_problem

    application = QCoreApplication([])  # noqa: F841 - kept alive

    def loud() -> float:
        """Seconds of sound in the room so far."""
        heard = np.frombuffer(recorded.read_bytes(), np.int16).astype(int)
        return round(float((np.abs(heard) > 500).sum()) / RATE, 2)

    recorded = RUNTIME / "room.raw"
    headset, loudspeaker = Headset("headset"), Loudspeaker(headset="headset")
    tone = (10000 * np.sin(2 * np.pi * 440 * np.arange(24000 * 8) / 24000)).astype(np.int16)
    told: dict[str, object] = {}
    until(lambda: False, 0.5)
    told["where what is moved would be heard"] = {
        "available": headset.available,
        "played": headset.play(tone, 24000),
        "problem": headset_problem("headset"),
    }
    pactl("set-default-sink", "nowhere")
    until(lambda: headset.available)
    recorder = subprocess.Popen([*RECORD, str(recorded)])
    until(recorded.exists)
    headset.use(True)
    there = {"problem": headset_problem("headset"), "available": headset.available, "played": headset.play(tone, 24000)}
    room = loudspeaker._pick()
    told["moved nowhere"] = {**there, "loudspeaker": room.description() if room else None}
    until(lambda: False, 0.5)
    noticed: list[bool] = []
    headset.finished.connect(lambda: noticed.append(True))
    pactl("unload-module", SOCKET)
    until(lambda: noticed, 4)
    gone = {"noticed": bool(noticed), "available": headset.available, "played": headset.play(tone, 24000)}
    told["pulled out"] = gone
    until(lambda: False, 0.5)
    of_headset = loud()
    plug("headset")
    told["plugged again"] = {"available": until(lambda: headset.available)}
    loudspeaker.play(tone, 24000)
    of_loudspeaker = until(lambda: loud() > 0.2)
    told["heard in the room"] = {"of the headset": of_headset, "of the loudspeaker": of_loudspeaker}
    recorder.terminate()
    return told


if __name__ == "__main__":
    pulseaudio = start_pulseaudio()
    pactl("set-default-sink", "ear")  # the room
    plug("nowhere")
    SOCKET = plug("headset")  # the last to come: Qt 6.11 is not told when it goes
    try:
        print(json.dumps(scenario(), ensure_ascii=False))
    finally:
        pulseaudio.terminate()
        pulseaudio.wait()
