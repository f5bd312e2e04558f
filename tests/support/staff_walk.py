"""Every page of the staff page, with something on it, in each width and language; what axe and a finger say of it."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from uuid import UUID, uuid4

from hall_support import RIGHT_ANSWERS, HallProcess, call_request, submission
from page_support import Page

WIDTHS = ((390, 844), (768, 1024), (1280, 800))
LANGUAGES = ("zh", "en")
PAGES = ("calls", "forms", "forms/ID", "orders", "queue", "kiosks", "own_data", "county", "accounts")
PANELS = ("#device", "#me")
TARGET_PX = 44
_AXE = """
    const failed = (error) => arguments[0]([{ id: `${error}`, nodes: [] }]);
    axe.run(document).then((found) => arguments[0](found.violations), failed);"""
_SMALL = """
    const targets = document.querySelectorAll("button, a, select, textarea, summary, input, label.choice");
    const isInLabel = (one) => one.matches("input") && one.closest(".choice");
    const isOne = (one) => one.checkVisibility() && one.id !== "skip" && !isInLabel(one);
    return [...targets].filter(isOne)
      .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
      .filter(([, { width, height }]) => width < arguments[0] - 0.5 || height < arguments[0] - 0.5)
      .map(([html, { width, height }]) => `${html} ${width}x${height}`);"""


def busy(hall: HallProcess) -> UUID:
    """A form, a call that waits and a kiosk that tells of itself; the form."""
    form = uuid4()
    filled = datetime.now(UTC) - timedelta(minutes=70)
    body = submission(hall.public_key, form, RIGHT_ANSWERS, "400000000002", created_at=filled)
    needs = ["hearing"]
    for path, text in (
        (f"/submissions/{form}", body.model_dump_json()),
        (f"/calls/{uuid4()}", call_request(requested_at=datetime.now(UTC), needs=needs)),
        ("/kiosks/me/heartbeat", '{"version": "0.1.0", "waiting": 3, "degraded": ["没有接麦克风"]}'),
    ):
        hall.ask("PUT", path, text).raise_for_status()
    return form


# What runs off the side: a box that hides a part of itself, or that ends beyond the window.
_OVERFLOWING = """
    const isShown = (one) => one.checkVisibility() && !one.closest("#skip, .unseen, svg, audio");
    return [...document.querySelectorAll("body, body *")].filter(isShown)
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
        || (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible"))
      .map((one) => one.outerHTML.slice(0, 120));"""
# Each piece of text that is shown, and what a reader hears instead of or beside it.
_TEXTS = """
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    const add = (element, text) => element.checkVisibility() && texts.push(text.trim());
    while (walker.nextNode()) add(walker.currentNode.parentElement, walker.currentNode.data);
    for (const name of ["aria-label", "placeholder", "alt"])
      for (const one of document.querySelectorAll(`[${name}]`)) add(one, one.getAttribute(name));
    return [...new Set(texts)].filter((one) => one);"""
_CODE = re.compile(r"^(yes|no|none|true|false)$|\b(null|undefined|NaN|[a-z]+(_[a-z0-9]+)+)\b|\[object|\{\w*\}")


def turn_to(page: Page, address: str, size: tuple[int, int], language: str) -> None:
    """`address` of PAGES with the id of a form in it, or a button that opens a panel."""
    resize(page, size)
    if page.browser.execute_script("return document.documentElement.lang.slice(0, 2)") != language:
        page.press("#language")
    if address.startswith("#"):
        page.press(address)
        page.see("#panel h2")
        return
    page.browser.execute_script("location.hash = arguments[0]", address)
    name, _, form = address.partition("/")
    if page.text(f'#nav a[data-page="{name}"]'):
        page.see(f'#nav a[data-page="{name}"][aria-current]')
    page.see("#form_answers td" if form else "#heading")
    page.see("#calls .call")


def resize(page: Page, size: tuple[int, int]) -> None:
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


@cache
def _script() -> str:
    return files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page) -> Sequence[str]:
    """What axe finds, of any weight, by all of its rules."""
    page.browser.execute_script(_script())
    found = page.browser.execute_async_script(_AXE)
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"] or [{"html": ""}]]


def overflowing(page: Page) -> Sequence[str]:
    """What runs off the side."""
    found: list[str] = page.browser.execute_script(_OVERFLOWING)
    return found


def texts(page: Page) -> Sequence[str]:
    shown: list[str] = page.browser.execute_script(_TEXTS)
    return shown


def coded(text: str) -> bool:
    """Whether it shows what only programs call something."""
    return bool(_CODE.search(text))


def small_targets(page: Page) -> Sequence[str]:
    """What can be pressed and is smaller than a finger."""
    small: list[str] = page.browser.execute_script(_SMALL, TARGET_PX)
    return small
