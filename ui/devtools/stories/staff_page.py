"""The staff page in Chromium, as a clerk meets it: for stories and tests. Selenium is of the set-up for developers."""

import shutil
from collections.abc import Callable

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

WAIT_S = 10


class ChromiumMissingError(Exception):
    """Chromium or its driver is not on this machine."""


def chromium() -> tuple[str, str]:
    """Where the browser and its driver are. ChromiumMissingError."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        raise ChromiumMissingError
    return browser, driver


def start_browser(size: tuple[int, int] = (1366, 768), logs_network: bool = False) -> Chrome:
    """ChromiumMissingError; WebDriverException where it does not start."""
    binary, driver = chromium()
    options = ChromeOptions()
    options.binary_location = binary
    window = f"--window-size={size[0]},{size[1]}"
    for option in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", window):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"} | ({"performance": "ALL"} if logs_network else {}))
    return Chrome(options, Service(driver))


class StaffPage:
    """The page at this address, with nobody logged in."""

    def __init__(self, browser: Chrome, url: str) -> None:
        self.browser = browser
        browser.delete_all_cookies()
        browser.get(url)
        self.see("#login-name")

    def press(self, selector: str, text: str = "") -> None:
        """Presses the element once it is shown; again when the page drew it anew in between."""
        self._press(lambda: self.see(selector, text))

    def follow(self, link: str) -> None:
        """Presses the link of just these words."""
        self._press(lambda: self.browser.find_element(By.LINK_TEXT, link))

    def _press(self, find: Callable[[], WebElement]) -> None:
        def pressed(_: object) -> bool:
            find().click()
            return True

        not_yet = [StaleElementReferenceException, NoSuchElementException]
        WebDriverWait(self.browser, WAIT_S, poll_frequency=0.05, ignored_exceptions=not_yet).until(pressed)

    def see(self, selector: str, text: str = "", within_s: float = WAIT_S) -> WebElement:
        """Waits until the element is shown with the text in it."""
        wait = WebDriverWait(self.browser, within_s, poll_frequency=0.02)
        wait.until(
            lambda _: self.text(selector) is not None and text in (self.text(selector) or ""),
            f"{selector} {text} is not on the page",
        )
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def gone(self, selector: str) -> None:
        wait = WebDriverWait(self.browser, WAIT_S, poll_frequency=0.02)
        wait.until(lambda _: self.text(selector) is None, f"{selector} is still on the page")

    def text(self, selector: str) -> str | None:
        """What is written in the first such element that is visible, read at one instant; None when there is none."""
        script = """
            const shown = [...document.querySelectorAll(arguments[0])].find((one) => one.checkVisibility());
            return shown ? shown.innerText : null;"""
        text: str | None = self.browser.execute_script(script, selector)
        return text

    def go(self, page: str) -> None:
        """To one of the pages, by the navigation."""
        self.press(f'#nav a[data-page="{page}"]')
        self.see(f'#nav a[data-page="{page}"][aria-current]')

    def open_form(self, form: object) -> None:
        """To the form's own page, by the list of forms."""
        self.go("forms")
        self.press(f'[data-submission="{form}"] a')
        self.see("#form_case")

    def log_in(self, pin: str, name: str) -> None:
        for field, value in (("#login-name", name), ("#login-pin", pin)):
            self.write(field, value)
        self.press("#login .primary")

    def write(self, field: str, value: str) -> None:
        box = self.see(field)
        box.clear()
        box.send_keys(value)

    def show(self, selector: str) -> None:
        """Scrolls until it is in sight."""
        self.browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", self.see(selector))
