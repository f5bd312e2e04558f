"""`kiosk pin`: what to write into kiosk.toml for a staff PIN."""

import argparse
import getpass
import sys

from kiosk.commands import common


def register(commands: common.Commands) -> None:
    common.declare(
        commands,
        "pin",
        run,
        "ask for a staff PIN (6 to 12 digits) and print the line for kiosk.toml: its salted hash",
        "kiosk pin | sudo tee -a /etc/yinling/kiosk.toml",
    )


def run(options: argparse.Namespace) -> int:
    from kiosk.operations.staff_pin import hashed

    pin = _asked("Staff PIN: ")
    if sys.stdin.isatty() and pin != _asked("The same again: "):
        raise common.CommandError("The two were not the same: run kiosk pin again.")
    try:
        print(f'staff_pin = "{hashed(pin)}"')
    except ValueError as error:
        raise common.CommandError(f"{error} Run kiosk pin again.", status=2) from error
    return 0


def _asked(prompt: str) -> str:
    """Typed unseen; or the next line of a pipe."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
