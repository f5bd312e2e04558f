"""The staff page in a real browser."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import requests
from hall_support import JSON_BODY, NOW, RIGHT_ANSWERS, HallProcess, call_request, settings_in, submission
from page_support import WAIT_S, Page
from project import ROOT
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from backend.hall.hall import open_hall
from backend.kiosks.enrolment import give_code
from protocol import levels
from protocol.calls.messages import number_context
from protocol.request_signature import fingerprint
from protocol.sealing import seal

WIDTHS = [(1280, 800), (768, 1024), (390, 844)]
PAGES = ("calls", "forms", "orders", "queue", "kiosks", "own_data", "county", "accounts")


LEFT_BEHIND = (
    "calls",
    "submissions",
    "follow_ups",
    "readings",
    "readers",
    "limits",
    "queue_tickets",
)  # tables that a test leaves rows in


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    hall = HallProcess(tmp_path_factory.mktemp("hall")).start()
    yield hall
    hall.stop()


@pytest.fixture
def page(browser: Chrome, hall: HallProcess) -> Page:
    """Of a hall that has nothing to do."""
    with sqlite3.connect(hall.folder / "hall.db", timeout=10) as database:
        for table in LEFT_BEHIND:
            database.execute(f"DELETE FROM {table}")
    return Page(browser, hall)


@pytest.fixture
def desk(page: Page) -> Page:
    page.enter()
    page.see("#no_calls", "现在没有人叫")
    page.see("#link", "已连上")
    return page


def put(hall: HallProcess, path: str, body: str) -> None:
    hall.ask("PUT", path, body).raise_for_status()


def call_state(hall: HallProcess, call_id: UUID) -> dict[str, str | bool | None]:
    answer: dict[str, str | bool | None] = hall.ask("GET", f"/calls/{call_id}").json()
    return answer


def send_form(
    hall: HallProcess, answers: dict[str, object] = RIGHT_ANSWERS, receipt_number: str = "YL-0001", **ago: float
) -> UUID:
    """A form that was filled in so long `ago` by the kiosk's clock."""
    form_id, created_at = uuid4(), datetime.now(UTC) - timedelta(**ago)
    body = submission(hall.public_key, form_id, answers, receipt_number, created_at=created_at)
    put(hall, f"/submissions/{form_id}", body.model_dump_json())
    return form_id


def test_a_call_appears_at_once_and_the_kiosk_learns_who_comes(desk: Page) -> None:
    call_id = uuid4()
    put(desk.hall, f"/calls/{call_id}", call_request())
    call = f'[data-call="{call_id}"]'
    desk.see(call, within_s=5)  # pushed: by itself the page looks every minute; bench/hall_call.py has the times
    for words in ("柳林村一号", "高龄津贴", "正在填：电话号码", "电话号码没填对", "等了"):
        desk.see(call, words)
    WebDriverWait(desk.browser, WAIT_S).until(lambda _: call_state(desk.hall, call_id)["state"] == "notified")
    WebDriverWait(desk.browser, WAIT_S, poll_frequency=0.1).until(lambda browser: "有人叫" in browser.title)
    desk.press(f"{call} button", "我来了")
    desk.see(call, "李芳 正在过去")
    taken = call_state(desk.hall, call_id)
    assert (taken["state"], taken["staff"], taken["staff_page_open"]) == ("en_route", "李芳", True)
    desk.press(f"{call} [aria-label^=我到了]")
    desk.see(call, "李芳 到了")
    desk.press(f"{call} .first", "办完了")
    desk.see("#no_calls", "现在没有人叫")
    assert call_state(desk.hall, call_id)["state"] == "resolved"


