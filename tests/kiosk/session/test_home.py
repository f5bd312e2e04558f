"""Home with many services: two touches to any, the most used first, every one by its name."""

from dataclasses import replace
from pathlib import Path

import pytest

from forms import Catalogue, load_catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.intents import Intent
from kiosk.screens.home import FLAT
from kiosk.session.session import Session
from kiosk.state.draft import draft_of
from kiosk.testing.many_services import sixteen
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from kiosk.walk.errands import answer


@pytest.fixture
def many(assets: Path) -> Catalogue:
    sixteen(assets)
    return load_catalogue(assets)


@pytest.fixture
def terminal(many: Catalogue, texts: Texts, pinyin: PinyinTable) -> Rehearsal:
    terminal = Rehearsal(many, texts, pinyin)
    terminal.session.do("start")
    return terminal


@pytest.fixture
def session(terminal: Rehearsal) -> Session:
    return terminal.session


def on_screen(session: Session, action: str) -> list[str | None]:
    return [one.value for one in session.screen().choices if one.action == action]


def test_every_one_of_sixteen_services_is_two_touches_away(many: Catalogue, session: Session) -> None:
    assert len(many.services) == 16
    reached = set(on_screen(session, "choose"))
    for group in on_screen(session, "group"):
        session.do("group", group)
        reached |= set(on_screen(session, "choose"))
        session.do("back")
    assert reached == many.services.keys()


def test_the_first_three_come_first_then_the_groups_that_have_services(many: Catalogue, session: Session) -> None:
    choices = session.screen().choices
    assert [one.value for one in choices[:3]] == [*many.services][:3]
    assert on_screen(session, "group") == ["money", "health", "cards", "housing", "ask"]
    assert session.screen().leading == 3


def test_a_group_of_one_service_is_that_service(many: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    fewer = replace(many, services={name: one for name, one in many.services.items() if name != "land-subsidy"})
    session = Rehearsal(fewer, texts, pinyin).session
    session.do("start")
    assert on_screen(session, "group") == ["money", "health", "cards", "ask"]
    (home_repair,) = [one for one in session.screen().choices if one.value == "home-repair"]
    assert not home_repair.detail  # it stands among the groups
    session.do("choose", "home-repair")
    session.do("back")
    assert session.screen().name == "home"


def test_up_to_six_services_stand_on_home_in_their_order(many: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    few = replace(many, services=dict([*many.services.items()][:FLAT]))
    session = Rehearsal(few, texts, pinyin).session
    session.do("start")
    assert [one.value for one in session.screen().choices] == [*few.services]


def test_many_services_of_one_group_are_one_list(many: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    alike = {name: one.model_copy(update={"group": "money"}) for name, one in many.services.items()}
    session = Rehearsal(replace(many, services=alike), texts, pinyin).session
    session.do("start")
    assert on_screen(session, "choose") == [*many.services]


@pytest.mark.parametrize("spoken", ["异地就医备案", "查进度"])
def test_a_service_in_a_group_is_begun_by_its_name(session: Session, spoken: str) -> None:
    session.hear(spoken)
    assert session.screen().kind == "prerequisites"


def test_the_name_of_a_group_opens_it(session: Session) -> None:
    session.hear("看病和医保")
    assert session.screen().title == "看病和医保"
    assert {"medical-insurance-payment", "out-of-area-medical"} <= {*on_screen(session, "choose")}


def test_own_words_reach_a_service_in_another_group(terminal: Rehearsal) -> None:
    terminal.session.do("group", "money")
    terminal.intent = Intent("residence-permit", 0.95)
    terminal.session.hear(None, syllables=("wo", "yao", "ban", "zheng"))
    assert terminal.session.screen().title == "居住证"


def test_services_between_which_it_asks_may_be_in_groups(terminal: Rehearsal) -> None:
    terminal.intent = Intent(None, 0.3, ("residence-permit", "land-subsidy"))
    terminal.session.hear(None, syllables=("wo", "yao", "ban", "zheng"))
    assert on_screen(terminal.session, "choose") == ["residence-permit", "land-subsidy"]
    terminal.session.do("choose", "land-subsidy")
    assert terminal.session.screen().kind == "prerequisites"


def test_back_leads_to_the_list_that_the_service_was_chosen_from(session: Session) -> None:
    session.do("group", "housing")
    session.do("choose", "home-repair")
    session.do("back")
    assert session.screen().name == "group-housing"
    session.do("back")
    assert session.screen().name == "home"
    session.hear("农村危房改造")
    session.do("back")
    assert session.screen().name == "home"


def test_who_goes_on_to_another_errand_and_who_comes_next_find_home(session: Session) -> None:
    session.do("group", "housing")
    session.do("finish")
    session.do("home")
    assert session.screen().name == "home"


def test_after_a_crash_in_a_group_home_is_shown(session: Session) -> None:
    session.do("group", "housing")
    session.restore(draft_of(session.state))
    assert session.screen().name == "home"


def test_what_is_sent_or_asked_most_comes_first_for_the_next_visitor(many: Catalogue, terminal: Rehearsal) -> None:
    session, used = terminal.session, terminal.hall.usage
    most, more = [*many.services][5:7]
    for name in (most, most, more):
        used.count(name)
    assert on_screen(session, "choose")[0] == "old-age-allowance", "no button moves during a visit"
    session.wipe()
    session.do("start")
    assert on_screen(session, "choose") == ["old-age-allowance", most, more]


def test_a_form_that_was_sent_and_a_question_that_was_asked_count_once(rehearsal: Rehearsal) -> None:
    session, counted = rehearsal.session, rehearsal.hall.usage.done
    session.do("start")
    session.do("choose", "opening-hours")
    rehearsal.finish_background()
    assert counted == {"opening-hours": 1}
    session.do("another")
    session.do("choose", "old-age-allowance")
    session.do("next")
    while session.state.visit and session.state.visit.stage == "question":
        answer(rehearsal)
    assert counted == {"opening-hours": 1}
    session.do("send")
    assert counted == {"opening-hours": 1, "old-age-allowance": 1}


def test_home_says_what_there_is(session: Session) -> None:
    said = session.screen().say
    assert {"高龄津贴", "钱和补贴", "查询和取号"} <= {*said}
