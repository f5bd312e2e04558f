"""A life event: several forms filled in one after the other, looked at together, sent at once."""

import pytest
from event_visits import (
    ALLOWANCE,
    BUS,
    CARD,
    DISABILITY,
    EIGHTY,
    MOVING,
    at_check,
    begin_event,
    bundle,
    fill_in_all,
    headings,
    values,
)
from one_form import MOTHERS, OWN, fill_in, give, visit
from stdnum.iso7064 import mod_11_2

from kiosk.intents import Intent
from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal

FIFTY = "11010519760307202" + mod_11_2.calc_check_digit("11010519760307202")


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    rehearsal.session.do("start")
    return rehearsal.session


# its page


def test_every_errand_has_a_tick_and_is_left_out_at_a_touch(session: Session) -> None:
    session.do("event", EIGHTY)
    assert [one.value for one in session.screen().choices if one.selected] == [ALLOWANCE, CARD, BUS]
    session.do("take", CARD)
    assert session.to_say() == ("这次不办：", "老年优待证")
    assert [one.value for one in session.screen().choices if one.selected] == [ALLOWANCE, BUS]
    session.do("take", CARD)
    assert [one.value for one in session.screen().choices if one.selected] == [ALLOWANCE, CARD, BUS]


def test_with_nothing_taken_one_stays_and_is_told(session: Session) -> None:
    session.do("event", EIGHTY)
    for one in (ALLOWANCE, CARD, BUS):
        session.do("take", one)
    session.do("next")
    assert session.screen().name == f"event-{EIGHTY}"
    assert session.screen().remark == "一件都没有选。要办哪一件，点一下。"


def test_papers_of_what_is_taken_each_once(session: Session) -> None:
    session.do("event", EIGHTY)
    session.do("next")
    papers = [row.label for row in session.screen().rows]
    assert papers == [
        "身份证",
        "户口本，外地户口带居住证",
        "银行卡或存折",
        "一寸照片，没有可以在大厅拍",
        "旧公交卡，丢了就不用",
    ]
    session.do("back")
    session.do("take", BUS)
    session.do("take", CARD)
    session.do("next")
    assert [row.label for row in session.screen().rows] == ["身份证", "户口本", "银行卡或存折"]


def test_it_is_found_by_name_and_in_its_group(session: Session) -> None:
    session.do("group", "events")
    assert EIGHTY in [one.value for one in session.screen().choices]
    session.do("back")
    session.hear("满八十岁了")
    assert session.screen().name == f"event-{EIGHTY}"


def test_it_begins_at_ones_own_words_and_a_doubt_is_asked(rehearsal: Rehearsal, session: Session) -> None:
    rehearsal.intent = Intent(EIGHTY, 0.6, (ALLOWANCE,))
    session.hear(None, syllables=("ba", "shi", "sui", "le"))
    assert [one.label for one in session.screen().choices[:2]] == ["满八十岁了", "高龄津贴"]
    session.do("none_of_them")
    rehearsal.intent = Intent(EIGHTY, 0.9)
    session.hear(None, syllables=("ba", "shi", "sui", "le"))
    assert session.screen().name == f"event-{EIGHTY}"
    assert session.to_say()[:2] == ("好的，您要办的是", "满八十岁了")


def test_what_may_fit_is_said_by_what_is_known_and_nobody_is_told_no(session: Session) -> None:
    session.do("event", EIGHTY)
    assert not any("可能能办" in one.detail for one in session.screen().choices)
    session.do("next")
    session.do("next")
    fill_in_all(session, resident_id=OWN)  # of somebody below eighty
    while session.state.location != "event":
        session.do("back")
    fits = {one.value: one.detail for one in session.screen().choices}
    assert "可能能办" in fits[CARD]
    assert fits[ALLOWANCE] == "每个月有补贴"


# the questions


