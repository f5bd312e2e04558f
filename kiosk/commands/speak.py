"""`kiosk speak`: what the loudspeaker would play, as a WAV file."""

import argparse
from contextlib import closing
from pathlib import Path

from kiosk.commands import common
from voice.live import LiveVoice
from voice.prompts import Prompts
from voice.sound import SpeechError
from voice.speech import speak_to_file


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands, "speak", run, "write what the loudspeaker would play", "kiosk speak '您想办什么事？' --out say.wav"
    )
    parser.add_argument("text")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.wav")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--speed", choices=("slow", "normal", "fast"), default="normal")


def run(options: argparse.Namespace) -> int:
    chosen = common.settings()
    try:
        with closing(LiveVoice()) as live:
            prompts = Prompts.load(chosen.assets / "prompts")
            seconds = speak_to_file(options.text, options.lang, options.out, prompts, live, options.speed)
    except SpeechError as error:
        raise common.CommandError(str(error)) from error
    print(f"{options.out}: {seconds:.1f} s")
    return 0
