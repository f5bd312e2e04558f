"""`/r/NUMBER-CODE`, where the hall has a public address. Without one there is nothing here, as anywhere else."""

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse
from sqlalchemy import select

from backend.accounts.browser import TheBrowser
from backend.decisions import rulings
from backend.foundation.words import filled
from backend.hall.hall import Hall, TheHall
from backend.phone_page.guesses import Guesses
from backend.phone_page.page import STYLE, page
from backend.submissions.lookup import handed_in_with
from backend.submissions.standing import next_step, standing_of, state_words
from backend.submissions.tables import Submission
from backend.work_orders.told import of_page, told
from forms.hall.steps import Standing
from protocol.receipts.phone_page import page_key, page_named
from protocol.wire import Words

_NOWHERE = {"X-Robots-Tag": "noindex, nofollow, noarchive"}


async def _is_open(hall: TheHall) -> None:
    if not hall.settings.public_url:
        raise HTTPException(404)


router = APIRouter(include_in_schema=False, dependencies=[Depends(_is_open)])


def _guesses(request: Request) -> Guesses:
    guesses: Guesses = request.app.state.page_guesses
    return guesses


@router.api_route("/r/style.css", methods=["GET", "HEAD"])
async def style() -> PlainTextResponse:
    return PlainTextResponse(STYLE, media_type="text/css")


@router.api_route("/robots.txt", methods=["GET", "HEAD"])
async def robots() -> PlainTextResponse:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


@router.api_route("/r/{part:path}", methods=["GET", "HEAD"])
def show(hall: TheHall, browser: TheBrowser, guesses: Annotated[Guesses, Depends(_guesses)], part: str) -> HTMLResponse:
    """Where the form stands and who does what next, and what can be done against a no: no name, not what it was about,
    not why, no note of staff. Of several that were handed in together each, by the end of its receipt number. Of a work
    order also the answer.
    """
    if wait_s := guesses.take(browser.address, monotonic()):
        return _said(hall, 429, "phone_wait", {"Retry-After": str(wait_s)})
    forms = _forms(hall, part)
    if not forms:
        return _order(hall, browser, guesses, part) or _said(hall, 404, "phone_unknown")
    guesses.give_back(browser.address)
    words = hall.page_words
    parts: list[tuple[Words | None, Words]] = []
    for form in forms:
        head = filled(words["phone_one"], end=form.receipt_number[-4:]) if len(forms) > 1 else words["phone_state"]
        parts += [(head, state_words(hall, form)), (words["phone_next"], next_step(hall, form))]
        parts += [(words["phone_remedy"], one) for one in _remedies(hall, form)]
    return _page(200, words["phone_title"], parts)


def _remedies(hall: Hall, form: Submission) -> list[Words]:
    """What can be done against a no, and until when: these words name no errand (forms.hall.decisions)."""
    if standing_of(form) is not Standing.NOT_GRANTED:
        return []
    with hall.database.read() as session:
        ruling = rulings.counting(session, form.id)
    return [rulings.in_time(hall, one) for one in rulings.told(hall, ruling).remedies] if ruling else []


def _forms(hall: Hall, part: str) -> Sequence[Submission]:
    """The form of an address, with those of its bundle that the same code opens, as they came; none for a wrong one."""
    named = page_named(part)
    if named is None:
        return []
    number, code = named
    with hall.database.read() as session:
        wanted = select(Submission).where(
            Submission.receipt_number == number, Submission.page_key == page_key(number, code)
        )
        form = session.scalars(wanted.limit(1)).first()
        if form is None:
            return []
        others = handed_in_with(session, form)
        with_page = [one for one in others if one.page_key == page_key(one.receipt_number, code)]
        there = [one for one in (form, *with_page) if one.withdrawn_at is None]
        return sorted(there, key=lambda one: one.arrival)


def _order(hall: Hall, browser: TheBrowser, guesses: Guesses, part: str) -> HTMLResponse | None:
    """Where the work order of an address stands, its answer and who does what next; None for a wrong address."""
    named = page_named(part)
    row = of_page(hall, named[0], page_key(*named)) if named else None
    if row is None:
        return None
    guesses.give_back(browser.address)
    words, what = hall.page_words, told(hall, row)
    parts: list[tuple[Words | None, Words]] = [(words["phone_state"], what.state)]
    if what.changed:
        parts.append((words["phone_answer"], what.changed))
    if what.answer:
        parts.append((None if what.changed else words["phone_answer"], Words(zh=what.answer, en=what.answer)))
    return _page(200, words["phone_order_title"], [*parts, (words["phone_next"], what.next)])


def _said(hall: Hall, status: int, key: str, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    return _page(status, hall.page_words["phone_title"], [(None, hall.page_words[key])], headers)


def _page(
    status: int, title: Words, parts: list[tuple[Words | None, Words]], headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    return HTMLResponse(page(title, parts), status, {**_NOWHERE, **(headers or {})})
