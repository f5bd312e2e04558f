"""`kiosk listen`: the recogniser on sound files, against a screen's phrases or any list."""

import argparse
from datetime import date
from pathlib import Path

from kiosk.commands import common


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands,
        "listen",
        run,
        "recognise sound files; one line each, a file that cannot be read is said so and makes the exit status 1",
        "kiosk listen next.wav --screen home --json",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="WAV")
    listened = parser.add_mutually_exclusive_group()
    listened.add_argument("--screen", metavar="ID", help="the phrases of this screen (default: of all screens)")
    listened.add_argument("--phrases", type=Path, metavar="FILE", help="any phrases, one a line")
    parser.add_argument(
        "--dictate", metavar="KIND", help="also what may be dictated: digits, phone, id, date, amount …"
    )
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    common.json_option(parser)
    common.county_option(parser)


def run(options: argparse.Namespace) -> int:
    # Loaded here: no other command should wait for the recogniser.
    from kiosk.entry.dictation import kind_on
    from kiosk.operations.sound_files import heard_in
    from voice.recognition.choice import recogniser_for
    from voice.recognition.dictation import KINDS
    from voice.recognition.model import ModelError
    from voice.recognition.phrases import PhrasesError, read_phrases

    chosen = common.settings(options)
    status = 0
    kind = options.dictate or (kind_on(common.catalogue(chosen), options.screen) if options.screen else None)
    if kind not in (None, *KINDS):
        raise common.CommandError(f"There is no dictation {kind!r}. The kinds: {', '.join(KINDS)}.", 2)
    try:
        phrases = read_phrases(options.phrases) if options.phrases else _of_screens(options)
        recogniser = recogniser_for(chosen.model_folder, phrases, chosen.accent, dictation=kind)
    except PhrasesError as error:
        raise common.CommandError(str(error), 2) from error
    except ModelError as error:
        raise common.CommandError(str(error)) from error
    for why in recogniser.reasons.values():
        common.warn(why)
    for path, heard in heard_in(recogniser, options.files, common.warn):
        if heard is None:
            status = 1
            continue
        if options.json:
            common.print_json(
                {
                    "file": str(path),
                    "text": heard.text,
                    "phrase": heard.phrase,
                    "confidence": round(heard.confidence, 3),
                    "ms": round(heard.ms, 1),
                    "audio_s": round(heard.audio_s, 3),
                    **({"between": heard.between} if heard.between else {}),
                    **_dictated(kind, heard.dictated),
                }
            )
        else:
            print(f"{path}\t{heard.phrase or heard.dictated or '(refused)'}\t{heard.confidence:.2f}\t{heard.text}")
    return status


def _dictated(kind: str | None, said: str) -> dict[str, str | None]:
    """What was dictated, in characters, and the value it has; nothing when nothing was."""
    from kiosk.entry.spoken import value  # as above

    return {"dictated": said, "value": value(kind, said, date.today())} if kind and said else {}


def _of_screens(options: argparse.Namespace) -> list[str]:
    from kiosk.walk.lists import phrases_by_screen  # no other command should wait for all screens

    chosen = common.settings(options)
    screens = phrases_by_screen(common.catalogue(chosen), common.texts(chosen), common.pinyin(chosen), options.lang)
    if options.screen is None:
        return list(dict.fromkeys(phrase for phrases in screens.values() for phrase in phrases))
    if options.screen not in screens:
        plain = [name for name in screens if not name.endswith(("-wrong", "-filled"))]
        raise common.CommandError(f"There is no screen {options.screen!r}. The screens: {', '.join(plain)}.", 2)
    return screens[options.screen]
