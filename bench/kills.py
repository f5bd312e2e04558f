"""Kiosk and hall through `kill -9`, nothing lost and nothing doubled: one JSON line, bench/results/kills.json.

    python bench/kills.py [--kills 200] [--controls 40] [--seed 1] [--only RUN] [--postgresql URL] [--out FILE]

`kiosk`: the real service, store, client and worker of an enrolled kiosk are killed while they keep forms, calls and
drafts and bring them to a real `hall serve`: while opening, writing, sending, and between the hall's answer and the
mark that it came. `hall`: `hall serve` is killed while four kiosks and a clerk are at work, with one and two workers,
the whole process group or the parent alone. A form counts as acknowledged once a visitor would be told that it is
kept, or a kiosk has the hall's receipt. `died` counts what the killed process was at.

The controls, which have to fail: a hall whose table of forms has no primary key doubles them; a kiosk that says "kept"
before it keeps loses them. Each is the same run with `--controls` kills.
"""

import argparse
import json
import logging
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support"), str(ROOT / "bench")]

from hall_load import database as empty_database  # noqa: E402
from hall_support import HallProcess, settings_in  # noqa: E402
from killing.clerk import clerk  # noqa: E402
from killing.kiosk import SENDING, VISITOR, Kiosk  # noqa: E402
from killing.tally import tally, told  # noqa: E402
from killing.told import hear_all  # noqa: E402
from sqlalchemy import select, text  # noqa: E402

from backend.foundation.database import Database  # noqa: E402
from backend.hall.hall import Hall, open_hall  # noqa: E402
from backend.kiosks.enrolment import give_code  # noqa: E402
from backend.submissions.tables import Submission  # noqa: E402

# Of a kiosk, after which word it is killed, and within how many seconds.
MOMENTS = {"starts": 0.3, "writes": 0.05, "kept": 0.1, "sends": 0.03, "answered": 0.01, "calls": 0.03}
AT_WORK = {"starts": "opening", "writes": "writing", "sends": "sending", "answered": "between answer and mark"}
TURNS = ((1, False), (1, False), (2, True), (1, False), (1, False), (2, False))  # workers, whole group or parent alone
KIOSKS = 4  # at a hall that is killed


@contextmanager
def new_hall(server: str, *, unique: bool) -> Iterator[HallProcess]:
    """A running hall with empty tables on a real disk (/tmp may be memory)."""
    with TemporaryDirectory(dir=ROOT / "bench") as folder, empty_database(server) as environment:
        (data := Path(folder) / "hall").mkdir()
        hall = HallProcess(data, environment=environment, enrol="")
        if not unique:
            with opened(hall) as before:
                without_primary_key(before.database)
        try:
            yield hall.start()
        finally:
            hall.stop()


@contextmanager
def opened(hall: HallProcess) -> Iterator[Hall]:
    """The same hall in this process."""
    here = open_hall(settings_in(hall.folder).model_copy(update={"database_url": database_url(hall)}))
    try:
        yield here
    finally:
        here.database.close()


def database_url(hall: HallProcess) -> str:
    return hall.environment.get("YINLING_HALL_DATABASE_URL", f"sqlite:///{hall.folder / 'hall.db'}")


def without_primary_key(database: Database) -> None:
    """The control: the table of forms takes the same form again."""
    if database.engine.dialect.name == "postgresql":
        change = ("ALTER TABLE submissions DROP CONSTRAINT submissions_pkey",)
    else:
        change = (
            "CREATE TABLE bare AS SELECT * FROM submissions",
            "DROP TABLE submissions",
            "ALTER TABLE bare RENAME TO submissions",
        )
    with database.write() as session:
        for statement in change:
            session.execute(text(statement))


def new_kiosk(hall: HallProcess, name: str, seed: int, *, early: bool = False) -> Kiosk:
    with opened(hall) as here:
        code, _ = give_code(here, name, approved=True)
    return Kiosk(hall.folder.parent / name, name, hall.url, code, seed=seed, early=early)


