"""One form: what was answered in a stay is shown with where it came from and taken over, changed, or asked again."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from one_form import FATHERS, MOTHERS, OWN, begin, begin_for_oneself, fill_in, give, visit

from forms import Catalogue, load_catalogue
from kiosk.devices.cards import Card
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Screen
from kiosk.session.session import Session
from kiosk.state.answers.known_answers import Known
from kiosk.state.draft import new_key, opened, sealed
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts

ALLOWANCE, DISABILITY, CARD = "old-age-allowance", "disability-subsidy", "social-security-card"


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    rehearsal.session.do("start")
    return rehearsal.session


def sent(session: Session, service: str, **answers: str) -> None:
    begin(session, service)
    fill_in(session, "take", **answers)
    session.do("send")
    session.do("another")


def begun(session: Session, service: str, **answers: str) -> Screen:
    """To what is known."""
    begin(session, service)
    fill_in(session, **answers)
    return session.screen()


def rows(shown: Screen) -> dict[str, str]:
    return {row.label: row.value for row in shown.rows}


def test_it_is_shown_with_where_it_came_from_and_counts_after_one_touch(session: Session) -> None:
    sent(session, ALLOWANCE, name="王秀英", phone="13800138000")
    shown = begun(session, CARD, for_whom="self")
    assert rows(shown)["电话号码"] == "138******00（这次说过）"
    assert "phone" not in visit(session).answers, "nothing is decided before it was shown"
    session.do("reuse")
    assert visit(session).answers["phone"] == "13800138000"
    fill_in(session)
    assert "电话号码（这次说过）" in rows(session.screen())


def test_private_answers_are_shown_by_their_ends_and_not_said(session: Session) -> None:
    sent(session, ALLOWANCE)
    shown = begun(session, CARD, for_whom="self")
    written, said = "".join(rows(shown).values()), "".join(session.to_say())
    assert "11010519491231002X" not in written + said
    assert "13800138000" not in written + said


def test_one_line_is_changed_at_one_touch_and_the_others_are_offered_again(session: Session) -> None:
    sent(session, ALLOWANCE)
    begun(session, CARD, for_whom="self")
    session.do("correct", "phone")
    assert session.state.entry.text == "13800138000"
    session.do("clear")
    for digit in "13900000001":
        session.do("type", digit)
    session.do("next")
    assert session.screen().name.startswith("known")
    session.do("reuse")
    assert visit(session).answers["phone"] == "13900000001"
    assert visit(session).answers["resident_id"] == OWN


def test_back_from_a_line_leads_to_all_of_them(session: Session) -> None:
    sent(session, ALLOWANCE)
    begun(session, CARD, for_whom="self")
    session.do("correct", "phone")
    session.do("back")
    assert session.screen().name.startswith("known")


def test_taking_over_can_be_taken_back(session: Session) -> None:
    sent(session, ALLOWANCE)
    begun(session, CARD, for_whom="self")
    session.do("reuse")
    session.do("undo")
    assert session.screen().name.startswith("known")
    assert "name" not in visit(session).answers


def test_consents_and_wishes_are_asked_anew(session: Session) -> None:
    sent(session, CARD, for_whom="self")
    begun(session, CARD)
    assert {"consent", "purpose"}.isdisjoint(visit(session).offer.lines)
    assert visit(session).offer.lines


def test_no_service_reuses_a_wish_or_a_consent(catalogue: Catalogue) -> None:
    """What is wanted this time, how it is paid, what an agent may see, to what somebody agrees."""
    anew = {"card_purpose", "payment_way", "agent_sees", "consent", "signature", "purpose", "kind", "way"}
    fields = [field for service in catalogue.services.values() for field in service.fields]
    assert anew.isdisjoint({field.topic for field in fields})
    assert not [field.id for field in fields if field.type in ("consent", "signature") and field.topic]


def test_the_next_card_may_be_fetched_where_the_first_one_is(session: Session) -> None:
    sent(session, "senior-card", for_whom="self", pick_up="town")
    shown = begun(session, "senior-bus-card", purpose="first")
    assert rows(shown)["在哪里拿卡"] == "送到乡镇，我去那里拿（这次说过）"


def test_the_town_where_a_card_is_fetched_is_not_said_to_be_where_somebody_lives(session: Session) -> None:
    sent(session, CARD, for_whom="self", pick_up="town", town="shiqiao")
    begun(session, ALLOWANCE, for_whom="self")
    assert "phone" in visit(session).offer.lines
    assert "town" not in visit(session).offer.lines


@pytest.mark.parametrize("owner", ["own", "family"])
def test_a_relatives_card_is_not_offered_where_ones_own_is_wanted(session: Session, owner: str) -> None:
    sent(session, DISABILITY, for_whom="self", account_holder=owner)
    begun(session, "minimum-living-allowance", for_whom="self")
    assert ("bank_card" in visit(session).offer.lines) == (owner == "own")


def test_ones_own_card_is_offered_only_once_it_is_said_whose_card_it_is_to_be(session: Session) -> None:
    sent(session, "minimum-living-allowance", for_whom="self")
    begun(session, ALLOWANCE, for_whom="self")
    session.do("reuse")
    assert visit(session).field_id == "account_holder"
    session.do("answer", "own")
    assert visit(session).known_here
    session.do("back")
    session.do("answer", "family")
    fill_in(session, family_bank_card="6217001234567890122")
    assert visit(session).answers["family_bank_card"] == "6217001234567890122"
    assert "bank_card" not in visit(session).answers


def test_somebody_else_is_offered_nothing_of_the_visitor(session: Session) -> None:
    sent(session, ALLOWANCE)
    begun(session, DISABILITY)
    session.do("correct", "for_whom")
    session.do("answer", "family")
    assert set(visit(session).offer.lines) == {"agent_name", "agent_resident_id", "agent_phone"}
    session.do("reuse")
    fill_in(session, relation="child")
    asked = [one for one in ("name", "resident_id", "town") if one in visit(session).reused]
    assert asked == []


def test_another_person_is_known_by_their_id_number(session: Session) -> None:
    sent(session, DISABILITY, for_whom="family", agent_name="王小明", name="李秀兰", resident_id=MOTHERS)
    shown = begun(session, CARD, for_whom="family")
    assert shown.title == "是给这位办吗？"
    assert rows(shown)["卡主的姓名"] == "李秀兰（这次说过）"
    session.do("somebody_else")
    assert session.screen().name == "question-for_whom"
    session.do("answer", "family")
    assert set(visit(session).offer.lines) == {"agent_name", "agent_resident_id", "agent_phone"}, "the same stands here"
    session.do("reuse")
    while visit(session).field.id in ("relation", "agent_sees"):
        give(session)
    assert session.screen().name == "question-name"
    assert session.state.entry.text == ""


def test_for_whom_it_is_is_part_of_what_is_shown_and_changed_at_one_touch(session: Session) -> None:
    sent(session, CARD, for_whom="self", name="王秀英")
    shown = begun(session, "senior-card")
    assert rows(shown)["给谁办"] == "给我自己（这次说过）"
    assert rows(shown)["老人的姓名"] == "王秀英（这次说过）"
    session.do("correct", "for_whom")
    session.do("answer", "family")
    assert set(visit(session).offer.lines) == {"agent_name", "agent_resident_id", "agent_phone"}
    fill_in(session, "take", name="李秀兰", resident_id=MOTHERS)
    assert visit(session).answers["name"] == "李秀兰"


def test_the_form_before_says_for_whom_the_next_is(session: Session) -> None:
    sent(session, CARD, for_whom="self")
    sent(session, DISABILITY, for_whom="family", name="李秀兰", resident_id=MOTHERS)
    begun(session, "senior-card")
    assert visit(session).offer.lines["for_whom"].value == "family"
    session.do("somebody_else")
    assert session.screen().title == "这些您说过了，还是这样吗？"
    assert visit(session).offer.lines["for_whom"].value == "self"


def test_the_agents_own_lines_stand_on_a_screen_of_their_own(session: Session) -> None:
    sent(session, DISABILITY, for_whom="family", relation="child", name="李秀兰", resident_id=MOTHERS)
    begun(session, "senior-card")
    assert not [name for name in visit(session).offer.lines if name.startswith("agent_")]
    assert visit(session).offer.lines["relation"].value == "child", "it belongs to this relative"
    session.do("reuse")
    assert session.screen().title == "这些您说过了，还是这样吗？"
    assert set(visit(session).offer.lines) == {"agent_name", "agent_resident_id", "agent_phone"}


def test_two_others_are_offered_one_after_the_other(session: Session) -> None:
    sent(session, DISABILITY, for_whom="family", name="李秀兰", resident_id=MOTHERS)
    begun(session, DISABILITY, for_whom="family")
    session.do("somebody_else")
    fill_in(session, "take", for_whom="family", name="王大山", resident_id=FATHERS)
    session.do("send")
    session.do("another")
    begun(session, CARD)
    first = visit(session).offer.lines["name"].value
    session.do("somebody_else")
    assert {first, visit(session).offer.lines["name"].value} == {"李秀兰", "王大山"}
    session.do("somebody_else")
    assert "name" not in visit(session).offer.lines


def test_a_change_of_for_whom_takes_the_answers_of_the_one_away(session: Session) -> None:
    sent(session, ALLOWANCE)
    begin(session, CARD)
    fill_in(session, "take", for_whom="self")
    assert "resident_id" in visit(session).reused
    session.do("change", "for_whom")
    session.do("answer", "family")
    assert {"resident_id", "name"}.isdisjoint(visit(session).answers)
    assert visit(session).typed.get("name", "") == ""


def test_who_says_that_it_is_not_theirs_wipes_all_of_it(session: Session) -> None:
    sent(session, ALLOWANCE)
    begun(session, CARD, for_whom="self")
    session.do("somebody_else")
    assert session.state.known.people == {}
    assert session.screen().name == "question-for_whom"
    assert visit(session).typed.get("name", "") == ""


@pytest.mark.parametrize("leaves", ["finish", "wipe"])
def test_nothing_is_known_of_the_visitor_before(session: Session, leaves: str) -> None:
    sent(session, ALLOWANCE)
    if leaves == "finish":
        session.do("finish")
        assert session.state.known.people == {}
        session.do("home")
    else:
        session.wipe()
        session.do("start")
    begin_for_oneself(session)
    assert session.screen().name == "question-name"
    assert session.state.entry.text == ""
    assert session.draft().known == {}


def test_a_slip_holds_one_form_and_nothing_of_the_others(session: Session, rehearsal: Rehearsal) -> None:
    sent(session, ALLOWANCE, phone="13900000001")
    begun(session, CARD, for_whom="self")
    session.do("save")
    draft = rehearsal.hall.drafts.draft
    assert draft
    assert draft.known == {}
    assert "13900000001" not in draft.model_dump_json()


def test_what_a_slip_brings_is_as_old_as_it_was_said(session: Session, rehearsal: Rehearsal) -> None:
    begin(session, ALLOWANCE)
    fill_in(session)
    session.do("save")
    draft = rehearsal.hall.drafts.draft
    assert draft
    assert draft.visit
    before = {name: replace(one, at=date(2026, 11, 2)) for name, one in draft.visit.sources.items()}
    visit_then = draft.visit.model_copy(update={"sources": before})
    rehearsal.hall.drafts.draft = draft.model_copy(update={"visit": visit_then})
    session.do("finish")
    session.do("home")
    session.do("come_back")
    for digit in rehearsal.hall.drafts.slip.code:
        session.do("type", digit)
    session.do("next")
    session.do("send")
    session.do("another")
    assert rows(begun(session, CARD, for_whom="self"))["电话号码"].endswith("（2026年11月2日填的）")


def test_no_visitor_is_ever_shown_what_another_said(
    session: Session, rehearsal: Rehearsal, catalogue: Catalogue
) -> None:
    """Whatever is done between them: of the one who came before nothing is on any screen of the next."""
    rng = Random(17)
    for _ in range(8):
        sent(session, rng.choice([ALLOWANCE, CARD]), for_whom="self", name="赵小明", phone="13911112222")
        session.do("finish") if rng.random() < 0.5 else session.wipe()
        session.do("home" if session.screen().name == "goodbye" else "start")
        begin(session, rng.choice([ALLOWANCE, CARD, DISABILITY]))
        while visit(session).stage != "check":
            assert visit(session).stage == "question"
            assert "赵小明" not in repr(session.screen())
            assert "13911112222" not in repr(session.screen())
            give(session)
        session.wipe()
        session.do("start")


def test_after_a_crash_the_visitor_is_still_known(
    session: Session, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    sent(session, ALLOWANCE)
    begun(session, CARD, for_whom="self")
    key = new_key()
    after = Rehearsal(catalogue, texts, pinyin).session
    after.restore(opened(sealed(session.draft(), key), key))
    assert after.screen().rows == session.screen().rows
    after.do("reuse")
    assert visit(after).answers["name"] == "王秀英"


def test_what_a_card_said_is_called_so(session: Session) -> None:
    session.equip(card_reader=True)
    begin_for_oneself(session)
    session.card_read(Card(OWN, "王秀英"))
    session.do("take_card")
    fill_in(session)
    session.do("send")
    session.do("another")
    shown = begun(session, CARD, for_whom="self")
    assert sum(value.endswith("（身份证上的）") for value in rows(shown).values()) == 2


def test_the_hall_is_told_what_was_not_put_in_on_the_form(session: Session, rehearsal: Rehearsal) -> None:
    session.equip(card_reader=True)
    begin_for_oneself(session)
    session.card_read(Card(OWN, "王秀英"))
    session.do("take_card")
    fill_in(session)
    session.do("send")
    (form,) = rehearsal.hall.kept
    assert {name: (one.source, one.checked, one.reused) for name, one in form.sources.items()} == {
        "name": ("card", True, False), "resident_id": ("card", True, False)
    }  # fmt: skip
    session.do("another")
    begin(session, CARD)
    fill_in(session, "take", phone="13900000001")
    session.do("send")
    (form,) = rehearsal.hall.kept
    told = {name: (one.source, one.reused) for name, one in form.sources.items()}
    assert told == {"for_whom": ("said", True), "name": ("card", True), "resident_id": ("card", True)}


@pytest.mark.parametrize(
    ("reuse", "offered"), [("max_age_days: 0", False), ("max_age_days: 30", True), ("checked: true", False)]
)
def test_a_service_says_which_age_and_which_check_it_takes(
    assets: Path, texts: Texts, pinyin: PinyinTable, reuse: str, offered: bool
) -> None:
    file = assets / "services" / "social-security-card.yaml"
    file.write_text(file.read_text("utf-8") + f"reuse: {{{reuse}}}\n", "utf-8")
    catalogue = load_catalogue(assets)
    assert not catalogue.mistakes
    session = Rehearsal(catalogue, texts, pinyin).session
    session.do("start")
    said = Known("13800138000", "said", date(2026, 11, 20))
    session.state.known.people[""] = {"phone": said}
    begin(session, CARD)
    while visit(session).field.id != "phone":
        give(session)
    assert (visit(session).known_here is not None) == offered


def test_a_member_is_offered_who_was_named_before_and_is_not_in_yet(
    household: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    session = Rehearsal(household, texts, pinyin).session
    session.do("start")
    sent(session, DISABILITY, for_whom="family", name="李秀兰", resident_id=MOTHERS)
    begin(session, "household")
    session.do("reuse")  # the form itself is for who stands here
    fill_in(session)
    assert session.screen().title == "是这位吗？"
    assert visit(session).offer.lines["members.1.resident_id"].value == MOTHERS
    session.do("reuse")
    fill_in(session, **{"members.1.more": "yes"})
    assert MOTHERS not in [one.value for one in visit(session).offer.lines.values()]


def test_the_visitor_may_be_a_member_of_the_form_before(
    household: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    session = Rehearsal(household, texts, pinyin).session
    session.do("start")
    sent(session, "household", name="王小明", **{"members.1.name": "王小明", "members.1.resident_id": FATHERS})
    shown = begun(session, CARD, for_whom="self")
    assert shown.title == "这位是您吗？"
    session.do("reuse")
    assert visit(session).answers["resident_id"] == FATHERS
    assert visit(session).answers["phone"] == "13800138000"


def test_one_answer_alone_is_offered_at_its_question(session: Session) -> None:
    session.state.known.people[""] = {"phone": Known("13800138000", "said", date(2026, 11, 23))}
    begin(session, CARD)
    while visit(session).field.id != "phone":
        give(session)
    shown = session.screen()
    assert shown.primary
    assert (shown.name, shown.primary.label) == ("question-phone", "都对，沿用")
    assert "138******00（这次说过）" in shown.lines
    assert "都对，沿用" in session.to_say()
    assert not any("138" in part for part in session.to_say())
    session.do("type", "1")
    assert session.screen().primary.label == "下一步", "who puts in another answer gives that"
    session.do("erase")
    session.do("back")
    assert session.screen().name != "question-phone", "back leads on, as from any question"
    session.do("answer", visit(session).typed[visit(session).field.id])
    session.do("reuse")
    assert visit(session).answers["phone"] == "13800138000"
    assert "phone" in visit(session).reused
    session.do("undo")
    assert session.screen().primary.action == "reuse"


def test_one_choice_alone_is_marked_where_it_stands(session: Session) -> None:
    session.state.known.people[""] = {"town": Known("liulin", "said", date(2026, 11, 23))}
    begin(session, "senior-card")
    while visit(session).field.id != "town":
        give(session)
    assert [one.value for one in session.screen().choices if one.selected] == ["liulin"]
    assert "柳林乡（这次说过）" in session.screen().lines
    assert session.screen().primary is None, "touching it costs no more"


def test_who_applies_is_no_member_of_their_own_household(session: Session) -> None:
    sent(session, ALLOWANCE, for_whom="self", name="王秀英")
    begin(session, "minimum-living-allowance")
    session.do("reuse")
    while visit(session).field.id != "members.1.name":
        give(session, "yes" if visit(session).field.id == "members.0.more" else None)
    assert visit(session).known_here is None


def test_of_a_second_card_only_the_wish_is_asked(session: Session) -> None:
    sent(session, "senior-card", purpose="lost", for_whom="self")
    known = rows(begun(session, "senior-bus-card", purpose="first", for_whom="self"))
    assert {"户口所在地", "户口本", "一寸照片", "乡镇", "电话号码"} <= known.keys()
    assert "办什么" not in known
