"""Kill the kiosk's store with SIGKILL again and again while it keeps forms; print what was lost as one JSON line.

    python tests/offline_cache/crash.py --kills 20

A form whose keeping was interrupted is kept again under its id by the next process, as a kiosk does that was not sure.
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
from uuid import UUID, uuid4

from offline_cache.store import Store
from protocol.wire import Submission

CREATED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def form(submission: UUID) -> Submission:
    sealed = submission.bytes * 64
    return Submission(
        service_id="old-age-allowance",
        service_version="1",
        kiosk="crash",
        receipt_number=f"A-{submission}",
        created_at=CREATED,
        sealed=sealed,
        sha256=sha256(sealed).hexdigest(),
    )


def keep_until_killed(path: Path, acknowledge: int, early: bool) -> None:
    """Write one line for each kept form to the pipe `acknowledge`; what is in a pipe no kill takes back."""
    intent = os.open(path.with_name("intent"), os.O_RDWR | os.O_CREAT)
    store = Store.open(path)
    unsure = os.pread(intent, 36, 0).decode()
    submission = UUID(unsure) if unsure and not early else uuid4()  # who believes an early word never retries
    while True:
        os.pwrite(intent, str(submission).encode(), 0)
        if early:
            os.write(acknowledge, f"{submission}\n".encode())
        store.keep(submission, form(submission))
        if not early:
            os.write(acknowledge, f"{submission}\n".encode())
        submission = uuid4()


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
    items = Store.open(path).outbox()
    kept = [item.submission for item in items]
    return {
        "kills": kills,
        "acknowledged": len(acknowledged),
        "lost": len(acknowledged - set(kept)),
        "duplicated": len(kept) - len(set(kept)),
        "damaged": sum(item.state == "damaged" for item in items),
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
