"""Own words and doubtful words in a session: what is begun, what is asked, and what a television cannot do."""

import pytest

from kiosk.intents import CANNOT, HELP, Intent
from kiosk.intents.disambiguation import of_own_words
from kiosk.intents.intent_classifier import IntentClassifier
from kiosk.intents.sounds import syllables
from kiosk.screens.common.model import Screen
from kiosk.screens.common.offered import offers
from kiosk.session.handlers.idle import Times
from kiosk.session.session import Session
from kiosk.state.disambiguation import Disambiguation, Option
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from kiosk.walk.errands import example

ALLOWANCE, PENSION = "old-age-allowance", "pension-certification"
MANY = ("wo",) * 9


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    return rehearsal.session


def say(rehearsal: Rehearsal, intent: Intent, heard: tuple[str, ...] = MANY) -> Screen:
    """Say something of that intent; the screen that follows."""
    rehearsal.intent = intent
    rehearsal.session.hear(None, syllables=heard)
    return rehearsal.session.screen()


def test_own_words_from_sound_to_screen(rehearsal: Rehearsal, session: Session, classifier: IntentClassifier) -> None:
    session.do("start")
    heard = tuple(syllables("我八十一了听说国家每个月给点钱"))
    assert say(rehearsal, classifier.syllables(heard), heard).name == "prerequisites"
    assert session.state.visit
    assert session.state.visit.service.id == ALLOWANCE


@pytest.mark.parametrize("start", [True, False])
def test_a_sure_request_begins_the_errand_says_so_and_can_be_undone(
    rehearsal: Rehearsal, session: Session, texts: Texts, start: bool
) -> None:
    if start:
        session.do("start")
    shown = say(rehearsal, Intent(PENSION, 0.95))
    assert shown.name == "prerequisites"
    title = rehearsal.catalogue.service(PENSION).title.said("zh")
    assert session.to_say()[:2] == (texts.said("which.begins", "zh"), title)
    assert session.to_say()[2:] == shown.say
    session.do("back")
    assert session.screen().name == "home"


@pytest.mark.parametrize(("confidence", "heard"), [(0.6, MANY), (0.95, MANY[:3])])
def test_what_is_doubtful_or_short_is_asked(
    rehearsal: Rehearsal, session: Session, confidence: float, heard: tuple[str, ...]
) -> None:
    session.do("start")
    shown = say(rehearsal, Intent(ALLOWANCE, confidence), heard)
    assert (shown.kind, shown.title) == ("which", "您说的是高龄津贴吗？")
    assert session.state.visit is None
    session.hear("是的")
    assert session.screen().name == "prerequisites"


def test_several_that_fit_are_one_plain_question(rehearsal: Rehearsal, session: Session) -> None:
    session.do("start")
    shown = say(rehearsal, Intent(None, 0.4, (ALLOWANCE, PENSION)))
    assert shown.title == "您说的是高龄津贴，还是养老金资格认证？"
    assert shown.say == ("您说的是", "高龄津贴", "还是", "养老金资格认证")
    assert [one.label for one in shown.choices] == ["高龄津贴", "养老金资格认证", "都不是"]
    assert not any(one.detail for one in shown.choices)
    said = {one.text: (one.action, one.value) for one in shown.phrases}
    assert said["第一个"] == said["高龄补贴"] == ("choose", ALLOWANCE)
    assert said["第二个"] == said["退休认证"] == ("choose", PENSION)
    session.hear("第二个")
    assert session.state.visit
    assert session.state.visit.service.id == PENSION


def test_none_of_the_services_leads_to_the_counters(rehearsal: Rehearsal, session: Session, texts: Texts) -> None:
    session.do("start")
    say(rehearsal, Intent(None, 0.4, (ALLOWANCE, PENSION)))
    session.hear("都不是")
    assert session.screen().name == "errands"
    assert session.to_say()[0] == texts.said("errands.not_heard", "zh")


def test_who_needs_no_help_goes_on_where_they_are(rehearsal: Rehearsal, session: Session, texts: Texts) -> None:
    session.do("start")
    say(rehearsal, Intent(HELP, 0.99))
    session.hear("不用")
    assert session.screen().name == "home"
    assert session.to_say() == (texts.said("which.again", "zh"),)


@pytest.mark.parametrize("what", [HELP, CANNOT])
@pytest.mark.parametrize("place", ["attract", "home", "question"])
def test_help_is_offered_and_never_called_by_itself(
    rehearsal: Rehearsal, session: Session, what: str, place: str
) -> None:
    if place != "attract":
        session.do("start")
    if place == "question":
        session.do("choose", ALLOWANCE)
        session.do("next")
    shown = say(rehearsal, Intent(what, 0.99))
    assert shown.kind == "which"
    assert rehearsal.hall.call_state is None
    told = ["cannot"] if what == CANNOT else []  # what they could not get done
    assert [one.action for one in shown.choices] == ["help", *told, "none_of_them"]
    session.hear("叫工作人员来" if told else "要")
    assert rehearsal.hall.call_state is not None
    assert session.screen().kind == "help"


