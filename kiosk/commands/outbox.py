"""`kiosk outbox`: what waits, what was delivered, what was refused and why; forms that are sent, retried, carried."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kiosk.commands import carrying, common

if TYPE_CHECKING:
    from offline_cache.store import Store


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands,
        "outbox",
        run,
        "show what waits for the hall, send it now, send again what it refused, or carry it there on a USB stick",
        "kiosk outbox status --json",
    )
    parser.add_argument("action", choices=("status", "sync", "retry", "export", "import"))
    about = "for retry: the form's receipt number or id; for export: the file to write; for import: the hall's receipts"
    parser.add_argument("what", nargs="?", metavar="ID|FILE", help=about)
    about = (
        "for retry: every refused form; for export: also delivered ones that are still kept, for a hall without them"
    )
    parser.add_argument("--all", action="store_true", help=about)
    common.hall_option(parser)
    common.json_option(parser)


def run(options: argparse.Namespace) -> int:
    # Loaded here: no other command should wait for the database.
    from kiosk.operations.hall_access import hall_address
    from offline_cache.status import kiosk_status, outbox_status
    from offline_cache.store import StoreError
    from offline_cache.trust.identity_file import IdentityFile
    from offline_cache.versions.rollback import open_store

    _check_use(options)
    chosen = common.settings()
    common.as_its_user(chosen.data)
    try:
        store = open_store(chosen.store_file)
        if options.action in _WITH_WHAT:
            _WITH_WHAT[options.action](store, options)
            return 0
        error = _sync(store, hall_address(chosen, options.hall)) if options.action == "sync" else ""
        who = kiosk_status(store, IdentityFile(chosen.identity_file))
        _show({**outbox_status(store), "kiosk": who}, options.json, error)
    except StoreError as problem:
        raise common.CommandError(str(problem)) from problem
    if error:
        raise common.CommandError(error)
    return 0


def _check_use(options: argparse.Namespace) -> None:
    if options.action == "retry" and options.all == bool(options.what):
        raise common.CommandError("Say `kiosk outbox retry ID` for one form, or `kiosk outbox retry --all`.", 2)
    if options.action in ("export", "import") and not options.what:
        raise common.CommandError(f"Say `kiosk outbox {options.action} FILE`.", 2)
    if options.what and options.action not in _WITH_WHAT:
        raise common.CommandError(f"`kiosk outbox {options.action}` takes no name: leave {options.what} out.", 2)
    if options.all and options.action not in ("retry", "export"):
        raise common.CommandError("--all is for `kiosk outbox retry` and `export`: leave it out.", 2)


def _retry(store: "Store", options: argparse.Namespace) -> None:
    from offline_cache.parcels import unfinished

    count = store.retry_refused(options.what) + unfinished.retry_refused(store, options.what)
    if options.what and not count:
        raise common.CommandError(f"No form {options.what} was refused: `kiosk outbox status` names those that were.")
    store.audit.note("staff", "retry", options.what or "all", f"{count} of what was refused")
    if options.json:
        common.print_json({"retried": count})
    elif count == 0:
        print("The hall has refused nothing: there is nothing to send again.")
    else:
        print(f"{count} wait again. The terminal sends them when it runs, or `kiosk outbox sync` now.")


_WITH_WHAT: dict[str, Callable[["Store", argparse.Namespace], None]] = {
    "retry": _retry,
    "export": carrying.export,
    "import": carrying.take_receipts,
}


def _sync(store: "Store", url: str) -> str:
    """One round now; what stood in its way, "" when nothing did."""
    if not url:
        return "No hall is set: give --hall URL, or set hall in the settings file."
    from kiosk.operations.hall_access import hall_client
    from offline_cache.hall_client import HallError, KioskNotAdmitted
    from offline_cache.parcels import unfinished
    from offline_cache.status import note_admission
    from offline_cache.sync import Sync, pin_hall_key

    try:
        client = hall_client(common.settings(), url)
        pin_hall_key(store, client)  # also with nothing to send, whoever asks learns whether the hall is there
        store.all_due()  # a person asks for it
        unfinished.all_due(store)
        summary = Sync(store, client).sync_once(datetime.now(UTC))
        client.who_am_i()  # whether this kiosk is let in
        note_admission(store, None)
    except KioskNotAdmitted as refusal:
        note_admission(store, refusal)
        return str(refusal)
    except HallError as error:
        return str(error)
    return str(summary.error) if summary.error else ""


def _show(status: dict[str, Any], as_json: bool, error: str) -> None:
    if as_json:
        common.print_json({**status, "error": error or None})
        return
    kiosk = status["kiosk"]
    print(f"{kiosk['name'] or 'this kiosk'}: {kiosk['state'].replace('_', ' ')}")
    print(", ".join(f"{count} {state}" for state, count in status.items() if isinstance(count, int)))
    for entry in status["entries"]:
        print("\t".join(str(entry[name] or "") for name in ("receipt_number", "service_id", "state", "last_error")))
    for asked in status["follow_ups"]:
        print("\t".join(str(asked[name] or "") for name in ("kind", "submission", "state", "last_error")))
    for order in status["work_orders"]:
        print("\t".join(["work order", *(str(order[name] or "") for name in ("number", "state", "last_error"))]))
