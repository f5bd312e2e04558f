"""Every view, panel and state of the staff page on the busy day of `hall demo`, in each width and language: what axe, a
finger and a reader find. One JSON line; where nothing is wrong `wrong` is empty."""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory
from threading import Thread
from types import SimpleNamespace
from typing import Any, cast

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT)]
from hall_support import HallProcess, settings_in  # noqa: E402
from page_support import Page, start_browser  # noqa: E402
from selenium.webdriver.support.select import Select  # noqa: E402
from sqlalchemy import select  # noqa: E402
from staff_walk import LANGUAGES, WIDTHS, coded, overflowing, resize, small_targets, texts, violations  # noqa: E402
from tools.result import written  # noqa: E402
from uvicorn import Config, Server  # noqa: E402

from backend.accounts.permissions import Role  # noqa: E402
from backend.app import create_app  # noqa: E402
from backend.demo.day import Day, fill  # noqa: E402
from backend.demo.running import own_county  # noqa: E402
from backend.demo.timeline import SetClock  # noqa: E402
from backend.hall.hall import open_hall, utc_now  # noqa: E402
from backend.providers.simulated.people import people  # noqa: E402
from backend.submissions.indexes import person_index  # noqa: E402
from backend.submissions.tables import Submission  # noqa: E402

# What is in Latin letters in Chinese too: commands, codes, the browser, what engineers write.
_LATIN = re.compile("[A-Za-z]{2,}")
_ANYWHERE = re.compile(
    "English|Chrome|Linux|PIN|hall (audit verify|rules)|kiosk (audit verify|outbox retry --all)"
    "|[0-9A-Z]{4}([ -][0-9A-Z]{4})+|services/a.yaml, line 3|there is no such kind of field.|age"
)
AT = "2026-01-05T09:30:00Z"
ALLOWANCE = {"zh": "高龄津贴", "en": "Old-age allowance"}
RULE = {"service": ALLOWANCE, "rule": "age", "version": 2, "owner": "", "hash": "0" * 16, "registered_by": "陈静"}
FIGURE = {"service": "a", "version": 1, "advised": 40, "more": 40, "refused": None}
KIOSK: dict[str, Any] = {
    "name": "柳林村",
    "state": "revoked",
    "two_machines_at": AT,
    "audit_went_back_at": AT,
    "seen_at": AT,
}
KIOSK |= {"seen_at": AT, "catalogue": 4, "waiting": 2, "refused": 3, "held": 1, "refused_because": [], "degraded": []}
# What a quiet hall, or one with every trouble, would answer; shown at that address.
TOLD: dict[str, tuple[str, dict[str, Any]]] = {
    "nobody": ("calls", {"/staff/calls": [], "/staff/colleagues": [], "/staff/calls/history": {"calls": []}}),
    "troubled": (
        "calls",
        {
            "/staff/health": ["database", "disk", "audit", "memory"],
            "/staff/exports": [{"id": n, "asked_by": "周敏", "asked_at": AT, "is_me": bool(n)} for n in (0, 1)],
            "/staff/reading": {
                "pace": "stopped",
                "stopped": [{"who": "周敏", "tier": one, "stopped_at": AT, "is_me": False} for one in ("L3", "L4")],
            },
            "/staff/calls/missed": [{"id": n, "kiosk": "柳林村", "called_at": AT} for n in range(3)],
        },
    ),
    "no forms": ("forms", {"/staff/submissions": {"submissions": [], "statuses": [], "services": [], "kiosks": []}}),
    "figures": (
        "forms",
        {
            "/staff/rulings/report": {
                "report": {
                    "fewest": 10,
                    "lines": [
                        FIGURE | {"rule": rule, "followed": part, "accepted": part}
                        for rule, part in (("", 30), ("age", None))
                    ],
                },
                "titles": {"a": ALLOWANCE},
                "rules": {"a": {"age": {"zh": "要满八十岁", "en": "Eighty or older"}}},
            }
        },
    ),
    "no orders": ("orders", {"/staff/work-orders": {"orders": [], "services": [], "cut": False, "waiting": 0}}),
    "no numbers": ("queue", {"/staff/queue": {name: [] for name in ("errands", "waiting", "called", "absent")}}),
    "no kiosks": ("kiosks", {"/staff/kiosks": [], "/staff/kiosks/waiting": []}),
    "troubled kiosks": (
        "kiosks",
        {"/staff/kiosks": [KIOSK]},
    ),
    "county": (
        "county",
        {
            "/staff/files": [{"place": "services/a.yaml, line 3", "said": "there is no such kind of field."}],
            "/staff/rules": [
                {**RULE, "registered_at": AT, "revoked_at": at, "revoked_by": "李芳"} for at in (None, AT)
            ],
        },
    ),
    "guesses": (
        "accounts",
        {"/staff/accounts/guesses": [{"name": one, "waits": 4, "newest": AT} for one in ("周敏", None)]},
    ),
}
_TELL = """
    window.real ??= window.fetch.bind(window);
    const told = arguments[0];
    window.fetch = (path, options = {}) => (options.method ?? "GET") === "GET" && path.split("?")[0] in told
      ? Promise.resolve(new Response(JSON.stringify(told[path.split("?")[0]]))) : real(path, options);"""
