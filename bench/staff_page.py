"""The staff page in Chromium: how much comes over the line, when a slow tablet shows something useful (the button that
takes a call), and what axe and a finger find on every page in every width and language."""

import json
import sys
from itertools import product
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
from staff_walk import LANGUAGES, PAGES, PANELS, WIDTHS, busy, small_targets, turn_to, violations  # noqa: E402
from tools.result import written  # noqa: E402

LOADS = 5
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


def main() -> None:
    with TemporaryDirectory() as folder:
        hall = HallProcess(Path(folder)).start()
        form = busy(hall)
        browser = start_browser(logs_network=True)
        try:
            page = Page(browser, hall)
            page.log_in(hall.started["pin"])
            page.see("#calls .call")
            found = walk(page, str(form))
            browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
            browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
            browser.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
            lines = {
                name: {"new": loads(browser, hall, line, keeps=False), "known": loads(browser, hall, line, keeps=True)}
                for name, line in (("fast_3g", FAST_3G), ("devtools_fast_3g", DEVTOOLS_3G))
            }
        finally:
            browser.quit()
            hall.stop()
    result = {"bench": "staff_page", "loads": LOADS, "cpu_slower": CPU_SLOWER, **lines, **found}
    print(written("staff_page", result))


def walk(page: Page, form: str) -> dict[str, Any]:
    """What is wrong on every page in every look."""
    looks = [(address, *look) for address in (*PAGES, *PANELS) for look in product(WIDTHS, LANGUAGES)]
    wrong = []
    for address, size, language in looks:
        turn_to(page, address.replace("ID", form), size, language)
        wrong += [f"{address} {size[0]} {language}: {one}" for one in (*violations(page), *small_targets(page))]
    return {"looks": len(looks), "wrong": wrong}


def loads(browser: Chrome, hall: HallProcess, line: dict[str, Any], keeps: bool) -> dict[str, Any]:
    """Medians. `keeps`: the browser was there before and has kept the files."""
    all_loads = [load(browser, hall, line, keeps) for _ in range(LOADS)]
    return {name: round(median(one[name] for one in all_loads)) for name in all_loads[0]}


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
    while browser.execute_script("return document.getElementById('link').textContent") not in ("已连上", "Connected"):
        assert monotonic() < ends, "the stream never began"
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", _NO_LIMIT)
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    got = [one["params"]["encodedDataLength"] for one in events if one["method"] == "Network.loadingFinished"]
    return {"first_paint_ms": first, "useful_ms": useful, "requests": len(got), "kb": sum(got) / 1000}


if __name__ == "__main__":
    main()
