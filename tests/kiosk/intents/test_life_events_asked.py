"""A life event is meant by who asks for several errands at once; it takes nothing from a single service."""

from dataclasses import replace

import pytest
from project import ASSETS

from forms import Catalogue
from kiosk.intents.intent_classifier import IntentClassifier
from kiosk.intents.sounds import syllables

EIGHTY, MOVING, DISABILITY = "turning-eighty", "moving-in-with-children", "disability-in-the-family"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("我娘八十了，老人能办的几样都给她办齐", EIGHTY),
        ("老伴满八十，有哪些事要办，一次办掉", EIGHTY),
        ("my wife turned eighty, please do everything there is for her in one go", EIGHTY),
        ("老母亲搬来跟我过，几件事想一趟办好", MOVING),
        ("我们从乡下来跟女儿住，要办的手续有哪些", MOVING),
        ("my mother moved in with us, which papers and errands are there", MOVING),
        ("弟弟残疾了，我们家能申请的几样一起办", DISABILITY),
        ("my husband became disabled, all the forms for our family together", DISABILITY),
    ],
)
def test_several_errands_at_once_are_a_life_event(classifier: IntentClassifier, said: str, meant: str) -> None:
    assert classifier.text(said).what == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("我八十一了，政府那个钱一次给多少", "old-age-allowance"),
        ("满八十了，高龄津贴和别的一起办", "old-age-allowance"),  # which is named
        ("搬来跟儿子住，居住证一次能办好吗", "residence-permit"),
        ("家里有残疾人，残疾人补贴有哪些", "disability-subsidy"),
        ("我跟老伴的公交卡一起办", "senior-bus-card"),
    ],
)
def test_a_service_that_is_named_or_alone_is_that_service(classifier: IntentClassifier, said: str, meant: str) -> None:
    assert classifier.text(said).what == meant


@pytest.mark.parametrize("said", ["生日快乐", "happy birthday", "我不要办八十岁的那几样", "儿子搬家了", "今天几样菜"])
def test_what_is_no_errand_or_refused_begins_none(classifier: IntentClassifier, said: str) -> None:
    assert classifier.text(said).what is None


def test_heard_it_is_understood_too(classifier: IntentClassifier) -> None:
    assert classifier.syllables(syllables("老人满八十，能办的几样一起办")).what == EIGHTY
    assert classifier.syllables(syllables("搬来跟子女住")).what == MOVING


def test_without_life_events_it_is_as_if_there_were_none(catalogue: Catalogue) -> None:
    none = IntentClassifier.load(ASSETS, replace(catalogue, events={}))
    assert none.text("老人满八十，能办的几样一起办").what != EIGHTY
