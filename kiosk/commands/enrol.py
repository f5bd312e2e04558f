"""`kiosk enrol`: this kiosk's key is made and shown to the hall."""

import argparse
from datetime import UTC, datetime

from kiosk.commands import common


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands,
        "enrol",
        run,
        "make this kiosk's key and show it to the hall that gave the code (hall enrol NAME)",
        "kiosk enrol ABCD-EFGH-JKMN --hall https://hall.example:8300",
    )
    parser.add_argument("code", nargs="?", metavar="CODE", help="12 letters and digits, good once and for 15 minutes")
    parser.add_argument("--new-key", action="store_true", help="another key, without a code, for one that is enrolled")
    common.hall_option(parser)
    common.json_option(parser)


def run(options: argparse.Namespace) -> int:
    # Loaded here: no other command should wait for the database.
    from kiosk.operations.enrolment import enrol, renew
    from kiosk.operations.hall_access import hall_address
    from offline_cache.hall_client import HallError, HallUnreachable
    from offline_cache.store import StoreError
    from offline_cache.trust.identity_file import IdentityError
    from offline_cache.versions.rollback import open_store
    from protocol.enrolment import CodeError, KioskState

    if bool(options.code) == options.new_key:
        raise common.CommandError("Give the code that hall enrol NAME has printed, or --new-key without one.", 2)
    chosen = common.settings()
    common.as_its_user(chosen.data)
    url = hall_address(chosen, options.hall)
    if not url:
        raise common.CommandError("No hall is set: give --hall URL, or set hall in the settings file.", 2)
    try:
        if options.new_key:
            identity = renew(chosen, url, datetime.now(UTC))
            state = KioskState.APPROVED
        else:
            identity, state = enrol(chosen, open_store(chosen.store_file), options.code, url)
    except CodeError as error:
        raise common.CommandError(str(error), 2) from error
    except HallUnreachable as error:  # nobody tries again by itself here
        why = str(error).removesuffix("; trying again.").removesuffix(".")
        raise common.CommandError(f"{why}: check address and line, then give the same command again.") from error
    except (HallError, StoreError, IdentityError) as error:
        raise common.CommandError(str(error)) from error
    _show(identity.name, identity.fingerprint, state, url, options.json)
    return 0


def _show(name: str, fingerprint: str, state: str, url: str, as_json: bool) -> None:
    if as_json:
        common.print_json({"name": name, "fingerprint": fingerprint, "state": state, "hall": url})
        return
    print(f"This kiosk is {name} at {url}.")
    print(f"Fingerprint of its key: {fingerprint}")
    if state == "waiting":
        print("Compare it with the one on the staff page and let the kiosk in there, or with hall approve NAME.")
        print("Until then forms are kept here, and calls for help are shown.")