@pytest.mark.parametrize("for_whom", ["self", "family"])
@pytest.mark.parametrize("event", [EIGHTY, MOVING, DISABILITY])
def test_nothing_is_asked_or_shown_twice(session: Session, event: str, for_whom: str) -> None:
    begin_event(session, event)
    told: list[tuple[bool, str]] = []
    for _ in range(200):
        if visit(session).stage not in ("question", "known"):
            break
        field, of_member = visit(session).field, session.screen().name.startswith("known")
        assert not of_member or "members" in field.id, "nothing is known from before"
        if visit(session).stage == "known":
            session.do("reuse")
            continue
        if field.topic and "." not in field.id:
            told.append((field.of_agent, field.topic))
        give(session, {"for_whom": for_whom, "resident_id": MOTHERS}.get(field.id))
    assert session.screen().name == "check"
    assert len(told) == len(set(told))
    assert (False, "resident_id") in told


def test_for_whom_it_is_and_who_comes_is_asked_once(session: Session) -> None:
    at_check(session, DISABILITY, for_whom="family", name="李秀兰", resident_id=MOTHERS, agent_name="王小明")
    forms = [values(session, one.service.id) for one in bundle(session).taken]
    assert [(one["for_whom"], one["name"], one["agent_name"]) for one in forms] == [("family", "李秀兰", "王小明")] * 2


def test_consents_and_wishes_are_asked_of_each_form(session: Session) -> None:
    shown = at_check(session)
    assert [one for one in shown if one.endswith("question-consent")] == [
        f"{name}:question-consent" for name in (ALLOWANCE, CARD, BUS)
    ]
    assert f"{CARD}:question-purpose" in shown
    assert f"{BUS}:question-purpose" in shown


def test_each_question_says_its_errand_and_how_far_it_is_in_all(session: Session) -> None:
    begin_event(session)
    seen = []
    while visit(session).stage == "question":
        progress = session.screen().progress
        assert progress
        seen.append((progress.step, progress.of))
        assert progress.text.startswith(visit(session).service.title.zh)
        give(session)
    many = len(seen)
    assert seen == [(at, many) for at in range(1, many + 1)]


def test_of_before_the_event_it_is_shown_and_of_the_event_not(session: Session) -> None:
    session.do("choose", ALLOWANCE)
    session.do("next")
    fill_in(session, phone="13800138000")
    session.do("send")
    session.do("another")
    begin_event(session)
    shown = fill_in_all(session)
    assert [one for one in shown if ":known" in one] == [f"{ALLOWANCE}:known-1"]
    assert values(session, BUS)["phone"] == "13800138000"


def test_what_was_not_sent_is_not_known_afterwards_and_what_was_sent_is(session: Session) -> None:
    at_check(session)
    assert not session.state.known.people
    session.do("send")
    session.do("another")
    session.do("choose", CARD)
    session.do("next")
    give(session)
    assert session.screen().name.startswith("known")


def test_back_leads_through_all_forms_past_what_was_taken_over(session: Session) -> None:
    shown = at_check(session)
    back = []
    session.do("back")
    while session.state.location == "visit":
        back.append(f"{visit(session).service.id}:{session.screen().name}")
        session.do("back")
    assert back == shown[::-1]
    assert session.screen().name == f"event-papers-{EIGHTY}"


def test_the_last_answer_is_taken_back_in_whichever_form_it_was_given(session: Session) -> None:
    begin_event(session)
    while visit(session).service.id == ALLOWANCE:
        give(session)
    session.do("undo")
    assert (visit(session).service.id, session.screen().name) == (ALLOWANCE, "question-consent")
    assert "consent" not in values(session, ALLOWANCE)
    give(session)
    assert visit(session).service.id == CARD


def test_an_errand_that_is_left_out_later_is_not_sent(session: Session) -> None:
    at_check(session)
    while session.state.location != "event":
        session.do("back")
    session.do("take", ALLOWANCE)
    session.do("next")
    session.do("next")
    fill_in_all(session)
    assert headings(session.screen()) == ["老年优待证：没看出缺什么", "老年公交卡：没看出缺什么"]
    assert values(session, CARD)["name"] == "王秀英", "what it took over stays"


