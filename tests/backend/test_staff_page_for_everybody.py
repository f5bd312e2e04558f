"""The staff page by axe, by finger and by keyboard, on each kind of device."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import cycle, product
from uuid import UUID, uuid4

import pytest
from hall_support import HallProcess, call_request
from page_support import WAIT_S, Page
from project import ROOT
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait
from staff_walk import LANGUAGES, PAGES, PANELS, WIDTHS, busy, small_targets, turn_to, violations

# Each page once, in turns in another look; bench/staff_page_walk.py walks every state in all looks.
SAMPLE = list(zip((*PAGES, *PANELS), cycle(product(WIDTHS, LANGUAGES)), strict=False))
COUNT_ASKED = "return performance.getEntriesByName(`${location.origin}/staff/calls`).length"
HOLD = """
    const told = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data");
    window.real = { fetch: window.fetch.bind(window), told };
    window.held = [];
    window.fetch = (path, options) => options.method !== "GET" ? real.fetch(path, options)
      : new Promise((go) => held.push(go)).then(() => real.fetch(path, options));
    Object.defineProperty(MessageEvent.prototype, "data", { ...told, get: () => { throw new Error("not heard"); } });"""
SHOWN_OUTSIDE = """
    const done = arguments[0];
    navigator.serviceWorker.getRegistration("/staff/").then((one) => one?.getNotifications() ?? [])
      .then((shown) => done(shown.map((one) => one.body).join()));"""
LET_GO = """
    window.fetch = real.fetch;
    Object.defineProperty(MessageEvent.prototype, "data", real.told);
    for (const go of held) go();"""


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
    page.enter()
    yield page
    browser.execute_script("localStorage.clear()")
    browser.get("about:blank")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


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
    left = {"我来了", "收到的表", "English"}
    for _ in range(40):
        left.discard(press(desk, Keys.TAB).split("\n")[0])
        if not left:
            break
    assert not left, "nobody gets there by Tab"
    turn_to(desk, f"forms/{form}", WIDTHS[2], "zh")
    desk.press("#show-all")
    assert desk.browser.execute_script("return document.activeElement.id") == "reveal-reason"
    desk.see("#calls .call")
    assert press(desk, Keys.ESCAPE) == "全部显示", "what opened a panel has the focus again"


def test_of_two_who_press_at_once_the_later_reads_who_was_first_and_keeps_what_was_typed(
    desk: Page, hall: HallProcess, form: UUID
) -> None:
    turn_to(desk, f"forms/{form}", WIDTHS[2], "zh")
    desk.see("#note").send_keys("请带户口本")
    colleague = hall.logged_in("周红")
    of_now = colleague.get(f"{hall.url}/staff/submissions/{form}", timeout=10).json()["form"]["version"]
    change = {"status": "received", "note": "我先写的", "version": of_now}
    with quiet(desk):
        colleague.put(f"{hall.url}/submissions/{form}/status", json=change, timeout=10).raise_for_status()
        desk.press("#save-status")
    desk.see("#trouble", "周红刚改过这份表")
    assert desk.see("#note").get_property("value") == "请带户口本"
    desk.press("#save-status")
    desk.see("#form_history", "请带户口本")
    (call,) = colleague.get(f"{hall.url}/staff/calls", timeout=10).json()
    with quiet(desk):
        colleague.post(f"{hall.url}/calls/{call['id']}/set-out", timeout=10).raise_for_status()
        desk.press("#calls .first")
    desk.see("#trouble", "周红已经去了")
    colleague.post(f"{hall.url}/calls/{call['id']}/hand-back", json={}, timeout=10).raise_for_status()
    desk.see("#calls .ringing")


def test_what_is_muted_stays_so_on_this_device_and_says_so_loudly(desk: Page) -> None:
    turn_to(desk, "calls", WIDTHS[0], "zh")
    desk.see("#sound", "铃声开着")
    desk.press("#sound")
    desk.see("#sound", "静音了")
    desk.see("#calls .silent", "不响铃")
    desk.browser.refresh()
    desk.see("#sound", "静音了")
    desk.press("#sound")
    desk.see("#sound", "铃声开着")
    desk.gone("#calls .silent")


def test_a_call_is_shown_outside_a_page_that_nobody_looks_at(desk: Page, hall: HallProcess) -> None:
    turn_to(desk, "calls", WIDTHS[2], "zh")
    granted = {"origin": hall.url, "permissions": ["notifications"]}
    desk.browser.execute_cdp_cmd("Browser.grantPermissions", granted)
    desk.press("#device")
    desk.press("#turn-notices")
    desk.see("[data-device=notices]", "开着")
    desk.browser.execute_script("Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })")
    hall.ask("PUT", f"/calls/{uuid4()}", call_request(reason="卡拿不出来")).raise_for_status()
    WebDriverWait(desk.browser, WAIT_S).until(lambda page: "卡拿不出来" in page.execute_async_script(SHOWN_OUTSIDE))
    desk.browser.execute_cdp_cmd("Browser.resetPermissions", {})
    desk.browser.execute_script("localStorage.clear()")
    desk.browser.refresh()
    desk.see("#calls .call")


def test_after_a_sleep_the_page_looks_anew_at_once(desk: Page) -> None:
    turn_to(desk, "calls", WIDTHS[2], "zh")
    before = desk.browser.execute_script(COUNT_ASKED)
    desk.browser.execute_script("const now = Date.now; Date.now = () => now() + 3600_000;")  # an hour of standing still
    WebDriverWait(desk.browser, WAIT_S, poll_frequency=0.05).until(
        lambda page: page.execute_script(COUNT_ASKED) > before  # by itself it looks each minute
    )
    desk.see("#link", "已连上")
    desk.browser.refresh()
    desk.see("#calls .call")


@contextmanager
def quiet(desk: Page) -> Iterator[None]:
    """The page hears of nothing meanwhile, as when two press in the same moment."""
    desk.browser.execute_script(HOLD)
    yield
    desk.browser.execute_script(LET_GO)


def press(desk: Page, key: str) -> str:
    """What has the focus then."""
    desk.browser.switch_to.active_element.send_keys(key)
    text: str = desk.browser.execute_script("return document.activeElement.innerText")
    return text


COLUMNS = "kiosk_id, id, day, number, matter, half, first, mobility, drawn_at, times_called"
DRAWN = "?, ?, ?, 7, 'money', 'morning', 0, 'hearing', '2026-01-01 01:00:00', 0"
NUMBER = f"INSERT INTO queue_tickets ({COLUMNS}) VALUES ({DRAWN})"
COLLEAGUE = "INSERT INTO staff_members (id, name, role, pin_hash, is_disabled) VALUES (?, '王强', 'staff', NULL, 0)"
FORM_VIEWS = ("#form_case", "#form_status", "#form_answers", "#form_after", "#form_ruling", "#form_history")
COUNT = "window.taps = 0; document.onclick ??= (event) => { if (event.isTrusted) window.taps += 1; };"


def test_ten_usual_acts_take_two_taps_at_most(desk: Page, hall: HallProcess, form: UUID) -> None:
    """The acts of docs/staff-page.md, each from where a clerk stands after the one before."""
    turn_to(desk, "forms", WIDTHS[1], "zh")
    with sqlite3.connect(hall.folder / "hall.db", timeout=10) as database:
        database.execute(NUMBER, (uuid4().hex, uuid4().hex, datetime.now().astimezone().date().isoformat()))
        database.execute(COLLEAGUE, (uuid4().hex,))
    acts = {
        "我来了": (["#calls .first"], "#calls .coming", "李芳 正在过去"),
        "我到了": (["#calls [aria-label^=我到了]"], "#calls .coming", "李芳 到了"),
        "交给同事": (["#calls [aria-label^=我去不了]", "#panel .acts button:last-child"], "#calls", "先问王强"),
        "办完了": (["#calls .first", "#calls [aria-label^=办完了]"], "#submissions", "400000000002"),
        "打开一份表": (["#nav [data-page=forms]", f'[data-submission="{form}"] a'], "#form_answers", "电话号码"),
        "我来办": (["#take-form"], "#form_case", "李芳"),
        "看一项的全部": (["#form_answers [data-field=phone] button"], "#form_answers", "13912345678"),
        "改进度": (["#form_status [value=in_review]", "#save-status"], "#form_case", "工作人员正在办"),
        "叫下一个号": (["#nav [data-page=queue]", "#queue-next"], "#queue-told", "您叫了 7 号"),
        "看一台自助机": (["#nav [data-page=kiosks]"], "#kiosks", "没有接麦克风"),
    }
    said = (ROOT / "docs" / "staff-page.md").read_text("utf-8")
    for act, (presses, where, seen) in acts.items():
        desk.browser.execute_script(COUNT)
        before = desk.browser.find_elements(By.ID, "save-status")
        for selector in presses:
            desk.press(selector)
        desk.see(where, seen)
        assert 1 <= desk.browser.execute_script("return window.taps") <= 2, act
        assert f"| {act} |" in said, f"docs/staff-page.md does not name {act}"
        stands_still(desk, act, before)
    desk.gone("#calls .call")


def stands_still(desk: Page, act: str, save: list[WebElement]) -> None:
    """What comes after the first sign of an act is there too: the next press would meet a page that moves, or a form
    of before. `save` is the button to save a form's progress as it stood before the act."""
    match act:
        case "交给同事":
            desk.gone("#panel")
        case "办完了":
            desk.gone("#calls .call")
        case "打开一份表":
            for view in FORM_VIEWS:
                desk.see(view)
        case "我来办":
            WebDriverWait(desk.browser, WAIT_S, poll_frequency=0.05).until(staleness_of(*save))
