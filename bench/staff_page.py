"""The staff page in Chromium: how much comes over the line, and when a slow tablet shows something useful (the button
that takes a call). What axe and a finger find: bench/staff_page_walk.py.

    python bench/staff_page.py [--loads 5]

Medians of the loads. `html_ms`, `style_ms` and `script_ms`: when each has come over the line; what is left until
`useful_ms` is the tablet's own work, at a quarter of this machine's speed.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from hall_support import HallProcess  # noqa: E402
from page_support import Page, start_browser  # noqa: E402
from selenium.webdriver import Chrome  # noqa: E402
from staff_walk import busy  # noqa: E402
from tools.result import written  # noqa: E402

CPU_SLOWER = 4
FAST_3G = {"latency": 150, "downloadThroughput": 1_600_000 // 8, "uploadThroughput": 768_000 // 8, "offline": False}
DEVTOOLS_3G = FAST_3G | {"latency": 562.5, "downloadThroughput": 1_440_000 // 8, "uploadThroughput": 675_000 // 8}
_NO_LIMIT = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1, "offline": False}
WITHIN_S = 30.0
_WATCH = """
    const seen = () => {
      const isShown = document.querySelector(".call .first")?.checkVisibility();
      if (isShown) requestAnimationFrame(() => { window.usefulAt ??= performance.now(); });
      else requestAnimationFrame(seen);
    };
    seen();"""

_CAME = """
    const files = performance.getEntriesByType("resource");
    const end = (name) => files.find((one) => one.name.endsWith(name)).responseEnd;
    const [page] = performance.getEntriesByType("navigation");
    return { html_ms: page.responseEnd, style_ms: end("/staff.css"), script_ms: end("/page.js") };"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=5)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        hall = HallProcess(Path(folder)).start()
        busy(hall)
        browser = start_browser(logs_network=True)
        try:
            page = Page(browser, hall)
            page.log_in(hall.started["pin"])
            page.see("#calls .call")
            browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
            browser.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
            lines = {
                name: {
                    "new": loads(browser, hall, line, asked.loads, keeps=False),
                    "known": loads(browser, hall, line, asked.loads, keeps=True),
                }
                for name, line in (("fast_3g", FAST_3G), ("devtools_fast_3g", DEVTOOLS_3G))
            }
        finally:
            browser.quit()
            hall.stop()
    result = {"bench": "staff_page", "loads": asked.loads, "cpu_slower": CPU_SLOWER, **lines}
    print(written("staff_page", result))


def loads(browser: Chrome, hall: HallProcess, line: dict[str, Any], count: int, *, keeps: bool) -> dict[str, Any]:
    """Medians. `keeps`: the browser was there before and has kept the files."""
    all_loads = [load(browser, hall, line, keeps) for _ in range(count)]
    return {name: round(median(one.get(name, 0.0) for one in all_loads)) for name in all_loads[0]}


def load(browser: Chrome, hall: HallProcess, line: dict[str, Any], keeps: bool) -> dict[str, float]:
    browser.get("about:blank")
    browser.execute_cdp_cmd("Network.enable", {})
    if not keeps:
        browser.execute_cdp_cmd("Network.clearBrowserCache", {})
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", line)
    browser.get_log("performance")
    browser.get(hall.started["staff_url"])
    ends = monotonic() + WITHIN_S
    while (useful := browser.execute_script("return window.usefulAt ?? null")) is None:
        assert monotonic() < ends, "nothing useful was ever shown"
    first = browser.execute_script("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
    came = browser.execute_script(_CAME)
    while browser.execute_script("return document.getElementById('link').textContent") not in ("已连上", "Connected"):
        assert monotonic() < ends, "the stream never began"
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", _NO_LIMIT)
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    got = [one["params"] for one in events if one["method"] == "Network.loadingFinished"]
    kinds = {
        one["params"]["requestId"]: one["params"]["type"]
        for one in events
        if one["method"] == "Network.responseReceived"
    }
    kb = Counter[str]()
    for one in got:
        kb[f"{kinds.get(one['requestId'], 'Other').lower()}_kb"] += one["encodedDataLength"] / 1000
    times = {**came, "first_paint_ms": first, "useful_ms": useful}
    return {**times, "requests": len(got), "kb": kb.total(), **dict(sorted(kb.items()))}


if __name__ == "__main__":
    main()
