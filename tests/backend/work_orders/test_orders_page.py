"""What people could not get done, as a clerk meets it in a browser: heard, written down, answered."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hall_support import HallProcess
from left_orders import NUMBER, sealed
from page_support import WAIT_S, Page
from selenium.webdriver import Chrome
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait
from spoken_sound import spoken
from staff_walk import small_targets, violations

ANSWER = "下周一带身份证来，二号窗口给您办。"
IS_PLAYING = "const one = document.querySelector('#order-player audio'); return one && one.currentTime > 0.2"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    hall = HallProcess(tmp_path_factory.mktemp("hall")).start()
    yield hall
    hall.stop()


@pytest.fixture
def page(browser: Chrome, hall: HallProcess) -> Page:
    """Of a hall with two orders, one of which was spoken."""
    with sqlite3.connect(hall.folder / "hall.db", timeout=10) as database:
        database.execute("DELETE FROM work_orders")
    for number, reason, sound in ((NUMBER, None, spoken(2)), ("400000000010", "machine", b"")):
        name, left = uuid4(), {"number": number, "reason": reason, "sound": sound, "phone": "13987654321"}
        body = sealed(hall.public_key, name, datetime.now(UTC), **left).model_dump_json(exclude_none=True)
        assert hall.ask("PUT", f"/work-orders/{name}", body).status_code == 201
    page = Page(browser, hall)
    page.enter()
    page.go("orders")
    return page


def test_it_is_heard_written_down_and_answered(page: Page) -> None:
    page.press(f'[data-order="{NUMBER}"] a')
    page.press("#order-take")
    page.press("#order-play")
    WebDriverWait(page.browser, WAIT_S, poll_frequency=0.05).until(lambda driver: driver.execute_script(IS_PLAYING))
    page.see("#order-words-text").send_keys("跑了三趟，说查不到")
    page.press("#order-write")
    page.see(".said", "跑了三趟")
    assert page.text("#order-play") is None
    page.see("#order-answer-text").send_keys(ANSWER)
    page.press("#order-answer")
    page.see("#trouble", "选好做了什么")  # nothing is said to have been done by itself
    Select(page.see("#order-change")).select_by_value("passed_on")
    page.see("#order-office").send_keys("民政局")
    page.see("#order-preview", "已经转给民政局去办。")
    page.see("#order-preview", ANSWER)
    assert violations(page) == []
    assert small_targets(page) == []
    page.press("#order-answer")
    page.press("#order-close")
    page.see("#order-reopen")
    page.go("orders")
    page.see("#orders", "400000000010")
    page.gone(f'[data-order="{NUMBER}"]')


def test_what_is_late_is_put_before_a_lead_on_every_page(page: Page) -> None:
    with sqlite3.connect(page.hall.folder / "hall.db", timeout=10) as database:
        database.execute("UPDATE work_orders SET due = '2026-01-05'")
    page.go("kiosks")
    page.browser.refresh()
    page.press("#orders-late a", "2 件过了期")
    page.see(f'[data-order="{NUMBER}"]', "过期了")
