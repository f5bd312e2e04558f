"""What is not done at the kiosk: nobody who came for it stands before a dead end."""

import re
from pathlib import Path

import pytest
from catalogue_support import mistakes_in
from one_form import begin_for_oneself
from project import ASSETS

from forms import Catalogue, load_catalogue
from kiosk.derived.results import DerivedResults
from kiosk.intents import HELP, Intent
from kiosk.intents.intent_classifier import IntentClassifier
from kiosk.intents.sounds import syllables
from kiosk.screens.common.model import Screen
from kiosk.session.handlers.idle import Times
from kiosk.session.session import Session
from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts

ALLOWANCE = "old-age-allowance"


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    rehearsal.session.do("start")
    return rehearsal.session


@pytest.fixture(scope="module")
def classifier(catalogue: Catalogue, derived: Path) -> IntentClassifier:
    return IntentClassifier.load(ASSETS, catalogue, DerivedResults(derived))


def say(rehearsal: Rehearsal, text: str) -> Screen:
    """Say something that is no phrase of the screen and no service."""
    rehearsal.session.hear(None, syllables=tuple(syllables(text)))
    return rehearsal.session.screen()


def test_home_leads_to_the_counters_and_back(session: Session, rehearsal: Rehearsal) -> None:
    assert "没有我要办的" in [one.label for one in session.screen().secondary]
    session.do("errands")
    *offered, none, tell = session.screen().choices
    assert [one.value for one in offered] == [one.id for one in rehearsal.catalogue.counters_here.errands]
    assert len(offered) >= 7
    assert (none.action, none.label) == ("help", "都不是，叫工作人员")
    assert (tell.action, tell.label) == ("cannot", "都办不成，我要说说")
    session.do("errand", "id-card")
    session.do("back")
    assert session.screen().name == "errands"
    session.do("back")
    assert session.screen().name == "home"


@pytest.mark.parametrize(("lang", "where", "bring"), [("zh", "1 号窗口", "户口本"), ("en", "counter 1", "register")])
def test_an_errand_says_where_with_what_and_when(session: Session, lang: str, where: str, bring: str) -> None:
    if lang == "en":
        session.do("lang", "en")
    session.do("errands")
    session.do("errand", "id-card")
    counter, papers, hours = session.screen().rows
    assert where in counter.value
    assert bring in papers.value
    assert "8:30" in hours.value or "八点半" in hours.value
    assert {part for row in (counter, papers, hours) for part in row.say} <= set(session.to_say()), "and says it aloud"


def test_staff_are_called_with_the_matter(session: Session, rehearsal: Rehearsal) -> None:
    session.do("errands")
    session.do("errand", "hardship-help")
    primary = session.screen().primary
    assert primary
    session.do(primary.action, primary.value)
    assert rehearsal.hall.call_state.matter == "五保和临时救助"
    assert session.screen().kind == "help"
    session.do("resume")
    assert session.screen().name == "errand-hardship-help"


def test_staff_read_the_matter_in_the_language_of_the_hall(session: Session, rehearsal: Rehearsal) -> None:
    session.do("lang", "en")
    session.do("errands")
    session.do("errand", "hardship-help")
    session.do("help")
    assert rehearsal.hall.call_state.matter == "五保和临时救助"


def test_none_of_them_calls_staff_too(session: Session, rehearsal: Rehearsal) -> None:
    session.do("errands")
    session.hear("都不是")
    assert session.screen().kind == "help"
    assert rehearsal.hall.call_state


@pytest.mark.parametrize("begun", [True, False])
def test_words_for_no_service_lead_to_the_counters_the_second_time(
    rehearsal: Rehearsal, texts: Texts, begun: bool
) -> None:
    session = rehearsal.session
    if begun:
        session.do("start")
    before = session.screen().name
    assert say(rehearsal, "今天天气真好啊").name == before
    assert session.to_say() == (texts.said("voice.not_understood", "zh"),)
    shown = say(rehearsal, "今天天气真好啊")
    assert shown.name == "errands"
    assert shown.notices[0] == texts("errands.not_heard", "zh")
    assert session.to_say() == (texts.said("errands.not_heard", "zh"), *shown.say)
    assert say(rehearsal, "今天天气真好啊").name == "errands"


def test_a_forgotten_list_of_counters_is_left(rehearsal: Rehearsal) -> None:
    for _ in range(2):
        say(rehearsal, "今天天气真好啊")
    times = Times()
    for _ in range(int(times.idle_warning + times.idle_countdown) + 1):
        rehearsal.seconds += 1
        rehearsal.session.tick()
    assert rehearsal.session.screen().name == "attract"


