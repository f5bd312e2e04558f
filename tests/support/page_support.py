"""The staff page in Chromium, as a clerk meets it."""

import pytest
from hall_support import HallProcess
from selenium.webdriver import Chrome

from ui.devtools.stories import staff_page
from ui.devtools.stories.staff_page import WAIT_S, ChromiumMissingError, StaffPage

__all__ = ["WAIT_S", "Page", "start_browser"]


def start_browser(logs_network: bool = False) -> Chrome:
    try:
        return staff_page.start_browser(logs_network=logs_network)
    except ChromiumMissingError:
        pytest.fail("Chromium is missing: run `make setup`.")


class Page(StaffPage):
    """The page of a hall of the tests."""

    def __init__(self, browser: Chrome, hall: HallProcess) -> None:
        self.hall = hall
        super().__init__(browser, hall.started["staff_url"])

    def enter(self, name: str = "李芳") -> None:
        """Logs in by the PIN that the console shows, which is another one afterwards."""
        self.log_in(self.hall.started["pin"], name)
        self.see("#heading", "叫人")
        self.hall.started["pin"] = self.hall.next_line()["pin"]

    def log_in(self, pin: str, name: str = "李芳") -> None:
        super().log_in(pin, name)
