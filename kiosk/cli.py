"""The `kiosk` command. Exit 0 on success, 2 on wrong use, 1 on failure with one plain sentence on stderr."""

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import NoReturn

from kiosk.commands import COMMANDS
from kiosk.commands.common import CommandError
from protocol.printable import printable


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a character that this terminal cannot show ends nothing
    level = os.environ.get("LOGLEVEL", "WARNING").upper()
    if level not in logging.getLevelNamesMapping():
        print(f"LOGLEVEL is {level}: set it to DEBUG, INFO, WARNING or ERROR.", file=sys.stderr)
        return 2
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except CommandError as error:
        print(printable(str(error)), file=sys.stderr)
        return error.status
    except BrokenPipeError:  # the reader of our output has gone; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return status


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Wrong use in one sentence, without the usage block."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="kiosk",
        description="A self-service kiosk for old people: large type, spoken screens, one question at a time, offline.",
        epilog="example: kiosk demo --out demo",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for register in COMMANDS:
        register(commands)
    for plugin in entry_points(group="yinling.kiosk_commands"):
        plugin.load()(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
