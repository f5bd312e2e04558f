"""Any requests to every route of a hall, in one JSON line: how many answers were 5xx or are not in its OpenAPI.

    python bench/fuzz.py [--cases 10000] [--seed 1]

It needs schemathesis, which is not among the locked packages: pip install --target DIR schemathesis, and PYTHONPATH=DIR
before the command. Requests come from the hall's own OpenAPI, half of them right by it and half wrong. Four in five
are signed by an enrolled kiosk and have the cookie of an admin, and half of those ask for a form or a call that is
there. The stream of events and the logout are left out. What is wrong is told on standard error, each kind once.
"""

import argparse
import sys
from collections import Counter
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from hall_support import FROM_PAGE, RIGHT_ANSWERS, HallProcess, call_request, submission  # noqa: E402
from tools.result import written  # noqa: E402

STREAM, LOGOUT = "/staff/events", "/staff/logout"
EXAMPLES = 20  # of a route, right or wrong, in one round
THERE = [UUID(int=number) for number in (1, 2, 3)]  # the ids of three forms and three calls


class Fuzz:
    def __init__(self, hall: HallProcess) -> None:
        self._hall, self._staff, self._turn = hall, hall.logged_in(), count()
        self.answers: Counter[int] = Counter()
        self.server_errors: Counter[str] = Counter()
        self.undocumented: Counter[str] = Counter()
        for one in THERE:
            form = submission(hall.public_key, one, RIGHT_ANSWERS)
            hall.ask("PUT", f"/submissions/{one}", form.model_dump_json()).raise_for_status()
            hall.ask("PUT", f"/calls/{one}", call_request()).raise_for_status()

    def send(self, case: Case) -> None:
        turn = next(self._turn)
        known = case.path_parameters.keys() & {"submission_id", "call_id"}
        if known and turn % 2:
            case.path_parameters.update(dict.fromkeys(known, str(THERE[turn % len(THERE)])))
        if turn % 5:
            case.headers.update(FROM_PAGE)
            answer = case.call(session=self._staff, auth=self._hall.kiosk, timeout=30)
        else:
            answer = case.call(timeout=30)
        self.answers[answer.status_code] += 1
        what = f"{answer.status_code} {case.method} {case.operation.path}"
        if answer.status_code >= 500:
            self.server_errors[what] += 1
        if f"{answer.status_code}" not in case.operation.definition.raw["responses"]:
            self.undocumented[what] += 1


def ask(fuzz: Fuzz, operation: APIOperation, mode: GenerationMode, number: int) -> None:
    @seed(number)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Case) -> None:
        fuzz.send(case)

    one()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        hall = HallProcess(Path(folder)).start()
        try:
            fuzz = Fuzz(hall)
            routes = schemathesis.openapi.from_url(f"{hall.url}/openapi.json")
            operations = [found.ok() for found in routes.get_all_operations()]
            wanted = [one for one in operations if one.path not in (STREAM, LOGOUT)]
            rounds = count(options.seed)
            while fuzz.answers.total() < options.cases:
                asked = next(rounds)
                for operation in wanted:
                    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                        with suppress(Unsatisfiable):  # where there is nothing to get wrong
                            ask(fuzz, operation, mode, asked)
        finally:
            hall.stop()
        log = hall.log.read_text("utf-8")
    for what, times in sorted((fuzz.server_errors + fuzz.undocumented).items()):
        print(f"{times} times {what}", file=sys.stderr)
    result = {
        "bench": "fuzz",
        "cases": fuzz.answers.total(),
        "routes": len(wanted),
        "answers": dict(sorted(fuzz.answers.items())),
        "server_errors": fuzz.server_errors.total(),
        "undocumented_kinds": len(fuzz.undocumented),
        "tracebacks": log.count("Traceback"),
    }
    print(written("fuzz", result))


if __name__ == "__main__":
    main()