def kill_kiosk(hall: HallProcess, kills: int, seed: int, *, early: bool = False) -> dict[str, object]:
    """Kill a kiosk again and again."""
    kiosk, random, died = new_kiosk(hall, "kiosk-1", seed, early=early), Random(seed), Counter[str]()
    for _ in range(kills):
        kiosk.process.start()
        word = random.choice(list(MOMENTS))
        kiosk.process.hear(word, 1 if word in ("starts", "calls") else random.randrange(1, 5))
        sleep(random.uniform(0, MOMENTS[word]))
        kiosk.process.kill()
        died.update(AT_WORK.get(kiosk.process.last_of(words), "") for words in (VISITOR, SENDING))
    kiosk.deliver_all()
    with opened(hall) as here:
        return {"kills": kills, "died": {what: died[what] for what in AT_WORK.values()}} | tally(here, [kiosk])


def kill_hall(hall: HallProcess, kills: int, seed: int) -> dict[str, object]:
    """Kill the hall again and again, while forms are on their way to it."""
    random, died, gone = Random(seed), Counter[str](), 0
    kiosks = [new_kiosk(hall, f"kiosk-{number}", seed) for number in range(KIOSKS)]
    staff = clerk(hall, seed=seed)
    at_work = [*(kiosk.process for kiosk in kiosks), staff]
    for process in at_work:
        process.start()
    for number in range(kills):
        _, whole_group = TURNS[number % len(TURNS)]
        enough = answers(kiosks) + random.randrange(1, 8)
        hear_all(at_work, partial(have_answers, kiosks, enough))
        hear_all(at_work, partial(are_sending, kiosks))
        sleep(random.uniform(0, 0.02))
        if whole_group:
            os.killpg(hall.process.pid, signal.SIGKILL)
        hall.stop(signal.SIGKILL)
        hear_all(at_work, lambda: True)
        died["with forms on their way"] += are_sending(kiosks)
        gone += len(set(told(kiosks, "answered")) - forms_in(database_url(hall)))
        hall.options = ("--workers", str(TURNS[(number + 1) % len(TURNS)][0]))
        hall.start()
    for process in at_work:
        process.kill()
    for kiosk in kiosks:
        kiosk.deliver_all()
    with opened(hall) as here:
        return {"kills": kills, "died": dict(died), "gone_after_a_kill": gone} | tally(here, kiosks, staff)


def are_sending(kiosks: list[Kiosk]) -> bool:
    return any(kiosk.process.last_of(SENDING) == "sends" for kiosk in kiosks)


def answers(kiosks: list[Kiosk]) -> int:
    return sum(kiosk.process.counts["answered"] for kiosk in kiosks)


def have_answers(kiosks: list[Kiosk], count: int) -> bool:
    return answers(kiosks) >= count


def forms_in(url: str) -> set[str]:
    """Read beside the hall, which is not running."""
    with closing(Database(url)) as database, database.read() as session:
        return {str(one) for one in session.scalars(select(Submission.id))}


# Who is killed, and whether the hall's table of forms has its primary key.
RUNS: dict[str, tuple[Callable[[HallProcess, int, int], dict[str, object]], bool]] = {
    "kiosk": (kill_kiosk, True),
    "hall": (kill_hall, True),
    "kiosk_at_a_hall_without_key": (kill_kiosk, False),
    "hall_without_key": (kill_hall, False),
    "kiosk_that_says_so_early": (partial(kill_kiosk, early=True), True),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="of each side")
    parser.add_argument("--controls", type=int, default=40, help="kills in each control")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", default="", metavar="URL", help="a server of it, as one who may make databases")
    parser.add_argument("--only", choices=RUNS, help="one of the runs")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "results" / "kills.json")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    begin = perf_counter()
    result: dict[str, object] = {"bench": "kills", "database": "postgresql" if options.postgresql else "sqlite"}
    for name, (kill, unique) in RUNS.items():
        kills = options.kills if name in ("kiosk", "hall") else options.controls
        if kills and options.only in (None, name):
            with new_hall(options.postgresql, unique=unique) as hall:
                result[name] = kill(hall, kills, options.seed)
    result["seconds"] = round(perf_counter() - begin)
    print(json.dumps(result))
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
