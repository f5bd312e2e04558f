"""What a bench has found."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[1] / "results"


def written(name: str, result: Mapping[str, Any]) -> str:
    """The result as one JSON line, also kept in bench/results/`name`.json."""
    line = json.dumps(result, ensure_ascii=False)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(line + "\n", encoding="utf-8")
    return line
