"""`kiosk prompts-list`: every fixed utterance, for `make prompts` to render."""

import argparse

from forms import CatalogueError
from kiosk.commands import common
from kiosk.texts.prompts import all_fixed_utterances


def register(commands: common.Commands) -> None:
    common.declare(
        commands, "prompts-list", run, "list every text that needs a recorded prompt, as JSON", "kiosk prompts-list"
    )


def run(options: argparse.Namespace) -> int:
    try:
        common.print_json(all_fixed_utterances(common.settings().assets))
    except CatalogueError as error:
        raise common.CommandError(str(error)) from error
    return 0
