"""Staff at the real staff page: what they do in a story is pressed and read there. Needs Selenium and Chromium."""

from contextlib import ExitStack
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from kiosk.processes.embedded_hall import EmbeddedHall
from ui.devtools.stories.desk import OTHERWISE, StaffDesk
from ui.devtools.stories.qr_code import read_svg
from ui.devtools.stories.staff_page import WAIT_S, StaffPage, start_browser

SIZE_PX = (1280, 1000)
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
_WORDS = "return JSON.parse(document.getElementById('start').textContent).words"


class PressingDesk(StaffDesk):
    """With a browser of its own."""

    failures = (WebDriverException,)

    def __init__(self, hall: EmbeddedHall, name: str, pin: str) -> None:
        self._name, self._browser = name, start_browser(SIZE_PX)
        with ExitStack() as not_begun:
            not_begun.callback(self.close)
            self._page = StaffPage(self._browser, hall.staff_url)
            self._words: dict[str, list[str]] = self._browser.execute_script(_WORDS)  # Chinese and English
            self._page.log_in(pin, name)
            self._page.see("#heading", "叫人")
            not_begun.pop_all()

    def calls(self, need: str = "") -> bool:
        ringing = self._page.text("#calls .ringing")
        return ringing is not None and (not need or self._words[f"need_{need}"][0] in ringing)

    def ringing(self) -> int:
        return len(self._browser.find_elements(By.CSS_SELECTOR, "#calls .ringing"))

    def phone_back(self) -> str:
        self._page.press("#calls [aria-label^=打电话]")
        self._page.press("#calls [aria-label^=看电话号码]")
        return self._page.see("#calls [data-number] a").text

    def set_out(self) -> None:
        self._page.press("#calls .ringing .first")
        self._page.see("#calls .coming", f"{self._name} 正在过去")

    def arrive(self) -> None:
        self._page.press("#calls [aria-label^=我到了]")
        self._page.see("#calls .coming", f"{self._name} 到了")

    def resolve(self) -> None:
        self._page.press("#calls [aria-label^=办完了]")
        self._page.gone("#calls .call")

    def orders(self) -> int:
        return int(self._page.text('#nav a[data-page="orders"] .count') or 0)

    def open_order(self, number: str) -> None:
        self._page.go("orders")
        self._page.press(f'[data-order="{number}"] a')
        self._page.see("#order-play")

    def hear_order(self) -> None:
        self._page.press("#order-play")
        played = "const sound = document.querySelector('#order-player audio'); return sound && sound.currentTime > 0"
        WebDriverWait(self._browser, WAIT_S).until(lambda browser: browser.execute_script(played), "nothing is played")

    def write_order_down(self, words: str) -> None:
        self._page.write("#order-words-text", words)
        self._page.press("#order-write")
        self._page.see("#order .said", words)
        self._page.gone("#order-play")

    def answer_order(self, answer: str, change: str) -> None:
        Select(self._page.see("#order-change")).select_by_value(change)
        self._page.write("#order-answer-text", answer)
        self._page.see("#order-preview", answer)
        self._page.press("#order-answer")
        self._page.see("#order-close")

    def forms(self) -> int:
        if self._page.text("#submissions") is None:
            self._page.go("forms")
        self._page.see("#submissions .empty, #submissions td")
        return len(self._browser.find_elements(By.CSS_SELECTOR, "#submissions [data-submission]"))

    def open_form(self, number: str) -> str:
        self._page.go("forms")
        self._page.follow(number)
        self._page.see("#form_answers td")
        return self._page.see("#main").text

    def move_form(self, status: str, note: str) -> None:
        self._page.press(f"#form_status [value={status}]")
        self._page.write("#note", note)
        self._page.press("#save-status")
        self._page.see("#form_history", note)

    def badge(self) -> str:
        self._page.press("#me")
        self._page.press("#show-badge")
        path = self._page.see("#badge").find_element(By.CSS_SELECTOR, "path").get_attribute("d")
        return read_svg(path or "")

    def choose(self, kind: str, reason: str, *, basis: str = "", own_words: str = "") -> str:
        self._page.press(f"#ruling-{kind}")
        self._page.write("#panel [name=own_words]", own_words)
        for name, chosen in (("reason", reason), ("basis", basis)):
            if chosen:
                Select(self._page.see(f"#ruling-{name}")).select_by_value(chosen)
        if self._page.text("#panel [name=otherwise]") is not None:
            self._page.write("#panel [name=otherwise]", OTHERWISE)
        return "; ".join(self._page.see("#ruling-reads dl", own_words).text.splitlines()[1::2])

    def decide(self) -> None:
        self._page.press("#panel form .primary")
        self._page.gone("#panel")
        self._page.show("#form_ruling")

    def may_agree(self) -> bool:
        return self._page.text("#ruling-agree") is not None

    def agree(self) -> None:
        self._page.press("#ruling-agree")
        self._page.gone("#ruling-agree")
        self._page.show("#form_ruling")

    def look_at_receipt(self, address: str) -> str:
        self._browser.switch_to.new_window("tab")
        self._browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
        self._browser.get(address)
        return self._browser.find_element(By.TAG_NAME, "body").text

    def draw(self, picture: Path) -> bool:
        return self._browser.save_screenshot(str(picture))

    def close(self) -> None:
        self._browser.quit()
