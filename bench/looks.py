"""Every screen in every look, upright and lying, on a 27 and a 15 inch panel: what the layout checks find.

`tests/ui/devtools/test_geometry.py` takes each screen in one contrast a look; here each is taken in all three. One JSON
line, and bench/results/looks.json; exit 1 when anything is wrong. `--contrast`, `--text`, `--lang` and `--reach lower`
choose; `--only` draws the screens alone whose name a regular expression finds.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "qt.multimedia.*=false"
ROOT = Path(__file__).resolve().parents[1]
INCHES = (27, 15)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("contrast", "text", "lang", "reach"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--only", default="")
    given = {name: value for name, value in vars(parser.parse_args()).items() if value}
    only = given.pop("only", "")
    from ui.processes.application import application

    application()
    began, looks, screens, problems = time.process_time(), 0, 0, []
    for name, taken, found in _walks(given, only):
        looks, screens = looks + 1, screens + taken
        problems += [f"{name}: {one}" for one in found]
        print(f"{name}: {taken} screens, {len(found)} problems", file=sys.stderr, flush=True)
    result = {
        "bench": "looks",
        "only": only,
        "looks": looks,
        "screens": screens,
        "problems": problems,
        "processor_s": round(time.process_time() - began),
    }
    print(json.dumps(result, ensure_ascii=False))
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (ROOT / "bench" / "results" / "looks.json").write_text(text + "\n", "utf-8")
    return 1 if problems else 0


def _walks(given: dict[str, str], only: str) -> Iterator[tuple[str, int, list[str]]]:
    """The name of the look, how many screens it has, and what is wrong with them."""
    from forms import load_catalogue
    from kiosk.entry.pinyin import PinyinTable
    from kiosk.texts.strings import Texts
    from ui.devtools.screenshots import Panel, Studio, every_set

    assets = ROOT / "assets"
    data = load_catalogue(assets), Texts.load(assets), PinyinTable.load(assets)
    for inches in INCHES:
        for name, look, panel in every_set(Panel((1080, 1920), inches * 25.4), **given):
            studio = Studio(*data, look, panel)
            taken = studio.inspect_all(only)
            studio.window.close()
            yield f"{inches} inch {name}", taken, [str(one) for one in studio.problems]


if __name__ == "__main__":
    sys.exit(main())
