"""What the commands of all rooms share.

A room's `commands.py` has `register(commands)`, which adds its parsers. Each sets `run(settings, options)`, which
returns the exit status.
"""

import argparse
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Wrong use in one sentence, without the usage block."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def common_options(parser: argparse.ArgumentParser, json_help: str) -> None:
    parser.add_argument(
        "--database-url",
        help="sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME (default: SQLite in the hall's folder)",
    )
    parser.add_argument("--json", action="store_true", help=json_help)


def port(text: str) -> int:
    """The type of an argument; 0 takes any free one."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 0 to 65535")
    return int(text)