def test_who_has_gone_is_to_be_phoned_first_of_all(desk: Page) -> None:
    """我来了 stood out, and nobody would have been there."""
    call_id = uuid4()
    number = seal(desk.hall.public_key, b"13800138000", number_context(call_id))
    put(desk.hall, f"/calls/{call_id}", call_request(call_back=number, has_gone=True))
    desk.see(f'[data-call="{call_id}"]', "等电话")
    assert desk.text(f'[data-call="{call_id}"] .acts') == "打电话 我来了 一会儿去".replace(" ", "\n")
    desk.press(f'[data-call="{call_id}"] .first', "打电话")
    desk.see(f'[data-call="{call_id}"] a', "13800138000")
    desk.press(f'[data-call="{call_id}"] button', "办完了")
    desk.gone(f'[data-call="{call_id}"]')


def test_a_call_that_a_colleague_has_and_does_not_go_to_is_shown_to_all(desk: Page) -> None:
    call, sent = uuid4(), {"Date": format_datetime(NOW + timedelta(minutes=3, seconds=10), usegmt=True)}
    headers = JSON_BODY | sent
    told = requests.put(f"{desk.hall.url}/calls/{call}", call_request().encode(), headers=headers, timeout=10)
    assert told.status_code == 200
    colleague = desk.hall.logged_in("王强")
    assert colleague.post(f"{desk.hall.url}/calls/{call}/set-out", timeout=10).json()["done"]
    desk.see(f'[data-call="{call}"]', "还没有人到")
    desk.see(f'[data-call="{call}"]', "我去不了")


def test_a_call_that_the_kiosk_cancels_goes_away(desk: Page) -> None:
    call_id = uuid4()
    put(desk.hall, f"/calls/{call_id}", call_request())
    desk.see(f'[data-call="{call_id}"]')
    put(desk.hall, f"/calls/{call_id}", call_request(moves=["cancel"]))
    desk.gone(f'[data-call="{call_id}"]')


def test_a_call_brings_what_the_page_shows_of_it(desk: Page) -> None:
    """Two hundred pages that all ask for it at the same moment would keep the next call from all of them."""
    desk.browser.execute_script("performance.clearResourceTimings()")
    call_id = uuid4()
    put(desk.hall, f"/calls/{call_id}", call_request())
    desk.see(f'[data-call="{call_id}"]')
    WebDriverWait(desk.browser, WAIT_S).until(lambda _: call_state(desk.hall, call_id)["state"] == "notified")
    put(desk.hall, f"/calls/{call_id}", call_request(moves=["cancel"]))
    desk.see("#no_calls", "现在没有人叫")
    asked = desk.browser.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
    paths = {one.removeprefix(desk.hall.url) for one in asked}
    assert "/staff/calls/seen" in paths
    assert not paths & {"/staff/calls", "/staff/colleagues", "/staff/health"}


def test_nobody_is_notified_until_a_page_has_shown_the_call(page: Page) -> None:
    call_id = uuid4()
    put(page.hall, f"/calls/{call_id}", call_request())
    assert call_state(page.hall, call_id)["state"] == "requested"
    page.enter()
    page.see(f'[data-call="{call_id}"]')
    WebDriverWait(page.browser, WAIT_S).until(lambda _: call_state(page.hall, call_id)["state"] == "notified")


def test_a_wrong_pin_is_told_so_and_the_name_stays(page: Page) -> None:
    page.log_in("000000" if page.hall.started["pin"] != "000000" else "111111")
    page.see("#login-error", "密码不对")
    assert page.see("#login-name").get_property("value") == "李芳"


def test_a_form_is_masked_until_revealed(desk: Page) -> None:
    desk.open_form(send_form(desk.hall))
    desk.see("#form_case", "YL-0001")
    desk.see("#form_answers [data-field=resident_id]", "1****************8")
    desk.see("#form_answers [data-field=phone]", "139******78")
    assert "13912345678" not in desk.browser.page_source
    desk.press("#form_answers [data-field=phone] button", "显示")
    desk.see("#form_answers [data-field=phone]", "13912345678")
    assert str(RIGHT_ANSWERS["resident_id"]) not in desk.browser.page_source


