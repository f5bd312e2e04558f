"""Accounts on the staff page, in a real browser."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import requests
from accounts_support import PIN
from hall_support import RIGHT_ANSWERS, HallProcess, call_request, submission
from page_support import Page
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

WIDTHS = (390, 768, 1280)
ASKED_SINCE = """
    const later = performance.getEntriesByType("resource").filter((one) => one.startTime > arguments[0]);
    return later.map((one) => new URL(one.name).pathname);"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., HallProcess]:
    hall = HallProcess(tmp_path_factory.mktemp("hall")).start()
    yield hall
    hall.stop()


@pytest.fixture
def desk(browser: Chrome, hall: HallProcess) -> Page:
    """赵敏, an admin who gets in by the PIN of the console, as often as a test needs her."""
    page = Page(browser, hall)
    page.enter("赵敏")
    return page


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        box = page.see(f"#panel [name={name}]") if page.text("#panel") else page.see(f"#first-form [name={name}]")
        box.clear()
        box.send_keys(value)


def add(page: Page, name: str, role: str = "staff") -> str:
    """An account from the view of accounts, and the code that it shows."""
    page.go("accounts")
    page.press("#account-add")
    fill(page, name=name)
    page.press(f"#panel [value={role}]")
    page.press("#panel .primary")
    code = page.see("#panel .code").text
    page.press("#panel .primary")
    return code


def first_login(page: Page, name: str, code: str, pin: str = PIN) -> None:
    page.press("#first-open")
    fill(page, name=name, code=code, pin=pin, again=pin)
    page.press("#first-form .primary")


def test_an_admin_adds_somebody_who_chooses_a_pin_and_does_not_see_the_accounts(desk: Page) -> None:
    code = add(desk, "钱一")
    desk.see('[data-account="钱一"]', "还没设密码")
    desk.press("#logout")
    first_login(desk, "钱一", code, "123456")
    desk.see("#first-error", "太好猜")
    fill(desk, pin=PIN, again=PIN)
    desk.press("#first-form .primary")
    desk.see("#me", "钱一")
    assert desk.text("#nav [data-page=accounts]") is None
    desk.press("#logout")
    desk.log_in(PIN, "钱一")
    desk.see("#me", "钱一")


def test_a_pin_that_was_reset_ends_the_open_page_at_once(desk: Page, hall: HallProcess) -> None:
    code = add(desk, "孙二")
    other = requests.Session()
    login = {"name": "孙二", "code": code, "pin": PIN}
    other.post(f"{hall.url}/staff/first-pin", json=login, headers={"X-Staff-Page": "1"}, timeout=10).raise_for_status()
    with other.get(f"{hall.url}/staff/events", stream=True, timeout=10) as stream:
        lines = stream.iter_lines()
        assert next(lines) == b"event: ready"
        desk.browser.refresh()
        desk.press('[data-account="孙二"] button')
        desk.press("#account-reset")
        assert desk.see("#panel .code").text != code
        assert b"event: call" not in list(lines)  # it ended: else this would wait for ever
    assert other.get(f"{hall.url}/staff/me", timeout=10).status_code == 401


def test_somebody_without_a_pin_is_offered_one_and_two_that_differ_are_told(desk: Page, hall: HallProcess) -> None:
    desk.press("#choose-pin")
    fill(desk, pin=PIN, again="730165")
    desk.press("#panel .primary")
    desk.see("#panel .error", "不一样")


def test_calls_ring_over_the_login_page_of_a_browser_that_was_in_before(desk: Page, hall: HallProcess) -> None:
    form = uuid4()  # of which the board would hear a second time in a moment
    body = submission(hall.public_key, form, RIGHT_ANSWERS).model_dump_json()
    hall.ask("PUT", f"/submissions/{form}", body).raise_for_status()
    desk.press("#logout")
    desk.see("#login-name")
    logged_out = desk.browser.execute_script("return performance.now()")
    call = f"/calls/{uuid4()}"
    hall.ask("PUT", call, call_request()).raise_for_status()
    desk.see("#login-calls", "1 个人在叫")
    asked: list[str] = desk.browser.execute_script(ASKED_SINCE, logged_out)
    assert {path for path in asked if not path.startswith("/staff/static/")} == {"/staff/ringing"}
    assert "柳林村" not in desk.browser.page_source
    hall.ask("PUT", call, call_request(moves=["cancel"])).raise_for_status()
    desk.gone("#login-calls")


def test_the_page_warns_ten_minutes_before_the_login_ends(desk: Page, hall: HallProcess) -> None:
    assert desk.text("#ending") is None
    soon = datetime.now(UTC) + timedelta(minutes=9)
    with sqlite3.connect(hall.folder / "hall.db", timeout=10) as database:
        database.execute("UPDATE staff_sessions SET ends_at = ?", (soon.strftime("%Y-%m-%d %H:%M:%S.000000"),))
    desk.browser.refresh()
    desk.see("#ending", "再过 8 分")
    desk.press("#ending")
    assert desk.see("#login-name").get_property("value") == "赵敏"


def test_nothing_runs_off_the_side(desk: Page) -> None:
    name = "很长很长很长很长很长很长很长很长很长的名"
    add(desk, name, "lead")
    shows = {
        f'[data-account="{name}"] button': "#account-reset",
        "#me": "#change-pin",
        "#logout": "#login-form",
        "#first-open": "#first-form",
    }
    for press, seen in shows.items():
        desk.press(press)
        desk.see(seen)
        for width in WIDTHS:
            metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            desk.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            assert desk.browser.execute_script("return document.documentElement.scrollWidth") <= width, (press, width)
        desk.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        desk.see("body").send_keys(Keys.ESCAPE)


def test_ones_own_badge_is_large_enough_for_a_scanner(desk: Page) -> None:
    desk.browser.execute_script("const w = setTimeout; window.setTimeout = (f, ms) => w(f, ms === 120000 ? 500 : ms)")
    desk.press("#me")
    desk.press("#show-badge")
    desk.see("#panel", "扫码器")
    desk.browser.execute_script("document.getElementById('badge').append('of now')")
    desk.see("#badge", "of now")
    WebDriverWait(desk.browser, 10, 0.05).until(  # it is made anew, as the hall takes a fresh one only
        lambda _: desk.text("#badge") == "", "the badge stays as it was"
    )
    for width in WIDTHS:
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        desk.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        assert min(desk.see("#badge").size.values()) >= 300, width
        assert desk.browser.execute_script("return document.documentElement.scrollWidth") <= width
    desk.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    desk.see("body").send_keys(Keys.ESCAPE)
