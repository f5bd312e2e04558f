"""What a visitor may ask the hall: every query on both sides, none unknown, none that ends a visit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from catalogue_support import mistakes_in

import backend.queries
import kiosk.queries
import protocol.queries
from forms import Catalogue
from kiosk.hall.service import NewOrder
from kiosk.queries import query_named
from kiosk.queries.progress import EXAMPLES
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from protocol.queries.progress import Answer, Line
from protocol.wire import ProgressStatus, Words

HOURS = "opening-hours"


def test_every_query_is_on_both_sides_and_on_the_wire() -> None:
    asked_beside_a_question = {"on_record"}
    both = set(kiosk.queries.queries()) | asked_beside_a_question
    assert both == backend.queries.NAMES == protocol.queries.NAMES


def changed(assets: Path, change: Callable[[str], str]) -> str:
    """What is said of the shipped progress query once it is changed."""
    path = assets / "services" / "progress-query.yaml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    (told,) = mistakes_in(assets)
    return told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("query: progress\n", "query: balance\n"), "there is no query 'balance'"),
        (lambda text: text.replace("query: progress\n", ""), "has a query exactly when its kind is query"),
        (lambda text: text.replace("kind: query\n", ""), "has a query exactly when its kind is query"),
        (lambda text: text.replace("- id: receipt_number", "- id: number"), "the query 'progress' cannot be asked"),
        (lambda text: text.replace("value: card}", "value: receipt}"), "the query 'progress' cannot be asked"),
    ],
)
def test_what_the_hall_cannot_be_asked_is_refused_when_files_are_read(
    assets: Path, change: Callable[[str], str], told: str
) -> None:
    assert told in changed(assets, change)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("told_by: utility_bill", "told_by: progress"), "there is no query 'progress' that tells an amount"),
        (("told_by: utility_bill", "told_by: utility_bil"), "utility_bill"),
        (("- id: account_number", "- id: number"), "needs 'account_number', which no question before this one asks"),
        (("    type: digits\n", "    type: digits\n    told_by: utility_bill\n"), "no use for told_by"),
    ],
)
def test_an_amount_is_told_by_a_query_that_can(assets: Path, change: tuple[str, str], told: str) -> None:
    path = assets / "services" / "utility-payment.yaml"
    path.write_text(path.read_text("utf-8").replace(*change), "utf-8")
    assert told in " ".join(mistakes_in(assets))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("offered_by: hospital_slots", "offered_by: opening_hours"), "'opening_hours' that tells how many are left"),
        (("offered_by: hospital_slots", "offered_by: hospital_slot"), "Did you mean hospital_slots"),
        (("- id: hospital\n", "- id: clinic\n"), "needs 'hospital', which no question before this one asks"),
        (("    type: choice\n", "    type: choice\n    offered_by: hospital_slots\n"), "no use for offered_by"),
    ],
)
def test_half_days_are_offered_by_a_query_that_can(assets: Path, change: tuple[str, str], told: str) -> None:
    path = assets / "services" / "hospital-appointment.yaml"
    before = path.read_text("utf-8")
    path.write_text(before.replace(*change, 1), "utf-8")
    assert told in " ".join(map(str, mistakes_in(assets)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("disability.certificate", "disability.bank_card"),
            "no office tells 'disability.bank_card'; what they tell is",
        ),
        (("disability.certificate", "disability.certficate"), "Did you mean disability.certificate"),
        (("disability.certificate", "disability"), "no office tells 'disability'"),
        (("disability.certificate", "true"), "on_record"),
        (
            ("  - use: consent\n", "  - {use: consent, on_record: residents.phone}\n"),
            "is never filled in from a record",
        ),
    ],
)
def test_what_no_office_has_on_record_is_refused(assets: Path, change: tuple[str, str], told: str) -> None:
    path = assets / "services" / "disability-subsidy.yaml"
    before = path.read_text("utf-8")
    assert change[0] in before
    path.write_text(before.replace(*change, 1), "utf-8")
    assert told in " ".join(map(str, mistakes_in(assets)))


def test_the_opening_hours_are_shown_at_once_and_today_is_said(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    rehearsal.hall.answers["opening_hours"] = query_named("opening_hours").examples["found"]
    session.do("start")
    session.do("choose", HOURS)
    assert session.screen().name == "answer-looking"
    rehearsal.finish_background()
    rows = [(row.label, row.value) for row in session.screen().rows]
    assert rows == [
        ("今天 11月23日 星期一", "上午8点半到11点半，下午2点到5点"),
        ("明天 11月24日 星期二", "不开门，停电检修"),
        ("11月25日 星期三", "上午9点到中午12点"),
        ("大厅的电话", "0000-1234567"),
    ]
    said = session.to_say()
    assert rows[0][1] in said
    assert rows[1][1] in said
    assert rows[2][1] not in said, "what comes later is read"
    session.do("back")
    assert session.screen().name == "home"


def test_offline_the_hours_can_be_asked_again_and_a_crash_leads_home(
    rehearsal: Rehearsal, catalogue: Catalogue, texts: Texts
) -> None:
    session = rehearsal.session
    session.do("start")
    session.do("choose", HOURS)
    rehearsal.finish_background()
    assert session.screen().name == "answer-offline"
    rehearsal.hall.answers["opening_hours"] = query_named("opening_hours").examples["found"]
    session.do("ask")
    rehearsal.finish_background()
    assert session.screen().name == "answer-found"
    again = Rehearsal(catalogue, texts, rehearsal.pinyin)
    again.session.restore(session.draft())
    assert again.session.screen().name == "home"


def ask_how_far(rehearsal: Rehearsal, last4: str, answer: Answer) -> None:
    session = rehearsal.session
    rehearsal.hall.answers["progress"] = answer
    session.do("start")
    session.do("choose", "progress-query")
    session.do("next")
    session.do("answer", "receipt")
    for digits in ("400000000002", last4):
        for digit in digits:
            session.do("type", digit)
        session.do("next")
    session.do("ask")
    rehearsal.finish_background()


def test_who_gave_other_digits_of_the_phone_sees_the_state_and_how_to_look_again(rehearsal: Rehearsal) -> None:
    ask_how_far(rehearsal, "1234", EXAMPLES["state"])
    shown = rehearsal.session.screen()
    assert [row.value for row in shown.rows] == ["工作人员正在办", "4000 0000 0002"]
    assert "对不上" in shown.lines[0]
    assert shown.primary is not None
    assert (shown.primary.action, shown.primary.label) == ("back", "回去看看号码")
    assert [one.label for one in shown.secondary] == ["明白了", "再办一件"]
    rehearsal.session.do("back")
    assert rehearsal.session.screen().kind == "check"


@pytest.mark.parametrize(
    ("status", "told", "more"),
    [
        (ProgressStatus.IN_REVIEW, {}, False),
        (ProgressStatus.DONE, {}, True),
        (ProgressStatus.DONE, {"note": "三号窗口给您办好了", "changed": Words(zh="已经办好", en="done")}, False),
    ],
)
def test_the_answer_to_what_could_not_be_done_is_shown_and_said(
    rehearsal: Rehearsal, status: ProgressStatus, told: dict[str, Any], more: bool
) -> None:
    """Only while there is an answer that the number alone does not open is more to be had by the end of a phone."""
    words = Words(zh="有人在管这件事", en="A staff member is working on it")
    line = Line(receipt_number="400000000002", status=status, words=words, work_order=True, next=words, **told)
    ask_how_far(rehearsal, "1234", Answer(lines=[line]))
    shown = rehearsal.session.screen()
    assert bool(shown.lines and "对不上" in shown.lines[0]) is more
    values = [row.value for row in shown.rows]
    answer = ["已经办好", "三号窗口给您办好了"] if told else []
    assert values == [*answer, "有人在管这件事", "有人在管这件事", "4000 0000 0002"]
    assert set(answer) <= set(shown.say)


def test_an_order_that_waits_here_says_so(rehearsal: Rehearsal) -> None:
    rehearsal.hall.orders["400000000002"] = NewOrder("400000000002", "home", reason="other")
    ask_how_far(rehearsal, "1234", EXAMPLES["none"])
    assert "还在这台机器里，没有送到大厅。线路一通就送。" in [row.value for row in rehearsal.session.screen().rows]


def test_of_several_forms_each_line_says_which_it_is(rehearsal: Rehearsal) -> None:
    (one,) = EXAMPLES["found"].lines
    other = one.model_copy(update={"receipt_number": "400000000010", "note": ""})
    ask_how_far(rehearsal, "8000", Answer(lines=[one, other]))
    assert [(row.label, row.value) for row in rehearsal.session.screen().rows] == [
        ("高龄津贴 4000 0000 0002", "工作人员正在办"),
        ("请您这样办", "请带户口本来三号窗口"),
        ("高龄津贴 4000 0000 0010", "工作人员正在办"),
    ]