_ASK = "fetch(arguments[0]).then((answer) => answer.json()).then(arguments[1])"
_SETTLED = """
    const done = arguments[0];
    const ending = document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity);
    Promise.all(ending.map((one) => one.finished)).finally(() => setTimeout(done, 150));"""


def main() -> None:
    options = ArgumentParser(description=__doc__)
    options.add_argument("--pictures", type=Path, metavar="DIR", help="also keep a picture of each, to look at")
    pictures: Path | None = options.parse_args().pictures
    wrong, seen = list[str](), 0
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    with start_browser() as browser:
        for language in LANGUAGES:
            with busy_hall() as (url, day, number, chinese):
                page = Page(browser, cast(HallProcess, SimpleNamespace(started={"staff_url": url})))
                for name in states(page, day, number, language):
                    for size in WIDTHS:
                        resize(page, size)
                        browser.execute_async_script(_SETTLED)
                        wrong += [f"{name} {size[0]} {language}: {one}" for one in found(page, language, chinese)]
                        seen += 1
                        if pictures:
                            browser.save_screenshot(str(pictures / f"{name} {size[0]} {language}.png"))
    print(written("staff_page_walk", {"bench": "staff_page_walk", "looks": seen, "wrong": wrong}))


def is_of_the_other(text: str, language: str, chinese: set[str]) -> bool:
    """In English names and what people said stay Chinese: only what the hall could have said in English counts."""
    if language == "zh":
        return bool(_LATIN.search(_ANYWHERE.sub("", text)))
    return any(part in chinese for part in re.split("[·，：:,（(]", text.replace(" ", "")))


def found(page: Page, language: str, chinese: set[str]) -> list[str]:
    shown = texts(page)
    return [
        *(f"axe: {one}" for one in violations(page)),
        *(f"small: {one}" for one in small_targets(page)),
        *(f"runs off: {one}" for one in overflowing(page)),
        *(f"code: {one}" for one in shown if coded(one)),
        *(f"not {language}: {one}" for one in shown if is_of_the_other(one, language, chinese)),
    ]


@contextmanager
def busy_hall() -> Iterator[tuple[str, Day, str, set[str]]]:
    """In this process. The address, who works there, an ID number in a form, and
    all that the hall says in Chinese."""
    with TemporaryDirectory() as name:
        settings = settings_in(Path(name)).model_copy(update={"county": own_county(Path(name))})
        clock = SetClock(utc_now())
        hall = open_hall(settings, clock)
        day = fill(hall, clock, seed=1)
        clock.now = None
        with hall.database.read() as session:
            kept = set(session.scalars(select(Submission.person_index)))
        titles = {one.title.zh for one in hall.catalogue.services.values()}
        chinese = {one.zh.replace(" ", "") for one in hall.page_words.values() if one.zh != one.en} | titles
        number = next(one for one in people(1000, seed=1) if person_index(hall, one) in kept)
        server = Server(Config(create_app(hall, lambda _: None), log_level="error", timeout_graceful_shutdown=1))
        listener = create_server(("127.0.0.1", 0))
        thread = Thread(target=server.run, args=[[listener]])
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/staff", day, number, chinese
        finally:
            hall.feed.close()
            server.should_exit = True
            thread.join()
            hall.database.close()


