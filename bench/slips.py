"""Saving for another day and taking it up again: how long each takes, and what a guess at the digits costs a thief.

Prints one JSON line and writes bench/results/slips.json.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tools.result import written

from forms import load_catalogue
from forms.definition import Definition
from kiosk.hall.stored_drafts import StoredDrafts
from kiosk.state.draft import Draft, VisitDraft
from kiosk.state.look import Look
from kiosk.state.slip import CODE_DIGITS
from offline_cache.store import Store

TIMES = 30
YEAR_S = 365.25 * 24 * 3600


def median_ms(do: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        do()
        took.append(time.perf_counter() - began)
    return round(statistics.median(took) * 1000, 1)


def main() -> None:
    answers = {f"field_{number}": "一二三四五六七八" for number in range(15)}
    visit = VisitDraft(
        service="old-age-allowance", version=1, number="400000000002", stage="question", field="name",
        answers=answers, typed=answers, done=tuple(answers), changing=False,
    )  # fmt: skip
    draft = Draft(place="visit", look=Look(), visit=visit)
    catalogue = load_catalogue(Path(__file__).parents[1] / "assets")
    definition = Definition.of(catalogue, catalogue.service("old-age-allowance"))
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "kiosk.db")
        shelf = StoredDrafts(store, 7)
        slip = shelf.save(draft, definition)
        by_key_ms, by_code_ms = median_ms(lambda: shelf.by_key(slip.key)), median_ms(lambda: shelf.by_code(slip.code))
        stretch_ms = median_ms(lambda: shelf._of_code(slip.code))
        found = {
            "save_ms": median_ms(lambda: shelf.save(draft, definition)),
            "by_qr_code_ms": by_key_ms,
            "by_digits_ms": by_code_ms,
            "stretch_ms": stretch_ms,
            "core_years_to_try_all_codes": round(10 ** (CODE_DIGITS - 1) * stretch_ms / 1000 / YEAR_S),
        }
        store.close()
    print(written("slips", found))


if __name__ == "__main__":
    main()
