from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import (
    FROM_PAGE,
    JSON_BODY,
    NOW,
    RIGHT_ANSWERS,
    SigningKiosk,
    StandingClock,
    enrolled,
    settings_in,
    submission,
)
from rulings_support import decided
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from backend.accounts import guard
from backend.accounts.permissions import Role
from backend.accounts.sessions import SignedIn
from backend.app import create_app
from backend.foundation.settings import SetupError, settings_from_environment
from backend.hall.hall import Hall, open_hall
from backend.phone_page import routes
from backend.phone_page.guesses import Guesses, home
from backend.phone_page.page import STYLE, page
from backend.server.own_name import own_names
from backend.submissions.tables import Submission
from protocol.receipts.phone_page import new_code, number_in, page_address, page_key
from protocol.wire import ProgressStatus

ID, NUMBER, CODE = UUID(int=3), "400000000002", "A-Za-z0-9_abcdefghijkl"
PATH = f"/r/{NUMBER}-{CODE}"
TOGETHER = UUID(int=9)


@pytest.fixture
def hall(tmp_path: Path, clock: StandingClock) -> Iterator[Hall]:
    public = settings_in(tmp_path).model_copy(update={"public_url": "https://hall.example"})
    hall = open_hall(public, clock)
    yield hall
    hall.database.close()


@pytest.fixture
def kiosk(hall: Hall) -> SigningKiosk:
    return enrolled(hall)