def test_staff_see_how_long_a_person_has_waited_since_filling_in_the_form(desk: Page) -> None:
    desk.go("forms")
    today, earlier, unknown = (send_form(desk.hall, **ago) for ago in ({"minutes": 70}, {"days": 3}, {"days": 20_000}))
    desk.see(f'[data-submission="{earlier}"] .when', "3 天前填的")
    desk.see(f'[data-submission="{today}"] .when', "1 小时 10 分前填的")
    desk.see(f'[data-submission="{unknown}"] .when', "秒前收到的\n自助机的钟不准，不知道哪天填的")
    rows = desk.browser.find_elements(By.CSS_SELECTOR, "[data-submission]")
    assert [row.get_dom_attribute("data-submission") for row in rows] == [str(today), str(earlier), str(unknown)], (
        "as they came"
    )


def test_a_clerk_turns_pages_and_finds_a_form_by_its_number(desk: Page) -> None:
    """Finding 2: there was no second page and no search."""
    first = send_form(desk.hall, receipt_number="400000000002")
    for _ in range(51):
        newest = send_form(desk.hall)
    desk.go("forms")
    desk.see("#submissions .more", "还有 52 份没办完")
    desk.see(f'[data-submission="{first}"]')
    desk.press("#next-page")
    desk.see(f'[data-submission="{newest}"]')
    desk.gone(f'[data-submission="{first}"]')
    desk.press("#previous-page")
    desk.see(f'[data-submission="{first}"]')
    desk.see("#search [name=receipt]").send_keys("4000 0000 0002\n")
    desk.gone("[data-submission]:nth-child(2)")
    desk.see(f'[data-submission="{first}"]')
    desk.press("#search [type=reset]")
    Select(desk.see("#search [name=newest_first]")).select_by_value("true")
    desk.see(f'[data-submission="{newest}"]')
    Select(desk.see("#search [name=state]")).select_by_value("done")
    desk.see("#submissions .empty", "没有这样的表")
    desk.press("#search [type=reset]")
    desk.see(f'[data-submission="{first}"]')
    desk.see("#search [name=receipt]").send_keys("999")
    desk.press("#search .primary")
    desk.see("#submissions .empty", "没有这样的表")


def test_staff_move_a_form_with_a_note(desk: Page) -> None:
    form = send_form(desk.hall, {"name": "欧阳秀兰"})
    desk.go("forms")
    desk.see(f'[data-submission="{form}"]', "请人工看一下")
    desk.open_form(form)
    desk.press("#form_status input[value=in_review]")
    desk.see("#note").send_keys("请带户口本来三号窗口")
    desk.press("#save-status")
    desk.see("#form_case", "工作人员正在办")
    with_slip = replace(desk.hall.kiosk, claim=levels.Claim(levels.By.SLIP))
    asked = {"receipt_number": "YL-0001"}
    answer = requests.post(f"{desk.hall.url}/queries/progress", json=asked, timeout=10, auth=with_slip)
    (found,) = answer.json()["lines"]
    assert (found["status"], found["note"]) == ("in_review", "请带户口本来三号窗口")


def test_staff_decide_and_see_before_what_the_person_will_read(desk: Page) -> None:
    form = send_form(desk.hall, {**RIGHT_ANSWERS, "resident_id": "110105199503150021"})
    desk.open_form(form)
    desk.see("#form_ruling", "可能还没到领高龄津贴的年纪")
    desk.press("#ruling-refused")
    desk.see("#ruling-reads", "请选为什么")
    Select(desk.see("#ruling-reason")).select_by_value("not_old_enough")
    desk.see("#ruling-reads", "还没到规定的年纪")
    desk.see("#ruling-reads", "六十天以内可以请县政府重新看")
    desk.press("#panel .primary")
    desk.see("#form_case", "这次没有同意")
    desk.see("#form_ruling details", "还没到规定的年纪")
    desk.press("#ruling-take-up")
    desk.see("#panel [name=why]").send_keys("材料后来齐了")
    desk.press("#panel .primary")
    desk.see("#form_case", "工作人员在重新看")
    desk.press("#ruling-accepted")
    desk.see("#panel [name=otherwise]").send_keys("户口本上满八十了")
    desk.press("#panel .primary")
    desk.see("#form_case", "办好了")


