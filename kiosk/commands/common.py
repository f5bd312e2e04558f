"""What the commands share: their one error, how they are declared, and the files they all read."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forms import Catalogue, CatalogueError, Service, Text
from forms.load import something_of
from kiosk.operations.offered import offered
from kiosk.operations.settings import Settings, SettingsError, load_settings
from kiosk.texts.strings import Texts
from kiosk.texts.wording import Wording
from protocol.process.whose_folder import owner_to_run_as

if TYPE_CHECKING:
    from kiosk.entry.pinyin import PinyinTable

Commands = Any  # argparse's subparsers, which have no public type
Run = Callable[[argparse.Namespace], int]


class CommandError(Exception):
    """What went wrong and what to do next, in one plain sentence. `status`: 2 for wrong use, else 1."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def declare(commands: Commands, name: str, run: Run, about: str, example: str) -> argparse.ArgumentParser:
    """Add a command with its help text and an example."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about[0].upper() + about[1:] + ".", epilog=f"example: {example}"
    )
    parser.set_defaults(run=run)
    return parser


def json_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, allow_nan=False), flush=True)


def in_json(text: Text) -> dict[str, str]:
    """A text as every command prints it in JSON."""
    return {"zh": text.zh, "en": text.en}


def settings(options: argparse.Namespace | None = None) -> Settings:
    """The settings of this terminal; `options` may name another folder of the county."""
    try:
        loaded = load_settings()
    except SettingsError as error:
        raise CommandError(str(error)) from error
    county = getattr(options, "county", None)
    return loaded.model_copy(update={"county": county}) if county else loaded


def as_its_user(data: Path) -> None:
    """For a command that writes into the terminal's folder. CommandError for root, where another user runs it."""
    if user := owner_to_run_as(data):
        raise CommandError(f"{data} belongs to {user}: run this as {user}, with sudo -u '{user}' before the command.")


def county_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--county", type=Path, metavar="DIR", help="the county's folder (else the setting county)")


def form_options(parser: argparse.ArgumentParser) -> None:
    """Of a command that judges a form, which `form` reads."""
    parser.add_argument("service", metavar="SERVICE_ID")
    parser.add_argument(
        "answers",
        metavar="ANSWERS.json",
        help='{"field id": "answer", …}, of several people "members": [{…}, …]; - for standard input',
    )
    json_option(parser)
    county_option(parser)
    parser.add_argument(
        "--unregistered", action="store_true", help="count the county's checks that no hall has registered too"
    )


def form(options: argparse.Namespace) -> tuple[Catalogue, Service, dict[str, Any]]:
    """What is on offer, the service of the form, and its answers as they are written."""
    offered_here = catalogue(settings(options), unregistered=options.unregistered)
    try:
        service = offered_here.service(options.service)
    except CatalogueError as error:
        raise CommandError(str(error), status=2) from error
    return offered_here, service, _answers(options.answers)


def _answers(name: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
        answers = json.loads(text)
    except OSError as error:
        raise CommandError(f"{name} cannot be read ({error.strerror}): give a file that is there.", 2) from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f'{name} is not JSON: write it as {{"field id": "answer", …}}.', 2) from error
    if not isinstance(answers, dict):
        raise CommandError(f'{name} has to be one object: {{"field id": "answer", …}}.', 2)
    return answers


def catalogue(chosen: Settings, *, unregistered: bool = False) -> Catalogue:
    """What is on offer; what was left out is told on standard error. `unregistered`: with checks that no hall knows."""
    found = offered(chosen, unregistered=unregistered)
    for problem in found.problems:
        warn(problem)
    try:
        return something_of(found.catalogue)
    except CatalogueError as error:
        raise CommandError(str(error)) from error


def texts(chosen: Settings) -> Texts:
    try:
        loaded = Texts.load(chosen.assets, chosen.county_in_use)
    except CatalogueError as error:
        raise CommandError(str(error)) from error
    for mistake in loaded.mistakes:
        warn(str(mistake))
    return loaded


def wording(chosen: Settings) -> Wording:
    try:
        return Wording.load(chosen.assets)
    except CatalogueError as error:
        raise CommandError(str(error)) from error


def pinyin(chosen: Settings) -> "PinyinTable":
    from kiosk.entry.pinyin import PinyinTable  # few commands need pypinyin

    try:
        return PinyinTable.load(chosen.assets)
    except CatalogueError as error:
        raise CommandError(str(error)) from error


def hall_url(text: str) -> str:
    """For argparse: an address that a hall can have."""
    from offline_cache.hall_client import HallClient, HallError  # no command without a hall should wait for it

    try:
        return HallClient(text).url
    except HallError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def hall_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hall", type=hall_url, metavar="URL", help="the hall's address (else the setting hall)")


def warn(message: str) -> None:
    print(message, file=sys.stderr)
