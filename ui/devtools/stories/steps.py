"""What a story has done, step by step, as report.json tells it."""

from dataclasses import dataclass


class StepFailed(Exception):
    """A step of the demo went wrong; the message says what was seen instead."""


@dataclass(frozen=True)
class DemoStep:
    name: str
    passed: bool
    ms: int
    detail: str