def test_what_was_handed_in_together_is_named_beside_each_form(desk: Page) -> None:
    forms = {uuid4(): f"40000000{number:04}" for number in (2, 10)}
    for form, number in forms.items():
        body = submission(desk.hall.public_key, form, RIGHT_ANSWERS, number, created_at=datetime.now(UTC))
        together = body.model_copy(update={"bundle": UUID(int=9)}).model_dump_json()
        assert desk.hall.ask("PUT", f"/submissions/{form}", together).status_code == 201
    first, second = forms
    desk.go("forms")
    desk.see(f'[data-submission="{first}"] .together', "一起交的：高龄津贴 400000000010")
    desk.see(f'[data-submission="{second}"] .together', "一起交的：高龄津贴 400000000002")


def test_staff_take_a_correction_beside_the_first_form_and_take_a_form_back_with_a_reason(desk: Page) -> None:
    first, newer = send_form(desk.hall), uuid4()
    answers = RIGHT_ANSWERS | {"phone": "13800138000"}
    body = submission(desk.hall.public_key, newer, answers, "YL-0002", created_at=datetime.now(UTC))
    put(desk.hall, f"/submissions/{newer}", body.model_copy(update={"amends": first}).model_dump_json())
    desk.open_form(newer)
    desk.see("#form_case", "改正别的表")
    desk.press("#after-beside")
    desk.see("#panel [data-field=phone] b", "139******78")
    desk.see("#panel [data-field=phone]", "138******00")
    assert "13800138000" not in desk.browser.page_source
    desk.press("#after-take")
    desk.see("#form_after", "工作人员正在办")
    desk.see("#form_after", "YL-0001：改过了，按新的那份办")
    desk.press("#after-take-back")
    desk.see("#reason").send_keys("本人说不办了")
    desk.press("#panel form .primary")
    desk.see("#form_after table.kept", "本人说不办了")
    desk.see("#form_case", "已经撤回，不办了")


def test_a_clerk_calls_a_number_and_corrects_a_form_by_keyboard(desk: Page) -> None:
    with sqlite3.connect(desk.hall.folder / "hall.db", timeout=10) as database:  # as the hall may be closed just now
        day, now = datetime.now().astimezone().date().isoformat(), datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        row = (uuid4().hex, uuid4().hex, day, 7, "money", "morning", False, "hearing", now, 0)
        columns = "kiosk_id, id, day, number, matter, half, first, mobility, drawn_at, times_called"
        database.execute(f"INSERT INTO queue_tickets ({columns}) VALUES ({', '.join('?' * len(row))})", row)
    first = send_form(desk.hall)
    typed(desk, '#nav a[data-page="queue"]', Keys.ENTER)
    desk.see("#queue", "听不清叫号")
    typed(desk, "#queue-next", Keys.ENTER)
    desk.see("#queue-told", "您叫了 7 号")
    typed(desk, ".called.mine .primary", Keys.ENTER)
    desk.see("#queue", "现在没有人等")
    typed(desk, '#nav a[data-page="forms"]', Keys.ENTER)
    typed(desk, f'[data-submission="{first}"] a', Keys.ENTER)
    desk.see("#after-amend")
    assert focused(desk) == "一份表", "a screen reader begins at the heading"
    typed(desk, "#after-amend", Keys.ENTER)
    desk.see('[data-change="phone"]')
    typed(desk, '[data-change="phone"]', Keys.ENTER)
    typed(desk, "[name=answer-phone]", f"1380013800{Keys.ENTER}")
    desk.see("tr.wrong", "还差一位")
    typed(desk, "[name=answer-phone]", f"0{Keys.ENTER}")
    desk.see("#panel .error", "请写一句为什么改")
    typed(desk, "#amend-reason", f"本人说电话抄错了{Keys.ENTER}")
    desk.see("#panel", "新的一份存好了")
    typed(desk, "#amend-beside", Keys.ENTER)
    desk.see("#panel [data-field=phone]", "不一样")
    typed(desk, "#after-take", Keys.ENTER)
    desk.see("#form_after .kept", "本人说电话抄错了")  # it is the new form's page now
    desk.press("#form_after a", "YL-0001")
    desk.see("#form_after", "李芳 替本人填的：本人说电话抄错了")
    assert "13800138000" not in desk.browser.page_source


