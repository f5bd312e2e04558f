"""`python -m backend.providers.simulated`: serve until SIGTERM. Exit 0, or 1 with one sentence, 2 on wrong use."""

import argparse
import json
import os
import signal
import sys
from datetime import date

from backend.foundation.command_line import Parser
from backend.providers.simulated.failures import KINDS, Failure
from backend.providers.simulated.registry import Registry
from backend.providers.simulated.server import Behaviour, SimulatedRegistry

MOST_PEOPLE = 100_000


def main() -> int:
    options = _parser().parse_args()
    today = options.today
    registry = Registry(options.people, options.seed, (lambda: today) if today else date.today)
    behaviour = Behaviour(options.delay, tuple(options.fail), os.environ.get("YINLING_PROVIDER_TOKEN", ""))
    try:
        server = SimulatedRegistry(options.port, registry, behaviour, options.seed)
    except OSError as error:
        print(f"Port {options.port} cannot be used ({error.strerror}): choose another --port.", file=sys.stderr)
        return 1
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: sys.exit(0))
    someone = next(iter(registry.people))
    if options.json:
        print(json.dumps({"url": server.url, "someone": someone}), flush=True)
    else:
        print(f"YINLING_PROVIDER_URL={server.url}  (one of its {options.people} people: {someone})", flush=True)
    server.serve_forever()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m backend.providers.simulated",
        description="A registry of invented people on this machine, for trials: the same people for the same seed. "
        "With YINLING_PROVIDER_TOKEN set, it asks for that token.",
        epilog="example: python -m backend.providers.simulated --port 8400 --delay 0.3 --fail busy:0.1",
    )
    parser.add_argument(
        "--port", type=_Whole(0, 65535), default=8400, help="default %(default)s; 0 takes any free port"
    )
    parser.add_argument("--people", type=_Whole(1, MOST_PEOPLE), default=5000, help="how many (default %(default)s)")
    parser.add_argument("--seed", type=_Whole(0, 2**31), default=1, help="which ones (default %(default)s)")
    parser.add_argument("--delay", type=_seconds, default=0.0, metavar="SECONDS", help="before each answer")
    parser.add_argument(
        "--fail",
        type=_failure,
        action="append",
        default=[],
        metavar="KIND[:SHARE]",
        help=f"fail in this way, always or in this share of the answers; may be given again. Kinds: {', '.join(KINDS)}",
    )
    parser.add_argument("--today", type=_day, metavar="DATE", help="answer as on this day (default: the machine's)")
    parser.add_argument("--json", action="store_true", help="print one JSON object: its url, and someone's ID number")
    return parser


class _Whole:
    """For argparse: a whole number from `least` to `most`."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def __call__(self, text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or not self._least <= int(text) <= self._most:
            raise argparse.ArgumentTypeError(f"{text!r}: give a number from {self._least} to {self._most}")
        return int(text)


def _seconds(text: str) -> float:
    return _number(text, 0, 600, "seconds, 0 to 600")


def _failure(text: str) -> Failure:
    kind, colon, share = text.partition(":")
    if kind not in KINDS:
        raise argparse.ArgumentTypeError(f"{kind!r} is none of {', '.join(KINDS)}")
    return Failure(kind, _number(share, 0, 1, "a share after the colon, 0 to 1") if colon else 1.0)


def _number(text: str, least: float, most: float, what: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text!r}: give {what}")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: give it as 2026-11-20") from None


if __name__ == "__main__":
    sys.exit(main())