def test_in_a_visit_unknown_words_lead_nowhere(session: Session, rehearsal: Rehearsal) -> None:
    session.do("choose", ALLOWANCE)
    for _ in range(3):
        assert say(rehearsal, "我要办身份证").name == "prerequisites"


def test_every_errand_is_found_by_its_own_words(
    rehearsal: Rehearsal, session: Session, classifier: IntentClassifier
) -> None:
    """Over all titles and phrases, said as a request, with what the classifier of services makes of them."""
    lost = []
    for errand in rehearsal.catalogue.counters_here.errands:
        for text in (errand.title.zh, *errand.phrases.zh):
            request = f"我来办{text}"
            rehearsal.intent = classifier.syllables(syllables(request))
            if (shown := say(rehearsal, request)).name != f"errand-{errand.id}":
                lost.append((request, rehearsal.intent, shown.title))
            session.wipe()
            session.do("start")
    assert lost == []


@pytest.mark.parametrize(
    ("heard", "screen"),
    [
        ("e bao ka ji huo", "errand-social-security-card-use"),  # 社保卡激活: one of five is wrong
        ("kuan shen fen zheng", "errand-id-card"),  # 换身份证
        ("tian hu kou", "home"),  # 迁户口: of a short name all have to be right
        ("e bao ge ji huo", "home"),
    ],
)
def test_one_misheard_syllable_of_a_long_name_is_forgiven(
    session: Session, rehearsal: Rehearsal, heard: str, screen: str
) -> None:
    session.hear(None, syllables=tuple(heard.split()))
    assert session.screen().name == screen


def test_short_or_double_words_are_asked(session: Session, rehearsal: Rehearsal) -> None:
    shown = say(rehearsal, "五保")
    assert (shown.kind, shown.title) == ("which", "您说的是五保和临时救助吗？")
    session.hear("是的")
    assert session.screen().name == "errand-hardship-help"
    session.do("back")
    session.do("back")
    shown = say(rehearsal, "我要办残疾证还要换身份证")
    assert [one.value for one in shown.choices[:2]] == ["id-card", "disability-card"]
    session.do("none_of_them")
    assert session.screen().name == "errands", "where all are"


def test_a_sure_service_counts_more_than_a_short_name_only(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.intent = Intent(ALLOWANCE, 0.6)
    assert say(rehearsal, "我来办残疾证").name == "errand-disability-card"
    rehearsal.intent = Intent(HELP, 0.9)
    session.do("back")
    assert say(rehearsal, "我来办残疾证").name == "errand-disability-card"
    rehearsal.intent = Intent(ALLOWANCE, 0.95)
    session.do("back")
    assert say(rehearsal, "我来办残疾证").name == "errand-disability-card"
    session.do("back")
    assert say(rehearsal, "我吃低保能不能领高龄津贴").name == "prerequisites"


def test_what_was_filled_in_is_not_lost_on_the_way(session: Session, rehearsal: Rehearsal) -> None:
    begin_for_oneself(session)
    session.state.entry.add("王秀英")
    session.do("next")
    for _ in range(4):
        session.do("back")
    session.do("errands")
    session.do("errand", "proof")
    session.do("finish")
    assert session.screen().name == "errand-proof", "the first press warns that the answer is not sent"
    session.do("back")
    session.do("back")
    session.do("choose", ALLOWANCE)
    assert session.state.visit
    assert session.state.visit.answers


def test_after_a_crash_the_list_is_shown(rehearsal: Rehearsal, session: Session) -> None:
    session.do("errands")
    session.do("errand", "proof")
    draft = session.draft()
    session.wipe()
    session.restore(draft)
    assert session.screen().name == "errands"


def test_what_has_become_a_service_is_no_errand_of_the_counters(assets: Path) -> None:
    service = (assets / "services" / "opening-hours.yaml").read_text("utf-8")
    (assets / "services" / "proof.yaml").write_text(service.replace("id: opening-hours", "id: proof"), "utf-8")
    assert "proof" not in [one.id for one in load_catalogue(assets).counters_here.errands]


def test_a_broken_file_is_one_plain_sentence(assets: Path) -> None:
    path = assets / "counters.yaml"
    path.write_text(path.read_text("utf-8").replace("id: proof", "id: id-card"), "utf-8")
    assert re.match(
        r"assets/counters\.yaml:\d+: errand id-card > id: .* is there twice\.", "".join(mistakes_in(assets))
    )


def test_a_hall_without_such_errands_still_calls_staff(assets: Path, texts: Texts, rehearsal: Rehearsal) -> None:
    (assets / "counters.yaml").write_text("errands: []", "utf-8")
    session = Rehearsal(load_catalogue(assets), texts, rehearsal.pinyin, Look()).session
    session.do("start")
    session.do("errands")
    assert [one.action for one in session.screen().choices] == ["help", "cannot"]
