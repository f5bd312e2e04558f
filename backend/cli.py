"""The `hall` command. Exit 0 on success, 2 on wrong use, 1 on failure with one plain sentence on stderr.

Each room adds its own commands (`commands.py`).
"""

import argparse
import errno
import io
import logging
import os
import signal
import sys
from collections.abc import Sequence
from threading import Thread

from sqlalchemy.exc import DBAPIError

from backend.foundation.command_line import Parser, common_options, port
from backend.foundation.database import AWAY
from backend.foundation.database_url import database_url, hide_from_others
from backend.foundation.errors import RequestError
from backend.foundation.settings import Settings, SetupError, settings_from_environment
from backend.kiosks.commands import kiosk_name
from backend.rooms import of_every_room
from backend.serve import serve
from protocol.printable import printable
from protocol.process.core_dumps import leave_no_core_dump
from protocol.process.whose_folder import owner_to_run_as

DEFAULT_PORT = 8300
_MEND = "see that its disk has room, or that its server runs, and start again"


def main(arguments: Sequence[str] | None = None) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a character that this terminal cannot show ends nothing
    options = _parser().parse_args(arguments)
    try:
        if arguments is None:
            leave_no_core_dump()
            if options.database_url:
                hide_from_others(options.database_url)
        settings = settings_from_environment(database_url(options.database_url))
        _check_user(settings, begins=options.command == "serve")
        if options.command == "serve":
            if options.until_stdin_closes:
                Thread(target=_stop_when_stdin_closes, daemon=True).start()
            given = {"json_lines": options.json, "is_of_a_terminal": options.until_stdin_closes}
            given |= {"enrol": options.enrol or ""}
            serve(settings.model_copy(update=given), options.host, options.port, options.workers)
        else:
            if not settings.key_file.exists() and getattr(options, "needs_hall", True):
                raise SetupError(
                    f"There is no hall in {settings.folder} yet: set YINLING_HALL_DATA, or run hall serve."
                )
            logging.getLogger("yinling.hall").setLevel(logging.ERROR)  # what it refuses a command says by itself
            status: int = options.run(settings, options)
            sys.stdout.flush()
            return status
    except (SetupError, RequestError) as error:
        print(printable(str(error)), file=sys.stderr)
        return 1
    except AWAY as error:
        print(f"The hall cannot use its database ({_why(error)}): {_MEND}.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read its output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (KeyboardInterrupt, EOFError):
        print("Stopped before it was done: give the same command again.", file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"{error.filename or 'A file'} may not be used by you: run this as the hall's own user.", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO):
            named = error.filename or "A file"
            print(f"{named} cannot be used ({error.strerror}): look at its name and its folder.", file=sys.stderr)
            return 1
        print(f"The hall cannot write to its disk ({error.strerror}): {_MEND}.", file=sys.stderr)
        return 1
    return 0


def _check_user(settings: Settings, *, begins: bool) -> None:
    """SetupError for root, where another user runs this hall. `begins`: a new hall is whoever starts it."""
    is_there = begins or settings.key_file.exists()
    if user := owner_to_run_as(settings.key_file if is_there else settings.folder):
        raise SetupError(
            f"The hall in {settings.folder} runs as {user}: do this as {user} (sudo -u '{user}' before the command)."
        )


def _why(error: Exception) -> str:
    """In one line, without what was to be written."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(cause).split())


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
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
            "(else in your user data folder). Prints the staff page's address and, as long as no admin can log in, a "
            "PIN: whoever gives it with a name becomes admin.",
            epilog="example: hall serve --host 0.0.0.0 --port 8300",
        )
    )
    for module in of_every_room("commands"):
        module.register(commands)
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
    parser.add_argument("--port", type=port, default=DEFAULT_PORT, help="default %(default)s; 0 takes any free port")
    parser.add_argument("--workers", type=_workers, default=1, help="processes that serve (default %(default)s)")
    parser.add_argument(
        "--until-stdin-closes",
        action="store_true",
        help="for the kiosk that starts this hall for itself: stop when standard input ends, and always print a PIN",
    )
    parser.add_argument(
        "--enrol",
        type=kiosk_name,
        metavar="NAME",
        help="also print a code for a kiosk of this name that needs no approval: for a terminal's own hall",
    )
    common_options(
        parser, "print one JSON object a line: first url, staff_url, pin (or null) and public_key, then each new pin"
    )


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes: give 1 to 64")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
