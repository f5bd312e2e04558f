"""What several services ask is one question of `fields.yaml`, so that an answer to it can be offered again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml
from project import ASSETS

Question = Mapping[str, Any]
SHARED: dict[str, Question] = {
    name: body
    for name, body in yaml.safe_load((ASSETS / "fields.yaml").read_text("utf-8")).items()
    if "together" not in body
}


def questions(steps: Iterable[Question]) -> Iterator[Question]:
    for step in steps:
        yield from questions(step["steps"]) if "repeat" in step else (step,)


def asked() -> Iterator[tuple[str, Question]]:
    for path in sorted((ASSETS / "services").glob("*.yaml")):
        service = yaml.safe_load(path.read_text("utf-8"))
        yield from ((service["id"], step) for step in questions(service.get("steps", ())))


def choices(question: Question) -> tuple[str, ...]:
    return tuple(sorted(one["id"] for one in question.get("choices", ())))


def test_no_question_is_written_twice() -> None:
    """By label and answers; or by three answers or more in the same words."""
    written = [("fields.yaml", body) for body in SHARED.values()]
    alike = defaultdict(set)
    for where, one in [*written, *((service, step) for service, step in asked() if "use" not in step)]:
        alike[one["type"], one["label"]["zh"], choices(one)].add(where)
        words = tuple(choice["label"]["zh"] for choice in one.get("choices", ()))
        if len(words) > 2:
            alike[words].add(where)
    assert {what: where for what, where in alike.items() if len(where) > 1} == {}


def test_an_answer_fits_wherever_its_question_is_used() -> None:
    """Other words are fine there; another kind of answer or other choices would be another question."""
    used = [(service, step, SHARED[step["use"]]) for service, step in asked() if step.get("use") in SHARED]
    assert used
    for service, step, shared in used:
        assert step.get("type", shared["type"]) == shared["type"], (service, step["use"])
        assert choices(step) in ((), choices(shared)), (service, step["use"])
