"""What it costs that each form names what it was filled in by: one JSON line, and bench/results/definitions.json.

    python bench/definitions.py

Sizes are bytes, times milliseconds of processor time (median), of the shipped services, one process, SQLite.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from hall_support import RIGHT_ANSWERS, enrolled, settings_in, submission  # noqa: E402
from tools.result import written  # noqa: E402

from backend.definitions.book import DefinitionBook  # noqa: E402
from backend.hall.hall import Hall, open_hall  # noqa: E402
from backend.submissions.intake import take_in  # noqa: E402
from backend.submissions.judging import judge_waiting  # noqa: E402
from forms import load_catalogue  # noqa: E402
from forms.definition import Definition  # noqa: E402
from offline_cache.store import Store  # noqa: E402
from offline_cache.versions.definitions import keep_definition  # noqa: E402

SERVICE, FORMS, TIMES, KEPT = "old-age-allowance", 200, 30, 500


def cpu_ms(do: Callable[[], object], times: int = TIMES) -> float:
    took = []
    for _ in range(times):
        began = process_time()
        do()
        took.append(process_time() - began)
    return round(median(took) * 1000, 2)


def intake_ms(hall: Hall, digest: str | None) -> float:
    forms = [
        (form := uuid4(), submission(hall.keys.public, form, RIGHT_ANSWERS, definition=digest)) for _ in range(FORMS)
    ]
    waiting = iter(forms)
    kiosk = enrolled(hall, f"kiosk-{digest}")
    return cpu_ms(lambda: take_in(hall, *next(waiting), kiosk.signed()), FORMS)


def main() -> None:
    catalogue = load_catalogue(ROOT / "assets")
    made = [Definition.of(catalogue, service) for service in catalogue.services.values()]
    sizes = sorted(len(one.document.encode()) for one in made)
    own = Definition.of(catalogue, catalogue.service(SERVICE))
    found: dict[str, object] = {
        "bytes": {
            "least": sizes[0],
            "median": median(sizes),
            "most": sizes[-1],
            "all": sum(sizes),
            "services": len(sizes),
        },
        "make_ms": cpu_ms(lambda: Definition.of(catalogue, catalogue.service(SERVICE)).hash),
        "read_ms": cpu_ms(lambda: Definition(own.document).catalogue(catalogue)),
    }
    with TemporaryDirectory() as folder:
        hall = open_hall(settings_in(Path(folder)))
        found["intake_ms"] = {"without": intake_ms(hall, None), "its own": intake_ms(hall, own.hash)}
        left = replace(catalogue, services={name: one for name, one in catalogue.services.items() if name != SERVICE})
        with hall.database.write() as session:
            session.connection().exec_driver_sql("DELETE FROM definitions")
        hall.files.now = replace(hall.files.now, catalogue=left)
        hall.files.definitions = DefinitionBook(hall.database, left)
        found["intake_ms"] |= {"lacking": intake_ms(hall, own.hash)}  # type: ignore[operator]
        hall.definitions.keep(own, hall.clock())
        began = process_time()
        learned = judge_waiting(hall, own.hash)
        found["learned_later_ms_a_form"] = round((process_time() - began) * 1000 / learned, 2)
        found["intake_ms"] |= {"brought": intake_ms(hall, own.hash)}  # type: ignore[operator]
        hall.database.close()
        store = Store.open(path := Path(folder) / "kiosk.db")
        opening = {"none": cpu_ms(lambda: Store.open(path).close())}
        with store.transaction() as session:
            for number in range(KEPT):
                keep_definition(session, f"{number:064d}", own.document)
        store.close()
        found["open_store_ms"] = opening | {f"{KEPT} definitions": cpu_ms(lambda: Store.open(path).close())}
        found["store_mb"] = round(path.stat().st_size / 1e6, 1)
    print(written("definitions", found))


if __name__ == "__main__":
    main()