def test_who_cannot_get_it_done_hears_kind_words(rehearsal: Rehearsal) -> None:
    assert "不怪您" in say(rehearsal, Intent(CANNOT, 0.9)).title


def test_nobody_is_offered_who_is_called_already(rehearsal: Rehearsal, session: Session) -> None:
    session.do("start")
    session.do("help")
    session.do("resume")
    assert say(rehearsal, Intent(HELP, 0.99)).name == "home"


def test_in_an_errand_own_words_begin_no_other(rehearsal: Rehearsal, session: Session, texts: Texts) -> None:
    session.do("start")
    session.do("choose", ALLOWANCE)
    for meaning in (Intent(PENSION, 0.99), Intent(None, 0.4, (ALLOWANCE, PENSION))):
        assert say(rehearsal, meaning).name == "prerequisites"
    assert session.state.visit
    assert session.state.visit.service.id == ALLOWANCE
    assert session.to_say()[0] in (texts.said("voice.not_understood", "zh"), texts.said("voice.offer_help", "zh"))


def test_what_means_nothing_is_said_as_before(rehearsal: Rehearsal, session: Session, texts: Texts) -> None:
    session.do("start")
    assert say(rehearsal, Intent(None, 0.3)).name == "home"
    assert session.to_say() == (texts.said("voice.not_understood", "zh"),)
    session.do("back")
    session.do("settings")
    session.do("resume")
    assert say(rehearsal, Intent(None, 0.3, (ALLOWANCE, HELP))).name == "home"


def test_two_phrases_that_sound_alike(rehearsal: Rehearsal, session: Session) -> None:
    session.do("start")
    session.do("choose", ALLOWANCE)
    session.do("next")
    while session.state.visit and (field := session.state.visit.field).id != "account_holder":
        if field.type in ("choice", "consent"):
            session.do("answer", example(rehearsal, field))
        else:
            session.state.entry.add(field.example)
            session.do("next")
    session.do("answer", "own")
    session.do("back")
    session.hear(None, between=("老人自己的", "家里人的"))
    shown = session.screen()
    assert shown.title == "您说的是老人自己的，还是家里人的？"
    assert all(button.enabled and not button.selected for button in shown.choices)
    session.do("answer", "family")
    assert session.state.visit
    assert session.state.visit.answers["account_holder"] == "family"
    assert session.screen().name == "question-account_holder_name"


def test_two_phrases_for_one_thing_are_no_question(session: Session) -> None:
    session.do("start")
    session.hear(None, between=("高龄津贴", "高龄补贴"))
    assert session.screen().name == "prerequisites"


def test_of_a_phrase_and_one_that_only_the_window_knows_nothing_is_done(session: Session, texts: Texts) -> None:
    session.do("start")
    session.hear(None, between=("高龄津贴", "看更多"))
    assert session.screen().name == "home"
    assert session.to_say() == (texts.said("voice.not_understood", "zh"),)


def test_another_language_drops_the_question(rehearsal: Rehearsal, session: Session) -> None:
    session.do("start")
    say(rehearsal, Intent(None, 0.4, (ALLOWANCE, PENSION)))
    session.do("lang", "en")
    assert session.screen().name == "home"


def test_repeating_keeps_the_question(rehearsal: Rehearsal, session: Session) -> None:
    session.do("start")
    shown = say(rehearsal, Intent(None, 0.4, (ALLOWANCE, PENSION)))
    session.do("repeat")
    assert session.screen() == shown
    assert session.to_say() == shown.say


def test_a_television_lengthens_no_visit(rehearsal: Rehearsal, session: Session) -> None:
    session.do("start")
    session.do("choose", ALLOWANCE)
    rehearsal.seconds += Times().idle_warning - 10
    session.tick()
    assert say(rehearsal, Intent(HELP, 0.99)).kind == "which"
    rehearsal.seconds += 10
    session.tick()
    assert session.screen().kind == "idle"


def test_a_question_on_the_first_screen_is_left_alone_for_a_while(rehearsal: Rehearsal, session: Session) -> None:
    rehearsal.seconds += 10_000
    session.tick()
    say(rehearsal, Intent(HELP, 0.99))
    session.tick()
    assert session.screen().kind == "which"
    rehearsal.seconds += Times().idle_warning
    session.tick()
    assert session.screen().kind == "idle"


def test_every_answer_of_a_question_is_a_button(rehearsal: Rehearsal) -> None:
    for label, shown in rehearsal.walk([ALLOWANCE]):
        if label.startswith("which-"):
            for phrase in shown.phrases:
                assert offers(shown, phrase.action, phrase.value), (label, phrase)


def test_between_a_service_and_a_life_event_it_is_asked() -> None:
    intent = Intent("old-age-allowance", 0.6, ("turning-eighty",))
    assert of_own_words(intent, 8, errands=True, events=["turning-eighty"]) == Disambiguation(
        "said", (Option("choose", "old-age-allowance"), Option("event", "turning-eighty"))
    )


def test_a_life_event_that_is_sure_opens() -> None:
    intent = Intent("turning-eighty", 0.9, ("old-age-allowance",))
    assert of_own_words(intent, 8, errands=True, events=["turning-eighty"]) == Option("event", "turning-eighty")
