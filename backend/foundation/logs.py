"""One JSON object a line on stderr. No personal data: routes are logged by template, never by address or body."""

import json
import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            # An exception's own text may quote what someone typed; its type and place never do.
            last = traceback.extract_tb(record.exc_info[2])[-1:]
            line["error"] = record.exc_info[0].__name__
            line["place"] = [f"{frame.filename}:{frame.lineno}" for frame in last]
        return json.dumps(line, ensure_ascii=False)


class Floods(logging.Filter):
    """Of the same message at most 600 lines at once, and 10 a second for long; then one line says how many there were.

    A stranger who makes the hall write a line must not fill its disk.
    """

    MOST, EACH_S = 600, 10

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}  # by message: how many may still come, as of when
        self._left_out: Counter[str] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        now, kind = self._clock(), str(record.msg)
        left, then = self._left.get(kind, (float(self.MOST), now))
        left = min(left + (now - then) * self.EACH_S, self.MOST)
        self._left[kind] = (max(left - 1, 0.0) if left >= 1 else left, now)
        if left < 1:
            self._left_out[kind] += 1
            return False
        if missed := self._left_out.pop(kind, 0):
            record.fields = {**getattr(record, "fields", {}), "left_out_before": missed}
        return True


def set_up_logs() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    handler.addFilter(Floods())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("yinling.hall").setLevel(logging.INFO)
