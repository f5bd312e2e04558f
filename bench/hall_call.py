"""From a kiosk's PUT of a call until a staff page in Chromium shows it, and until the kiosk can read "notified". Beside
it are as many kiosks as it takes for none to call too often. On many pages at once: hall_pages.py."""

import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

import requests

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]
from hall_support import JSON_BODY, HallProcess, SigningKiosk, call_request, enrolled, settings_in  # noqa: E402
from page_support import Page, start_browser  # noqa: E402
from tools.result import written  # noqa: E402

from backend.hall.hall import open_hall  # noqa: E402

CALLS, KIOSKS = 50, 10


def one_call(page: Page, kiosk: SigningKiosk) -> tuple[float, float]:
    """Milliseconds until shown and until notified; the call is cancelled afterwards."""
    path, shown_call = f"/calls/{(call := uuid4())}", f"[data-call='{call}']"

    def ask(method: str, body: str = "") -> requests.Response:
        return requests.request(method, page.hall.url + path, data=body, headers=JSON_BODY, timeout=10, auth=kiosk)

    began = perf_counter()
    ask("PUT", call_request()).raise_for_status()
    while page.text(shown_call) is None:
        pass
    shown = perf_counter() - began
    while ask("GET").json()["state"] != "notified":
        pass
    notified = perf_counter() - began
    ask("PUT", call_request(moves=["cancel"])).raise_for_status()
    page.gone(shown_call)
    return shown * 1000, notified * 1000


def main() -> None:
    with TemporaryDirectory() as folder, start_browser() as browser:
        at_first = open_hall(settings_in(Path(folder)))
        kiosks = [enrolled(at_first, f"{number}号机") for number in range(KIOSKS)]
        at_first.database.close()
        hall = HallProcess(Path(folder)).start()
        try:
            page = Page(browser, hall)
            page.enter()
            page.see("#link", "已连上")
            times = [one_call(page, kiosks[turn % KIOSKS]) for turn in range(CALLS)]
        finally:
            hall.stop()
    shown, notified = zip(*times, strict=True)
    result = {
        "bench": "hall_call",
        "calls": CALLS,
        "shown_ms": {"p50": round(median(shown)), "max": round(max(shown))},
        "notified_ms": {"p50": round(median(notified)), "max": round(max(notified))},
    }
    print(written("hall_call", result))


if __name__ == "__main__":
    main()
