"""Run by test_devices.py in its own process and with its own PulseAudio: what the devices do, as JSON."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

RUNTIME = Path(sys.argv[1])
os.environ |= {"XDG_RUNTIME_DIR": str(RUNTIME), "HOME": str(RUNTIME), "PULSE_SERVER": f"unix:{RUNTIME}/native"}
NULL_SINK = "module-null-sink sink_name=ear sink_properties=device.description=Ear rate=48000 channels=2"
MICROPHONE = (
    "module-remap-source",
    "master=ear.monitor",
    "source_name=mouth",
    "source_properties=device.description=Mouth",
)


def pactl(*words: str) -> str:
    return subprocess.run(["pactl", *words], capture_output=True, text=True, check=True).stdout.strip()


def start_pulseaudio() -> "subprocess.Popen[bytes]":
    modules = [f"module-native-protocol-unix socket={RUNTIME}/native auth-anonymous=1", NULL_SINK]
    flags = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
    server = subprocess.Popen(["pulseaudio", *flags, *(word for module in modules for word in ("-L", module))])
    deadline = time.monotonic() + 15
    while subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            sys.exit("pulseaudio did not start")
    return server


def until(true: Callable[[], object], seconds: float = 10) -> bool:
    """Let Qt do what comes, and sleep meanwhile, until it is `true`; whether it was in time."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    flags = QEventLoop.ProcessEventsFlag
    alarm, deadline = QTimer(), time.monotonic() + seconds
    alarm.start(10)  # else nothing would end the sleep
    while not true() and time.monotonic() < deadline:
        QCoreApplication.processEvents(flags.AllEvents | flags.WaitForMoreEvents)
    return bool(true())


def scenario() -> dict[str, object]:
    from PySide6.QtCore import QCoreApplication

    from voice.devices.qt_audio import Loudspeaker, Microphone, loudspeakers, microphone_is_silent, microphones

    application = QCoreApplication([])  # noqa: F841 - kept alive
    microphone, loudspeaker = Microphone(), Loudspeaker()
    told: dict[str, object] = {
        "at first": {
            "microphone": microphone.available,
            "loudspeaker": loudspeaker.available,
            "loudspeakers": loudspeakers(),
        }
    }
    plug = pactl("load-module", *MICROPHONE)
    until(lambda: microphone.available)
    chunks: list[np.ndarray] = []
    levels: list[float] = []

    def listen(samples: np.ndarray) -> None:
        chunks.append(samples)
        levels.append(microphone.level)

    opened = microphone.start(listen)
    told["plugged"] = {"available": microphone.available, "opened": opened, "microphones": microphones()}

    ended: list[bool] = []
    loudspeaker.finished.connect(lambda: ended.append(True))
    tone = (10000 * np.sin(2 * np.pi * 440 * np.arange(24000) / 24000)).astype(np.int16)
    loudspeaker.play(tone, 24000)
    until(lambda: ended)
    silent = len(chunks)
    until(lambda: len(chunks) > silent + 5)
    heard = np.concatenate(chunks)
    loud = np.flatnonzero(np.abs(heard.astype(int)) > 1000)
    part = heard[loud[0] : loud[-1]] * np.hanning(loud[-1] - loud[0]) if len(loud) else np.zeros(1)
    told["heard"] = {
        "seconds": len(part) / 16000,
        "hertz": float(np.argmax(np.abs(np.fft.rfft(part))) * 16000 / len(part)),
        "level": max(levels),
    }
    told["finished"] = bool(ended)

    pactl("unload-module", plug)
    until(lambda: microphone.silent)
    told["unplugged"] = {"silent": microphone.silent, "listening": microphone.listening}
    pactl("load-module", *MICROPHONE)
    until(lambda: microphone.listening)
    chunks.clear()
    until(lambda: chunks)
    told["plugged again"] = {"listening": microphone.listening, "hears": bool(chunks)}
    microphone.stop()
    told["tried"] = {"silent": microphone_is_silent()}  # nothing is played, and its monitor gives zeros
    loudspeaker.play(tone, 24000)
    told["tried"] |= {"silent while it plays": microphone_is_silent()}

    ended.clear()
    loudspeaker.play(tone, 24000)
    pactl("unload-module", "module-null-sink")
    until(lambda: ended)
    told["loudspeaker gone"] = {"finished": bool(ended), "playing": loudspeaker.playing}
    pactl("load-module", "module-always-sink")
    until(lambda: not loudspeaker.available)
    told["dummy only"] = {"available": loudspeaker.available, "opened": loudspeaker.play(tone, 24000)}
    return told


if __name__ == "__main__":
    pulseaudio = start_pulseaudio()
    try:
        print(json.dumps(scenario()))
    finally:
        pulseaudio.terminate()
        pulseaudio.wait()
