"""`kiosk call`: the staff call without the screen, for a hardware button."""

import argparse
from datetime import UTC, datetime

from kiosk.commands import common

MAX_REASON = 200  # what the wire has room for


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands, "call", run, "call a staff member, as the help button does", "kiosk call --reason 'door button'"
    )
    parser.add_argument("--reason", default="", help="what staff read beside the call")
    common.hall_option(parser)
    common.json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Keeps the call, and sends it when the hall can be reached; a running terminal sends it otherwise. A disk that is
    full keeps nobody from calling."""
    # Loaded here: no other command should wait for the database.
    from kiosk.operations.hall_access import hall_address, hall_client
    from offline_cache.calls import Calls, new_call
    from offline_cache.hall_client import HallError
    from offline_cache.store import Store, StoreError
    from offline_cache.versions.rollback import open_store

    chosen = common.settings()
    url = hall_address(chosen, options.hall)
    if len(options.reason) > MAX_REASON:
        raise common.CommandError(f"The reason may have {MAX_REASON} characters at most: say it more shortly.", 2)
    now = datetime.now(UTC)
    wanted = new_call(chosen.kiosk, "button", None, options.reason, now, phone_here=chosen.phone)
    unkept = ""
    try:
        client = hall_client(chosen, url) if url else None
        try:
            calls = Calls(open_store(chosen.store_file), client)
            call = calls.request(wanted)
        except StoreError as error:
            unkept = f"The call could not be kept here. {error}"
            calls = Calls(Store.in_memory(chosen.store_file), client)
            call = calls.request(wanted)
        view = calls.refresh(now)
    except (StoreError, HallError) as error:
        raise common.CommandError(str(error)) from error
    assert view is not None
    if unkept and not view.reached_hall:
        raise common.CommandError(f"Nobody has the call: go to the counter. {unkept}")
    if options.json:
        common.print_json(
            {"call": str(call), "state": view.state.value, "staff": view.staff, "reached_hall": view.reached_hall}
        )
    elif view.reached_hall:
        print(f"The hall has the call ({view.state.value}).")
    else:
        print("The hall is not reached yet. The call is kept and will be sent when the terminal reaches it.")
    return 0
