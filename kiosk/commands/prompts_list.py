"""`kiosk prompts-list`: every fixed utterance, for `make prompts` to render."""

import argparse

from kiosk.commands import common
from kiosk.prompt_texts import fixed_utterances


def register(commands: common.Commands) -> None:
    common.declare(
        commands, "prompts-list", run, "list every text that needs a recorded prompt, as JSON", "kiosk prompts-list"
    )


def run(options: argparse.Namespace) -> int:
    chosen = common.settings()
    catalogue, texts = common.catalogue(chosen), common.texts(chosen)
    common.print_json({"zh": fixed_utterances(catalogue, texts, "zh"), "en": fixed_utterances(catalogue, texts, "en")})
    return 0
