"""From the kiosk's PUT of a call until a staff page in Chromium shows it, and until the kiosk can read "notified"."""

import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from hall_support import HallProcess, call_request  # noqa: E402

CALLS = 50
IS_SHOWN = "return document.querySelector(`[data-call='${arguments[0]}']`)?.checkVisibility() ?? false"


def open_page(hall: HallProcess) -> Chrome:
    options = ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(option)
    browser = Chrome(options, Service("/usr/bin/chromedriver"))
    browser.implicitly_wait(20)
    browser.get(hall.started["staff_url"])
    browser.find_element(By.ID, "login-name").send_keys("李芳")
    browser.find_element(By.ID, "login-pin").send_keys(hall.started["pin"])
    browser.find_element(By.CSS_SELECTOR, "#login .primary").click()
    browser.find_element(By.XPATH, "//*[@id='link'][text()='已连上']")
    return browser


def one_call(hall: HallProcess, browser: Chrome) -> tuple[float, float]:
    """Milliseconds until shown and until notified; the call is cancelled afterwards."""
    path = f"/calls/{(call := uuid4())}"
    began = perf_counter()
    hall.ask("PUT", path, call_request()).raise_for_status()
    while not browser.execute_script(IS_SHOWN, str(call)):
        pass
    shown = perf_counter() - began
    while hall.ask("GET", path).json()["state"] != "notified":
        pass
    notified = perf_counter() - began
    hall.ask("PUT", path, call_request(moves=["cancel"])).raise_for_status()
    while browser.execute_script(IS_SHOWN, str(call)):
        pass
    return shown * 1000, notified * 1000


def main() -> None:
    with TemporaryDirectory() as folder:
        hall = HallProcess(Path(folder)).start()
        browser = open_page(hall)
        try:
            times = [one_call(hall, browser) for _ in range(CALLS)]
        finally:
            browser.quit()
            hall.stop()
    shown, notified = zip(*times, strict=True)
    result = {
        "bench": "hall_call",
        "calls": CALLS,
        "shown_ms": {"p50": round(median(shown)), "max": round(max(shown))},
        "notified_ms": {"p50": round(median(notified)), "max": round(max(notified))},
    }
    print(json.dumps(result))
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    (ROOT / "bench" / "results" / "hall_call.json").write_text(json.dumps(result) + "\n", "utf-8")


if __name__ == "__main__":
    main()
