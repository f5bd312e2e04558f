"""`kiosk ask`: what a request in somebody's own words means."""

import argparse

from forms import CatalogueError
from kiosk.commands import common


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


def run(options: argparse.Namespace) -> int:
    from kiosk.intents.asker import Asker  # no other command should wait for numpy

    chosen = common.settings()
    catalogue = common.catalogue(chosen)
    try:
        asker = Asker.load(chosen.assets, catalogue)
    except CatalogueError as error:
        raise common.CommandError(str(error)) from error
    for text in options.texts:
        meaning = asker.text(text, options.lang)
        if options.json:
            common.print_json(
                {
                    "text": text,
                    "service": meaning.what,
                    "confidence": meaning.confidence,
                    "alternatives": list(meaning.alternatives),
                }
            )
        else:
            also = f"\tor {', '.join(meaning.alternatives)}" if meaning.alternatives else ""
            print(f"{text}\t{meaning.what or '(none of them)'}\t{meaning.confidence:.2f}{also}")
    return 0
