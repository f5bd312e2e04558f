"""`kiosk prompts-list`: every fixed utterance, for `make prompts` to render."""

import argparse

from forms import CatalogueError
from kiosk.commands import common


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands, "prompts-list", run, "list every text that needs a recorded prompt, as JSON", "kiosk prompts-list"
    )
    common.county_option(parser)


def run(options: argparse.Namespace) -> int:
    from kiosk.texts.prompts import all_fixed_utterances  # no other command should wait for it

    try:
        chosen = common.settings(options)
        common.print_json(all_fixed_utterances(chosen.assets, chosen.county_in_use))
    except CatalogueError as error:
        raise common.CommandError(str(error)) from error
    return 0
