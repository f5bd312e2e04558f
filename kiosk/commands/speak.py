"""`kiosk speak`: what the loudspeaker would play, as a WAV file."""

import argparse
from contextlib import closing
from pathlib import Path

from kiosk.commands import common


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands, "speak", run, "write what the loudspeaker would play", "kiosk speak '您想办什么事？' --out say.wav"
    )
    parser.add_argument("text")
    common.county_option(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.wav")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--speed", choices=("slow", "normal", "fast"), default="normal")


def run(options: argparse.Namespace) -> int:
    # Loaded here: no other command should wait for the voices.
    from voice.speech.live import LiveVoice
    from voice.speech.prompts import Prompts, PromptsError
    from voice.speech.render import speak_to_file
    from voice.speech.sound import SpeechError

    chosen = common.settings(options)
    folder = chosen.assets / "prompts"
    try:
        prompts = Prompts.load(folder, chosen.county_prompts)
    except PromptsError as error:
        common.warn(f"{error} The live voice speaks instead.")
        prompts = Prompts.none(folder)
    try:
        with closing(LiveVoice()) as live:
            seconds = speak_to_file(options.text, options.lang, options.out, prompts, live, options.speed)
    except SpeechError as error:
        raise common.CommandError(str(error)) from error
    print(f"{options.out}: {seconds:.1f} s")
    return 0
