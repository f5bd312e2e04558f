"""Kill the kiosk's store with SIGKILL again and again while it keeps forms, some of them together; print what was lost
as one JSON line.

    python tests/offline_cache/crash.py --kills 20

Forms whose keeping was interrupted are kept again under their ids by the next process, as a kiosk does that was not
sure.
The first form of each sending is then taken back, which is kept and acknowledged in the same way.
`--acknowledge-early` is the control: it says "kept" before keeping, and so must be seen to lose forms.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select

from offline_cache.parcels.follow_ups import FollowUps
from offline_cache.status import outbox_status
from offline_cache.store import Store
from offline_cache.tables import SubmissionRow
from protocol.after_sending import FollowUp, FollowUpKind
from protocol.levels import By, Claim
from protocol.wire import Submission

CREATED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def form(submission: UUID, bundle: UUID | None = None) -> Submission:
    sealed = submission.bytes * 64
    return Submission(
        service_id="old-age-allowance",
        service_version="1",
        kiosk="crash",
        receipt_number=f"A-{submission}",
        created_at=CREATED,
        sealed=sealed,
        sha256=sha256(sealed).hexdigest(),
        bundle=bundle,
    )


def sending(first: UUID) -> dict[UUID, Submission]:
    """One to three forms that are handed in at once; the id says how many."""
    more = [uuid5(first, str(number)) for number in range(first.int % 3)]
    return {one: form(one, first if more else None) for one in (first, *more)}


def take_back(first: UUID) -> tuple[UUID, FollowUp]:
    """The request, and its id."""
    visitor = Claim(By.SENDER).header(int(CREATED.timestamp()))
    return uuid5(first, "take back"), FollowUp(kind=FollowUpKind.TAKE_BACK, made_at=CREATED, visitor=visitor)


def halved(store: Store) -> int:
    """Of how many sendings a part is there, and not all."""
    with store.transaction() as session:
        numbers = list(session.scalars(select(SubmissionRow.sequence)))
    forms = [one for number in numbers if (one := store.load(number))]
    there = {one.submission for one in forms}
    return sum(not sending(first).keys() <= there for first in {one.body.bundle or one.submission for one in forms})


def keep_until_killed(path: Path, acknowledge: int, early: bool) -> None:
    """Write one line for all forms kept at once to the pipe `acknowledge`; what is in a pipe no kill takes back."""
    intent = os.open(path.with_name("intent"), os.O_RDWR | os.O_CREAT)
    store = Store.open(path)
    unsure = os.pread(intent, 36, 0).decode()
    first = UUID(unsure) if unsure and not early else uuid4()  # who believes an early word never retries
    while True:
        forms = sending(first)
        kept = f"{' '.join(map(str, forms))}\n".encode()
        os.pwrite(intent, str(first).encode(), 0)
        if early:
            os.write(acknowledge, kept)
        store.keep(forms)
        if not early:
            os.write(acknowledge, kept)
        name, request = take_back(first)
        if early:
            os.write(acknowledge, f"{name}\n".encode())
        FollowUps(store).keep(name, first, request)
        if not early:
            os.write(acknowledge, f"{name}\n".encode())
        first = uuid4()


def killed_once(path: Path, random: Random, early: bool) -> list[str]:
    """Fork a kiosk, let it keep some forms, kill it at a random moment; the forms it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            keep_until_killed(path, writing, early)
        finally:  # only an error leads here
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as acknowledged:
        lines = [acknowledged.readline() for _ in range(random.randrange(10))]  # 0: while it opens the store
        time.sleep(random.uniform(0, 0.004))
        os.kill(child, signal.SIGKILL)
        if not os.WIFSIGNALED(os.waitpid(child, 0)[1]):
            sys.exit("The keeping process ended by itself; see above.")
        return "".join([*lines, *acknowledged]).split()


def trials(folder: Path, kills: int, seed: int, early: bool) -> dict[str, int]:
    path, random = folder / "kiosk.db", Random(seed)
    acknowledged = {one for _ in range(kills) for one in killed_once(path, random, early)}
    store = Store.open(path)
    items, asked = store.outbox(), outbox_status(store)["follow_ups"]
    kept = [*(item.submission for item in items), *(one["follow_up"] for one in asked)]
    states = [*(item.state for item in items), *(one["state"] for one in asked)]
    return {
        "kills": kills,
        "acknowledged": len(acknowledged),
        "lost": len(acknowledged - set(kept)),
        "duplicated": len(kept) - len(set(kept)),
        "halved": halved(store),
        "damaged": states.count("damaged"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--acknowledge-early", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(trials(Path(folder), options.kills, options.seed, options.acknowledge_early)))


if __name__ == "__main__":
    main()