def test_who_leaves_an_errand_out_and_takes_it_again_changes_what_is_shared_in_all(session: Session) -> None:
    at_check(session)
    while session.state.location != "event":
        session.do("back")
    session.do("take", ALLOWANCE)
    session.do("take", ALLOWANCE)
    session.do("next")
    session.do("next")
    fill_in_all(session)
    session.do("change", f"{ALLOWANCE}:phone")
    give(session, "13900000001")
    assert [values(session, one)["phone"] for one in (ALLOWANCE, CARD, BUS)] == ["13900000001"] * 3


# the check


def test_a_form_of_it_that_was_sent_before_is_named(session: Session) -> None:
    session.do("choose", CARD)
    session.do("next")
    fill_in(session)
    session.do("send")
    session.do("another")
    at_check(session)
    assert headings(session.screen())[1] == "老年优待证：这张表刚才交过了"


def test_a_heading_a_form_with_its_verdict_and_reasons_below(session: Session) -> None:
    at_check(session)
    rows = session.screen().rows
    assert headings(session.screen()) == [
        "高龄津贴：工作人员会看",
        "老年优待证：没看出缺什么",
        "老年公交卡：没看出缺什么",
    ]
    assert rows[1].to_look_at
    assert "可能还没到领高龄津贴的年纪" in rows[1].value
    assert sum("电话号码" in row.label for row in rows) == 1, "what forms share is shown once"
    assert sum("电话号码" in row.value for row in rows) == 2, "and named where it is used too"


def test_a_shared_answer_changes_in_each_form_that_took_it_over(session: Session) -> None:
    at_check(session)
    session.do("change", f"{ALLOWANCE}:phone")
    give(session, "13900000001")
    assert session.screen().name == "check"
    assert [values(session, one)["phone"] for one in (ALLOWANCE, CARD, BUS)] == ["13900000001"] * 3


def test_a_shared_answer_that_one_form_asks_to_be_looked_at_changes_in_all(session: Session) -> None:
    at_check(session, resident_id=FIFTY)
    session.do("change", f"{CARD}:resident_id")
    assert visit(session).service.id == ALLOWANCE, "where it was given"
    give(session, OWN)
    assert [values(session, one)["resident_id"] for one in (ALLOWANCE, CARD, BUS)] == [OWN] * 3


def test_what_a_changed_answer_opens_in_another_form_is_asked(session: Session) -> None:
    at_check(session)
    session.do("change", f"{ALLOWANCE}:hukou_here")
    give(session, "elsewhere")
    asked = fill_in_all(session)
    assert f"{CARD}:question-residence_permit" in asked
    assert values(session, BUS)["hukou_here"] == "elsewhere"
    assert session.screen().name == "check"


def test_an_own_answer_changes_in_its_form_alone(session: Session) -> None:
    at_check(session)
    before = values(session, BUS)["purpose"]
    session.do("change", f"{CARD}:purpose")
    give(session, "lost")
    fill_in_all(session)
    assert (values(session, CARD)["purpose"], values(session, BUS)["purpose"]) == ("lost", before)


def test_another_person_is_asked_anew_in_one_form_and_taken_over_in_the_others(session: Session) -> None:
    at_check(session, DISABILITY, for_whom="self", name="王秀英")
    first, second = (one.service.id for one in bundle(session).taken)
    session.do("change", f"{first}:for_whom")
    give(session, "family")
    asked = fill_in_all(session, name="李秀兰", resident_id=MOTHERS, agent_name="王小明")
    assert f"{first}:question-name" in asked
    assert f"{second}:question-name" not in asked
    assert values(session, second)["name"] == "李秀兰"
    assert values(session, second)["agent_name"] == "王小明"


def test_a_member_is_added_and_taken_out_in_its_form(session: Session) -> None:
    at_check(session, DISABILITY)
    before = values(session, "minimum-living-allowance")
    session.do("add_member", "minimum-living-allowance:members")
    fill_in_all(session)
    assert session.screen().name == "check"
    session.do("remove_member", "minimum-living-allowance:members.2")
    session.do("remove_member", "minimum-living-allowance:members.2")
    assert session.screen().name == "check"
    assert values(session, "minimum-living-allowance") == before


# sent


