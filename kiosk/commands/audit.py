"""`kiosk audit`: what was done at this kiosk, and whether the record of it is whole."""

import argparse
import sys

from kiosk.commands import common
from protocol.chain import Entry, first_bad


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands,
        "audit",
        run,
        "show what was done at this kiosk, or check that the record is whole",
        "kiosk audit verify",
    )
    parser.add_argument("action", choices=("verify", "show"))
    common.json_option(parser)


def run(options: argparse.Namespace) -> int:
    # Loaded here: no other command should wait for the database.
    from offline_cache.audit.heads import held_by_hall
    from offline_cache.store import StoreError
    from offline_cache.versions.rollback import open_store

    try:
        store = open_store(common.settings().store_file)
        held, entries, start = held_by_hall(store), list(store.audit.entries()), store.audit.start()
    except StoreError as problem:
        raise common.CommandError(str(problem)) from problem
    except OSError as problem:
        raise common.CommandError(
            f"{store.audit.path} cannot be read ({problem.strerror}): run this as the kiosk's user."
        ) from problem
    if options.action == "show":
        for one in entries:
            _show(one, options.json)
        return 0
    bad = first_bad(entries, filter(None, [held]), start)
    if options.json:
        common.print_json({"ok": bad is None, "records": len(entries), "first_bad": vars(bad) if bad else None})
    elif bad is None:
        print(f"All {len(entries)} records are as they were written.")
    if bad:
        print(f"{bad.why[:-1]}; tell the county's engineer that this kiosk's files were changed.", file=sys.stderr)
    return 1 if bad else 0


def _show(entry: Entry, as_json: bool) -> None:
    if as_json:
        common.print_json({"sequence": entry.sequence, **entry.record, "hash": entry.hash})
        return
    record = entry.record
    if not entry.hash:
        print(f"{entry.sequence}  (cannot be read)")
        return
    told = " ".join(filter(None, (record[name] for name in ("action", "subject", "detail"))))
    print(f"{entry.sequence}  {record['at'][:19]}Z  {record['who']}  {told}")
