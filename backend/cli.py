"""The `hall` command. Exit 0 on success, 2 on wrong use, 1 on failure with one plain sentence on stderr."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import NoReturn

from backend.catalogue.service import publish
from backend.foundation.settings import Settings, SetupError, settings_from_environment
from backend.hall.hall import open_hall
from backend.serve import serve
from backend.submissions.review import export

DEFAULT_PORT = 8300


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        settings = settings_from_environment(options.database_url)
        if options.command == "serve":
            if options.until_stdin_closes:
                Thread(target=_stop_when_stdin_closes, daemon=True).start()
            serve(settings.model_copy(update={"json_lines": options.json}), options.host, options.port, options.workers)
        else:
            if not settings.key_file.exists():
                raise SetupError(
                    f"There is no hall in {settings.folder} yet: set YINLING_HALL_DATA, or run hall serve."
                )
            COMMANDS[options.command](settings, options)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _export(settings: Settings, options: argparse.Namespace) -> None:
    print(json.dumps(list(export(open_hall(settings))), ensure_ascii=False, indent=None if options.json else 2))


def _catalogue(settings: Settings, options: argparse.Namespace) -> None:
    number, files = publish(open_hall(settings), options.folder)
    if options.json:
        print(json.dumps({"number": number, "files": files}))
    else:
        print(f"Catalogue {number} ({files} files): kiosks fetch it within minutes; the staff page shows who has it.")


COMMANDS = {"export": _export, "catalogue": _catalogue}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Wrong use in one sentence, without the usage block."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="hall",
        description="The hall: takes in forms from kiosks, answers their calls, serves the staff page.",
        epilog="example: hall serve --port 8300",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _serve_options(
        commands.add_parser(
            "serve",
            help="run the hall",
            description="Run the hall until it is told to stop. Its key and SQLite database are in YINLING_HALL_DATA "
            "(else in your user data folder). Prints the staff page's address and the PIN of the next login.",
            epilog="example: hall serve --host 0.0.0.0 --port 8300",
        )
    )
    exporter = commands.add_parser(
        "export",
        help="print every submission, opened with the hall's key",
        description="Print every submission with its answers in full as one JSON document; the audit notes each.",
        epilog="example: hall export --json > submissions.json",
    )
    _common_options(exporter, "one line of JSON instead of an indented document")
    catalogue = commands.add_parser(
        "catalogue",
        help="give the county's folder to all kiosks",
        description="Give the county's folder to all kiosks of this hall. Each fetches what is new; it keeps the one "
        "before if it cannot use it.",
        epilog="example: hall catalogue publish /etc/yinling/county",
    )
    publishing = catalogue.add_subparsers(dest="act", required=True, metavar="ACT").add_parser(
        "publish", help="make this folder the newest", epilog="example: hall catalogue publish /etc/yinling/county"
    )
    publishing.add_argument("folder", type=Path, metavar="DIR")
    _common_options(publishing, "print the number and how many files as JSON")
    return parser


def _stop_when_stdin_closes() -> None:
    """Whoever started the hall holds the other end, which the system closes however they end."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _serve_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default %(default)s: this machine alone)"
    )
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help="default %(default)s; 0 takes any free port")
    parser.add_argument("--workers", type=_workers, default=1, help="processes that serve (default %(default)s)")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="also stop when standard input ends, as with its other end"
    )
    _common_options(parser, "print one JSON object a line: first url, staff_url, pin and public_key, then each new pin")


def _common_options(parser: argparse.ArgumentParser, json_help: str) -> None:
    parser.add_argument(
        "--database-url",
        help="sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME (default: SQLite in the hall's folder)",
    )
    parser.add_argument("--json", action="store_true", help=json_help)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 0 to 65535")
    return int(text)


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes: give 1 to 64")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
