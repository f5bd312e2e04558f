"""What conditions cost: one JSON line, and bench/results/conditions.json.

    python bench/conditions.py

Microseconds of processor time (median): a condition of two comparisons and a computed value read from its file, and
held against answers that are all there, or not all known yet; a whole form of the old-age allowance judged.
"""

import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from pydantic import TypeAdapter  # noqa: E402
from tools.result import written  # noqa: E402

from forms import load_catalogue, relevant_fields, validate  # noqa: E402
from forms.expressions.conditions import Condition  # noqa: E402
from forms.expressions.facts import Facts  # noqa: E402

TODAY = date(2026, 11, 28)
SHARE = {"quotient": [{"sum": [{"field": "wage"}, {"field": "pension"}]}, {"field": "people"}]}
POOR = {"less_than": [SHARE, {"parameter": "line"}]}
CONDITION = {
    "any": [
        {"all": [{"eq": {"field": "kind", "value": "flat"}}, POOR]},
        {"eq": {"field": "poor", "value": "yes"}},
    ]
}
ALL = {"kind": "flat", "wage": "1200", "pension": "800.50", "people": "3", "poor": "no"}


def cpu_us(do: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(7):
        began = process_time()
        for _ in range(times):
            do()
        took.append((process_time() - began) / times * 1e6)
    return round(median(took), 1)


def facts(answers: dict[str, str]) -> Facts:
    return Facts(answers, {"line": 700}, TODAY, dict.fromkeys(("wage", "pension", "people"), Decimal))


def main() -> None:
    adapter: TypeAdapter[Condition] = TypeAdapter(Condition)
    condition = adapter.validate_python(CONDITION)
    known, unknown = facts(ALL), facts({"kind": "flat", "wage": "1200"})
    catalogue = load_catalogue(ROOT / "assets")
    service = catalogue.service("old-age-allowance")
    answers = {field.id: field.example for field in service.fields}
    found = {
        "read_us": cpu_us(lambda: adapter.validate_python(CONDITION), 2000),
        "known_us": cpu_us(lambda: condition.holds(known), 2000),
        "unknown_us": cpu_us(lambda: condition.holds(unknown), 2000),
        "asked_us": cpu_us(lambda: relevant_fields(catalogue, service, answers, TODAY), 200),
        "form_us": cpu_us(lambda: validate(catalogue, service, answers, TODAY), 100),
    }
    print(written("conditions", found))


if __name__ == "__main__":
    main()
