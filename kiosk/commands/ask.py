"""`kiosk ask`: what a request in somebody's own words means, written or spoken."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from forms import Catalogue
from kiosk.commands import common
from kiosk.derived.results import DerivedResults

if TYPE_CHECKING:
    from kiosk.intents.intent_classifier import IntentClassifier


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands,
        "ask",
        run,
        "tell what a request in one's own words means: service, life event, help, cannot-get-it-done, or nothing here",
        "kiosk ask 我八十一了听说国家每个月给点钱 --json",
    )
    parser.add_argument("texts", nargs="*", metavar="TEXT", help="one request, in quotation marks where it has spaces")
    parser.add_argument(
        "--wav", nargs="+", type=Path, default=[], metavar="FILE", help="spoken ones, as the home screen takes them"
    )
    parser.add_argument("--lang", choices=("zh", "en"), help="its language (else told from the text)")
    common.json_option(parser)
    common.county_option(parser)


def run(options: argparse.Namespace) -> int:
    from kiosk.intents.intent_classifier import IntentClassifier  # no other command should wait for numpy

    if bool(options.texts) == bool(options.wav):
        raise common.CommandError("Give one or more requests: written ones, or sound files after --wav.", 2)
    if options.wav and options.lang == "en":
        raise common.CommandError("English is not heard: leave out --lang, or give the request in writing.", 2)
    chosen = common.settings(options)
    catalogue = common.catalogue(chosen)
    classifier = IntentClassifier.load(
        chosen.assets, catalogue, DerivedResults(chosen.derived_folder), chosen.county_in_use
    )
    for mistake in classifier.mistakes:
        common.warn(str(mistake))
    return _spoken(options, classifier) if options.wav else _written(options, catalogue, classifier)


def _written(options: argparse.Namespace, catalogue: Catalogue, classifier: "IntentClassifier") -> int:
    for text in options.texts:
        intent = classifier.text(text, options.lang)
        event = intent.what if intent.what in catalogue.events else None
        if options.json:
            common.print_json(
                {
                    "text": text,
                    "service": None if event else intent.what,
                    "event": event,
                    "confidence": intent.confidence,
                    "alternatives": list(intent.alternatives),
                }
            )
        else:
            also = f"\tor {', '.join(intent.alternatives)}" if intent.alternatives else ""
            print(f"{text}\t{intent.what or '(none of them)'}\t{intent.confidence:.2f}{also}")
    return 0


def _spoken(options: argparse.Namespace, classifier: "IntentClassifier") -> int:
    # Loaded here: written requests should not wait for the recogniser.
    from kiosk.operations.sound_files import heard_in
    from kiosk.operations.spoken_requests import HomeScreen
    from voice.recognition.choice import recogniser_for
    from voice.recognition.model import ModelError

    chosen = common.settings(options)
    home = HomeScreen(common.catalogue(chosen), common.texts(chosen), common.pinyin(chosen), classifier)
    try:
        recogniser = recogniser_for(chosen.model_folder, home.phrases, chosen.accent, home.own_words)
    except ModelError as error:
        raise common.CommandError(str(error)) from error
    status = 0
    for path, heard in heard_in(recogniser, options.wav, common.warn):
        if heard is None:
            status = 1
            continue
        meant = home.meant(heard)
        if options.json:
            common.print_json(
                {
                    "file": str(path),
                    "service": meant.service,
                    "event": meant.event,
                    "asks": list(meant.asks),
                    "heard": heard.phrase or heard.text,
                    "confidence": meant.confidence,
                    "ms": round(heard.ms, 1),
                }
            )
        else:
            said = meant.service or meant.event or f"asks: {', '.join(meant.asks) or '(none of them)'}"
            print(f"{path}\t{said}\t{meant.confidence:.2f}\t{heard.phrase or heard.text}")
    return status
