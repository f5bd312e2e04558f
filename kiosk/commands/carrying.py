"""`kiosk outbox export` and `import`: forms and work orders go to the hall on a USB stick, its receipts come back."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands import common

if TYPE_CHECKING:
    from offline_cache.store import Store
    from offline_cache.trust.identity import Identity


def export(store: "Store", options: argparse.Namespace) -> None:
    from offline_cache.carrying.export import export
    from protocol.printable import printable
    from protocol.process.whole_files import NotNewError, check_new, write_whole
    from protocol.sealing import SealError

    file, written = Path(options.what), None
    try:
        check_new(file)
        made = export(store, _identity(), datetime.now(UTC), delivered_too=options.all)
        if made.forms or made.orders:
            write_whole(file, made.content)
            written = printable(str(file))
    except (NotNewError, SealError) as error:
        raise common.CommandError(str(error)) from error
    except OSError as error:
        raise common.CommandError(f"{file} cannot be written ({error.strerror}): take another stick.") from error
    what = f"{made.forms} forms and {made.orders} work orders"
    if written:
        store.audit.note("staff", "exported", str(made.number), what)
    if options.json:
        counts = {"forms": made.forms, "work_orders": made.orders, "damaged": made.damaged, "left": made.left}
        common.print_json({"file": written, "number": made.number, **counts})
        return
    if written:
        print(f"{what} are in {written} (number {made.number}), sealed for the hall. There: hall carry-in.")
        print("They wait here until its receipts come: kiosk outbox import RECEIPTS")
    else:
        print("Nothing waits: nothing was written.")
    if made.left:
        print(f"{made.left} more had no room: once the receipts are here, export again.")
    if made.damaged:
        print(f"{made.damaged} were damaged on this kiosk's disk and cannot be carried.")


def take_receipts(store: "Store", options: argparse.Namespace) -> None:
    from offline_cache.carrying.receipts import ALREADY, DELIVERED, REFUSED, UNKNOWN, take_receipts
    from protocol.carrying.bundle import BundleError
    from protocol.printable import printable

    try:
        counts = take_receipts(store, _identity(), Path(options.what), datetime.now(UTC))
    except BundleError as error:
        raise common.CommandError(str(error)) from error
    delivered = f"{counts[DELIVERED]} forms and work orders"
    store.audit.note("staff", "imported", printable(Path(options.what).name), delivered)
    if options.json:
        common.print_json({name: counts[name] for name in (DELIVERED, ALREADY, REFUSED, UNKNOWN)})
        return
    print(f"{delivered} are delivered now, {counts[ALREADY]} were before.")
    if counts[REFUSED]:
        print(f"The hall did not take {counts[REFUSED]}: kiosk outbox status says which and why.")
    if counts[UNKNOWN]:
        print(f"{counts[UNKNOWN]} receipts are for what is not, or not any more, in this kiosk.")


def _identity() -> "Identity":
    from offline_cache.trust.identity_file import IdentityError, IdentityFile

    try:
        identity = IdentityFile(common.settings().identity_file).read()
    except IdentityError as error:
        raise common.CommandError(str(error)) from error
    if identity is None:
        raise common.CommandError("This kiosk belongs to no hall yet: enrol it first (kiosk enrol CODE --hall URL).")
    return identity
