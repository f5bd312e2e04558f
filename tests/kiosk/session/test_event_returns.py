"""A life event that is left: for another day, by a crash, for home; and whatever anybody presses in it."""

from random import Random

import pytest
from event_visits import (
    ALLOWANCE,
    BUS,
    CARD,
    DISABILITY,
    EIGHTY,
    at_check,
    begin_event,
    bundle,
    fill_in_all,
    headings,
    values,
)
from one_form import MOTHERS, give, visit

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.offered import buttons
from kiosk.session.session import Session
from kiosk.state.draft import Draft, new_key, opened, sealed
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    rehearsal.session.do("start")
    return rehearsal.session


def to_second_form(session: Session) -> None:
    begin_event(session)
    while visit(session).service.id == ALLOWANCE:
        give(session)
    give(session)


def after_crash(draft: Draft, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Rehearsal:
    """Another process, which is told only what was sealed."""
    key = new_key()
    rehearsal = Rehearsal(catalogue, texts, pinyin)
    rehearsal.session.restore(opened(sealed(draft, key), key))
    return rehearsal


def test_a_slip_brings_all_forms_back(rehearsal: Rehearsal, session: Session) -> None:
    to_second_form(session)
    shown, forms = session.screen(), [values(session, one) for one in (ALLOWANCE, CARD, BUS)]
    session.do("save")
    assert "满八十岁了" in [row.value for row in session.screen().rows]
    session.do("finish")
    session.do("home")
    session.scanned(rehearsal.hall.drafts.slip.qr)
    assert session.screen().name == shown.name
    assert session.screen().progress == shown.progress
    assert [values(session, one) for one in (ALLOWANCE, CARD, BUS)] == forms
    fill_in_all(session)
    assert session.screen().name == "check"
    assert values(session, BUS)["name"] == "王秀英"


def test_a_slip_knows_the_form_of_an_errand_that_is_left_out_too(rehearsal: Rehearsal, session: Session) -> None:
    session.do("event", EIGHTY)
    session.do("take", CARD)
    session.do("next")
    session.do("next")
    give(session)
    session.do("save")
    assert {one.definition.hash for one in bundle(session).visits} <= set(rehearsal.hall.drafts.definitions)


def test_what_was_shared_before_a_crash_is_shared_after_it(
    session: Session, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    at_check(session)
    again = after_crash(session.draft(), catalogue, texts, pinyin).session
    assert again.screen().rows == session.screen().rows
    again.do("change", f"{ALLOWANCE}:phone")
    give(again, "13900000001")
    assert [values(again, one)["phone"] for one in (ALLOWANCE, CARD, BUS)] == ["13900000001"] * 3


def test_a_crash_on_its_own_page_leads_back_to_it(
    session: Session, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    session.do("event", EIGHTY)
    session.do("take", CARD)
    again = after_crash(session.draft(), catalogue, texts, pinyin).session
    assert again.screen() == session.screen()


def test_a_crash_after_sending_shows_the_receipts(
    rehearsal: Rehearsal, session: Session, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    at_check(session)
    draft = session.draft()
    session.do("send")
    key = new_key()
    again = Rehearsal(catalogue, texts, pinyin)
    again.hall.kept = rehearsal.hall.kept
    again.session.restore(opened(sealed(draft, key), key))
    assert again.session.screen().kind == "receipt"
    assert len([row for row in again.session.screen().rows if row.change]) == 3


def test_what_a_county_offers_no_more_goes_on_as_it_was_begun(
    session: Session, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    from dataclasses import replace

    to_second_form(session)
    without = replace(catalogue, events={})
    again = after_crash(session.draft(), without, texts, pinyin).session
    fill_in_all(again)
    assert len(headings(again.screen())) == 3


def test_whoever_leaves_unsent_forms_is_asked_first(session: Session) -> None:
    to_second_form(session)
    while session.state.location != "home":
        session.do("back")
    session.do("choose", CARD)
    assert session.screen().remark == "刚才填的还没有交，会清掉。不要了，请再按一次。"
    assert session.state.bundle
    session.do("choose", CARD)
    assert session.state.bundle is None
    assert session.screen().name == "prerequisites"
    assert not visit(session).answers


def test_who_comes_back_to_it_goes_on(session: Session) -> None:
    to_second_form(session)
    before = values(session, ALLOWANCE)
    while session.state.location != "home":
        session.do("back")
    session.do("event", EIGHTY)
    assert values(session, ALLOWANCE) == before


def test_an_agents_card_is_theirs_in_each_form_and_nobody_becomes_whom_they_act_for(
    session: Session,
) -> None:
    from kiosk.devices.cards import Card

    session.equip(card_reader=True)
    begin_event(session, DISABILITY)
    while visit(session).field.id != "name":
        give(session, {"for_whom": "family"}.get(visit(session).field.id))
    session.card_read(Card(MOTHERS, "李秀兰"))
    session.do("take_card")
    assert session.state.shown is None, "the card of the relative does not make the visitor the relative"
    fill_in_all(session)
    assert [values(session, one.service.id)["resident_id"] for one in bundle(session).taken] == [MOTHERS] * 2


def test_in_the_other_language_it_is_the_same_screen(session: Session) -> None:
    at_check(session)
    session.do("lang", "en")
    assert headings(session.screen())[0].startswith("Old-age allowance: ")
    session.do("send")
    assert session.screen().kind == "receipt"


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_pressed_forms_of_one_person_stay_together(
    seed: int, rehearsal: Rehearsal, session: Session, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    """Sixty presses in a life event: nothing breaks, a crash changes nothing, and all that is shared is the same."""
    chance = Random(seed)
    begin_event(session, chance.choice([*catalogue.events]))
    for _ in range(60):
        visit_now = session.state.visit
        if session.state.location == "visit" and visit_now and visit_now.stage == "question" and chance.random() < 0.7:
            offered = [one.id for one in visit_now.choices()]
            give(session, chance.choice(offered) if offered and visit_now.field.type == "choice" else None)
        else:
            kept_out = ("home", "another", "finish", "lang", "set", "settings", "help", "practice", "save", "choose")
            offered_here = [one for one in buttons(session.screen()) if one.action not in kept_out and one.enabled]
            button = chance.choice(offered_here)
            session.do(button.action, button.value)
        if not session.state.bundle:
            session.do("event", chance.choice([*catalogue.events]))
            continue
        assert session.screens()["en"].title
        together = bundle(session)
        if session.state.location == "visit" and together.is_done:
            forms = {one.service.id: one for one in together.taken}
            for one in together.taken:
                for name, origin in one.shared.items():
                    if origin.service in forms and origin.field in forms[origin.service].done:
                        assert one.answers[name] == forms[origin.service].answers[origin.field]
            assert after_crash(session.draft(), catalogue, texts, pinyin).session.screen().rows == session.screen().rows