def typed(desk: Page, selector: str, keys: str) -> None:
    """As by somebody without a mouse: the element has the focus, or gets it as by the tabulator."""
    element = desk.see(selector)
    desk.browser.execute_script("arguments[0].focus()", element)
    element.send_keys(keys)


def focused(desk: Page) -> str:
    text: str = desk.browser.execute_script("return document.activeElement.innerText")
    return text


def test_a_kiosk_shows_what_waits_and_what_does_not_work(desk: Page) -> None:
    put(desk.hall, "/kiosks/me/heartbeat", '{"version": "0.1.0", "waiting": 3, "degraded": ["没有接麦克风"]}')
    desk.go("kiosks")
    for words in ("柳林村一号", "3 份待送", "没有接麦克风"):
        desk.see('[data-kiosk="柳林村一号"]', words)


def test_a_kiosk_that_waits_is_let_in_by_whoever_compared_its_fingerprint(desk: Page) -> None:
    hall = open_hall(settings_in(desk.hall.folder))
    kiosk = desk.hall.enrolled_by(give_code(hall, "大厅二号")[0])
    hall.database.close()
    asks = '[data-waiting="大厅二号"]'
    desk.see('#nav a[data-page="kiosks"] .count', "1")
    desk.go("kiosks")
    desk.see(asks, fingerprint(kiosk.public_key))
    desk.see('[data-kiosk="大厅二号"]', "等着放行")
    desk.press(f"{asks} button", "一样，放行")
    desk.gone(asks)
    assert requests.get(f"{desk.hall.url}/kiosks/me", timeout=10, auth=kiosk).json()["state"] == "approved"


def test_a_call_that_nobody_signed_is_shown_and_marked(desk: Page) -> None:
    call = uuid4()
    told = requests.put(f"{desk.hall.url}/calls/{call}", call_request().encode(), headers=JSON_BODY, timeout=10)
    assert told.status_code == 200
    desk.see(f'[data-call="{call}"]', "没有签名")


def test_the_page_speaks_english_and_remembers_it(desk: Page) -> None:
    desk.press("#language", "English")
    desk.see("#no_calls", "Nobody is calling")
    desk.browser.refresh()
    desk.see("#no_calls", "Nobody is calling")
    desk.press("#language", "中文")
    desk.see("#no_calls", "现在没有人叫")


def test_logging_out_shows_nothing_more(desk: Page) -> None:
    send_form(desk.hall)
    desk.go("forms")
    desk.see("#submissions", "YL-0001")
    desk.press("#logout")
    desk.see("#login-name")
    assert "YL-0001" not in (desk.text("body") or "")


def test_a_person_gets_a_copy_of_what_is_kept_and_takes_their_consent_back(desk: Page) -> None:
    row = f'[data-submission="{send_form(desk.hall)}"]'
    desk.go("forms")
    desk.see(row)
    desk.go("own_data")
    desk.press("#own_data button")
    desk.see("#own-data-number").send_keys(str(RIGHT_ANSWERS["resident_id"]))
    desk.press("#own-data-look")
    desk.see("#trouble", "证件和脸要看过")
    desk.press("#own-data-seen")
    desk.press("#own-data-look")
    desk.see('#panel [data-form="YL-0001"]', "高龄津贴")
    desk.press("#own-data-copy")
    desk.see("#panel", str(RIGHT_ANSWERS["bank_card"]))
    desk.press("#panel .primary")
    desk.press("#own_data button")
    desk.see("#own-data-number").send_keys(str(RIGHT_ANSWERS["resident_id"]))
    desk.press("#own-data-seen")
    desk.press("#own-data-look")
    desk.press("#own-data-withdraw")
    desk.press("#own-data-sure")
    desk.see("#panel", "1 份没办完的，内容删掉了")
    desk.press("#panel .primary")
    desk.go("forms")
    desk.see("#submissions", "还没有收到表")
    desk.gone(row)


