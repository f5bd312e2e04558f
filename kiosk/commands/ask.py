"""`kiosk ask`: what a request in somebody's own words means."""

import argparse

from kiosk.commands import common
from kiosk.derived.results import DerivedResults


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands,
        "ask",
        run,
        "tell what a request in one's own words means: a service, help, cannot-get-it-done, or nothing here",
        "kiosk ask 我八十一了听说国家每个月给点钱 --json",
    )
    parser.add_argument("texts", nargs="+", metavar="TEXT", help="one request, in quotation marks where it has spaces")
    parser.add_argument("--lang", choices=("zh", "en"), help="its language (else told from the text)")
    common.json_option(parser)
    common.county_option(parser)


def run(options: argparse.Namespace) -> int:
    from kiosk.intents.intent_classifier import IntentClassifier  # no other command should wait for numpy

    chosen = common.settings(options)
    catalogue = common.catalogue(chosen)
    classifier = IntentClassifier.load(
        chosen.assets, catalogue, DerivedResults(chosen.derived_folder), chosen.county_in_use
    )
    for mistake in classifier.mistakes:
        common.warn(str(mistake))
    for text in options.texts:
        intent = classifier.text(text, options.lang)
        if options.json:
            common.print_json(
                {
                    "text": text,
                    "service": intent.what,
                    "confidence": intent.confidence,
                    "alternatives": list(intent.alternatives),
                }
            )
        else:
            also = f"\tor {', '.join(intent.alternatives)}" if intent.alternatives else ""
            print(f"{text}\t{intent.what or '(none of them)'}\t{intent.confidence:.2f}{also}")
    return 0
