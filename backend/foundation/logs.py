"""One JSON object a line on stderr. No personal data: routes are logged by template, never by address or body."""

import json
import logging
import traceback
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


def set_up_logs() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("yinling.hall").setLevel(logging.INFO)