def test_whoever_is_stopped_from_reading_is_told_why_on_the_page(desk: Page) -> None:
    assert desk.text("#reading-card") is None
    with sqlite3.connect(desk.hall.folder / "hall.db") as database:
        database.execute("INSERT INTO readers VALUES ('李芳', NULL, '2026-11-28 19:00:00.000000', 'L4')")
    desk.browser.refresh()
    desk.see("#reading", "您看得太多")


BOARD = """
from typing import Annotated
from fastapi import APIRouter
from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff

router = APIRouter()

@router.get("/staff/weather")
def weather(staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> str:
    return f"{staff.name}：今天有雨"
"""
VIEW = """
import { card } from "../dom.js";
export const page = "calls";
export const place = 99;
export const permission = "PERMISSION";
export const events = [];
export const path = "/staff/weather";
export const { frame, body } = card("NAME");
export const draw = (text) => [text];
"""


@pytest.fixture
def updated(tmp_path: Path) -> Path:
    """A checkout with two more views, one of them for who may fly."""
    backend = tmp_path / "checkout" / "backend"
    shutil.copytree(ROOT / "backend", backend, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("forms", "protocol", "assets"):
        backend.with_name(folder).symlink_to(ROOT / folder)
    (backend / "audit" / "board.py").write_text(BOARD, "utf-8")
    for name, permission in (("weather", "see_board"), ("flying", "fly")):
        view = VIEW.replace("PERMISSION", permission).replace("NAME", name)
        (backend / "web" / "views" / f"{name}.js").write_text(view, "utf-8")
    return backend.parent


def test_a_hall_that_goes_away_and_comes_back_updated_is_told_honestly(
    browser: Chrome, serve: Callable[..., HallProcess], updated: Path
) -> None:
    """A new view is two files, and shown to those who may see it."""
    desk = Page(browser, serve())
    desk.enter()
    desk.see("#link", "已连上")
    desk.hall.stop()
    desk.see("#link", "断开了")
    desk.see("#gone", "现在谁叫都听不见")
    desk.see("#no_calls", "现在没有人叫")  # what stood there last stays, below the sign that says of when it is
    again = serve(port=desk.hall.port, checkout=updated)
    call_id = uuid4()
    put(again, f"/calls/{call_id}", call_request())
    desk.see(f'[data-call="{call_id}"]', within_s=20)
    desk.see("#link", "已连上")
    desk.press("#update", "有更新")
    desk.see("#weather", "李芳：今天有雨")
    desk.see("#link", "已连上")
    assert (desk.text("#update"), desk.text("#flying-card")) == (None, None)


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_nothing_runs_off_the_side_and_nothing_is_blocked(desk: Page, width: int, height: int) -> None:
    form = send_form(desk.hall)
    put(desk.hall, f"/calls/{uuid4()}", call_request())
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    desk.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for page in (*PAGES, f"forms/{form}"):
        desk.browser.execute_script(f"location.hash = '{page}'")
        desk.see("#main h1" if page in ("county", "orders") else "#page > section")
        desk.see(".call")
        assert desk.browser.execute_script("return document.documentElement.scrollWidth") <= width, page
    desk.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    complaints = [entry["message"] for entry in desk.browser.get_log("browser")]
    assert [text for text in complaints if "Content Security Policy" in text or "Uncaught" in text] == []
