"""`hall backup`, `hall restore`, `hall key export` and `hall key import`."""

import argparse
import json
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from backend.audit.log import note
from backend.backups.backup import back_up
from backend.backups.key_copy import bring_back, guarded, key_copy
from backend.backups.manifest import folder_hash
from backend.backups.restore import restore
from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings, SetupError, prepare_folder
from backend.hall.hall import open_hall
from protocol.process.whole_files import write_whole

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands, Parser


def register(commands: "Commands") -> None:
    backup = commands.add_parser(
        "backup",
        help="make a backup, checked, and tell kiosks which forms are safe",
        description="Copy the database into an empty folder, or in the place of an earlier backup there, while the "
        "hall works; read the copy back; then tell the kiosks, which drop their copies a day later. Forms in it are "
        "sealed. The key that opens them is in it only with --passphrase-file, guarded by that passphrase.",
        epilog="example: hall backup /mnt/backup/yinling --json",
    )
    backup.add_argument("folder", type=Path, metavar="DIR")
    _passphrase_option(backup)
    common_options(backup, 'print {"made_at", "generation", "safe_arrival", "forms", "files", "keys"} as JSON')
    backup.set_defaults(run=_backup)
    restoring = commands.add_parser(
        "restore",
        help="put a backup back",
        description="Check a backup and put it in the database's place, which is kept aside. Kiosks then offer again "
        "every form that they still have. The hall must not run.",
        epilog="example: hall restore /mnt/backup/yinling",
    )
    restoring.add_argument("folder", type=Path, metavar="DIR")
    restoring.add_argument("--replace", action="store_true", help="also where forms came after the backup")
    _passphrase_option(restoring)
    common_options(restoring, 'print {"made_at", "forms"} as JSON')
    restoring.set_defaults(run=_restore, needs_hall=False)
    key = commands.add_parser(
        "key",
        help="guard a copy of the hall's keys, or bring it back",
        description="Guard a copy of the hall's keys by a passphrase. Without them no stored form can be opened.",
        epilog="example: hall key export /media/usb/hall-keys.json",
    ).add_subparsers(dest="act", required=True, metavar="ACT")
    exporting = key.add_parser(
        "export",
        help="write the keys into a file, guarded by a passphrase",
        description="Write the keys into a new file, guarded by a passphrase. Keep both apart and off this machine.",
        epilog="example: hall key export /media/usb/hall-keys.json",
    )
    importing = key.add_parser(
        "import",
        help="bring the keys back from such a file",
        description="Bring back the keys that are missing here.",
        epilog="example: hall key import /media/usb/hall-keys.json",
    )
    for parser in (exporting, importing):
        parser.add_argument("file", type=Path, metavar="FILE")
        _passphrase_option(parser)
        common_options(parser, "print the key's id as JSON")
    exporting.set_defaults(run=_export)
    importing.set_defaults(run=_import, needs_hall=False)


def _passphrase_option(parser: "Parser") -> None:
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="its first line is the passphrase")


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    made = back_up(open_hall(settings), options.folder, _from_file(options))
    if options.json:
        told = made.model_dump(mode="json", include={"made_at", "generation", "forms", "files", "keys"})
        print(json.dumps({**told, "safe_arrival": made.arrivals}))
        return 0
    print(
        f"{made.forms} forms are in {options.folder}, and were read back. Kiosks hear of it with their next heartbeat."
    )
    if made.keys is None:
        print("The key that opens them is not in it: guard a copy elsewhere with `hall key export FILE`.")
    return 0


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    manifest = restore(settings, options.folder, replace=options.replace, passphrase=_from_file(options))
    if manifest.county != folder_hash(settings.county):
        print("The county's folder is not as it was then: put that back too.", file=sys.stderr)
    if options.json:
        print(json.dumps({"made_at": manifest.made_at.isoformat(), "forms": manifest.forms}))
    else:
        print(f"The backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC is in place, with {manifest.forms} forms.")
        print("Start the hall: kiosks offer again what they still have. What was changed since then is as it was: look")
        print("at `hall staff list` and `hall kiosks`, revoke again who lost their access, enrol again who is missing.")
        print("Everybody logs in anew, and one-time codes of before are good no more.")
    return 0


def _export(settings: Settings, options: argparse.Namespace) -> int:
    if options.file.exists():
        raise SetupError(f"{options.file} is there already: name a new file.")
    hall = open_hall(settings)
    key_id = hall.keys.key_id
    content = guarded(settings.folder, key_id, _from_file(options) or _asked(twice=True))
    try:
        write_whole(options.file, content)
    except OSError as error:
        raise SetupError(f"{options.file} cannot be written ({error.strerror}): name another file.") from error
    with hall.database.write() as session:
        note(session, hall, "console", "key_export", key_id)
    _tell(options, key_id, f"The keys of hall {key_id} are in {options.file}. Keep the passphrase somewhere else.")
    return 0


def _import(settings: Settings, options: argparse.Namespace) -> int:
    try:
        copy = key_copy(options.file.read_bytes(), str(options.file))
    except OSError as error:
        raise SetupError(f"{options.file} cannot be read ({error.strerror}): name another file.") from error
    prepare_folder(settings)
    brought = bring_back(copy, settings.folder, _from_file(options) or _asked(twice=False))
    _tell(options, copy.key_id, f"Brought back: {', '.join(brought) or 'nothing, all of it is here'}.")
    return 0


def _tell(options: argparse.Namespace, key_id: str, sentence: str) -> None:
    print(json.dumps({"key_id": key_id}) if options.json else sentence)


def _from_file(options: argparse.Namespace) -> str | None:
    if options.passphrase_file is None:
        return None
    try:
        text: str = options.passphrase_file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"{options.passphrase_file} cannot be read: name a text file with the passphrase.") from error
    return text.partition("\n")[0].rstrip("\r")


def _asked(*, twice: bool) -> str:
    if not sys.stdin.isatty():
        raise SetupError("There is nobody here to ask for the passphrase: give it with --passphrase-file FILE.")
    passphrase = getpass("Passphrase: ")
    if twice and getpass("Once more: ") != passphrase:
        raise SetupError("These were two different passphrases: begin again.")
    return passphrase