@pytest.fixture
def phone(hall: Hall, kiosk: SigningKiosk, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A phone that asks a hall with one form, which has a page. No time passes for its guesses."""
    monkeypatch.setattr(routes, "monotonic", lambda: 1000.0)
    with TestClient(create_app(hall, lambda pin: None)) as client:
        body = submission(hall.keys.public, ID, RIGHT_ANSWERS, NUMBER).model_copy(
            update={"page_key": page_key(NUMBER, CODE)}
        )
        sent = client.put(f"/submissions/{ID}", content=body.model_dump_json(), headers=JSON_BODY, auth=kiosk)
        assert sent.status_code == 201, sent.text
        yield client


def test_it_says_where_the_form_stands_and_who_does_what_next_and_nothing_else(phone: TestClient, hall: Hall) -> None:
    with hall.database.write() as session:
        row = session.get_one(Submission, ID)
        row.status, row.note, row.updated_at = ProgressStatus.NEEDS_MATERIAL, "请带残疾证来三号窗口", NOW
    answer = phone.get(PATH)
    assert answer.status_code == 200
    for said in (hall.status_words, hall.next_steps):
        assert said["needs_material"].zh in answer.text  # type: ignore[index]
        assert said["needs_material"].en in answer.text  # type: ignore[index]
    for secret in ("高龄津贴", "allowance", "残疾", NUMBER, "4000 0000 0002", CODE, *map(str, RIGHT_ANSWERS.values())):
        assert secret not in answer.text.replace('"yes"', ""), secret


def send_with_it(
    phone: TestClient, hall: Hall, kiosk: SigningKiosk, number: str, code: str = CODE, bundle: UUID | None = TOGETHER
) -> None:
    name, key = UUID(int=int(number)), page_key(number, code)
    sealed = submission(hall.keys.public, name, RIGHT_ANSWERS, number, "senior-card")
    body = sealed.model_copy(update={"page_key": key, "bundle": bundle}).model_dump_json()
    assert phone.put(f"/submissions/{name}", content=body, headers=JSON_BODY, auth=kiosk).status_code == 201


def test_of_forms_that_were_handed_in_together_each_is_listed_for_whoever_has_their_code(
    phone: TestClient, hall: Hall, kiosk: SigningKiosk
) -> None:
    with hall.database.write() as session:
        session.get_one(Submission, ID).bundle = TOGETHER
    send_with_it(phone, hall, kiosk, "400000000010")
    send_with_it(phone, hall, kiosk, "400000000028", CODE[::-1])  # says that it belongs to them, and has another code
    send_with_it(phone, hall, enrolled(hall, "大厅二号"), "400000000036")  # another kiosk says so
    send_with_it(phone, hall, kiosk, "400000000044", bundle=None)
    with hall.database.write() as session:
        session.get_one(Submission, UUID(int=400000000010)).status = ProgressStatus.DONE
    for part in (f"{NUMBER}-{CODE}", f"400000000010-{CODE}"):
        text = phone.get(f"/r/{part}").text
        first, second = text.index("最后四位 0002"), text.index("最后四位 0010")
        assert first < text.index(hall.status_words["received"].zh) < second < text.index(hall.status_words["done"].zh)  # type: ignore[index]
        assert not [end for end in ("0028", "0036", "0044", "优待证", NUMBER) if end in text]
    assert "最后四位" not in phone.get(f"/r/400000000044-{CODE}").text
    assert phone.get(f"/r/400000000010-{CODE[::-1]}").status_code == 404


def test_it_loads_no_script_sets_no_cookie_and_nobody_keeps_or_finds_it(phone: TestClient) -> None:
    answer = phone.get(PATH)
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-robots-tag"].startswith("noindex")
    assert "<script" not in answer.text
    assert "http" not in answer.text.replace("http-equiv", "")
    assert phone.get("/r/style.css").headers["content-type"].startswith("text/css")
    assert "Disallow: /" in phone.get("/robots.txt").text


@pytest.mark.parametrize(
    "part",
    [
        NUMBER,  # the number alone
        f"{NUMBER}-",
        f"{NUMBER}-{CODE[::-1]}",
        f"400000000010-{CODE}",  # the code of another number
        f"{NUMBER}-{CODE.lower()}",
        f"{NUMBER}-{CODE}/",
        f"{NUMBER}-{CODE}-",
        f"０{NUMBER[1:]}-{CODE}",
        f"{NUMBER}-二十二个字二十二个字二十二个字二十二个字二十",
        "%00",
        "..%2f..%2fstaff",
        "' OR 1=1 --",
        "<b>",
        "9" * 5000,
        "",
    ],
)
def test_what_names_no_page_gets_the_same_answer_whatever_it_is(phone: TestClient, part: str) -> None:
    wrong, unknown = (phone.get(f"/r/{quote(one, safe='%')}") for one in (part, f"999999999999-{new_code()}"))
    assert (wrong.status_code, wrong.text) == (404, unknown.text)
    assert "没有查到" in wrong.text


def test_head_is_answered_without_a_body_and_nothing_can_be_posted(phone: TestClient) -> None:
    head = phone.head(PATH)
    assert (head.status_code, head.content) == (200, b"")
    assert phone.post(PATH, content=b"x" * 100).status_code == 405
    assert phone.put(PATH, headers=FROM_PAGE).status_code == 405


def test_of_a_thousand_guesses_ten_are_looked_at_and_the_rest_has_to_wait(
    phone: TestClient, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, look = list[str](), routes._forms

    def counted(hall: Hall, part: str) -> Sequence[Submission]:
        looked.append(part)
        return look(hall, part)

    monkeypatch.setattr(routes, "_forms", counted)
    answers = [phone.get(f"/r/{NUMBER}-{new_code()}") for _ in range(1000)]
    assert len(looked) == 10
    assert [one.status_code for one in answers[9:11]] == [404, 429]
    assert answers[-1].headers["retry-after"] == "30"
    assert "请过一会儿再看" in answers[-1].text
    monkeypatch.setattr(routes, "monotonic", lambda: 1031.0)
    assert phone.get(PATH).status_code == 200


def test_who_has_the_receipt_may_look_as_often_as_they_like(phone: TestClient) -> None:
    assert {phone.get(PATH).status_code for _ in range(40)} == {200}


def test_many_addresses_together_have_to_wait_too_and_one_household_is_one_address() -> None:
    guesses = Guesses()
    waits = [guesses.take(f"2001:db8:{one:x}::1", 0.0) for one in range(400)]
    assert waits.index(1) == 300
    one_house = Guesses()
    assert [one_house.take(f"2001:db8::{one:x}", 0.0) > 0 for one in range(12)] == [False] * 10 + [True] * 2
    assert home("::ffff:192.0.2.7") == home("192.0.2.7") != home("192.0.2.8")
    assert home("testclient") == "testclient"


def test_what_was_taken_back_out_of_the_records_has_no_page(phone: TestClient, hall: Hall) -> None:
    with hall.database.write() as session:
        session.get_one(Submission, ID).withdrawn_at = NOW
    assert phone.get(PATH).status_code == 404


def test_the_others_keep_their_page_when_the_form_that_it_names_was_taken_out_of_the_records(
    phone: TestClient, hall: Hall, kiosk: SigningKiosk
) -> None:
    with hall.database.write() as session:
        row = session.get_one(Submission, ID)
        row.bundle, row.withdrawn_at = TOGETHER, NOW
    assert phone.get(PATH).status_code == 404
    send_with_it(phone, hall, kiosk, "400000000010")
    answer = phone.get(PATH)
    assert answer.status_code == 200
    assert "0002" not in answer.text


def test_without_a_public_address_there_is_nothing(tmp_path: Path) -> None:
    hall = open_hall(settings_in(tmp_path))
    with TestClient(create_app(hall, lambda pin: None)) as client:
        for path in (PATH, "/r/style.css", "/robots.txt", f"/r/{NUMBER}"):
            answer = client.get(path)
            assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})
    hall.database.close()


def test_an_address_holds_the_number_for_the_kiosks_own_scanner() -> None:
    address = page_address("https://hall.example", NUMBER, CODE)
    assert number_in(address) == NUMBER
    for other in (PATH, f"https://hall.example/r/{NUMBER}", f"javascript:/r/{NUMBER}-{CODE}", f"{address}x", ""):
        assert number_in(other) is None


def test_it_can_be_read_on_a_small_phone_by_eye_and_by_screen_reader(browser: Chrome, hall: Hall) -> None:
    words = hall.page_words
    longest = max(hall.next_steps.values(), key=lambda one: len(one.en))
    made = page(words["phone_title"], [(words["phone_state"], hall.status_words["correction"]), (None, longest)])  # type: ignore[index]
    styled = made.replace('<link rel="stylesheet" href="/r/style.css">', f"<style>{STYLE}</style>")
    metrics = {"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        browser.get(f"data:text/html;charset=utf-8,{quote(styled)}")
        assert browser.execute_script("return document.documentElement.scrollWidth") == 320
        sizes = browser.execute_script(
            "return [...document.querySelectorAll('p')].map((one) => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= 32
        assert [one.text for one in browser.find_elements(By.TAG_NAME, "h1")] == [
            "您的事办到哪了",
            "How far your errand is",
        ]
        assert [one.get_attribute("lang") for one in browser.find_elements(By.TAG_NAME, "section")] == ["zh-CN", "en"]
        assert browser.title
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("", ""),
        ("https://hall.example", "https://hall.example"),
        ("https://hall.example:8443/", "https://hall.example:8443"),
        ("http://127.0.0.1:8300", "http://127.0.0.1:8300"),
    ],
)
def test_a_public_address_is_told_to_kiosks_and_the_hall_goes_by_its_name(
    monkeypatch: pytest.MonkeyPatch, url: str, kept: str
) -> None:
    monkeypatch.setenv("YINLING_PUBLIC_URL", url)
    settings = settings_from_environment()
    assert settings.public_url == kept
    assert not url or {"hall.example", "127.0.0.1"} & set(own_names("0.0.0.0", settings))


@pytest.mark.parametrize(
    "url",
    [
        "hall.example",
        "http://hall.example",
        "https://hall.example/pages",
        "https://a:b@hall.example",
        "https://hall.example?x",
        "https://大 厅.example",
        "ftp://hall.example",
        f"https://{'a' * 300}.example",
    ],
)
def test_what_no_phone_can_open_is_no_public_address(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("YINLING_PUBLIC_URL", url)
    with pytest.raises(SetupError, match="YINLING_PUBLIC_URL is"):
        settings_from_environment()


def test_a_no_tells_a_phone_what_can_be_done_and_until_when_but_not_why(
    phone: TestClient, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = SignedIn("李芳", Role.LEAD, UUID(int=1), UUID(int=2), NOW, True)
    monkeypatch.setattr(guard, "staff_of", lambda hall, token: lead)
    phone.headers.update(FROM_PAGE)
    decided(phone, ID, "refused", own_words="差三个月")
    shown = phone.get(PATH).text
    for told in ("这次没有同意", "不同意怎么办", "六十天以内可以请县政府重新看", "2027年1月19日以前去，一定来得及。"):
        assert told in shown
    for private in ("没到规定的年纪", "差三个月", "高龄津贴", "老年人权益保障法", "李"):
        assert private not in shown