def states(page: Page, day: Day, number: str, language: str) -> Iterator[str]:
    """Each state as it is reached; the next one begins where this one was left."""
    page.browser.execute_script("localStorage.setItem('lang', arguments[0])", language)
    page.browser.refresh()
    yield "login"
    page.press("#first-open")
    yield "first login"
    page.press("#first-back")
    page.log_in("105217", "周敏")
    page.see("#login-error")
    yield "login, wrong"
    enter(page, day, Role.ADMIN)
    for walk in (calls, forms, orders, others, partial(own, number=number), told):
        yield from walk(page)
    page.press("#logout")
    page.see("#login-calls")
    yield "login, somebody calls"


def enter(page: Page, day: Day, role: Role) -> None:
    login = next(one for one in day.logins if one.role is role)
    page.log_in(login.pin, login.name)
    page.see("#heading")


def calls(page: Page) -> Iterator[str]:
    go(page, "calls")
    page.see("#call_history details")
    page.browser.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
    yield "all"
    page.press("#calls [data-call]:has(.need) .first")
    page.see("#calls .coming")
    yield "on the way"
    page.press("#calls .coming .acts button:last-child")
    yield panel(page, "to whom")
    page.press("#panel .end button")
    page.press("#calls .coming .first")
    page.press("#calls .coming .acts:has(:nth-child(2):last-child) .first")
    page.gone("#calls .coming")
    page.press("#calls .ringing .acts button:nth-child(3)")
    page.see("#calls a[href^=tel]")
    yield "the number to phone"
    page.press("#calls .coming .acts button:last-child")
    page.press("#to-all")
    page.see("#calls .ringing")


def forms(page: Page) -> Iterator[str]:
    go(page, "forms")
    yield "list"
    page.see("#search [name=receipt]").send_keys("1")
    page.press("#search .primary")
    page.see("#submissions .empty")
    yield "none found"
    page.press("#search [type=reset]")
    page.see("#submissions tr[data-submission]")
    every = ask(page, "/staff/submissions")["submissions"]
    first = {one["status"]: one["id"] for one in reversed(every)}
    for status, form in first.items():
        open_form(page, form)
        yield f"one that is {status}"
        if page.text("#ruling-take-up"):
            page.press("#ruling-take-up")
            yield panel(page, "taken up again")
    open_form(page, first["received"])
    page.press("#take-form")
    page.see("#free-form")
    yield "mine"
    for button, name in (("show-all", "why all"), ("after-take-back", "taken back"), ("after-amend", "corrected")):
        page.press(f"#{button}")
        yield panel(page, name)
        if button == "after-amend":
            for change in page.browser.find_elements("css selector", "#panel [data-change]")[:1]:
                change.click()
            page.press("#amend-keep")
            yield panel(page, "corrected, something is missing")
        page.press("#panel [type=button]:not([data-change])")
    for kind in ("accepted", "more", "refused"):
        page.press(f"#ruling-{kind}")
        page.see("#ruling-reads")
        yield panel(page, f"decide, {kind}")
        if kind != "refused":
            page.press("#panel [type=button]")
    choose(page, "#ruling-reason")
    choose(page, "#ruling-basis")
    if page.text("#panel [name=otherwise]") is not None:
        page.see("#panel [name=otherwise]").send_keys("看过")
    page.see("#ruling-reads dl")
    yield panel(page, "decide, refused, as it will be read")
    page.press("#panel .primary")
    page.see("#ruling-hand-back")
    yield "a no that waits for a lead"
    page.press("#ruling-hand-back")
    yield panel(page, "handed back")
    page.press("#panel [type=button]")
    correction = next(one for one in every if one["corrects"])
    open_form(page, correction["id"])
    page.press("#after-beside")
    yield panel(page, "both beside each other")
    page.press("#panel .end button")
    page.press("#show-all")
    page.see("#reveal-reason").send_keys("本人在")
    page.press("#panel .primary")
    page.gone("#panel")
    yield "all of it shown"
    with printed(page):
        yield "on paper"
    open_form(page, "00000000-0000-4000-8000-000000000000")
    yield "no such form"