def test_all_are_sent_at_once_with_a_number_each(rehearsal: Rehearsal, session: Session) -> None:
    rehearsal.hall.url = "https://hall.example"
    at_check(session)
    session.do("send")
    kept = rehearsal.hall.kept
    assert [one.definition.head.id for one in kept] == [ALLOWANCE, CARD, BUS]
    assert len({one.page_code for one in kept}) == 1, "one code opens the page of each"
    shown = session.screen()
    assert [row.label for row in shown.rows if row.change] == [
        f"{one}，回执号码" for one in ("高龄津贴", "老年优待证", "老年公交卡")
    ]
    assert session.state.receipt_numbers[0] in shown.qr
    assert kept[0].page_code in shown.qr


def test_a_trouble_leaves_everything_as_it_was(rehearsal: Rehearsal, session: Session) -> None:
    at_check(session)
    before = session.screen()
    rehearsal.hall.broken = "store_full"
    session.do("send")
    assert session.screen().kind == "trouble"
    session.do("resume")
    assert session.screen() == before
    rehearsal.hall.broken = None
    session.do("send")
    assert session.screen().kind == "receipt"


def test_the_page_of_each_form_is_a_touch_away_and_one_is_corrected_alone(session: Session) -> None:
    at_check(session)
    session.do("send")
    numbers = session.state.receipt_numbers
    number = numbers[1]
    session.do("own_form", number)
    assert "老年优待证" in [row.value for row in session.screen().rows]
    session.do("back")
    assert session.screen().kind == "receipt"
    session.do("own_form", number)
    session.do("amend")
    fill_in(session)
    assert visit(session).service.id == CARD
    assert visit(session).amends
    assert not session.state.bundle
    session.do("send")
    others = [one for one in numbers if one != number]
    shown = [row.value.replace(" ", "") for row in session.screen().rows]
    assert len(others) > 1
    assert {number, *others} <= {*shown}, "no number that was sent is lost from the screen"
    session.do("own_form", "sent")
    session.do("amend")
    fill_in(session)
    session.do("send")
    assert {*others} <= {row.value.replace(" ", "") for row in session.screen().rows}


def test_one_paper_has_every_number_and_what_is_the_same_once(rehearsal: Rehearsal, session: Session) -> None:
    from kiosk.screens import bundle as together

    at_check(session)
    session.do("send")
    state = session.state
    paper = together.paper(session._presenter.composer(), bundle(session))
    for number in state.receipt_numbers:
        assert sum(number == line.replace(" ", "").partition("：")[2] for line in paper.lines) == 1
    assert sum("哪天交的" in line for line in paper.lines) == 1


def test_staff_are_called_for_all_that_has_to_be_done_here(rehearsal: Rehearsal, session: Session) -> None:
    at_check(session, DISABILITY)  # with a mark in place of the signature
    due = [one.service.title.zh for one in bundle(session).taken if one.due_here]
    assert due
    session.do("send")
    call = rehearsal.hall.call_state
    assert call
    assert all(title in call.matter for title in due)
    assert session.state.promise_is_open


def test_one_errand_alone_is_sent_with_its_receipt_and_its_paper(rehearsal: Rehearsal, session: Session) -> None:
    from kiosk.screens import bundle as together

    session.do("event", EIGHTY)
    session.do("take", ALLOWANCE)
    session.do("take", CARD)
    session.do("next")
    session.do("next")
    fill_in_all(session)
    session.do("send")
    assert [one.definition.head.id for one in rehearsal.hall.kept] == [BUS]
    assert session.screen().kind == "receipt"
    paper = together.paper(session._presenter.composer(), bundle(session))
    assert "老年公交卡" in paper.lines[0]


def test_whoever_takes_one_form_back_still_finds_the_receipts_of_the_others(session: Session) -> None:
    at_check(session)
    session.do("send")
    allowance, card, bus = session.state.receipt_numbers
    session.do("own_form", card)
    session.do("take_back")
    session.do("take_back")
    session.do("back")
    assert session.screen().kind == "receipt"
    assert session.state.receipt_numbers == (allowance, bus)
    assert [row.label for row in session.screen().rows if row.change] == [
        "高龄津贴，回执号码",
        "老年公交卡，回执号码",
    ]
