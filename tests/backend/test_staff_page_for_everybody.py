"""The staff page by axe, by finger and by keyboard, on each kind of device."""

from collections.abc import Iterator
from itertools import cycle, product
from uuid import UUID

import pytest
from hall_support import HallProcess
from page_support import Page
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys
from staff_walk import LANGUAGES, PAGES, PANELS, WIDTHS, busy, small_targets, turn_to, violations

# Each page once, in turns in another look; bench/staff_page.py walks all of them in all looks.
SAMPLE = list(zip((*PAGES, *PANELS), cycle(product(WIDTHS, LANGUAGES)), strict=False))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    hall = HallProcess(tmp_path_factory.mktemp("hall")).start()
    yield hall
    hall.stop()


@pytest.fixture(scope="module")
def form(hall: HallProcess) -> UUID:
    return busy(hall)


@pytest.fixture(scope="module")
def desk(browser: Chrome, hall: HallProcess, form: UUID) -> Iterator[Page]:
    page = Page(browser, hall)
    page.log_in(hall.started["pin"])
    page.see("#heading", "叫人")
    yield page
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_script("localStorage.clear()")


@pytest.mark.parametrize(
    ("address", "look"), SAMPLE, ids=[f"{address}-{look[0][0]}-{look[1]}" for address, look in SAMPLE]
)
def test_axe_finds_nothing_and_every_target_is_as_large_as_a_finger(
    desk: Page, form: UUID, address: str, look: tuple[tuple[int, int], str]
) -> None:
    turn_to(desk, address.replace("ID", str(form)), *look)
    assert violations(desk) == []
    assert small_targets(desk) == []
    call, head = (
        desk.browser.execute_script("return document.querySelector(arguments[0]).getBoundingClientRect().top", one)
        for one in (".call .first", "#main")
    )
    assert 0 < call < head, "the call stands above whatever else is shown"


def test_the_whole_page_goes_by_keys(desk: Page, form: UUID) -> None:
    turn_to(desk, "calls", WIDTHS[2], "zh")
    desk.browser.refresh()
    desk.see("#calls .call")
    first = press(desk, Keys.TAB)
    assert first == "跳到这一页的内容"
    assert press(desk, Keys.ENTER) == "叫人", "the skip link leads to the heading"
    reached = {press(desk, Keys.TAB) for _ in range(40)}
    assert {"我来了", "收到的表", "English"} <= {text.split("\n")[0] for text in reached}
    turn_to(desk, f"forms/{form}", WIDTHS[2], "zh")
    desk.press("#show-all")
    assert desk.browser.execute_script("return document.activeElement.id") == "reveal-reason"
    desk.see("#calls .call")
    assert press(desk, Keys.ESCAPE) == "全部显示", "what opened a panel has the focus again"


def press(desk: Page, key: str) -> str:
    """What has the focus then."""
    desk.browser.switch_to.active_element.send_keys(key)
    text: str = desk.browser.execute_script("return document.activeElement.innerText")
    return text