def orders(page: Page) -> Iterator[str]:
    for which in ("mine", "overdue", "answered", "closed", "unanswered"):
        go(page, "orders")
        Select(page.see("#order-search [name=which]")).select_by_value(which)
        page.browser.execute_async_script(_SETTLED)
        yield f"list of {which}"
    for which in ("unanswered", "answered", "closed"):
        for order in ask(page, f"/staff/work-orders?which={which}")["orders"]:
            if order["has_sound"] or which != "unanswered":
                go(page, f"orders/{order['id']}")
                page.see("#order .facts")
                yield f"{which}, {order['state']}"
    page.press("#order-reopen")
    yield panel(page, "again")
    page.press("#panel .end button")
    page.press("#order-erase")
    yield panel(page, "erased")
    heard = next(one for one in ask(page, "/staff/work-orders?which=unanswered")["orders"] if one["has_sound"])
    go(page, f"orders/{heard['id']}")
    page.press("#order-take")
    page.press("#order-contact")
    yield panel(page, "whom to phone")
    page.press("#panel .end button")
    page.press("#order-play")
    page.see("#order-player audio")
    page.see("#order-words-text").send_keys("说我不到年纪")
    yield "heard"
    page.press("#order-write")
    page.see("#order-answer-text").send_keys("请带户口本来")
    yield "answered, as it will be read"
    go(page, "orders/00000000-0000-4000-8000-000000000000")
    page.see("#order p")
    yield "no such order"


def others(page: Page) -> Iterator[str]:
    go(page, "queue")
    yield "queue"
    page.press("#queue-next")
    page.see("#queue .mine")
    yield "queue, a number is called"
    for address in ("kiosks", "county", "accounts"):
        go(page, address)
        yield address
    page.press("#account-add")
    yield panel(page, "a new account")
    page.see("#panel [name=name]").send_keys("王强")
    page.press("#panel .primary")
    page.see("#panel .code")
    yield panel(page, "a one-time code")
    page.press("#panel .end button")
    page.press("#accounts [data-account=李芳] button")
    yield panel(page, "one account")


def own(page: Page, number: str) -> Iterator[str]:
    go(page, "own_data")
    yield "data"
    page.press("#own_data button")
    yield panel(page, "whose data")
    page.see("#own-data-number").send_keys(number)
    page.press(".choice:has(#own-data-seen)")
    page.press("#own-data-look")
    page.see("#own-data-copy")
    yield panel(page, "what is kept")
    page.press("#own-data-copy")
    page.see("#panel h3")
    yield panel(page, "a copy")
    with printed(page):
        yield "a copy on paper"
    go(page, "own_data")
    for button, name in (("#device", "device"), ("#me", "account")):
        page.press(button)
        yield panel(page, name)
    page.press("#change-pin")
    yield panel(page, "a new PIN")
    page.press("#me")
    page.press("#show-badge")
    page.see("#badge")
    yield panel(page, "badge")


def told(page: Page) -> Iterator[str]:
    for name, (address, answers) in TOLD.items():
        page.browser.get(page.browser.current_url.split("#")[0] + "#own_data")
        page.browser.refresh()
        page.see("#own_data")
        page.browser.execute_script(_TELL, answers)
        go(page, address)
        page.browser.execute_async_script("setTimeout(arguments[0], 400)")
        yield name
    me = ask(page, "/staff/me")
    page.browser.execute_script(_TELL, {"/staff/me": me | {"has_pin": False, "ends_at": me["now"]}})
    page.browser.execute_script("document.dispatchEvent(new Event('account-changed'))")
    page.see("#no-pin")
    yield "no PIN, and the login ends"
    page.browser.execute_script("dispatchEvent(new Event('offline'))")
    page.see("#gone")
    yield "the line is gone"
    page.browser.refresh()


@contextmanager
def printed(page: Page) -> Iterator[None]:
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    yield
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def go(page: Page, address: str) -> None:
    page.browser.execute_script("location.hash = 'no-page'; location.hash = arguments[0]", address)
    page.see("#heading")
    page.browser.execute_async_script(_SETTLED)


def open_form(page: Page, form: str) -> None:
    go(page, f"forms/{form}")
    page.see("#form_case")


def panel(page: Page, name: str) -> str:
    page.see("#panel h2")
    return name


def choose(page: Page, select: str) -> None:
    one = Select(page.see(select))
    if one.first_selected_option.get_attribute("value") == "":
        one.select_by_index(1)


def ask(page: Page, path: str) -> Any:
    return page.browser.execute_async_script(_ASK, path)


if __name__ == "__main__":
    main()
